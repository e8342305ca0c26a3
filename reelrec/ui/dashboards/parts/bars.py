"""Bars from the left, under their labels."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reelrec.ui import text
from reelrec.ui.dashboards.parts.figures import INK, QUIET, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Table
from reelrec.ui.dashboards.parts.reading import Row


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with its interval where the row has one. says: the words at its end."""

    row: Row
    says: str
    colour: str = QUIET


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one label. label: plain text, which may come from outside."""

    label: str
    bars: Sequence[Bar]


def across(groups: Sequence[Group], room: float = 0.34) -> dict[str, Any]:
    """A figure of bars, each group under its label, so that long names fit on a phone.

    room: the width kept for the words at the bars' ends, in parts of the longest bar.
    """
    labels, bars, y = [], [], 0.0
    for group in groups:
        labels.append((y, words(group.label), " ".join(group.label.split())))
        for bar in group.bars:
            y += 0.92
            bars.append((y, bar))
        y += 1.18
    longest = max(bar.row.high for _, bar in bars) or 1.0
    text_at = {
        "type": "scatter",
        "mode": "text",
        "textposition": "middle right",
        "cliponaxis": False,
        "textfont": {"color": INK},
    }
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "width": 0.74, "hoverinfo": "skip",
                "y": [at for at, _ in bars], "x": [bar.row.value for _, bar in bars],
                "marker": {"color": [bar.colour for _, bar in bars]},
                "error_x": {
                    "type": "data", "symmetric": False, "thickness": 1.2, "width": 0, "color": INK,
                    "array": [bar.row.high - bar.row.value for _, bar in bars],
                    "arrayminus": [bar.row.value - bar.row.low for _, bar in bars],
                },
            },
            text_at | {
                "x": [0] * len(labels), "y": [at for at, _, _ in labels], "text": [label for _, label, _ in labels],
                "hoverinfo": "text", "hovertext": [html.escape(whole, quote=False) for _, _, whole in labels],
            },
            text_at | {
                "x": [bar.row.high for _, bar in bars], "y": [at for at, _ in bars],
                "text": [f"\u00a0{bar.says}" for _, bar in bars], "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            round(19 * (y + 0.4)) + 10,
            xaxis=axis(visible=False, range=[0, longest * (1 + room)]),
            yaxis=axis(visible=False, range=[y - 0.4, -0.6]),
        ),
    }  # fmt: skip


def numbers(groups: Sequence[Group], written: str, alt: str) -> Table:
    """What stands at the ends of bars, and their intervals, as a table. written: how values are written."""
    rows = []
    for group in groups:
        for bar in group.bars:
            low, high = bar.row.low, bar.row.high
            spread = f"{low:{written}} to {high:{written}}" if low < high else "–"
            rows.append((text.plain(group.label), text.plain(bar.says), spread))
    return Table(("", "Value", "95% interval"), rows, alt)
