"""What every protocol returns: rows that know their interval, and the JSON that the dashboards draw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from reelrec.artifacts import now
from reelrec.dataset import Dataset

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One number. k: the metric's cut-off, the ratings known or the dial's place ("all", None where none applies).

    low, high: 95 % interval, bootstrapped over people, None where a bootstrap makes no sense. n: people, or ratings
    for errors in stars.
    """

    model: str
    metric: str
    k: float | str | None
    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """A protocol's result. notes: sentences for the reader, not part of the JSON. details: more keys of the JSON."""

    protocol: str
    dataset: dict
    rows: tuple[Row, ...]
    seconds: float
    notes: tuple[str, ...] = ()
    details: dict = field(default_factory=dict)

    def to_json(self) -> str:
        content = {
            "protocol": self.protocol,
            "dataset": self.dataset,
            "rows": [asdict(row) for row in self.rows],
            **self.details,
            "seconds": round(self.seconds, 1),
            "created": now(),
        }
        return json.dumps(content, indent=1) + "\n"

    def headlines(self, metric: str) -> dict[str, dict[str, float]]:
        """One metric of every model, for the manifest: model to {"ndcg@100": value}."""
        found: dict[str, dict[str, float]] = {}
        for row in self.rows:
            if row.metric == metric:
                found.setdefault(row.model, {})[f"{metric}@{row.k}"] = round(row.value, 4)
        return found

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.to_json(), encoding="utf-8")


def describe(dataset: Dataset) -> dict:
    """The JSON's "dataset"."""
    return {
        "name": dataset.name,
        "sha256": dataset.sha256,
        "people": dataset.n_users,
        "ratings": len(dataset.items),
    }


def ratio_row(
    model: str,
    metric: str,
    k: float | str | None,
    sums: Sequence[float],
    counts: Sequence[int],
    root: bool = False,
    seed: int = 42,
) -> Row:
    """A pooled mean, sum(sums) / sum(counts), with its interval: whole people are drawn again with replacement.

    sums, counts: (n_people,) what each person adds to the numerator and the denominator. root: take the square root,
    for RMSE. The same seed draws the same people for every model, so rows of one table are paired.
    """
    sums, counts = np.asarray(sums, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    rng = np.random.default_rng(seed)
    drawn = np.empty(DRAWS)
    for draw in range(DRAWS):
        who = rng.integers(len(sums), size=len(sums))
        drawn[draw] = sums[who].sum() / counts[who].sum()
    value, low, high = sums.sum() / counts.sum(), *np.quantile(drawn, (0.025, 0.975))
    if root:
        value, low, high = np.sqrt((value, low, high))
    return Row(model, metric, k, float(value), float(low), float(high), int(counts.sum()))
