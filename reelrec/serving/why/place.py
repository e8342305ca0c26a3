"""Why a film has its place in the list: the place that it would have without each of the visitor's films.

The film is ranked among those that the list may have, by score alone: before series are put in order and neighbours are
spread out. The films that are left out one at a time are those without which the list's model says that the score falls
most. A film that pushes its place down is not named: the list does not show what it keeps away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.models.base import ExplainingRecommender
from reelrec.serving.engine import Engine, allowed
from reelrec.serving.picks.filters import EVERYTHING
from reelrec.visitor.profile import Profile

NAMED = 3  # films, at most
TRIED = 8  # films that are left out one at a time


@dataclass(frozen=True, slots=True)
class Place:
    """Where a film stands in the whole list, from 1. without: the visitor's films and its place without each, the
    lowest place first.
    """

    now: int
    without: tuple[tuple[Film, int], ...]


def place(engine: Engine, profile: Profile, film: Film) -> Place | None:
    """The place of a film in the visitor's list without filters, the dial in its middle.

    None for a film that the list cannot have, and where no list follows the visitor or nothing explains it.
    """
    history = profile.history(engine.films.n_items)
    model = engine.lister
    may = allowed(engine, profile, EVERYTHING)
    if not len(history) or film.number >= len(may) or not may[film.number]:
        return None
    if not isinstance(model, ExplainingRecommender):
        return None
    item = np.array([film.number])
    everything = np.arange(len(history))
    (falls,) = model.contributions(history, item, everything).T
    now = rank(model.score(history), may, film.number)
    tried = [row for row in np.argsort(-falls, kind="stable")[:TRIED].tolist() if falls[row] > 0]
    found = []
    for row in tried:
        left_out = int(history.items[row])
        then = rank(model.score(history.without([left_out])), may, film.number)
        if then > now:
            found.append((engine.films.films[left_out], then))
    found.sort(key=lambda pair: -pair[1])
    return Place(now, tuple(found[:NAMED]))


def rank(score: np.ndarray, may: np.ndarray, item: int) -> int:
    """The place of an item by score, from 1."""
    return 1 + int(np.count_nonzero(score[may] > score[item]))
