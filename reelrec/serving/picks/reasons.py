"""Why a film is shown: the films a visitor liked without which its score would be lower, where that is a strong reason.

Of each of n liked films i and each pick j:

    strength_ij   =  sqrt(n) max(fall_ij, 0) / sum over the liked films k of max(fall_kj, 0)
    closeness_ij  =  sqrt(max(B_ij, 0) max(B_ji, 0))

fall_ij is how far the pick's score falls in the list's model without the liked film, B the weights of the ranker. A
reason is strong where the strength is LEAST_STRENGTH or more, the closeness LEAST_CLOSENESS or more, and both films are
of one genre or by one director.

The strength has no unit, so it means the same in every list model. With the root of n it means the same at every length
of history too: as many such reasons survive when the list is made again without them (LOG.md). One liked film alone has
1. The closeness knows nothing of the visitor. In EASE, where B_ij = -P_ij / P_jj, it is -P_ij / sqrt(P_ii P_jj), the
partial correlation of the two films.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HIGHEST, LIKED_STARS
from reelrec.data.history import History
from reelrec.models.base import Explain
from reelrec.serving.picks.predictions import Reason

REASONS = 2  # at most, of a film
# Repeat the numbers behind these two: python -m experiments.tune_reasons
LEAST_STRENGTH = 0.7  # of a reason; without a unit
LEAST_CLOSENESS = 0.010  # of a reason and the pick, in weights of the ranker


def liked_places(history: History) -> np.ndarray:
    """The places of the films with a heart or with LIKED_STARS or more."""
    return np.flatnonzero(history.liked | (history.ratings >= LIKED_STARS))


def reasons(
    explain: Explain, films: Catalogue, history: History, items: np.ndarray, alike: Explain | None = None
) -> list[tuple[Reason, ...]]:
    """For each item the strong reasons among the liked films of the history, the strongest first, at most REASONS.

    items: (n,), each once. explain: of the list's model. alike: the ranker's `contributions`; without it no closeness
    is asked for.
    """
    liked = liked_places(history)
    if not len(liked):
        return [() for _ in items]
    strength = strengths(explain(history, items, liked))  # (n_liked, n_items)
    rows = np.flatnonzero((strength >= LEAST_STRENGTH).any(axis=1))
    numbers, strength = history.items[liked[rows]], strength[rows]
    strong = (strength >= LEAST_STRENGTH) & related(films, numbers, items)
    if alike is not None:
        strong &= closeness(alike, numbers, items) >= LEAST_CLOSENESS
    order = np.argsort(np.where(strong, -strength, 0.0), axis=0, kind="stable")[:REASONS]
    return [
        tuple(
            Reason(film=films.films[int(numbers[row])], strength=float(strength[row, place]))
            for row in column
            if strong[row, place]
        )
        for place, column in enumerate(order.T)
    ]


def strengths(falls: np.ndarray) -> np.ndarray:
    """(n_liked, n_items): the strength of each liked film as a reason for each item, from 0 to sqrt(n_liked).

    falls: (n_liked, n_items), how far the item's score falls without the film.
    """
    added = np.maximum(falls, 0.0)
    whole = added.sum(axis=0)
    shares = added / np.where(whole > 0, whole, 1.0)
    return np.asarray(shares * np.sqrt(len(falls)))


def closeness(alike: Explain, numbers: np.ndarray, items: np.ndarray) -> np.ndarray:
    """(len(numbers), len(items)): the geometric mean of the ranker's weights from each film to the other and back.

    0 where one of the two is not above 0. alike: the ranker's `contributions`.
    """
    there = alike(_loved(numbers), items, np.arange(len(numbers)))
    back = alike(_loved(items), numbers, np.arange(len(items))).T
    return np.asarray(np.sqrt(np.maximum(there, 0.0) * np.maximum(back, 0.0)))


def related(films: Catalogue, numbers: np.ndarray, items: np.ndarray) -> np.ndarray:
    """(len(numbers), len(items)) bool: whether two films have a genre or the director in common."""
    ours, theirs = _facts(films, numbers), _facts(films, items)
    pairs = [not facts.isdisjoint(others) for facts in ours for others in theirs]
    return np.array(pairs, dtype=bool).reshape(len(ours), len(theirs))


def _loved(numbers: np.ndarray) -> History:
    """A history in which each of these films has all stars, so that it enters the ranker with the value 1."""
    return History.of(numbers, np.full(len(numbers), HIGHEST))


def _facts(films: Catalogue, numbers: np.ndarray) -> list[set[str]]:
    """The genres of each film, and its director, marked as one."""
    columns = (films.films.column(name, numbers) for name in ("genres", "director"))
    return [
        {*(genres or ()), *([f"by {director}"] if director else [])} for genres, director in zip(*columns, strict=True)
    ]
