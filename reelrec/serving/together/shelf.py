"""One shelf for several people, in one of four orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.errors import OptionError
from reelrec.serving.engine import Engine
from reelrec.serving.picks.arrangement import same_series
from reelrec.serving.picks.filters import EVERYTHING, Filters
from reelrec.serving.together import orders
from reelrec.serving.together.outlook import Outlook, Seen, Star, candidates, outlook
from reelrec.serving.together.people import LEAST, MOST, Person

ORDERS = ("average", "least misery", "fair", "most loved")
EVENINGS = 7  # of the order "fair"


@dataclass(frozen=True, slots=True)
class GroupPick:
    """A film for several people.

    stars: of each person, in their order. average, least: over the people of whom they are known. seen_by: the names of
    who has seen it. short: in the order "fair", the stars by which it falls short of each person's best film of that
    evening; else ().
    """

    film: Film
    stars: tuple[Star, ...]
    average: float | None
    least: float | None
    seen_by: tuple[str, ...]
    short: tuple[float | None, ...] = ()


def shelf(
    served: Engine,
    people: Sequence[Person],
    n: int,
    order: str = "average",
    seen: Seen = "nobody",
    filters: Filters = EVERYTHING,
) -> tuple[GroupPick, ...]:
    """At most n films, and in the order "fair" at most EVENINGS; no two of a series. Raises OptionError."""
    if not LEAST <= len(people) <= MOST:
        raise OptionError(f"A shelf together is for {LEAST} to {MOST} people, not for {len(people)}.")
    if order not in ORDERS:
        raise OptionError(f"There is no order called {order!r}. Known: {', '.join(ORDERS)}.")
    known = outlook(served, people, candidates(served, people, filters, seen))
    if order == "fair":
        firsts = _one_of_each_series(served, known, orders.best_first(orders.average(known.stars), known.stars))
        chosen = orders.fair_evenings(known.stars[:, firsts], min(n, EVENINGS))
        return _picks(served, people, known, firsts[chosen.places], chosen.short)
    scores = {"average": orders.average, "least misery": orders.least, "most loved": orders.most}
    places = orders.best_first(scores[order](known.stars), known.stars)
    return _picks(served, people, known, _one_of_each_series(served, known, places)[:n])


def _one_of_each_series(served: Engine, known: Outlook, places: np.ndarray) -> np.ndarray:
    """These places, of each series the first only."""
    numbers = known.items[places].tolist()
    series = same_series(served.films.films.column("title", known.items[places]), numbers, served.films.predecessors)
    return places[[place for place, name in enumerate(series) if series.index(name) == place]]


def _picks(
    served: Engine, people: Sequence[Person], known: Outlook, places: np.ndarray, short: np.ndarray | None = None
) -> tuple[GroupPick, ...]:
    means, lowest = orders.average(known.stars), orders.least(known.stars)
    return tuple(
        GroupPick(
            film=served.films.films[int(known.items[place])],
            stars=tuple(known.star(person, place) for person in range(len(people))),
            average=_known(means[place]),
            least=_known(lowest[place]),
            seen_by=tuple(person.name for row, person in enumerate(people) if known.seen[row, place]),
            short=() if short is None else tuple(_known(value) for value in short[row_of]),
        )
        for row_of, place in enumerate(places.tolist())
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
