"""From a predictive distribution to ranges and probabilities: of each half-star, or of liking the item.

A rating is a latent Gaussian number of stars, cut into half-stars at nine thresholds (ordered probit). Source: McKelvey
and Zavoina, "A Statistical Model for the Analysis of Ordinal Level Dependent Variables", 1975. Ranges come from the
Gaussian itself, clipped to 0.5-5.0.
"""

from __future__ import annotations

import numpy as np
import scipy  # loads scipy.special when it is first used: a third of a second that the first page need not wait for

from reelrec.data.half_stars import HALF_STARS, LIKED_PLACE, clipped, half_star_places
from reelrec.models.base import Prediction

MIDPOINTS = HALF_STARS[:-1] + 0.25  # thresholds of a user who rounds to the nearest half-star
LEAST_CHANCE = 1e-6  # the least probability of a half-star in a log loss, so that no single rating makes it infinite
LEAST_SHARE = 1e-6  # the least expected share of a half-star, as a divisor


def half_star_probabilities(prediction: Prediction, thresholds: np.ndarray = MIDPOINTS) -> np.ndarray:
    """(n, 10) float32: the probability of each half-star. thresholds: (9,) ascending, in stars."""
    below = scipy.special.ndtr((thresholds - prediction.mean[:, None]) / prediction.sd[:, None])  # (n, 9)
    weighted = np.diff(below, axis=1, prepend=0.0, append=1.0) * prediction.habit
    return np.asarray(weighted / weighted.sum(axis=1, keepdims=True), dtype=np.float32)


def habit(expected: np.ndarray, ratings: np.ndarray, weight: float) -> np.ndarray:
    """(10,) the user's response style: how often they give each half-star, relative to how often it was expected.

    Many users never give a half, some never give a five. expected: (n, 10) probabilities for the items they rated.
    ratings: (n,). weight: how many ratings, distributed as expected, are added to the user's own; they pull towards 1.
    """
    if not len(ratings):
        return np.ones(len(HALF_STARS))
    shares = np.maximum(expected.mean(axis=0), LEAST_SHARE)
    counts = np.bincount(half_star_places(ratings), minlength=len(HALF_STARS))
    relative: np.ndarray = (counts + weight * shares) / ((len(ratings) + weight) * shares)
    return relative


def interval(prediction: Prediction, share: float) -> tuple[np.ndarray, np.ndarray]:
    """The central interval that holds `share` of the distribution, clipped to the scale: low and high, (n,) each."""
    reach = scipy.special.ndtri(0.5 + share / 2) * prediction.sd
    return clipped(prediction.mean - reach), clipped(prediction.mean + reach)


def median(probabilities: np.ndarray) -> np.ndarray:
    """(n,) the median half-star, which has the least expected absolute error. probabilities: (n, 10)."""
    reached = np.cumsum(probabilities, axis=1) >= 0.5 - 1e-6
    medians: np.ndarray = HALF_STARS[np.argmax(reached, axis=1)]
    return medians


def chance_of_liking(probabilities: np.ndarray) -> np.ndarray:
    """(n,) the probability of LIKED_STARS or more. probabilities: (n, 10)."""
    chances: np.ndarray = probabilities[:, LIKED_PLACE:].sum(axis=1)
    return chances
