"""Figures that pages quote: measured errors, and the size of the training data."""

from __future__ import annotations

import functools

from reelrec.artifacts.store import shipped_store
from reelrec.serving import engine, resources


@functools.cache
def everyones_histogram() -> tuple[float, ...]:
    """(10,) shares of 0.5 … 5.0 stars among all ratings of the train users."""
    counts = resources.catalogue().histogram
    shares: list[float] = (counts / max(counts.sum(), 1)).tolist()
    return tuple(shares)


@functools.cache
def training_data() -> tuple[int, int]:
    """The number of users and of ratings on which the list model was fitted."""
    data = shipped_store().manifest().models[engine.LIST_MODEL]["data"]
    return data["people"], data["ratings"]


def typical_error(n_ratings: int) -> float | None:
    """The mean absolute error of predicted stars for new users with n_ratings, as `evaluate new-users` measured.

    None where the measurement is not among the artifacts.
    """
    curve = _error_curve()
    measured = [k for k in curve if k <= n_ratings]
    return curve[max(measured)] if measured else None


@functools.cache
def _error_curve() -> dict[int, float]:
    """Number of ratings to the mean absolute error of the stars model."""
    rows = (resources.metrics("new-users") or {"rows": []})["rows"]
    wanted = [row for row in rows if row.get("model") == engine.STARS_MODEL and row.get("metric") == "mae"]
    return {row["k"]: row["value"] for row in wanted if isinstance(row.get("k"), int) and "value" in row}
