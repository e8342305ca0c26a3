"""The measured differences of the talk's GPT-2 and of what is held against it, as numbers and in points."""

from __future__ import annotations

from typing import NamedTuple

from reelrec.translation import _
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, interval


class Pair(NamedTuple):
    """What a difference compares: model minus than, by a metric at k."""

    model: str
    than: str
    metric: str
    k: Known


def gaps(report: Report) -> dict[Pair, Row]:
    """Each measured difference with its interval."""
    return {
        Pair(model=entry["model"], than=entry["than"], metric=entry["metric"], k=entry["k"]): interval(entry)
        for entry in report["differences"]
    }


def points(gap: Row) -> str:
    """ "+1.2 points (+0.9 to +1.5)"."""
    return _(
        "{gap:+.1f} points ({low:+.1f} to {high:+.1f})", gap=100 * gap.value, low=100 * gap.low, high=100 * gap.high
    )


def short(gap: Row) -> str:
    """ "+1.2 (+0.9 to +1.5)"."""
    return _("{value:+.1f} ({low:+.1f} to {high:+.1f})",
             value=100 * gap.value, low=100 * gap.low, high=100 * gap.high)  # fmt: skip
