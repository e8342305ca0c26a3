"""What a visitor reads about a film: predicted stars, their range, the chance of liking it, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self, TypedDict

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import clipped
from reelrec.data.history import History
from reelrec.models import base, predictive
from reelrec.models.base import Recommender, UncertainRecommender

RANGE = 0.8  # share of the ratings that fall from low to high


class Reason(NamedTuple):
    """A film that the visitor liked. strength: without a unit; see `serving/picks/reasons.py`."""

    film: Film
    strength: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a visitor would give a film, 0.5-5.0 stars, and the liked films that speak for it, the strongest first.

    low, high: where 8 of 10 such ratings fall. chance: of 3.5 stars or more. distribution: the chance of each
    half-star, 0.5 … 5.0. All four are None where the model does not know its own error; the stars too where no model of
    stars can be used.
    """

    film: Film
    stars: float | None
    low: float | None
    high: float | None
    chance: float | None
    distribution: tuple[float, ...] | None
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pick(Prediction):
    """A prediction in a list. score: the number by which the list is ordered."""

    score: float


class Figures(TypedDict):
    """The figures of a Prediction, by the names of its fields."""

    stars: float | None
    low: float | None
    high: float | None
    chance: float | None
    distribution: tuple[float, ...] | None


NO_FIGURES = Figures(stars=None, low=None, high=None, chance=None, distribution=None)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model expects of n films for one person.

    mean: (n,) stars, not yet clipped to the scale. distribution, model: None where the model does not know its own
    error.
    """

    mean: np.ndarray
    distribution: base.Prediction | None = None
    model: UncertainRecommender | None = None

    @classmethod
    def of(cls, model: Recommender, history: History, items: np.ndarray | None = None) -> Self:
        """The estimate for these items, in their order, or for every item."""
        if isinstance(model, UncertainRecommender):
            distribution = model.predict(history, items)
            return cls(distribution.mean, distribution, model)
        score = model.score(history)
        return cls(score if items is None else score[items])

    @classmethod
    def found(cls, model: UncertainRecommender, distribution: base.Prediction) -> Self:
        """The estimate of a distribution that was predicted already. model: predicted it."""
        return cls(distribution.mean, distribution, model)

    def at(self, places: np.ndarray) -> Estimate:
        """The estimate for the items at these places only."""
        part = self.distribution.at(places) if self.distribution else None
        return Estimate(self.mean[places], part, self.model)

    def figures(self) -> list[Figures]:
        """The figures of each film, in their order."""
        if self.distribution is not None and self.model is not None:
            return figures(self.model, self.distribution)
        return [
            Figures(stars=stars, low=None, high=None, chance=None, distribution=None)
            for stars in clipped(self.mean).tolist()
        ]


class HasProbabilities(Protocol):
    """A model that says how probable each half-star is under its predictions."""

    def probabilities(self, prediction: base.Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star 0.5 … 5.0."""


def figures(model: HasProbabilities, distribution: base.Prediction) -> list[Figures]:
    """The figures of each of n films. distribution: of `model`."""
    low, high = predictive.interval(distribution, RANGE)
    shares = model.probabilities(distribution)  # (n, 10)
    rows = zip(
        clipped(distribution.mean).tolist(),
        low.tolist(),
        high.tolist(),
        predictive.chance_of_liking(shares).tolist(),
        shares.tolist(),
        strict=True,
    )
    return [
        Figures(stars=stars, low=least, high=most, chance=chance, distribution=tuple(row))
        for stars, least, most, chance, row in rows
    ]
