"""The stars that the talk's network and our models predict, by the stars that were given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reelrec.app import HALF_STARS
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import INK, LOOKS, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate seed-gpt"
WEIGHTED, UNWEIGHTED = "talk-weighted", "talk-unweighted"
NAMES = {
    WEIGHTED: N_("The talk’s way, weighted"),
    UNWEIGHTED: N_("The talk’s way"),
    "film-likes-seen": N_("The film’s likes, answers seen"),
}
OURS = ("gpt", "bmf")  # the first that was measured
LENGTHS = (0, 3, 9)  # films known
WAYS = (N_("The talk’s way"), N_("Weighted"), N_("Ours"))


@dataclass(frozen=True, slots=True)
class Point:
    """The predictions where so many stars were given: their quartiles and their number."""

    given: float
    low: float
    median: float
    high: float
    n: int


@turn.fragment()
def draw() -> None:
    with frame.card(_("Stars predicted and stars given")):
        way = frame.choose(_("Predicted by"), WAYS, "talk-gpt-way")
        frame.draw("talk-gpt-stars", lambda: scatter(frame.report("seed-gpt"), way), COMMAND, frame.CLOSED)


def ours(report: Report) -> str:
    """The name of our best model that was measured. Raises LookupError."""
    measured = {entry["model"] for entry in report["scatter"]}
    for name in OURS:
        if name in measured:
            return name
    raise LookupError(f"None of {', '.join(OURS)} was measured.")


def scatter(report: Report, predictor: str) -> Drawing:
    """The median prediction with its quartiles over the stars given; a figure for each number of films known.

    predictor: one of WAYS.
    """
    tables = {(entry["model"], entry["k"]): entry for entry in report["scatter"]}
    name = {WAYS[0]: UNWEIGHTED, WAYS[1]: WEIGHTED}.get(predictor) or ours(report)
    shown = {UNWEIGHTED: _("the talk’s way"), WEIGHTED: _("the talk’s way, weighted")}.get(name) or called(name)
    parts, reach = [], {}
    for k in LENGTHS:
        table = tables[name, k]
        lowest, highest = (number(table["mean"][end]) for end in (0, -1))
        reach[k] = highest - lowest
        finding = _(
            "{lowest:.1f} stars on average where {few} was given, {highest:.1f} where {many}",
            lowest=lowest,
            few=digits(HALF_STARS[0], ".1f"),
            highest=highest,
            many=digits(HALF_STARS[-1], ".1f"),
        )
        alt = _(
            "{value} after {k} films: {finding}.",
            value=_(NAMES[name]) if name in NAMES else look(name).name,
            k=k,
            finding=finding,
        )
        parts.append(Chart(_figure(table, name), alt, _("Nothing told") if k == 0 else _("{k} films told", k=k)))
    first, last = LENGTHS[0], LENGTHS[-1]
    low, high = (number(tables[name, last]["mean"][end]) for end in (0, -1))
    return Drawing(
        _(
            "After {last} films {shown} expects {low:.1f} stars on average where half a star came, and {high:.1f} "
            "where five came",
            last=last,
            shown=shown,
            low=low,
            high=high,
        ),
        _(
            "Each dot is the middle of what was predicted where these stars were given, its bar the middle half of it; "
            "on the dotted line all would be right."
        ),
        tuple(parts),
        (_means(tables, name),),
        _(
            "That is {last:.1f} apart; with nothing told {first:.1f}. Who knows little does best to stay near the "
            "middle; knowing more is coming nearer to the line.",
            last=reach[last],
            first=reach[first],
        ),
    )


def _means(tables: dict[tuple[str, int], Report], name: str) -> Table:
    """The mean prediction for each half-star, by films told."""
    means = [tables[name, k]["mean"] for k in LENGTHS]
    rows = [
        (digits(given, "g"), *("–" if value is None else digits(number(value), ".2f") for value in values))
        for given, *values in zip(HALF_STARS, *means, strict=True)
    ]
    return Table(
        (_("Stars given"), *(_("{k} films told", k=k) for k in LENGTHS)),
        rows,
        _("Mean stars predicted."),
        _("Mean prediction"),
    )


def _figure(table: Report, name: str) -> dict[str, Any]:
    points = [
        Point(given=given, low=number(low), median=number(middle), high=number(high), n=int(number(n)))
        for given, low, middle, high, n in zip(
            HALF_STARS, table["low"], table["middle"], table["high"], table["n"], strict=True
        )
        if n
    ]
    colour = LOOKS[{WEIGHTED: "ease", UNWEIGHTED: "svd"}.get(name, name)].colour
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "x": [0.5, 5], "y": [0.5, 5], "hoverinfo": "skip",
                "line": {"dash": "dot", "width": 1, "color": INK},
            },
            {
                "type": "scatter", "mode": "markers", "x": [point.given for point in points],
                "y": [point.median for point in points],
                "error_y": {
                    "type": "data", "symmetric": False, "thickness": 3, "width": 0, "color": colour,
                    "array": [point.high - point.median for point in points],
                    "arrayminus": [point.median - point.low for point in points],
                },
                "marker": {"color": colour, "size": 9}, "hoverinfo": "text",
                "hovertext": [
                    words(_("{given:g} given: {low:.1f} to {high:.1f} predicted, {n:,} ratings",
                            given=point.given, low=point.low, high=point.high, n=point.n))
                    for point in points
                ],
            },
        ],
        "layout": layout(
            270, margin={"l": 0, "r": 0, "t": 26, "b": 0},
            xaxis=axis(_("stars given"), range=[0.3, 5.2], tickvals=[1, 2, 3, 4, 5], showgrid=False),
            yaxis=axis(range=[0.3, 5.2], tickvals=[1, 2, 3, 4, 5]), annotations=[note(_("stars predicted"), 0, 1.01)],
        ),
    }  # fmt: skip
