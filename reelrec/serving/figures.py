"""Figures that pages quote: what was measured, and what the models learned from."""

from __future__ import annotations

import functools

from reelrec.artifacts.store import shipped_store
from reelrec.serving import engine, resources


@functools.cache
def everyones_histogram() -> tuple[float, ...]:
    """Share of 0.5 … 5.0 stars among all ratings of the training people."""
    counts = [sum(counts) for counts in zip(*(film.histogram for film in resources.catalogue().films), strict=True)]
    return tuple(count / max(sum(counts), 1) for count in counts)


@functools.cache
def training_data() -> tuple[int, int]:
    """How many people and how many ratings the list model learned from."""
    data = shipped_store().manifest().content["models"][engine.LIST_MODEL]["data"]
    return data["people"], data["ratings"]


def typical_error(n_ratings: int) -> float | None:
    """Mean absolute error in stars of our predictions for new people with that many ratings, as `evaluate` measured.

    None where the measurement is not among the artifacts.
    """
    curve = _error_curve()
    known = [k for k in curve if k <= n_ratings]
    return curve[max(known)] if known else None


@functools.cache
def _error_curve() -> dict[int, float]:
    rows = (resources.metrics("new-users") or {"rows": []})["rows"]
    wanted = [row for row in rows if row.get("model") == engine.STARS_MODEL and row.get("metric") == "mae"]
    return {row["k"]: row["value"] for row in wanted if isinstance(row.get("k"), int) and "value" in row}
