"""A history as the network of `dae` reads it: a level for each item with an answer, and the size of the history."""

from __future__ import annotations

import numpy as np

from reelrec.data.half_stars import half_star_places
from reelrec.data.history import History

SEEN, LIKED, SET_ASIDE, UNSEEN = range(10, 14)  # levels after the ten half-stars
LEVELS = 14
EPSILON = 1e-5  # of a layer norm


def levels(history: History) -> np.ndarray:
    """(m,) the level of each item with an answer: of the history, set aside, unseen."""
    unrated = np.where(history.liked, LIKED, SEEN)
    rated = np.isfinite(history.ratings)
    of_history = np.where(rated, half_star_places(np.where(rated, history.ratings, 0.5)), unrated)
    marks = np.repeat([SET_ASIDE, UNSEEN], [len(history.set_aside), len(history.unseen)])
    return np.concatenate([of_history, marks])


def sizes(n: np.ndarray) -> np.ndarray:
    """(..., 3) float32 f(n) of the formula."""
    logarithm = np.log1p(n)
    return np.stack([logarithm, 1 / (1 + n), logarithm**2 / 10], axis=-1).astype(np.float32)
