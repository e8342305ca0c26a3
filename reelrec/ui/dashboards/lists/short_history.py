"""Lists for users with a short history: the models know only the first films of each test user."""

from __future__ import annotations

from reelrec import app
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.lines import Measure, lines, model_lines, numbers
from reelrec.ui.dashboards.parts.reading import Report, all_steps, number, rows
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate top-n"
MEASURES = {
    "Films found": Measure("ndcg100", "NDCG of the first hundred", ".3f"),
    "Less famous ones found": Measure("novel20", "recall of liked films outside the 300 most rated", ".1%"),
    "Stars they got": Measure("stars10", "stars of hidden films in the first ten", ".2f"),
    "Disliked": Measure("disliked20", "disliked films among the first 20 rated", ".1%", less_is_better=True),
    "Expected to be disliked": Measure(
        "below", "films of the first ten below the liking cut", ".1%", less_is_better=True
    ),
    "Fame": Measure("fame10", "ratings of a film in the first ten", ",.0f", less_is_better=True),
    "Alike": Measure("alike10", "cosine of two films of the first ten", ".2f", less_is_better=True),
}


@turn.fragment()
def draw() -> None:
    with frame.card("Lists for somebody who told less"):
        measure = frame.choose("Measure", list(MEASURES), "told-less-measure")
        frame.draw("told-less", lambda: by_length(frame.report("top-n"), measure), COMMAND, frame.CLOSED)
    with frame.card("Which of these differences are real?"):
        frame.draw(
            "shelves-apart",
            lambda: differences(frame.report("top-n"), "ndcg", 100, "NDCG of the first hundred"),
            COMMAND,
            frame.CLOSED,
        )


def by_length(report: Report, name: str) -> Drawing:
    """A measure by the number of films that the models knew. name: of MEASURES."""
    measure = MEASURES[name]
    metric, title, written = measure.metric, measure.title, measure.written
    best_of = min if measure.less_is_better else max
    by_model = rows(report, metric)
    steps = all_steps(by_model)
    drawn = model_lines(by_model, steps)
    best = {
        k: best_of((by_k[k].value, model) for model, by_k in by_model.items() if k in by_k)
        for k in (steps[0], steps[-1])
    }
    (few, fewest), (many, most) = best[steps[0]], best[steps[-1]]
    shown = f"{steps[0]} film{'s' if steps[0] != 1 else ''}"
    lead = "has least" if measure.less_is_better else "is ahead"
    rest = f"and after all of them ({many:{written}})"
    if most != fewest:
        rest = f"{called(most)} after all of them ({many:{written}})"
    ticks = [str(k) for k in steps]
    alt = (
        f"{title} by films shown: {look(fewest).name} {few:{written}} with {steps[0]}, "
        f"{look(most).name} {many:{written}} with all."
    )
    return Drawing(
        f"{called(fewest)} {lead} after {shown} ({few:{written}}), {rest}",
        _against_above(report, metric),
        (Chart(lines(drawn, ticks, "films shown", title, written), alt),),
        numbers(drawn, ticks, written, alt, f"{title[0].upper()}{title[1:]}, by films shown"),
    )


def _against_above(report: Report, metric: str) -> str:
    """A sentence on how many lengths the default model's list differs at from the row above it; "" where unmeasured."""
    compared = [
        entry for entry in report["differences"] if (entry["model"], entry["metric"]) == (app.DEFAULT_MODEL, metric)
    ]
    if not compared:
        return ""
    real = [number(entry["value"]) for entry in compared if entry["different"] is True]
    above = sum(value > 0 for value in real)
    return (
        f"{called(app.DEFAULT_MODEL)} is above {called(compared[0]['than'])} at {above} of {len(compared)} sizes and "
        f"below at {len(real) - above}; where neither, the difference could be an accident of who was asked."
    )
