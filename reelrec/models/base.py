"""The protocols: what a model can do, and what an artifact declares about its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol, Self, runtime_checkable

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role


class Recommender(Protocol):
    """A model that scores every item for one user's history. It keeps nothing about that user.

    name: what commands and tables call it. unit: "stars" or "preference"; only stars are shown as stars.
    """

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

    def fit(self, dataset: Dataset) -> Self:
        """Learn from the ratings of many users. Forgets an earlier fit."""

    def score(self, history: History) -> np.ndarray:
        """(n_items,) float32: the score of each item, higher is better. An empty history is allowed."""


class Artifact(Protocol):
    """Something trained that ships as one .npz file, and what its class declares about its training.

    builds_on: names of the artifacts that it is trained on. parts: names of the artifacts that `load` takes after the
    path, in their order. by_film: whether its arrays are indexed by film number, so that it fits one catalogue only.
    learns_from: the role of the users whose ratings `fit` gets. validates_on: the role of the users whose ratings `fit`
    gets as a second data set, for early stopping.
    """

    name: ClassVar[str]
    builds_on: ClassVar[tuple[str, ...]]
    parts: ClassVar[tuple[str, ...]]
    by_film: ClassVar[bool]
    learns_from: ClassVar[Role]
    validates_on: ClassVar[Role | None]

    def settings(self) -> dict[str, int | float | str]:
        """Every setting of the training, by name."""

    def save(self, path: Path) -> None:
        """Write settings and arrays to an .npz file."""

    @classmethod
    def load(cls, path: Path, *parts: Any) -> Self:
        """Read what `save` wrote. Raises ArtifactError, TypeError or ValueError."""


class Model(Artifact, Recommender, Protocol):
    """A recommender that ships. adds_up: whether `fit` adds up what several workers know of users."""

    unit: ClassVar[str]
    adds_up: ClassVar[bool]


class Prediction(NamedTuple):
    """The predictive distribution of each item's rating: a Gaussian in stars, not yet clipped to 0.5-5.0.

    mean, sd: (n_items,) float32 stars. The variance is that of one rating: what is unknown about the user and the item,
    and the noise. habit: (10,), or (n_items, 10) for several users. It is the user's response style: how often they
    give each half-star, relative to how often the model expected it; 1 is as expected.
    """

    mean: np.ndarray
    sd: np.ndarray
    habit: np.ndarray | float = 1.0

    def at(self, items: np.ndarray) -> Prediction:
        """The prediction for these items only."""
        habit = self.habit
        if isinstance(habit, np.ndarray) and habit.ndim == 2:
            habit = habit[items]
        return Prediction(mean=self.mean[items], sd=self.sd[items], habit=habit)


@runtime_checkable
class UncertainRecommender(Recommender, Protocol):
    """A model that predicts a distribution of stars. Its `score` is the mean of its `predict`."""

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these items, in their order, or of every item."""

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star 0.5 … 5.0 under a prediction. Rows sum to 1."""


@runtime_checkable
class InfluencedRecommender(Protocol):
    """A model of stars that says in closed form, roughly, what each rating does to its predictions."""

    def influence(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n_rated, len(items)) stars by which the predictions of these items fall without each rating, nearly.

        Rows in the order of `history.stars()`.
        """


class Explain(Protocol):
    """Says how far the scores of items fall without one item of the history; see `ExplainingRecommender`."""

    def __call__(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray: ...


class Ranked(NamedTuple):
    """The first items of a list, best first.

    items, scores: (n,). stars: the prediction for them. explain: the `contributions` to these scores, of this history.
    """

    items: np.ndarray
    scores: np.ndarray
    stars: Prediction
    explain: Explain


@runtime_checkable
class ListMaker(Recommender, Protocol):
    """A model that makes the list itself, because the stars of the items that come near it have a say in it.

    stars_model: predicts these stars.
    """

    @property
    def stars_model(self) -> UncertainRecommender: ...

    def ranked(self, history: History, allowed: np.ndarray, n: int, place: float = 0.5) -> Ranked:
        """The first n of the allowed items. allowed: (n_items,) bool. place: of the dial, from 0 to 1."""

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(n, d) float32 of length 1: the cosine of two of them says how alike the items are."""


@runtime_checkable
class ExplainingRecommender(Recommender, Protocol):
    """A model that says how much an item of a history adds to the score of an item."""

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        """(len(places), len(items)) float32: how far the score of these items falls without one item of the history.

        places: of the items of the history that are left out, one at a time.
        """
