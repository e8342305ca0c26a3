"""Numbers and texts out of the JSON of a protocol: checked, and written the way the page writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Known = int | float | str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number with its 95 % interval, which is the value itself where none was measured.

    n: people, or ratings for errors in stars.
    """

    value: float
    low: float
    high: float
    n: int = 0


def number(value: object) -> float:
    """A finite number. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number.")
    return float(value)


def texts(*values: object) -> tuple[str, ...]:
    """The texts, none of them empty. Raises ValueError."""
    if not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{values!r} are not all texts.")
    return values


def rows(report: dict, metric: str) -> dict[str, dict[Known, Row]]:
    """A metric's rows by model and k, in the file's order. Raises LookupError, ValueError or TypeError."""
    found: dict[str, dict[Known, Row]] = {}
    for row in report["rows"]:
        if row["metric"] == metric:
            value = number(row["value"])
            low, high = (value if row[end] is None else number(row[end]) for end in ("low", "high"))
            found.setdefault(*texts(row["model"]), {})[_known(row["k"])] = Row(value, low, high, int(number(row["n"])))
    if not found:
        raise LookupError(f"No row has the metric {metric!r}.")
    return found


def measured_at(found: dict[str, dict[Known, Row]], k: Known) -> dict[str, Row]:
    """The models that were measured there."""
    return {model: of[k] for model, of in found.items() if k in of}


def in_order(known: Iterable[Known]) -> list[Known]:
    """Numbers first, upwards; "all" last."""
    return sorted(set(known), key=lambda k: (isinstance(k, str), 0 if isinstance(k, str) else k))


def share(part: float, decimals: int = 1) -> str:
    """ "8.4%"."""
    return f"{part:.{decimals}%}"


def listed(names: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _known(k: object) -> Known:
    if k is None or isinstance(k, str):
        return k
    whole = number(k)
    return int(whole) if whole.is_integer() else whole
