"""Lines of several models over the same steps, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelrec.ui.dashboards.parts.figures import LEGEND, Look, axis, layout, look, note, words
from reelrec.ui.dashboards.parts.reading import Row

HEIGHT, ROW = 340, 17  # px: of a figure with one line; and for each further name, which on a phone is a line of its own


@dataclass(frozen=True, slots=True)
class Line:
    """A model's values over the ticks of a figure, None where it has none. look: where it is no model."""

    model: str
    values: Sequence[Row | None]
    look: Look | None = None


def lines(
    drawn: Sequence[Line],
    ticks: Sequence[str],
    x_title: str,
    y_title: str,
    tickformat: str,
    lowest: float | None = None,
) -> dict:
    """Values with their intervals, a step aside of each other, so that none hides another.

    lowest: where the axis begins; None for a little below the values.
    """
    given = [row for line in drawn for row in line.values if row]
    low, high = min(row.low for row in given), max(row.high for row in given)
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


def _trace(shown: Look, points: list[tuple[int, Row]], aside: float, ticks: Sequence[str], tickformat: str) -> dict:
    name = words(shown.name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": name,
        "x": [at + aside for at, _ in points], "y": [row.value for _, row in points],
        "error_y": {
            "type": "data", "symmetric": False, "thickness": 1.2, "width": 0, "color": shown.colour,
            "array": [row.high - row.value for _, row in points],
            "arrayminus": [row.value - row.low for _, row in points],
        },
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hoverinfo": "text",
        "hovertext": [
            f"{name}, {ticks[at]}: {row.value:{tickformat}} ({row.low:{tickformat}} to {row.high:{tickformat}})"
            for at, row in points
        ],
    }  # fmt: skip
