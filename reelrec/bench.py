"""Speed, each figure beside its peer's in the same run.

`serve`: fold-in and ranking of the whole catalogue for one visitor, on one core, against the notebook's way: adding the
visitor to ml-latest-small and fitting Surprise's SVD again.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec import app, artifacts
from reelrec.dataset import Profile
from reelrec.errors import OptionError

SIZES = (1, 20, 300, 1500)
REPEATS = 60
WARM_UP = 5
SEED = 42


@dataclass(frozen=True, slots=True)
class Bench:
    """Rows of milliseconds, and sentences on what they mean."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict, ...]
    notes: tuple[str, ...]

    def table(self) -> list[list[str]]:
        return [
            [f"{cell:,.2f}" if isinstance(cell, float) else f"{cell:,}" for cell in row.values()] for row in self.rows
        ]

    def to_json(self) -> str:
        content = {"bench": self.name, "machine": machine(), "rows": self.rows, "notes": self.notes}
        return json.dumps(content | {"created": artifacts.now()}, indent=1) + "\n"


def run(name: str) -> Bench:
    """Run a bench by its name. Raises OptionError."""
    if name not in BENCHES:
        raise OptionError(f"There is no bench called {name!r}. Known: {', '.join(BENCHES)}.")
    return BENCHES[name]()


def serve() -> Bench:
    """p50 and p95 in milliseconds of `recommend` for visitors with few and many ratings."""
    one_core()
    app.warm_up()
    rng = np.random.default_rng(SEED)
    rows = []
    for size in SIZES:
        profile = visitor(size, rng)
        times = milliseconds(lambda profile=profile: app.recommend(profile, 24))
        p50, p95 = np.quantile(times, (0.5, 0.95))
        rows.append({"ratings": size, "p50_ms": float(p50), "p95_ms": float(p95)})
    refit = notebook_refit_seconds()
    worst = max(row["p50_ms"] for row in rows)
    if refit is None:
        note = "Surprise or ml-latest-small is not here, so the notebook's way was not measured."
    else:
        note = (
            f"The notebook's way, refitting ml-latest-small plus one person: {refit:.2f} s, "
            f"{refit * 1000 / worst:,.0f} times our slowest p50."
        )
        rows = [row | {"refit_ms": refit * 1000, "ratio": refit * 1000 / row["p50_ms"]} for row in rows]
    return Bench("serve", tuple(rows[0]), tuple(rows), (note,))


def visitor(size: int, rng: np.random.Generator) -> Profile:
    """Somebody made up: films drawn by fame, stars drawn from each film's own histogram."""
    films = app.catalogue()
    fame = films.n_ratings / films.n_ratings.sum()
    numbers = rng.choice(len(films), size, replace=False, p=fame)
    ratings = {}
    for number in numbers:
        counts = np.array(films.films[number].histogram, dtype=float)
        ratings[int(number)] = float(rng.choice(10, p=counts / counts.sum()) + 1) / 2
    return Profile(ratings=ratings)


def milliseconds(work: Callable[[], object]) -> list[float]:
    """How long each of many runs took, after a few to warm up."""
    times = []
    for _ in range(REPEATS + WARM_UP):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return times[WARM_UP:]


def notebook_refit_seconds() -> float | None:
    """Fit the notebook's tuned SVD on ml-latest-small with one more person; None where that cannot be done."""
    from reelrec.sources import movielens
    from reelrec.sources.registry import source

    if source("ml-latest-small").folder is None:
        return None
    try:
        from surprise import SVD, Dataset, Reader
    except ImportError:
        return None
    from reelrec.evaluation.seed_svd import SEED, TUNED

    ratings = movielens.read_ratings()[["user_id", "film_id", "rating"]]
    began = time.perf_counter()
    more = [(611, 1, 5.0), (611, 2571, 4.5), (611, 296, 4.0), (611, 593, 4.5), (611, 318, 5.0)]
    for place, row in enumerate(more):
        ratings.loc[len(ratings) + place] = row
    data = Dataset.load_from_df(ratings, Reader(rating_scale=(0.5, 5.0)))
    SVD(random_state=SEED, **TUNED).fit(data.build_full_trainset())
    return time.perf_counter() - began


def one_core() -> None:
    """Keep this process on one core, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def machine() -> dict:
    """What it ran on, without a name."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}


BENCHES: dict[str, Callable[[], Bench]] = {"serve": serve}
