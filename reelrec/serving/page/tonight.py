"""Three films for this evening, each of another kind. Pure functions over the engine.

- safe: the likeliest to please: from the safe end of the dial, of those with nearly the highest chance of being liked.
- stretch: from the specific end: little known, more likely liked than not, of another genre if one of the first is.
- watchlist: the best of the visitor's own; short, up to SHORT_MINUTES, where none is left there.

Every kind has a queue, made without regard to the films that were swapped away, and offers its first film that was not.
So a swap changes no other choice. No two queues have films of one series or one director. In none is a film that
follows an unseen one, is of unknown length or longer than EVENING_MINUTES, or is predicted under `liking_cut`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.serving.engine import Engine
from reelrec.serving.page.candidates import (
    DOCUMENTARY,
    SAFE,
    SPECIFIC,
    Candidates,
    Pool,
    Wish,
    are_short,
    are_unsung,
    is_likely,
)
from reelrec.serving.picks.arrangement import same_series
from reelrec.serving.picks.filters import EVERYTHING, Filters, on_watchlist
from reelrec.serving.picks.predictions import Pick
from reelrec.visitor.profile import Profile

QUEUE = 40  # films of a kind
EVENING_MINUTES = 210
NEARLY = 0.05  # below the highest chance of being liked
FIRST = 6  # of the stretches, among which another genre comes first


@dataclass(frozen=True, slots=True)
class Choice:
    """A film for this evening. kind: "safe", "stretch", "watchlist" or "short", as in the list above."""

    kind: str
    pick: Pick


def tonight(
    served: Engine, profile: Profile, gone: Collection[int] = (), filters: Filters = EVERYTHING
) -> tuple[Choice, ...]:
    """At most three films, of different kinds. gone: numbers of films that were swapped away. Raises OptionError."""
    candidates = Candidates(served, profile, filters)
    films, among = candidates.films, candidates.allowed & ~candidates.waiting(candidates.awaited)
    minutes = films.runtime[: len(among)]  # 0 where unknown
    among &= (minutes > 0) & (minutes <= EVENING_MINUTES)
    wishes = [
        Wish("watchlist", among & on_watchlist(films, profile, "only")[: len(among)]),
        Wish("safe", among, SAFE),
        Wish("stretch", among & are_unsung(films), SPECIFIC, passes=is_likely),
    ]
    listed, safe, stretch = candidates.pools(wishes, QUEUE)
    queues = _queues(candidates, [listed, safe.at(_likeliest_first(safe)), stretch], np.empty(0, dtype=np.int64))
    queues[2] = queues[2].at(_other_genres_first(candidates, queues[2], queues[1]))
    if not len(_left(queues[0], gone)):
        (short,) = candidates.pools([Wish("short", among & are_short(films))], QUEUE)
        queues[0] = _queues(candidates, [short], np.concatenate([queue.items for queue in queues]))[0]
    firsts = [queue.at(left[:1]) for queue in queues if len(left := _left(queue, gone))]
    because = candidates.because(np.array([queue.items[0] for queue in firsts], dtype=np.int64))
    made = {queue.wish.kind: candidates.picks(queue, because)[0] for queue in firsts}
    return tuple(Choice(kind, made[kind]) for kind in ("safe", "stretch", "watchlist", "short") if kind in made)


def _left(queue: Pool, gone: Collection[int]) -> np.ndarray:
    """The places of the films that were not swapped away."""
    return np.flatnonzero(~np.isin(queue.items, list(gone)))


def _likeliest_first(pool: Pool) -> np.ndarray:
    """The places in a new order: first those of nearly the highest chance of being liked."""
    chances = np.array([row["chance"] for row in pool.figures], dtype=np.float64)
    return np.argsort(chances < chances.max(initial=0.0) - NEARLY, kind="stable")


def _other_genres_first(candidates: Candidates, stretch: Pool, safe: Pool) -> np.ndarray:
    """The places in a new order: of the FIRST films those whose first genre the first safe film has not, then all.

    Documentary counts as none: it says nothing of what a film is about.
    """
    column = candidates.films.films.column
    known = {DOCUMENTARY, *(name for names in column("genres", safe.items[:1]) for name in names or ())}
    late = np.ones(len(stretch.items), dtype=bool)
    late[:FIRST] = [not names or names[0] in known for names in column("genres", stretch.items[:FIRST])]
    return np.argsort(late, kind="stable")


def _queues(candidates: Candidates, pools: Sequence[Pool], taken: np.ndarray) -> list[Pool]:
    """At most QUEUE films of each pool, the pools choosing in turn; none of a series or director that another has.

    taken: (m,) items of which no series or director may come.
    """
    items = np.unique(np.concatenate([taken, *(pool.items for pool in pools)]))
    films = candidates.films
    series = same_series(films.films.column("title", items), items.tolist(), films.predecessors)
    directors = films.films.column("director", items)
    marks: dict[int, set[Hashable]] = {
        item: {name, director.casefold()} if director else {name}
        for item, name, director in zip(items.tolist(), series, directors, strict=True)
    }
    owner = {mark: -1 for item in taken.tolist() for mark in marks[item]}
    queues: list[list[int]] = [[] for _ in pools]
    left = [iter(enumerate(pool.items.tolist())) for pool in pools]
    for number in [*range(len(pools))] * QUEUE:
        for place, item in left[number]:
            if all(owner.get(mark, number) == number for mark in marks[item]):
                owner |= dict.fromkeys(marks[item], number)
                queues[number].append(place)
                break
    return [pool.at(np.array(queue, dtype=np.int64)) for pool, queue in zip(pools, queues, strict=True)]
