"""Why a film is shown: the films a visitor liked without which its score would be lower, in the list's model."""

from __future__ import annotations

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import LIKED_STARS
from reelrec.data.history import History
from reelrec.models.base import Explain
from reelrec.serving.predictions import Reason

REASONS = 2  # at most, of a film
LEAST_SHARE = 0.4  # of the strongest reason, that another one must have


def liked_places(history: History) -> np.ndarray:
    """The places of the films with a heart or with LIKED_STARS or more."""
    return np.flatnonzero(history.liked | (history.ratings >= LIKED_STARS))


def reasons(explain: Explain, films: Catalogue, history: History, items: np.ndarray) -> list[tuple[Reason, ...]]:
    """For each item the liked films of the history that raise its score, the strongest first, at most REASONS."""
    liked = liked_places(history)
    if not len(liked):
        return [() for _ in items]
    raised = explain(history, items, liked)  # (n_liked, n_items)
    order = np.argsort(-raised, axis=0, kind="stable")[:REASONS]
    return [
        tuple(
            Reason(film=films.films[int(history.items[liked[row]])], strength=float(raised[row, place]))
            for row in column
            if raised[row, place] > 0 and raised[row, place] >= LEAST_SHARE * raised[column[0], place]
        )
        for place, column in enumerate(order.T)
    ]
