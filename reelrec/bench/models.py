"""`bench models`: what each shipped model costs to serve, to train and to store, on one core.

To serve: milliseconds until it has scored some films for a visitor with few and with many ratings, and all films. The
films are those that the shipped ranker puts first for that visitor, found before the clock starts. A model that knows
its uncertainty predicts these films alone; any other model scores the whole catalogue in any case.
To train and to store: what the manifest says, the megabytes also together with the models that it builds on.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from reelrec import app, progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.result import Bench
from reelrec.bench.serve import SEED, one_core, quantiles, visitor
from reelrec.data.history import History
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.models.registry import MODELS
from reelrec.models.stack import Stack
from reelrec.serving import engine

SIZES = (20, 300)  # ratings of the visitors; the first also asks for the whole catalogue
CANDIDATES = 500
BOUND = 50.0  # ms at the median, that `stack` may take over the candidates


class Visitor(NamedTuple):
    """ratings: how many. items: the films to be scored."""

    ratings: int
    history: History
    items: np.ndarray


def models() -> Bench:
    """A row a model, in the manifest's order."""
    one_core()
    films = app.catalogue()
    load = functools.cache(lambda name: shipped_store().load(name, part=load))
    rng = np.random.default_rng(SEED)
    visitors = [invented(size, rng) for size in SIZES]
    rows: list[dict] = []
    left_out: list[str] = []
    details: dict = {}
    for name in progress.steps(shipped_store().models()):
        model = load(name)
        rows.append({"model": name, **times(model, visitors), **storage(name)})
        left_out += without_weight(model)
        details |= blend(model)
    about = (
        f"Milliseconds for the {CANDIDATES} films that {engine.SIMILAR_MODEL} puts first, for {SIZES[0]} and "
        f"{SIZES[1]} ratings; whole_ms: for all {len(films):,} films, {SIZES[0]} ratings, at the median."
    )
    return Bench(
        name="models",
        rows=tuple(rows),
        notes=(about, *verdict(rows, left_out)),
        details={"left_out": left_out} | details,
    )


def invented(size: int, rng: np.random.Generator) -> Visitor:
    """An invented visitor, with the films that a list would be made of. Raises ArtifactError."""
    profile = visitor(size, rng)
    picks = app.recommend(profile, CANDIDATES, engine.SIMILAR_MODEL).picks
    return Visitor(size, profile.history(app.catalogue().n_items), np.array([pick.film.number for pick in picks]))


def times(model: Recommender, visitors: list[Visitor]) -> dict[str, float]:
    """Milliseconds by visitor, p50 and p95; and for all films."""
    row: dict[str, float] = {}
    for ratings, history, items in visitors:
        measured = quantiles("", functools.partial(scores, model, history, items))
        row |= {f"{part}_{ratings}_ms": measured[f"{part}_ms"] for part in ("p50", "p95")}
    whole = quantiles("", lambda: scores(model, visitors[0].history, None))
    return row | {"whole_ms": whole["p50_ms"]}


def scores(model: Recommender, history: History, items: np.ndarray | None) -> np.ndarray:
    """The model's scores or predicted stars of these items, or of all."""
    if isinstance(model, UncertainRecommender):
        return model.predict(history, items).mean
    all_scores = model.score(history)
    return all_scores if items is None else all_scores[items]


def storage(name: str) -> dict[str, float]:
    """Seconds of its training, and megabytes of its file and of the files of all that it needs, its own among them."""
    entries = shipped_store().manifest().content["models"]
    needed = sum(entries[part]["bytes"] for part in parts(name))
    own = entries[name]
    return {
        "train_seconds": round(own["seconds"]),
        "megabytes": own["bytes"] / 1e6,
        "megabytes_with_parts": needed / 1e6,
    }


def parts(name: str) -> set[str]:
    """The model, what it builds on, and what that builds on."""
    return {name}.union(*map(parts, MODELS[name].builds_on))


def without_weight(model: Recommender) -> list[str]:
    """The members to which a blend gives no weight at any number of ratings."""
    return [part for part in model.builds_on if part not in model.weighted_members] if isinstance(model, Stack) else []


def blend(model: Recommender) -> dict:
    """Of a blend each member's weight by the number of ratings, and the RMSE that leaving it out would cost."""
    if not isinstance(model, Stack):
        return {}
    parts = {name: column.tolist() for name, column in zip(model.builds_on, model.weights_.T, strict=True)}
    costs = {name: row.tolist() for name, row in zip(model.builds_on, model.costs_, strict=True)}
    return {"blend": {"ratings": model.sizes_.tolist(), "weights": parts, "costs": costs}}


def verdict(rows: list[dict], left_out: list[str]) -> list[str]:
    """Whether `stack` answers in time, and which members it does without."""
    row = next((row for row in rows if row["model"] == Stack.name), None)
    if row is None:
        return [f"{Stack.name} is not shipped, so it was not held against its {BOUND:.0f} ms."]
    medians = [row[f"p50_{size}_ms"] for size in SIZES]
    kept = "within" if max(medians) <= BOUND else "above"
    listed = " and ".join(f"{median:.1f} ms with {size} ratings" for median, size in zip(medians, SIZES, strict=True))
    return [
        f"{Stack.name} over {CANDIDATES} films takes {listed} at the median: {kept} the {BOUND:.0f} ms it may take.",
        *([f"{Stack.name} gives no weight to {', '.join(left_out)}."] if left_out else ()),
    ]
