"""Invented rows in the shapes `evaluate` writes."""

from __future__ import annotations


def row(model: str, metric: str, k: object, value: float, spread: float = 0.004) -> dict:
    return {
        "model": model, "metric": metric, "k": k, "value": value, "low": value - spread, "high": value + spread,
        "n": 1234,
    }  # fmt: skip


def difference(model: str, than: str, metric: str, k: object, value: float, spread: float = 0.003) -> dict:
    return {
        "model": model, "than": than, "metric": metric, "k": k, "value": value, "low": value - spread,
        "high": value + spread, "different": abs(value) > spread,
    }  # fmt: skip


def report(*rows: dict, **more: object) -> dict:
    return {"dataset": {"name": "invented", "people": 77, "ratings": 5000}, "rows": list(rows), **more}
