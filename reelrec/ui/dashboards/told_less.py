"""Lists for somebody who has told us less: only the first films of each test person are shown to the models."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.apart import apart
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import in_order, number, rows

COMMAND = "python -m reelrec evaluate top-n"
# Metric, its name on the axis, how its numbers are written.
MEASURES = {
    "Films found": ("ndcg100", "NDCG of the first hundred", ".3f"),
    "Stars they got": ("stars10", "stars of hidden films in the first ten", ".2f"),
}


@st.fragment
def draw() -> None:
    with frame.card("Lists for somebody who told less"):
        measure = frame.choose("Measure", list(MEASURES), "told-less-measure")
        frame.draw("told-less", lambda: told_less(frame.report("top-n"), measure), COMMAND, frame.CLOSED)
    with frame.card("Which of these differences are real?"):
        frame.draw(
            "shelves-apart",
            lambda: apart(frame.report("top-n"), "ndcg", 100, "NDCG of the first hundred"),
            COMMAND,
            frame.CLOSED,
        )


def told_less(report: dict, measure: str) -> Drawing:
    """A measure by how many films were shown to the models."""
    metric, title, written = MEASURES[measure]
    found = rows(report, metric)
    steps = in_order(k for of in found.values() for k in of)
    drawn = [Line(model, [of.get(k) for k in steps]) for model, of in found.items()]
    best = {k: max((of[k].value, model) for model, of in found.items() if k in of) for k in (steps[0], steps[-1])}
    (few, fewest), (many, most) = best[steps[0]], best[steps[-1]]
    begin = f"{called(fewest)} is ahead after {steps[0]} films ({few:{written}}), "
    rest = f"and after all of them ({many:{written}})"
    if most != fewest:
        rest = f"{called(most)} after all of them ({many:{written}})"
    return Drawing(
        f"{begin}{rest}.{_against_above(report, metric)}",
        (
            Chart(
                lines(drawn, [str(k) for k in steps], "films shown", title, written),
                f"{title} by films shown: {look(fewest).name} {few:{written}} with {steps[0]}, "
                f"{look(most).name} {many:{written}} with all.",
            ),
        ),
    )


def _against_above(report: dict, metric: str) -> str:
    """At how many sizes the list that is shown differs from the row above it."""
    mine = [one for one in report["differences"] if (one["model"], one["metric"]) == (app.DEFAULT_MODEL, metric)]
    if not mine:
        return ""
    real = [number(one["value"]) for one in mine if one["different"] is True]
    above = sum(value > 0 for value in real)
    return (
        f" {called(app.DEFAULT_MODEL)} is above {called(mine[0]['than'])} at {above} of {len(mine)} sizes and below at "
        f"{len(real) - above}; where neither, the difference could be an accident of who was asked."
    )
