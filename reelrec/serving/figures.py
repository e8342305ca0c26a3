"""Figures that pages quote: measured errors, and the size of the training data."""

from __future__ import annotations

import functools

from reelrec.artifacts.store import shipped_store
from reelrec.serving import resources
from reelrec.serving.picks.fallbacks import LISTS, STARS


@functools.cache
def everyones_histogram() -> tuple[float, ...]:
    """(10,) shares of 0.5 … 5.0 stars among all ratings of the train users."""
    counts = resources.catalogue().histogram
    shares: list[float] = (counts / max(counts.sum(), 1)).tolist()
    return tuple(shares)


@functools.cache
def training_data() -> tuple[int, int] | None:
    """The number of users and of ratings on which the list model was fitted; None where no manifest says so."""
    entries = shipped_store().manifest().models
    for data in (entries[name].get("data") for name in LISTS if name in entries):
        if isinstance(data, dict) and data.keys() >= {"people", "ratings"}:
            return data["people"], data["ratings"]
    return None


def typical_error(n_ratings: int) -> float | None:
    """The mean absolute error of predicted stars for new users with n_ratings, as `evaluate new-users` measured.

    None where the measurement is not among the artifacts, and where nothing predicts stars.
    """
    curve = _error_curve(next((name for name in STARS if resources.fault(name) is None), None))
    measured = [k for k in curve if k <= n_ratings]
    return curve[max(measured)] if measured else None


@functools.cache
def _error_curve(model: str | None) -> dict[int, float]:
    """Number of ratings to the mean absolute error of a model."""
    rows = (resources.metrics("new-users") or {"rows": []})["rows"]
    known = [row for row in rows if isinstance(row, dict) and (row.get("model"), row.get("metric")) == (model, "mae")]
    return {row["k"]: row["value"] for row in known if type(row.get("k")) is int and type(row.get("value")) is float}
