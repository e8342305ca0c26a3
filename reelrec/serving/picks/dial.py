"""The dial of models that have no safe side: it takes fame off a score and adds predicted stars."""

from __future__ import annotations

import numpy as np

UNSUNG = 2_000  # ratings; a film with fewer gains nothing more from the dial
GEM_FAME, GEM_STARS = 3.0, 0.5  # at dial 1: the loss for each e-fold of ratings, and the gain for each predicted star
FAINT = 0.04  # share of the best score; the dial does not lift films that score less


def towards_gems(score: np.ndarray, unit: str, stars: np.ndarray, n_ratings: np.ndarray, dial: float) -> np.ndarray:
    """The score of each film, (n_films,), with the dial at a place from 0 to 1.

        appeal + dial^2 (GEM_STARS stars - GEM_FAME ln max(n_ratings, UNSUNG))

    score: of a model. unit: of the score, "stars" or "preference". stars: predicted, (n_films,). n_ratings: (n_films,).
    The appeal is twice a score in stars, which gives it the spread of the other case: the logarithm of a preference.
    """
    appeal = 2.0 * score if unit == "stars" else _log_preference(score)
    fame = np.log(np.maximum(n_ratings, UNSUNG))
    turned: np.ndarray = appeal + dial**2 * (GEM_STARS * stars - GEM_FAME * fame)
    return turned


def _log_preference(score: np.ndarray) -> np.ndarray:
    """The logarithm of the scores; below FAINT of the best, where scores say little, a steep line in their order."""
    faint = max(FAINT * float(score.max()), 1e-6)
    logarithm: np.ndarray = np.log(np.maximum(score, faint)) + 20.0 * np.minimum(score / faint - 1.0, 0.0)
    return logarithm
