"""What a predictive distribution says in a visitor's words: a range, the chance of each half-star or of liking it.

A rating is a latent Gaussian number of stars cut into half-stars at nine thresholds (the ordered probit of McKelvey and
Zavoina, "A Statistical Model for the Analysis of Ordinal Level Dependent Variables", 1975). Ranges come from the
Gaussian itself, clipped to 0.5-5.0.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from reelrec.data.half_stars import HALF_STARS, HIGHEST, LIKED_PLACE, LOWEST, half_star_places
from reelrec.models.base import Prediction

MIDPOINTS = HALF_STARS[:-1] + 0.25  # thresholds of somebody who rounds to the nearest half-star
LEAST_CHANCE = 1e-6  # of a half-star in a log loss, so that no single rating makes it infinite


def half_star_probabilities(prediction: Prediction, thresholds: np.ndarray = MIDPOINTS) -> np.ndarray:
    """(n, 10) float32: the chance of each half-star. thresholds: (9,) ascending, in stars."""
    below = ndtr((thresholds - prediction.mean[:, None]) / prediction.sd[:, None])  # (n, 9)
    chances = np.diff(below, axis=1, prepend=0.0, append=1.0) * prediction.habit
    return (chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)


def habit(expected: np.ndarray, ratings: np.ndarray, weight: float) -> np.ndarray:
    """(10,) how often a person gives each half-star against how often they were expected to.

    expected: (n, 10) chances for the films they rated. ratings: (n,). weight: ratings' worth of pull towards 1. Many
    people never give a half, some never a five.
    """
    if not len(ratings):
        return np.ones(len(HALF_STARS))
    shares = np.maximum(expected.mean(axis=0), 1e-6)
    given = np.bincount(half_star_places(ratings), minlength=len(HALF_STARS))
    return (given + weight * shares) / ((len(ratings) + weight) * shares)


def interval(prediction: Prediction, share: float) -> tuple[np.ndarray, np.ndarray]:
    """The middle `share` of the distribution, clipped to the stars there are: low and high, (n,) each."""
    reach = ndtri(0.5 + share / 2) * prediction.sd
    return (
        np.clip(prediction.mean - reach, LOWEST, HIGHEST),
        np.clip(prediction.mean + reach, LOWEST, HIGHEST),
    )


def median(probabilities: np.ndarray) -> np.ndarray:
    """(n,) half-stars: the least with at least half of the chance at or below it; it has the least absolute error."""
    return HALF_STARS[np.argmax(np.cumsum(probabilities, axis=1) >= 0.5 - 1e-6, axis=1)]


def chance_of_liking(probabilities: np.ndarray) -> np.ndarray:
    """(n,): the chance of 3.5 stars or more."""
    return probabilities[:, LIKED_PLACE:].sum(axis=1)
