"""The dial from familiar films to hidden gems."""

from __future__ import annotations

import numpy as np

UNSUNG = 2_000  # ratings: with fewer a film gains nothing more from the dial
GEM_FAME, GEM_STARS = 3.0, 0.5  # at the dial's end: what a film loses for each e-fold above, what a predicted star adds
FAINT = 0.04  # of the best score; the dial lifts nothing that scores less


def towards_gems(score: np.ndarray, unit: str, stars: np.ndarray, n_ratings: np.ndarray, dial: float) -> np.ndarray:
    """The score with its films' fame taken off, and predicted stars put on, by the square of the dial.

    A film loses GEM_FAME for each e-fold of ratings above UNSUNG. Scores of preference enter by their logarithm, and
    those under a FAINT share of the best, which say little, far behind the others; stars are doubled to that spread.
    """
    appeal = 2.0 * score if unit == "stars" else _log_of_clear(score)
    fame = np.log(np.maximum(n_ratings, UNSUNG))
    return appeal + dial**2 * (GEM_STARS * stars - GEM_FAME * fame)


def _log_of_clear(score: np.ndarray) -> np.ndarray:
    """The logarithm, from FAINT of the highest score up; below it a steep line, in the same order."""
    faint = max(FAINT * float(score.max()), 1e-6)
    return np.log(np.maximum(score, faint)) + 20.0 * np.minimum(score / faint - 1.0, 0.0)
