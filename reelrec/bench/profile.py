"""`bench profile`: what the parts of Taste, the reasons and a group cost, on one core."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np

from reelrec import app, progress
from reelrec.bench.result import Bench
from reelrec.bench.serve import SEED, milliseconds, one_core, visitor
from reelrec.data.film import Film
from reelrec.serving import resources
from reelrec.visitor.profile import Profile

SIZES = (20, 300, 1500)
REPEATS, WARM_UP = 5, 1
PARTS: dict[str, Callable[[Profile, Film], object]] = {
    "portrait": lambda person, film: app.taste.portrait(person),
    "backtest": lambda person, film: app.taste.backtest(person),
    "map": lambda person, film: app.taste.film_map(person),
    "card, wide": lambda person, film: app.taste.card(person),
    "card, tall": lambda person, film: app.taste.card(person, tall=True),
    "why": lambda person, film: app.why(person, [film]),
    "place": lambda person, film: app.place(person, film),
    "group of six": lambda person, film: app.together.shelf(company(person), 40),
}


def profile() -> Bench:
    """A row for each part: its median in milliseconds for visitors with few and many ratings, and the longest time."""
    one_core()
    app.warm_up()
    resources.wait_for_loader()
    rng = np.random.default_rng(SEED)
    film = app.catalogue().best_known(1)[0]
    people = {size: visitor(size, rng).unanswered(film.number) for size in SIZES}
    rows = []
    for name, work in progress.steps(PARTS.items(), names=list(PARTS)):
        times = {size: _times(work, person, film) for size, person in progress.steps(people.items())}
        row: dict[str, str | float] = {"part": name}
        row |= {f"p50_{size}_ms": float(np.median(taken)) for size, taken in times.items()}
        rows.append(row | {"most_ms": max(max(taken) for taken in times.values())})
    note = f"backtest: all shipped models, each rating hidden once. why, place: of {film.name}."
    return Bench(name="profile", rows=tuple(rows), notes=(note,))


def company(person: Profile) -> list[app.together.Person]:
    """The visitor and five others with about as many ratings each."""
    size = min(SIZES, key=lambda size: abs(size - len(person.ratings)))
    return [app.together.Person(str(number), one) for number, one in enumerate((person, *_others(size)))]


@functools.cache
def _others(size: int) -> tuple[Profile, ...]:
    rng = np.random.default_rng(SEED + 1)
    return tuple(visitor(size, rng) for _ in range(app.together.MOST - 1))


def _times(work: Callable[[Profile, Film], object], person: Profile, film: Film) -> list[float]:
    return milliseconds(lambda: work(person, film), REPEATS, WARM_UP)
