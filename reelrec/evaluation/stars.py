"""How far off predicted stars are, and how well a model knows it: what each person adds to every measure.

All ratings to be predicted stand one after the other, so that a measure is one line over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from reelrec.data.half_stars import HALF_STARS, HIGHEST, LIKED_STARS, LOWEST, RELEVANT_STARS
from reelrec.evaluation.metrics import is_liked, is_predicted_liked
from reelrec.evaluation.report import Sums
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.predictive import LEAST_CHANCE, half_star_probabilities, interval, median

SHARES = (50, 80, 90)  # per cent of the ranges whose coverage is measured
LIKED = {"like_accuracy": LIKED_STARS, "like4_accuracy": RELEVANT_STARS}
ONE_SD = "one-sd"


@dataclass(frozen=True, slots=True)
class Targets:
    """Ratings to be predicted. person: (n,) int whose, of n_people. items: (n,) int. stars: (n,) float32."""

    person: np.ndarray
    items: np.ndarray
    stars: np.ndarray
    n_people: int

    def per_person(self, values: np.ndarray) -> np.ndarray:
        """(n_people,) each person's values added up. values: (n,)."""
        return np.bincount(self.person, values, self.n_people)


class Forecast(NamedTuple):
    """What a model says of the targets. stars: (n,) clipped to 0.5-5.0. The rest for a model that knows how sure it is.

    chances: (n, 10) of each half-star.
    """

    stars: np.ndarray
    prediction: Prediction | None = None
    chances: np.ndarray | None = None

    @classmethod
    def of(cls, model: object, prediction: Prediction) -> Forecast:
        """prediction: for the targets; of a model without a distribution only the mean counts."""
        stars = np.clip(prediction.mean, LOWEST, HIGHEST)
        if not isinstance(model, UncertainRecommender):
            return cls(stars)
        return cls(stars, prediction, model.probabilities(prediction))

    def likes(self, cut: float) -> np.ndarray:
        """(n,) bool: whether `cut` stars or more are expected."""
        if self.chances is None:
            return is_predicted_liked(self.stars, cut)
        return self.chance(cut) > 0.5

    def chance(self, cut: float) -> np.ndarray:
        """(n,) of `cut` stars or more."""
        return self.chances[:, cut <= HALF_STARS].sum(axis=1)

    def covers(self, share: int, stars: np.ndarray) -> np.ndarray:
        """(n,) bool: whether the stars given lie in the middle `share` per cent, ends included."""
        low, high = interval(self.prediction, share / 100)
        return (stars >= low) & (stars <= high)


def measures(model: str, k: float | str | None, targets: Targets, forecast: Forecast) -> list[Sums]:
    """rmse, mae, like_accuracy, like4_accuracy; of a distribution also mae_median, nll and coverage50, 80, 90."""
    off = (forecast.stars - targets.stars).astype(np.float64)
    found = {"rmse": off**2, "mae": np.abs(off)}
    found |= {metric: forecast.likes(cut) == is_liked(targets.stars, cut) for metric, cut in LIKED.items()}
    if forecast.chances is not None:
        found["mae_median"] = np.abs(median(forecast.chances) - targets.stars)
        found["nll"] = log_loss(forecast.chances, targets.stars)
        found |= {f"coverage{share}": forecast.covers(share, targets.stars) for share in SHARES}
    return [_sums(model, metric, k, targets, values) for metric, values in found.items()]


def one_sd(k: float | str | None, targets: Targets, forecast: Forecast) -> Sums:
    """The log loss of the same means with one sd for all: that which makes it least on these very ratings."""

    def losses(sd: float) -> np.ndarray:
        chances = half_star_probabilities(Prediction(forecast.stars, np.full_like(forecast.stars, sd)))
        return log_loss(chances, targets.stars)

    best = minimize_scalar(lambda sd: losses(sd).mean(), bounds=(0.1, 3.0), method="bounded", options={"xatol": 1e-3})
    return _sums(ONE_SD, "nll", k, targets, losses(best.x))


def log_loss(chances: np.ndarray, stars: np.ndarray) -> np.ndarray:
    """(n,) minus the natural logarithm of the chance of the half-star that was given. chances: (n, 10)."""
    given = chances[np.arange(len(stars)), (2 * stars).astype(np.int64) - 1]
    return -np.log(np.maximum(given, LEAST_CHANCE), dtype=np.float64)


def _sums(model: str, metric: str, k: float | str | None, targets: Targets, values: np.ndarray) -> Sums:
    counts = targets.per_person(np.ones(len(values)))
    return Sums(model, metric, k, targets.per_person(values), counts, root=metric == "rmse")
