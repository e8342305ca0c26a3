"""Why a film is shown: the films a visitor liked that add most to its score."""

from __future__ import annotations

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.data.history import History
from reelrec.models.base import ExplainingRecommender, Recommender

REASONS = 2  # at most, of a film


def liked_films(history: History) -> History:
    """The films with a heart or with LIKED_STARS or more."""
    return history.take(history.liked | (history.ratings >= LIKED_STARS))


def reasons(model: Recommender, films: Catalogue, liked: History, items: np.ndarray) -> list[tuple[Film, ...]]:
    """For each item the films of `liked` that add to its score, the largest part first, at most REASONS.

    liked: at least one film. A model that does not explain its scores gives no reasons.
    """
    if not isinstance(model, ExplainingRecommender):
        return [() for _ in items]
    contributions = model.contributions(liked, items)  # (n_liked, n_items)
    strongest = np.argsort(-contributions, axis=0, kind="stable")[:REASONS]
    return [
        tuple(films.films[int(liked.items[row])] for row in column if contributions[row, place] > 0)
        for place, column in enumerate(strongest.T)
    ]
