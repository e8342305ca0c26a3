"""Numbers and texts of a protocol's JSON: checked when they are read, and written in the page's way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reelrec.translation import listed as list_of
from reelrec.translation import number as digits

Known = int | float | str | None  # k of a row: how many ratings are known, "all", or a name
Report = dict[str, Any]  # the JSON of a protocol


@dataclass(frozen=True, slots=True)
class Row:
    """A measured number with its 95 % interval, which is the number itself where no interval was measured.

    n: how many users were measured, or how many ratings for errors in stars.
    """

    value: float
    low: float
    high: float
    n: int = 0

    @classmethod
    def exact(cls, value: float, n: int = 0) -> Row:
        """A number without an interval."""
        return cls(value=value, low=value, high=value, n=n)

    def leaves_out_zero(self) -> bool:
        """Whether 0 lies outside of the interval."""
        return not self.low <= 0 <= self.high


Curves = dict[str, dict[Known, Row]]  # the rows of one metric, by model and k


def number(value: object) -> float:
    """A finite number. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number.")
    return float(value)


def string(value: object) -> str:
    """A text that is not empty. Raises ValueError."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is not a text.")
    return value


def interval(fields: Mapping[str, Any]) -> Row:
    """The row of an entry with value, low and high. Raises LookupError or ValueError."""
    return Row(value=number(fields["value"]), low=number(fields["low"]), high=number(fields["high"]))


def rows(report: Report, metric: str) -> Curves:
    """A metric's rows by model and k, in the file's order. Raises LookupError, ValueError or TypeError."""
    curves: Curves = {}
    for row in report["rows"]:
        if row["metric"] == metric:
            value = number(row["value"])
            low, high = (value if row[end] is None else number(row[end]) for end in ("low", "high"))
            measured = Row(value=value, low=low, high=high, n=int(number(row["n"])))
            curves.setdefault(string(row["model"]), {})[_known(row["k"])] = measured
    if not curves:
        raise LookupError(f"No row has the metric {metric!r}.")
    return curves


def measured_at(curves: Curves, k: Known) -> dict[str, Row]:
    """The rows at one k, by model."""
    return {model: by_k[k] for model, by_k in curves.items() if k in by_k}


def in_order(known: Iterable[Known]) -> list[Known]:
    """Numbers first, upwards; "all" last."""
    return sorted(set(known), key=lambda k: (isinstance(k, str), 0 if isinstance(k, str) else k))


def all_steps(curves: Curves) -> list[Known]:
    """Every k of the curves, in order."""
    return in_order(k for by_k in curves.values() for k in by_k)


def share(part: float, decimals: int = 1) -> str:
    """ "8.4%"."""
    return f"{digits(100 * part, f'.{decimals}f')}%"


def listed(names: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return list_of([*names])


def _known(k: object) -> Known:
    if k is None or isinstance(k, str):
        return k
    whole = number(k)
    return int(whole) if whole.is_integer() else whole
