"""`bench profile`: what Taste and the reasons cost for one visitor, on one core."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np

from reelrec import app, progress
from reelrec.bench.result import Bench
from reelrec.bench.serve import SEED, milliseconds, one_core, visitor
from reelrec.serving import resources

SIZES = (20, 300, 1500)
REPEATS, WARM_UP = 5, 1
FILM = "heat-1995"


def profile() -> Bench:
    """The median and the longest, in milliseconds, of each part, for visitors with few and many ratings."""
    one_core()
    app.warm_up()
    resources.wait_for_loader()
    rng = np.random.default_rng(SEED)
    film = app.film(FILM)
    rows = []
    for size in progress.steps(SIZES, names=[f"{size:,} ratings" for size in SIZES]):
        person = visitor(size, rng).unanswered(film.number)
        works: dict[str, Callable[[], object]] = {
            "portrait": functools.partial(app.taste.portrait, person),
            "backtest": functools.partial(app.taste.backtest, person),
            "map": functools.partial(app.taste.film_map, person),
            "card": functools.partial(app.taste.card, person),
            "tall_card": functools.partial(app.taste.card, person, tall=True),
            "why": functools.partial(app.why, person, [film]),
            "place": functools.partial(app.place, person, film),
        }
        row: dict[str, float] = {"ratings": size}
        for name, work in progress.steps(works.items(), names=list(works)):
            times = milliseconds(work, REPEATS, WARM_UP)
            row |= {f"{name}_ms": float(np.median(times)), f"{name}_most_ms": max(times)}
        rows.append(row)
    return Bench(name="profile", rows=tuple(rows), notes=(ABOUT,))


ABOUT = (
    f"backtest: every shipped model, each of the ratings hidden once. why, place: of {FILM}. The longest of {REPEATS} "
    "after the median."
)
