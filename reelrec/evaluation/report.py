"""What every protocol returns: rows with intervals, differences between models, and the JSON the dashboards draw.

Intervals are those of the bootstrap over users (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13): whole users are drawn again with replacement, and the middle 95 % of the metric is the interval. Metrics
of the same number of users share their draws, so the difference of two models is taken on the same users in each draw.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from reelrec.artifacts.manifest import now
from reelrec.data.ratings.dataset import Dataset

K = float | str | None  # the k of a row
DRAWS = 1000
DRAW_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number. k: the metric's cut-off, the ratings known or the dial's place ("all", None where none applies).

    low, high: 95 % interval, bootstrapped over users, None where a bootstrap makes no sense. n: users, or ratings for
    errors in stars.
    """

    model: str
    metric: str
    k: K
    value: float
    low: float | None = None
    high: float | None = None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A model's number minus that of another model, `than`, on the same users.

    low, high: 95 % interval of the difference. different: whether it leaves out 0.
    """

    model: str
    than: str
    metric: str
    k: K
    value: float
    low: float
    high: float
    different: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A model's number divided by that of another model, `than`, on the same users, with its 95 % interval."""

    model: str
    than: str
    metric: str
    k: K
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A protocol's result. notes: sentences for the reader, not part of the JSON. details: more keys of the JSON."""

    protocol: str
    dataset: dict
    rows: tuple[Row, ...] = ()
    seconds: float
    notes: tuple[str, ...] = ()
    details: dict = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    def to_json(self) -> str:
        content = {
            "protocol": self.protocol,
            "dataset": self.dataset,
            "rows": [asdict(row) for row in self.rows],
            **({"differences": [asdict(entry) for entry in self.differences]} if self.differences else {}),
            **self.details,
            "seconds": round(self.seconds, 1),
            "created": now(),
        }
        return json.dumps(content, indent=1) + "\n"

    def headlines(self, metric: str) -> dict[str, dict[str, float]]:
        """One metric of every model, for the manifest: model to {"ndcg@100": value}."""
        by_model: dict[str, dict[str, float]] = {}
        for row in self.rows:
            if row.metric == metric:
                by_model.setdefault(row.model, {})[f"{metric}@{row.k}"] = round(row.value, 4)
        return by_model

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


@dataclass(frozen=True, kw_only=True)
class Sums:
    """One metric of one model, as what each user adds to it. Its value is sum(sums) / sum(counts).

    sums, counts: (n_users,), users in the same order for every model. root: take the square root, for RMSE.
    """

    model: str
    metric: str
    k: K
    sums: np.ndarray
    counts: np.ndarray
    root: bool = False

    @functools.cached_property
    def drawn(self) -> np.ndarray:
        """(DRAWS,) the ratio among the users of each draw, before any root; NaN where a draw counts nothing."""
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
        n = int(np.sum(self.counts))
        return Row(
            model=self.model, metric=self.metric, k=self.k, value=self.value, low=float(low), high=float(high), n=n
        )

    def over(self, other: Sums) -> Ratio:
        """This metric as a multiple of that of another model, on the same users."""
        drawn = np.divide(self.drawn, other.drawn, out=np.full(DRAWS, np.nan), where=other.drawn > 0)
        low, high = map(float, np.nanquantile(drawn, (0.025, 0.975)))
        value = self.value / other.value
        return Ratio(model=self.model, than=other.model, metric=self.metric, k=self.k, value=value, low=low, high=high)

    def minus(self, other: Sums) -> Difference:
        """This metric minus that of another model, on the same users."""
        drawn = np.sqrt(self.drawn) - np.sqrt(other.drawn) if self.root else self.drawn - other.drawn
        low, high = map(float, np.nanquantile(drawn, (0.025, 0.975)))
        return Difference(
            model=self.model,
            than=other.model,
            metric=self.metric,
            k=self.k,
            value=self.value - other.value,
            low=low,
            high=high,
            different=bool(low > 0 or high < 0),
        )


def differences(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """Each model against the one before it that has the same metric and k; models in the order of their rows."""
    previous: dict[tuple, Sums] = {}
    rows = []
    for sums in measured:
        above = previous.get((sums.metric, sums.k))
        if above is not None:
            rows.append(sums.minus(above))
        previous[sums.metric, sums.k] = sums
    return tuple(rows)


def mean_row(model: str, metric: str, k: K, values: Sequence[float] | np.ndarray) -> Row:
    """The row of a mean over users that is compared with nothing. values: (n_users,)."""
    sums = np.asarray(values)
    return Sums(model=model, metric=metric, k=k, sums=sums, counts=np.ones(len(sums))).row()


@functools.lru_cache(maxsize=2)
def _draws(n_users: int) -> np.ndarray:
    """(DRAWS, n_users) how often each user is drawn."""
    rng = np.random.default_rng(DRAW_SEED)
    drawn = np.empty((DRAWS, n_users))
    for row in drawn:
        row[:] = np.bincount(rng.integers(n_users, size=n_users), minlength=n_users)
    drawn.setflags(write=False)
    return drawn
