"""`bench serve`: one visitor, on one core.

`recommend` folds the visitor in and ranks the whole catalogue. `predict` gives mean and sd of the stars for every film.
Beside them the notebook's way: add the visitor to ml-latest-small and fit Surprise's SVD again.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable

import numpy as np

from reelrec import app, progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.result import Bench
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.serving import engine, resources
from reelrec.visitor.profile import Profile

SIZES = (1, 20, 300, 1500)
REPEATS = 60
WARM_UP = 5
SEED = 42


def serve() -> Bench:
    """p50 and p95 in milliseconds for visitors with few and many ratings."""
    one_core()
    app.warm_up()
    resources.wait_for_loader()  # else the first row shares its core with it
    stars = shipped_store().load(engine.WHOLE_STARS_MODEL)
    assert isinstance(stars, UncertainRecommender)
    rng = np.random.default_rng(SEED)
    rows = []
    for size in progress.steps(SIZES, names=[f"{size:,} ratings" for size in SIZES]):
        profile = visitor(size, rng)
        works: tuple[tuple[str, Callable[[], object]], ...] = (
            ("", functools.partial(app.recommend, profile, 24)),
            ("predict_", functools.partial(_predict, stars, profile)),
        )
        row: dict[str, float] = {"ratings": size}
        for prefix, work in progress.steps(works):
            row |= quantiles(prefix, work)
        rows.append(row)
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
    about = f"predict: mean and sd of the stars for all {app.catalogue().n_items:,} films, by {stars.name}."
    return Bench(name="serve", rows=tuple(rows), notes=(note, about))


def _predict(model: UncertainRecommender, profile: Profile) -> Prediction:
    return model.predict(profile.history(app.catalogue().n_items))


def visitor(size: int, rng: np.random.Generator) -> Profile:
    """An invented visitor: films drawn by fame, stars drawn from each film's own histogram."""
    films = app.catalogue()
    fame = films.n_ratings[: films.n_items] / films.n_ratings[: films.n_items].sum()
    numbers = rng.choice(films.n_items, size, replace=False, p=fame)
    ratings = {}
    for number in numbers.tolist():
        counts = np.array(films.films[number].histogram, dtype=float)
        ratings[number] = float(rng.choice(10, p=counts / counts.sum()) + 1) / 2
    return Profile(ratings=ratings)


def quantiles(prefix: str, work: Callable[[], object]) -> dict[str, float]:
    """p50 and p95 in milliseconds; prefix: of their names."""
    p50, p95 = np.quantile(milliseconds(work), (0.5, 0.95))
    return {f"{prefix}p50_ms": float(p50), f"{prefix}p95_ms": float(p95)}


def milliseconds(work: Callable[[], object], repeats: int | None = None, warm_up: int | None = None) -> list[float]:
    """The time of each of many runs, REPEATS by default, after a few to warm up."""
    times = []
    repeats, warm_up = REPEATS if repeats is None else repeats, WARM_UP if warm_up is None else warm_up
    for _ in progress.steps(range(repeats + warm_up)):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return times[warm_up:]


def notebook_refit_seconds() -> float | None:
    """Fit the notebook's tuned SVD on ml-latest-small with one more user; None where that cannot be done."""
    from reelrec.sources.movielens import dataset as movielens
    from reelrec.sources.registry import source

    if source("ml-latest-small").folder is None:
        return None
    try:
        from surprise import SVD, Dataset, Reader
    except ImportError:
        return None
    from reelrec.evaluation.notebook.recipe import SEED, TUNED

    ratings = movielens.read_ratings()[["user_id", "film_id", "rating"]]
    began = time.perf_counter()
    more = [(611, 1, 5.0), (611, 2571, 4.5), (611, 296, 4.0), (611, 593, 4.5), (611, 318, 5.0)]
    for place, row in enumerate(more):
        ratings.loc[len(ratings) + place] = row
    data = Dataset.load_from_df(ratings, Reader(rating_scale=(LOWEST, HIGHEST)))
    SVD(random_state=SEED, **TUNED).fit(data.build_full_trainset())
    return time.perf_counter() - began


def one_core() -> None:
    """Keep this process on one core, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
