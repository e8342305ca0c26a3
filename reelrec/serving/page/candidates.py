"""The films that rows, and tonight's films, are chosen from: what the models say of them, asked once for all.

A wish is for films of some part of the catalogue, in the order of the list at a place of the dial or in one of its own.
Wishes at one place of the dial share one ranking: of each the first films by the list's score at the default place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.errors import ArtifactError
from reelrec.models.base import Explain, ListMaker
from reelrec.serving import engine
from reelrec.serving.engine import MIDDLE, SPARE, Engine, top
from reelrec.serving.page.liking import liking_cut
from reelrec.serving.picks.filters import Filters
from reelrec.serving.picks.predictions import Figures, Pick, Reason, figures
from reelrec.translation import _
from reelrec.visitor.profile import Profile

SAFE, SPECIFIC = 0.0, 1.0  # the ends of the dial
DEPTH = 100  # films of a wish whose stars are predicted, at least
LIKELY = 0.5  # chance of liking, at least, of what is called likely
LEAST_CHANCE = 1 / 3  # of liking, of what may please, also for who likes hardly anything
SHORT_MINUTES = 99
UNSUNG_RATINGS = (100, 2_000)  # from and below: with fewer, only the fans of a film have rated it
MUSIC, DOCUMENTARY = "Music", "Documentary"  # with no genre but the first: a special; with no other: a concert


@dataclass(frozen=True, slots=True)
class Wish:
    """What films are wanted.

    kind: of a row or of a choice. among: (n_items,) bool, the films that it may have. place: of the dial. closeness:
    (n_items,) of each film to `film`, by which the wish is ordered; None for the order of the list. passes: what the
    figures of a film must fulfil besides. depth: how many films are looked at, at least.
    """

    kind: str
    among: np.ndarray
    place: float = MIDDLE
    closeness: np.ndarray | None = None
    film: Film | None = None
    passes: Callable[[Figures], bool] = lambda _: True
    depth: int = DEPTH


class Pool(NamedTuple):
    """The films that fulfil a wish, best first. items, scores: (m,). figures: of each film."""

    wish: Wish
    items: np.ndarray
    scores: np.ndarray
    figures: list[Figures]

    def at(self, places: np.ndarray) -> Pool:
        """The films at these places, in their order."""
        return Pool(self.wish, self.items[places], self.scores[places], [self.figures[i] for i in places.tolist()])


class Candidates:
    """What the models say for one visitor and these filters. It is made anew for each page and thrown away.

    allowed: (n_items,) bool of `engine.allowed`. awaited: (n_items,) bool, the films that their sequels wait for; none
    where the filters let series stand in any order. Raises OptionError, or ArtifactError where nothing predicts stars.
    """

    def __init__(self, served: Engine, profile: Profile, filters: Filters) -> None:
        self.films, self.in_order = served.films, filters.in_order
        self.allowed = engine.allowed(served, profile, filters) & ~filed_as(served.films, MUSIC)
        self.awaited = engine.first_to_see(served, profile, self.allowed) & filters.in_order
        self._served, self._history = served, profile.history(served.films.n_items)
        lister = served.lister
        if not isinstance(lister, ListMaker):
            raise ArtifactError(_("No model of stars can be used, so there are no rows. The log says what to run."))
        self._model = lister
        self._cut = liking_cut(profile, served.films.n_items)
        self._explain: Explain | None = None

    def pools(self, wishes: Sequence[Wish], n: int) -> list[Pool]:
        """The films for each wish, enough for a list of n. None is predicted under `liking_cut`."""
        made: dict[int, Pool] = {}
        for place in dict.fromkeys(wish.place for wish in wishes):
            group = [number for number, wish in enumerate(wishes) if wish.place == place]
            made |= zip(group, self._ranked([wishes[number] for number in group], n, place), strict=True)
        return [made[number] for number in range(len(wishes))]

    def picks(self, pool: Pool, because: dict[int, tuple[Reason, ...]]) -> tuple[Pick, ...]:
        """The films of a pool. because: the reasons by item."""
        rows = zip(pool.items.tolist(), pool.scores.tolist(), pool.figures, strict=True)
        return tuple(
            Pick(film=self.films.films[item], because=because[item], score=score, **row) for item, score, row in rows
        )

    def because(self, items: np.ndarray) -> dict[int, tuple[Reason, ...]]:
        """The reasons for each of these items, with the dial at its default."""
        explain = self._explain or engine.explaining(self._served, self._model)
        found = engine.because_of(self._served, explain, self._history, items)
        return dict(zip(items.tolist(), found, strict=True))

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(n, d) of length 1: how alike items are."""
        return self._model.vectors(items)

    def waiting(self, awaited: np.ndarray) -> np.ndarray:
        """(n_items,) bool: the films whose predecessor is awaited. awaited: (n_items,) bool."""
        before = self.films.predecessors[: len(awaited)]
        known = (before >= 0) & (before < len(awaited))
        waiting: np.ndarray = known & awaited[np.where(known, before, 0)]
        return waiting

    def _ranked(self, wishes: Sequence[Wish], n: int, place: float) -> list[Pool]:
        """The pools of wishes at one place of the dial."""
        depths = [max(wish.depth, 2 * n + SPARE) for wish in wishes]
        if len(wishes) == 1 and wishes[0].closeness is None:
            parts, most = [wishes[0].among], depths[0]
        else:
            parts = self._first(wishes, depths)
            most = len(parts[0])
        among = np.any(parts, axis=0)
        if not among.any():
            nothing = np.empty(0, dtype=np.int64)
            return [Pool(wish, nothing, np.empty(0, dtype=np.float32), []) for wish in wishes]
        ranked = self._model.ranked(self._history, among, min(most, int(np.count_nonzero(among))), place)
        if place == MIDDLE:
            self._explain = ranked.explain
        rows = figures(self._model.stars_model, ranked.stars)
        liked = np.array([row["stars"] for row in rows], dtype=np.float64) >= self._cut
        whole = [Pool(wish, ranked.items, ranked.scores, rows) for wish in wishes]
        return [
            in_own_order(pool.at(np.flatnonzero(liked & part[ranked.items])))
            for pool, part in zip(whole, parts, strict=True)
        ]

    def _first(self, wishes: Sequence[Wish], depths: Sequence[int]) -> list[np.ndarray]:
        """(n_items,) bool for each wish: its first films, in its own order or by the list's score."""
        orders = [wish.closeness for wish in wishes]
        listed = self._model.score(self._history) if any(order is None for order in orders) else None
        parts = []
        for wish, order, depth in zip(wishes, orders, depths, strict=True):
            part = np.zeros(len(wish.among), dtype=bool)
            part[top(cast(np.ndarray, listed) if order is None else order, wish.among, depth)] = True
            parts.append(part)
        return parts


def in_own_order(pool: Pool) -> Pool:
    """The films that pass the wish, by closeness where it has one."""
    wish = pool.wish
    pool = pool.at(np.array([place for place, row in enumerate(pool.figures) if wish.passes(row)], dtype=np.int64))
    if wish.closeness is None:
        return pool
    close = wish.closeness[pool.items]
    return pool._replace(scores=close).at(np.argsort(-close, kind="stable"))


def may_please(row: Figures) -> bool:
    """Whether the film has some chance of being liked; so it is where no chance is known."""
    return row["chance"] is None or row["chance"] >= LEAST_CHANCE


def is_likely(row: Figures) -> bool:
    """Whether liking the film is more likely than not."""
    return row["chance"] is not None and row["chance"] >= LIKELY


def is_surely_liked(row: Figures) -> bool:
    """Whether even the low end of the range is a liked film."""
    return row["low"] is not None and row["low"] >= LIKED_STARS


def are_short(films: Catalogue) -> np.ndarray:
    """(n_items,) bool: the films of at most SHORT_MINUTES; a film of unknown length is none."""
    minutes = films.runtime[: films.n_items]
    short: np.ndarray = (minutes > 0) & (minutes <= SHORT_MINUTES)
    return short


def are_unsung(films: Catalogue) -> np.ndarray:
    """(n_items,) bool: the films with few ratings, within UNSUNG_RATINGS, but for concerts."""
    least, most = UNSUNG_RATINGS
    n_ratings = films.n_ratings[: films.n_items]
    unsung: np.ndarray = (n_ratings >= least) & (n_ratings < most)
    unsung &= ~filed_as(films, MUSIC, DOCUMENTARY)
    return unsung


def filed_as(films: Catalogue, *genres: str) -> np.ndarray:
    """(n_items,) bool: the films of the first of these genres that have no other than these."""
    filed = films.genres.get(genres[0], np.zeros(len(films), dtype=bool))
    for name, mask in films.genres.items():
        filed = filed & ~mask if name not in genres else filed
    return filed[: films.n_items]
