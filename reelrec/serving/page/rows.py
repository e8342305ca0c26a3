"""The rows of For you: several lists, each of which answers another wish. Pure functions over the engine.

- likely: what is most likely to please, whatever its fame: the safe end of the dial.
- loved: what people who love one film love too, more than its fame explains; a row for each of two loved films.
- new: of the last NEW_YEARS. short: up to SHORT_MINUTES. watchlist: of the visitor's own, in the order of the list.
- gems: with few ratings, and so likely to please that even the low end of the range is a liked film.

Each leaves out what the visitor has seen or set aside, and what is predicted under `liking_cut`. On a page of rows no
film stands twice, no series has more than PER_SERIES films, and no sequel stands before an unseen film that it follows.
Of a director the first PER_DIRECTOR come first; others stand at the end of their row, where nothing else is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.serving.engine import DIVERSITY, SIMILAR_FAME, SPARE, Engine
from reelrec.serving.page.candidates import (
    SAFE,
    SPECIFIC,
    Candidates,
    Pool,
    Wish,
    are_short,
    are_unsung,
    is_likely,
    is_surely_liked,
    may_please,
)
from reelrec.serving.picks.arrangement import after_predecessors, by_year, diverse, first_of_series, same_series
from reelrec.serving.picks.filters import EVERYTHING, Filters, on_watchlist
from reelrec.serving.picks.predictions import Pick, Reason
from reelrec.visitor.profile import Profile

KINDS = ("likely", "loved", "new", "gems", "short", "watchlist")  # in the order of the page
LEAST_FILMS = 4  # of a row on a page with others
NEW_YEARS = 3  # up to the catalogue's last year
GEM_DEPTH = 300  # gems are looked for among so many films with few ratings
LOVED_STARS = 4.5
LOVED_ROWS = 2
LOVED_AMONG = 20  # loved films of which the rows follow those of different series
LOVED_DEPTH = 60  # films close to a loved one whose stars are predicted
LEAST_ALIKE = 0.1  # the cosine that unlike films count with
PER_DIRECTOR = 3  # on a page; in longer rows a quarter of the row


@dataclass(frozen=True, slots=True)
class Row:
    """kind: as in the list above. picks: best first. loved: the film whose lovers the row follows."""

    kind: str
    picks: tuple[Pick, ...]
    loved: Film | None = None


def rows(served: Engine, profile: Profile, n: int, filters: Filters = EVERYTHING) -> tuple[Row, ...]:
    """All rows with at least LEAST_FILMS films, each of at most n, no film twice. Raises OptionError."""
    loved: list[Film | None] = [*loved_films(served, profile)]
    wanted = [(kind, film) for kind in KINDS for film in (loved if kind == "loved" else [None])]
    return _rows(served, profile, n, filters, wanted, LEAST_FILMS)


def row(
    served: Engine, profile: Profile, kind: str, n: int, filters: Filters = EVERYTHING, film: Film | None = None
) -> Row:
    """One row alone, of at most n films, by the same rules; it may be short or empty.

    kind: of KINDS. film: whose lovers the row `loved` follows; None for the first of `loved_films`. Raises OptionError.
    """
    if kind not in KINDS:
        raise OptionError(f"There is no row called {kind!r}. Known: {', '.join(KINDS)}.")
    if kind == "loved" and film is None:
        film = next(iter(loved_films(served, profile)), None)
    (made,) = _rows(served, profile, n, filters, [(kind, film)], 0)
    return made


def loved_films(served: Engine, profile: Profile) -> list[Film]:
    """The films that rows of `loved` follow: those with the most stars, and of equals those rated last.

    No two are of one series.
    """
    known = [(stars, film) for film, stars in profile.counted.items() if film < served.films.n_items]
    best = sorted((pair for pair in reversed(known) if pair[0] >= LOVED_STARS), key=lambda pair: -pair[0])
    films = [served.films.films[film] for _, film in best[:LOVED_AMONG]]
    series = same_series([film.title for film in films], [film.number for film in films], served.films.predecessors)
    first = {name: film for name, film in reversed([*zip(series, films, strict=True)])}
    return [film for film in films if film in first.values()][:LOVED_ROWS]


def _rows(
    served: Engine,
    profile: Profile,
    n: int,
    filters: Filters,
    wanted: Sequence[tuple[str, Film | None]],
    least: int,
) -> tuple[Row, ...]:
    """The rows of these kinds, in their order, with at least so many films."""
    if n < 1:
        raise OptionError(f"Rows of {n} films cannot be made; ask for one or more.")
    candidates = Candidates(served, profile, filters)
    pools = candidates.pools([_wish(served, profile, candidates, kind, film) for kind, film in wanted], n)
    page, shown = _Page(candidates, pools), []
    for pool in pools:
        first = page.first(pool, n)
        if len(first.items) >= least:
            page.show(first.items)
            shown.append(first)
    because = candidates.because(np.concatenate([np.empty(0, np.int64), *(p.items for p in shown if not p.wish.film)]))
    made = []
    for pool in shown:
        film = pool.wish.film
        if film is not None:
            because |= dict.fromkeys(pool.items.tolist(), (Reason(film, 1.0),))
        made.append(Row(pool.wish.kind, candidates.picks(pool, because), film))
    return tuple(made)


def _wish(served: Engine, profile: Profile, candidates: Candidates, kind: str, film: Film | None) -> Wish:
    """What a row of this kind may have."""
    films, among = served.films, candidates.allowed
    if kind == "likely":
        return Wish(kind, among, SAFE)
    if kind == "loved":
        close = _closeness(served, candidates, film)
        return Wish(kind, among & (close > 0), closeness=close, film=film, passes=is_likely, depth=LOVED_DEPTH)
    if kind == "new":
        years = films.year[: len(among)]
        return Wish(kind, among & (years > years.max(initial=0) - NEW_YEARS), passes=may_please)
    if kind == "gems":
        return Wish(kind, among & are_unsung(films), SPECIFIC, passes=is_surely_liked, depth=GEM_DEPTH)
    if kind == "short":
        return Wish(kind, among & are_short(films), passes=may_please)
    return Wish(kind, among & on_watchlist(films, profile, "only")[: len(among)])


def _closeness(served: Engine, candidates: Candidates, film: Film | None) -> np.ndarray:
    """(n_items,) how much people who love this film love each other film, more than its fame explains.

    Films that the list's model finds unlike this one count less: of people who love many films, a few love all sorts.
    Zeros where the film is no item.
    """
    model, n_items = served.alike, served.films.n_items
    if film is None or film.number >= n_items or model is None:
        return np.zeros(n_items, dtype=np.float32)
    (close,) = model.contributions(History.of([film.number], [5.0]), np.arange(n_items), np.array([0]))
    near = np.flatnonzero(close > 0)
    (vector,) = candidates.vectors(np.array([film.number]))
    close[near] *= np.maximum(candidates.vectors(near) @ vector, LEAST_ALIKE)
    spread: np.ndarray = close / np.maximum(served.films.n_ratings[:n_items], 1) ** np.float32(SIMILAR_FAME)
    return spread


class _Page:
    """What stands on a page while its rows are chosen."""

    def __init__(self, candidates: Candidates, pools: Sequence[Pool]) -> None:
        self._candidates, self._films = candidates, candidates.films
        self._shown = np.zeros(len(candidates.allowed), dtype=bool)
        self._awaited = candidates.awaited.copy()
        items = np.unique(np.concatenate([pool.items for pool in pools]))
        names = same_series(self._films.films.column("title", items), items.tolist(), self._films.predecessors)
        self._series: dict[int, Hashable] = dict(zip(items.tolist(), names, strict=True))
        directors = [name and name.casefold() for name in self._films.films.column("director", items)]
        self._directors = dict(zip(items.tolist(), directors, strict=True))
        self._of_series = Counter[Hashable]()
        self._of_director = Counter[str | None]()

    def first(self, pool: Pool, n: int) -> Pool:
        """At most n films of a pool that may stand next on the page, in their order."""
        elsewhere = self._awaited.copy()
        elsewhere[pool.items] = False
        pool = pool.at(np.flatnonzero(~self._shown[pool.items] & ~self._candidates.waiting(elsewhere)[pool.items]))
        if pool.wish.closeness is None:
            pool = pool.at(np.arange(min(len(pool.items), n + SPARE)))
            pool = pool.at(diverse(pool.scores, self._candidates.vectors(pool.items), len(pool.items), DIVERSITY))
        pool = pool.at(self._by_others_first(pool.items, max(PER_DIRECTOR, n // 4)))
        if self._candidates.in_order:
            pool = pool.at(after_predecessors(pool.items, self._films.predecessors, self._awaited))
        series = [self._series[item] for item in pool.items.tolist()]
        places = first_of_series(series, self._of_series)[:n]
        if self._candidates.in_order:
            places = by_year(series, self._films.year[pool.items].tolist(), places)
        return pool.at(np.array(places, dtype=np.int64))

    def show(self, items: np.ndarray) -> None:
        """Let these films stand on the page."""
        self._shown[items] = True
        self._awaited[items] = False
        self._of_series.update(self._series[item] for item in items.tolist())
        self._of_director.update(self._directors[item] for item in items.tolist())

    def _by_others_first(self, items: np.ndarray, most: int) -> np.ndarray:
        """(n,) the places of these films; those of a director with `most` films before them at the end."""
        counts = self._of_director.copy()
        late = []
        for item in items.tolist():
            director = self._directors[item]
            late.append(director is not None and counts[director] >= most)
            counts[director] += not late[-1]
        return np.argsort(late, kind="stable")
