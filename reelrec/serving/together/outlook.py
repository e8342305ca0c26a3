"""The films that come into question for several people, and what each of them would give each film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from reelrec.data.half_stars import clipped
from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.models import predictive
from reelrec.models.base import ListMaker, UncertainRecommender
from reelrec.serving.engine import Engine, top
from reelrec.serving.page.candidates import MUSIC, filed_as
from reelrec.serving.picks.filters import Filters
from reelrec.serving.picks.predictions import RANGE
from reelrec.serving.together.people import Person
from reelrec.translation import _

Seen = Literal["nobody", "not all"]  # who may have seen a film: nobody, or some but not all
EACH = 100  # films of each person's own list
KNOWN = 3_000  # best known films: of lesser known ones few have heard, and those who rated them are their fans


class Star(NamedTuple):
    """What one person would give a film, or gave it. stars: None where nothing is known. low, high: of `Prediction`."""

    stars: float | None
    low: float | None = None
    high: float | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of several people and films.

    items: (films,) numbers. stars, low, high: (people, films), NaN where nothing is known. given: (people, films) bool,
    whether the stars are the person's own. seen: (people, films) bool.
    """

    items: np.ndarray
    stars: np.ndarray
    low: np.ndarray
    high: np.ndarray
    given: np.ndarray
    seen: np.ndarray

    def star(self, person: int, place: int) -> Star:
        """What that person would give the film at that place."""
        values = [float(table[person, place]) for table in (self.stars, self.low, self.high)]
        stars, low, high = (None if np.isnan(value) else value for value in values)
        return Star(stars, low, high, bool(self.given[person, place]))


def outlook(served: Engine, people: Sequence[Person], items: np.ndarray) -> Outlook:
    """What these people would give these films. items: (films,) numbers of films that models know."""
    shape = (len(people), len(items))
    stars, low, high = (np.full(shape, np.nan) for _ in range(3))
    given, seen = (np.zeros(shape, dtype=bool) for _ in range(2))
    model = served.stars_model
    for row, person in enumerate(people):
        history = person.profile.history(served.films.n_items)
        if isinstance(model, UncertainRecommender) and len(items):
            stars[row], low[row], high[row] = _predicted(model, history, items)
        own = person.profile.counted
        for place, item in enumerate(items.tolist()):
            if item in own:
                stars[row, place], low[row, place], high[row, place] = own[item], np.nan, np.nan
                given[row, place] = True
        seen[row] = np.isin(items, list(person.profile.watched))
    return Outlook(items, stars, low, high, given, seen)


def candidates(served: Engine, people: Sequence[Person], filters: Filters, seen: Seen) -> np.ndarray:
    """(films,) ascending: the first EACH films of every person's own list, among those that suit the company.

    Raises OptionError, or ArtifactError where nothing makes such lists.
    """
    lister = served.lister
    if not isinstance(lister, ListMaker):
        raise ArtifactError(
            _("No model of stars can be used, so there is no shelf for several. The log says what to run.")
        )
    suits = suitable(served, people, filters, seen)
    chosen: set[int] = set()
    for person in people:
        own = suits.copy()
        own[[film for film in person.profile.watched if film < len(own)]] = False
        n = min(EACH, int(np.count_nonzero(own)))
        if n:
            chosen.update(lister.ranked(person.profile.history(len(own)), own, n).items[:n].tolist())
    return np.array(sorted(chosen), dtype=np.int64)


def suitable(served: Engine, people: Sequence[Person], filters: Filters, seen: Seen) -> np.ndarray:
    """(n_items,) bool: the films that suit the company. Raises OptionError.

    No film that anybody set aside; no sequel to a film that somebody has not seen, where the filters keep series in
    order. Of what is left the KNOWN best known films, and those that are on a watchlist.
    """
    films, n = served.films, served.films.n_items
    passed = filters.mask(films).copy()
    watched = np.zeros((len(people), len(films)), dtype=bool)
    wanted = np.zeros(len(films), dtype=bool)
    for row, person in enumerate(people):
        watched[row, list(person.profile.watched)] = True
        wanted[list(person.profile.watchlist)] = True
        passed[list(person.profile.set_aside)] = False
    if filters.watchlist != "shown":
        passed &= wanted if filters.watchlist == "only" else ~wanted
    passed &= ~(watched.any(axis=0) if seen == "nobody" else watched.all(axis=0))
    suits: np.ndarray = np.asarray(passed[:n] & ~filed_as(films, MUSIC))
    if filters.in_order:
        before = films.predecessors[:n]
        first = np.where(before >= 0, before, 0)
        seen_by_all: np.ndarray = np.asarray(watched.all(axis=0))
        suits = np.asarray(suits & ~((before >= 0) & films.listed[first] & ~seen_by_all[first]))
    known = np.zeros(n, dtype=bool)
    known[top(films.n_ratings[:n], suits, KNOWN)] = True
    return np.asarray(suits & (known | wanted[:n]))


def _predicted(
    model: UncertainRecommender, history: History, items: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    distribution = model.predict(history, items)
    low, high = predictive.interval(distribution, RANGE)
    return clipped(distribution.mean), low, high
