"""What every protocol returns: rows that know their interval, what sets them apart, the JSON the dashboards draw.

Intervals are those of the bootstrap over people (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13): whole people are drawn again with replacement, and the middle 95 % of the measure is the interval. All
measures of as many people share their draws, so the difference of two models is that on the same people, draw by draw.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from reelrec.artifacts.manifest import now
from reelrec.data.dataset import Dataset

DRAWS = 1000
DRAW_SEED = 42


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
class Difference:
    """A model's number minus that of the model in the row above, `than`, on the same people.

    low, high: 95 % interval of the difference. different: whether it leaves out 0.
    """

    model: str
    than: str
    metric: str
    k: float | str | None
    value: float
    low: float
    high: float
    different: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A protocol's result. notes: sentences for the reader, not part of the JSON. details: more keys of the JSON."""

    protocol: str
    dataset: dict
    rows: tuple[Row, ...]
    seconds: float
    notes: tuple[str, ...] = ()
    details: dict = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    def to_json(self) -> str:
        content = {
            "protocol": self.protocol,
            "dataset": self.dataset,
            "rows": [asdict(row) for row in self.rows],
            **({"differences": [asdict(one) for one in self.differences]} if self.differences else {}),
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


@dataclass(frozen=True)
class Sums:
    """One measure of one model as what each person adds to it: sum(sums) / sum(counts) is its value.

    sums, counts: (n_people,), in the same order of people for every model. root: take the square root, for RMSE.
    """

    model: str
    metric: str
    k: float | str | None
    sums: np.ndarray
    counts: np.ndarray
    root: bool = False

    @functools.cached_property
    def drawn(self) -> np.ndarray:
        """(DRAWS,) the ratio among the people of each draw, before any root; NaN where a draw counts nothing."""
        top, below = (_draws(len(self.sums)) @ np.asarray(part, np.float64) for part in (self.sums, self.counts))
        return np.divide(top, below, out=np.full(DRAWS, np.nan), where=below > 0)

    @property
    def value(self) -> float:
        ratio = np.sum(self.sums, dtype=np.float64) / np.sum(self.counts, dtype=np.float64)
        return float(np.sqrt(ratio) if self.root else ratio)

    def row(self) -> Row:
        low, high = np.nanquantile(self.drawn, (0.025, 0.975))
        if self.root:
            low, high = np.sqrt((low, high))
        return Row(self.model, self.metric, self.k, self.value, float(low), float(high), int(np.sum(self.counts)))

    def minus(self, other: Sums) -> Difference:
        """This measure minus another model's, of the same people."""
        drawn = np.sqrt(self.drawn) - np.sqrt(other.drawn) if self.root else self.drawn - other.drawn
        low, high = map(float, np.nanquantile(drawn, (0.025, 0.975)))
        value = self.value - other.value
        return Difference(
            self.model, other.model, self.metric, self.k, value, low, high, different=bool(low > 0 or high < 0)
        )


def differences(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """Each model against the one before it that has the same metric and k; models in the order of their rows."""
    before: dict[tuple, Sums] = {}
    found = []
    for one in measured:
        above = before.get((one.metric, one.k))
        if above is not None:
            found.append(one.minus(above))
        before[one.metric, one.k] = one
    return tuple(found)


def ratio_row(
    model: str, metric: str, k: float | str | None, sums: Sequence[float], counts: Sequence[int], root: bool = False
) -> Row:
    """The row of a measure that is compared with nothing."""
    return Sums(model, metric, k, np.asarray(sums), np.asarray(counts), root).row()


@functools.lru_cache(maxsize=2)
def _draws(n_people: int) -> np.ndarray:
    """(DRAWS, n_people) how often each person is drawn."""
    rng = np.random.default_rng(DRAW_SEED)
    drawn = np.empty((DRAWS, n_people))
    for row in drawn:
        row[:] = np.bincount(rng.integers(n_people, size=n_people), minlength=n_people)
    drawn.setflags(write=False)
    return drawn
