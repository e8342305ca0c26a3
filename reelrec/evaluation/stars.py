"""How far off predicted stars are, and how well a model knows it: what each user adds to every metric.

All ratings to be predicted stand one after the other, so that a metric is one line over all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from reelrec.data.half_stars import HALF_STARS, LIKED_STARS, RELEVANT_STARS, clipped, half_star_places
from reelrec.evaluation.metrics import is_liked, is_predicted_liked
from reelrec.evaluation.report import K, Sums
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.predictive import LEAST_CHANCE, half_star_probabilities, interval, median

SHARES = (50, 80, 90)  # per cent of the ranges whose coverage is measured
LIKED = {"like_accuracy": LIKED_STARS, "like4_accuracy": RELEVANT_STARS}
ONE_SD = "one-sd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Ratings to be predicted. user: (n,) int whose, of n_users. items: (n,) int. ratings: (n,) float32 stars."""

    user: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    n_users: int

    @classmethod
    def of(cls, parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> Targets:
        """From the items and the ratings of each user, in their order."""
        items, ratings = (np.concatenate(part) for part in zip(*parts, strict=True))
        user = np.repeat(np.arange(len(parts)), [len(items) for items, _ in parts])
        return cls(user=user, items=items, ratings=ratings, n_users=len(parts))

    @classmethod
    def joined(cls, parts: Sequence[Targets]) -> Targets:
        """The targets of several groups of users, one after another."""
        firsts = np.cumsum([0, *(part.n_users for part in parts)])
        return cls(
            user=np.concatenate([part.user + first for part, first in zip(parts, firsts, strict=False)]),
            items=np.concatenate([part.items for part in parts]),
            ratings=np.concatenate([part.ratings for part in parts]),
            n_users=int(firsts[-1]),
        )

    def __len__(self) -> int:
        return len(self.ratings)

    def at(self, places: np.ndarray) -> Targets:
        """These targets only, of as many users. places: indices or a (n,) bool mask."""
        return Targets(
            user=self.user[places], items=self.items[places], ratings=self.ratings[places], n_users=self.n_users
        )

    def per_user(self, values: np.ndarray) -> np.ndarray:
        """(n_users,) each user's values added up. values: (n,)."""
        return np.bincount(self.user, values, self.n_users)

    def sums(self, model: str, metric: str, k: K, values: np.ndarray, root: bool = False) -> Sums:
        """The mean of one value a target, added up by user. values: (n,)."""
        counts = self.per_user(np.ones(len(values)))
        return Sums(model=model, metric=metric, k=k, sums=self.per_user(values), counts=counts, root=root)


class Forecast(NamedTuple):
    """What a model says of the targets. The last two fields only of a model that knows its uncertainty.

    stars: (n,) clipped to 0.5-5.0. chances: (n, 10) of each half-star.
    """

    stars: np.ndarray
    prediction: Prediction | None = None
    chances: np.ndarray | None = None

    @classmethod
    def of(cls, model: object, prediction: Prediction) -> Forecast:
        """prediction: for the targets; of a model without a distribution only the mean counts."""
        stars = clipped(prediction.mean)
        if not isinstance(model, UncertainRecommender):
            return cls(stars)
        return cls(stars, prediction, model.probabilities(prediction))

    def likes(self, cut: float) -> np.ndarray:
        """(n,) bool: whether `cut` stars or more are expected."""
        if self.chances is None:
            return is_predicted_liked(self.stars, cut)
        return self.chance(cut) > 0.5

    def chance(self, cut: float) -> np.ndarray:
        """(n,) the chance of `cut` stars or more."""
        assert self.chances is not None
        return self.chances[:, cut <= HALF_STARS].sum(axis=1)

    def covers(self, share: int, ratings: np.ndarray) -> np.ndarray:
        """(n,) bool: whether the ratings lie in the middle `share` per cent, ends included."""
        assert self.prediction is not None
        low, high = interval(self.prediction, share / 100)
        return (ratings >= low) & (ratings <= high)

    def at(self, places: np.ndarray) -> Forecast:
        """The forecast of these targets only."""
        return Forecast(
            stars=self.stars[places],
            prediction=None if self.prediction is None else self.prediction.at(places),
            chances=None if self.chances is None else self.chances[places],
        )


def measures(model: str, k: K, targets: Targets, forecast: Forecast) -> list[Sums]:
    """rmse, mae, like_accuracy, like4_accuracy; of a distribution also mae_median, nll and coverage50, 80, 90."""
    errors = (forecast.stars - targets.ratings).astype(np.float64)
    values = {"rmse": errors**2, "mae": np.abs(errors)}
    values |= {metric: forecast.likes(cut) == is_liked(targets.ratings, cut) for metric, cut in LIKED.items()}
    if forecast.chances is not None:
        values["mae_median"] = np.abs(median(forecast.chances) - targets.ratings)
        values["nll"] = log_loss(forecast.chances, targets.ratings)
        values |= {f"coverage{share}": forecast.covers(share, targets.ratings) for share in SHARES}
    return [targets.sums(model, metric, k, column, root=metric == "rmse") for metric, column in values.items()]


def one_sd(k: K, targets: Targets, forecast: Forecast) -> Sums:
    """The log loss of the same means with one sd for all: the sd with the least loss on these very ratings."""

    def losses(sd: float) -> np.ndarray:
        chances = half_star_probabilities(Prediction(forecast.stars, np.full_like(forecast.stars, sd)))
        return log_loss(chances, targets.ratings)

    best = minimize_scalar(lambda sd: losses(sd).mean(), bounds=(0.1, 3.0), method="bounded", options={"xatol": 1e-3})
    return targets.sums(ONE_SD, "nll", k, losses(best.x))


def log_loss(chances: np.ndarray, ratings: np.ndarray) -> np.ndarray:
    """(n,) minus the natural logarithm of the chance of the half-star that was given. chances: (n, 10)."""
    given = chances[np.arange(len(ratings)), half_star_places(ratings)]
    return -np.log(np.maximum(given, LEAST_CHANCE), dtype=np.float64)


def together(predictions: Sequence[Prediction]) -> Prediction:
    """The predictions of all users one after another, each with its user's habit."""
    means = [prediction.mean for prediction in predictions]
    habits = [
        np.broadcast_to(np.float32(prediction.habit), (len(mean), len(HALF_STARS)))
        for prediction, mean in zip(predictions, means, strict=True)
    ]
    return Prediction(
        mean=np.concatenate(means),
        sd=np.concatenate([prediction.sd for prediction in predictions]),
        habit=np.concatenate(habits),
    )
