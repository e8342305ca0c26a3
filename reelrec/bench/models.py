"""`bench models`: what each shipped model costs to ask, to train and to keep, on one core.

To ask: milliseconds until it has scored some films for a visitor with few and with many ratings, and all films. The
films are those that the shipped ranker puts first for that visitor, found before the clock starts. A model that knows
how sure it is is asked for these alone; any other scores the whole catalogue whatever is wanted.
To train and to keep: what the manifest says, the megabytes also together with the models that it builds on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from reelrec import app
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


def models(doing: Callable[[str], object] = lambda what: None) -> Bench:
    """A row a model, in the manifest's order."""
    one_core()
    films = app.catalogue()
    load = functools.cache(lambda name: shipped_store().load(name, part=load))
    rng = np.random.default_rng(SEED)
    visitors = [invented(size, rng) for size in SIZES]
    rows, idle, details = [], [], {}
    for name in shipped_store().models():
        doing(f"bench models: {name}")
        model = load(name)
        rows.append({"model": name} | asking(model, visitors) | keeping(name))
        idle += left_out(model)
        details |= blend(model)
    about = (
        f"Milliseconds for the {CANDIDATES} films that {engine.LIST_MODEL} puts first, for {SIZES[0]} and {SIZES[1]} "
        f"ratings; whole_ms: for all {len(films):,} films, {SIZES[0]} ratings, at the median."
    )
    return Bench("models", tuple(rows), (about, *verdict(rows, idle)), details={"left_out": idle} | details)


def invented(size: int, rng: np.random.Generator) -> Visitor:
    """Somebody made up, with the films that a list would be made of. Raises ArtifactError."""
    profile = visitor(size, rng)
    picks = app.recommend(profile, CANDIDATES, engine.LIST_MODEL).picks
    return Visitor(size, profile.history(), np.array([pick.film.number for pick in picks]))


def asking(model: Recommender, visitors: list[Visitor]) -> dict[str, float]:
    """Milliseconds by visitor, p50 and p95; and for all films."""
    found = {}
    for ratings, history, items in visitors:
        measured = quantiles("", lambda history=history, items=items: answer(model, history, items))
        found |= {f"{part}_{ratings}_ms": measured[f"{part}_ms"] for part in ("p50", "p95")}
    whole = quantiles("", lambda: answer(model, visitors[0].history, None))
    return found | {"whole_ms": whole["p50_ms"]}


def answer(model: Recommender, history: History, items: np.ndarray | None) -> np.ndarray:
    """What the model says of these items, or of all."""
    if isinstance(model, UncertainRecommender):
        return model.predict(history, items).mean
    scores = model.score(history)
    return scores if items is None else scores[items]


def keeping(name: str) -> dict[str, float]:
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


def left_out(model: Recommender) -> list[str]:
    """The members to which a blend gives no weight however much is known."""
    return [part for part in model.builds_on if part not in model.weighted_members] if isinstance(model, Stack) else []


def blend(model: Recommender) -> dict:
    """Of a blend each member's weight by the number of ratings, and the RMSE that leaving it out would cost."""
    if not isinstance(model, Stack):
        return {}
    parts = {name: column.tolist() for name, column in zip(model.builds_on, model.weights_.T, strict=True)}
    costs = {name: row.tolist() for name, row in zip(model.builds_on, model.costs_, strict=True)}
    return {"blend": {"ratings": model.sizes_.tolist(), "weights": parts, "costs": costs}}


def verdict(rows: list[dict], idle: list[str]) -> list[str]:
    """Whether `stack` answers in time, and what it does without."""
    found = next((row for row in rows if row["model"] == Stack.name), None)
    if found is None:
        return [f"{Stack.name} is not shipped, so it was not held against its {BOUND:.0f} ms."]
    times = [found[f"p50_{size}_ms"] for size in SIZES]
    kept = "within" if max(times) <= BOUND else "above"
    told = " and ".join(f"{time:.1f} ms with {size} ratings" for time, size in zip(times, SIZES, strict=True))
    return [
        f"{Stack.name} over {CANDIDATES} films takes {told} at the median: {kept} the {BOUND:.0f} ms it may take.",
        *([f"{Stack.name} gives no weight to {', '.join(idle)}."] if idle else ()),
    ]
