"""Lines of several models over the same steps, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.parts.figures import LEGEND, Look, axis, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Table
from reelrec.ui.dashboards.parts.reading import Curves, Known, Row

COLUMNS = 4  # of numbers that a phone has room for
HEIGHT, ROW = 340, 17  # px: of a figure with one line; for each further name, which has a row of its own on a phone


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a figure. values: one for each tick, None where there is none. look: of a line that is no model."""

    model: str
    values: Sequence[Row | None]
    look: Look | None = None


def model_lines(curves: Curves, steps: Sequence[Known]) -> list[Line]:
    """A line for each model of a metric. steps: the values of k, one for each tick."""
    return [Line(model, [by_k.get(k) for k in steps]) for model, by_k in curves.items()]


def tick(k: Known) -> str:
    """A number of known ratings, in a figure."""
    return _("all") if k == "all" else str(k)


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric of which a figure shows lines. title: of the axis. written: how its numbers are formatted."""

    metric: str
    title: str
    written: str
    less_is_better: bool = False


def lines(
    drawn: Sequence[Line],
    ticks: Sequence[str],
    x_title: str,
    y_title: str,
    tickformat: str,
    lowest: float | None = None,
) -> dict[str, Any]:
    """A figure of lines with intervals, shifted sideways a little, so that no interval hides another.

    ticks: the labels of the steps. y_title: "" for none. tickformat: how values are written. lowest: where the axis
    begins; None for a little below the values.
    """
    values = [row for line in drawn for row in line.values if row]
    low, high = min(row.low for row in values), max(row.high for row in values)
    pad = (high - low or abs(high) or 1) * 0.06
    traces = []
    for place, line in enumerate(drawn):
        aside = (place - (len(drawn) - 1) / 2) * min(0.09, 0.6 / len(drawn))
        points = [(at, row) for at, row in enumerate(line.values) if row]
        traces.append(_trace(line.look or look(line.model), points, aside, ticks, tickformat))
    return {
        "data": traces,
        "layout": layout(
            HEIGHT + ROW * (len(drawn) - 1),
            margin={"l": 0, "r": 0, "t": 30 if y_title else 8, "b": 0},
            xaxis=axis(
                x_title, tickvals=list(range(len(ticks))), ticktext=list(ticks), showgrid=False,
                range=[-0.5, len(ticks) - 0.5],
            ),
            yaxis=axis(range=[low - pad if lowest is None else lowest, high + pad], tickformat=tickformat, nticks=7),
            annotations=[note(y_title, 0, 1.01)],
            showlegend=len(drawn) > 1,
            legend=LEGEND | {"y": 1.1},
        ),
    }  # fmt: skip


def numbers(drawn: Sequence[Line], ticks: Sequence[str], written: str, alt: str, title: str = "") -> tuple[Table, ...]:
    """The values of lines, a row for each line, in as many tables as a phone needs. written: how values are written."""
    names = [text.plain((line.look or look(line.model)).name) for line in drawn]
    width = math.ceil(len(ticks) / math.ceil(len(ticks) / COLUMNS))
    tables = []
    for place in range(0, len(ticks), width):
        shown = slice(place, place + width)
        rows = [
            (name, *(digits(row.value, written) if row else "–" for row in line.values[shown]))
            for name, line in zip(names, drawn, strict=True)
        ]
        tables.append(Table(("", *ticks[shown]), rows, alt, "" if place else title))
    return tuple(tables)


def _trace(
    shown: Look, points: list[tuple[int, Row]], aside: float, ticks: Sequence[str], tickformat: str
) -> dict[str, Any]:
    """One line. points: place among the ticks, and the value there."""
    name = words(shown.name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": name,
        "x": [at + aside for at, _row in points], "y": [row.value for _, row in points],
        "error_y": {
            "type": "data", "symmetric": False, "thickness": 1.2, "width": 0, "color": shown.colour,
            "array": [row.high - row.value for _, row in points],
            "arrayminus": [row.value - row.low for _, row in points],
        },
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hoverinfo": "text",
        "hovertext": [
            _("{name}, {at}: {value} ({low} to {high})", name=name, at=ticks[at],
              **{end: digits(getattr(row, end), tickformat) for end in ("value", "low", "high")})
            for at, row in points
        ],
    }  # fmt: skip
