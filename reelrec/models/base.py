"""The protocols: what a model can be asked, and what an artifact declares about its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol, Self, runtime_checkable

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role


class Recommender(Protocol):
    """A model that gives every item a number for one person's history. It keeps nothing about anybody.

    name: what it is called in commands and tables. unit: "stars" or "preference"; only stars are shown as stars.
    """

    name: str
    unit: str

    def fit(self, dataset: Dataset) -> Self:
        """Learn from many people's ratings; forgets an earlier fit."""

    def score(self, history: History) -> np.ndarray:
        """(n_items,) float32, higher is better; an empty history is fine."""

    def save(self, path: Path) -> None:
        """Write what was learned to an .npz file."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises ArtifactError."""


class Artifact(Protocol):
    """Something trained that is kept in one .npz file, and what it declares about its training.

    builds_on: artifacts that it is trained on. parts: those that `load` takes after the path, in their order. by_film:
    whether it numbers films, so that it fits one catalogue only. learns_from: users whose ratings `fit` gets.
    validates_on: users whose ratings `fit` gets besides, to see when to stop.
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
        """Write settings and arrays."""

    @classmethod
    def load(cls, path: Path, *parts: Any) -> Self:
        """Read what `save` wrote. Raises ArtifactError, TypeError or ValueError."""


class Model(Recommender, Artifact, Protocol):
    """A recommender that ships."""


class Prediction(NamedTuple):
    """How each item would be rated: a Gaussian on the line of stars, before it is clipped to 0.5-5.0.

    mean, sd: (n_items,) float32 stars. sd is that of one rating: what is unknown of the person and the item, and noise.
    habit: (10,), or (n_items, 10) of several people, how much more often than others the person gives each half-star,
    items being equal; 1 for as often.
    """

    mean: np.ndarray
    sd: np.ndarray
    habit: np.ndarray | float = 1.0

    def at(self, items: np.ndarray) -> Prediction:
        """The prediction for these items only."""
        habit = self.habit[items] if np.ndim(self.habit) == 2 else self.habit
        return Prediction(self.mean[items], self.sd[items], habit)


@runtime_checkable
class UncertainRecommender(Recommender, Protocol):
    """A model that knows how far off it may be. Its `score` is the mean of its `predict`."""

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these items, in their order, or of every item."""

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the chance of each half-star 0.5 … 5.0 under that distribution; rows add up to 1."""


@runtime_checkable
class ExplainingRecommender(Recommender, Protocol):
    """A model that says how much each item of a history adds to the score of an item."""

    def contributions(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n, len(items)) float32: what each of the n items of the history adds to the score of these items."""
