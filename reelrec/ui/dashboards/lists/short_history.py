"""Lists for users with a short history: the models know only the first films of each test user."""

from __future__ import annotations

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.lines import Measure, lines, model_lines, numbers, tick
from reelrec.ui.dashboards.parts.reading import Report, all_steps, number, rows
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate top-n"
MEASURES = {
    N_("Films found"): Measure("ndcg100", N_("NDCG of the first hundred"), ".3f"),
    N_("Less famous ones found"): Measure("novel20", N_("recall of liked films outside the 300 most rated"), ".1%"),
    N_("Stars they got"): Measure("stars10", N_("stars of hidden films in the first ten"), ".2f"),
    N_("Disliked"): Measure("disliked20", N_("disliked films among the first 20 rated"), ".1%", less_is_better=True),
    N_("Expected to be disliked"): Measure(
        "below", N_("films of the first ten below the liking cut"), ".1%", less_is_better=True
    ),
    N_("Fame"): Measure("fame10", N_("ratings of a film in the first ten"), ",.0f", less_is_better=True),
    N_("Alike"): Measure("alike10", N_("cosine of two films of the first ten"), ".2f", less_is_better=True),
}


@turn.fragment()
def draw() -> None:
    with frame.card(_("Lists for somebody who told less")):
        measure = frame.choose(_("Measure"), list(MEASURES), "told-less-measure")
        frame.draw("told-less", lambda: by_length(frame.report("top-n"), measure), COMMAND, frame.CLOSED)
    with frame.card(_("Which of these differences are real?")):
        frame.draw(
            "shelves-apart",
            lambda: differences(frame.report("top-n"), "ndcg", 100, _("NDCG of the first hundred")),
            COMMAND,
            frame.CLOSED,
        )


def by_length(report: Report, name: str) -> Drawing:
    """A measure by the number of films that the models knew. name: of MEASURES."""
    measure = MEASURES[name]
    metric, title, written = measure.metric, _(measure.title), measure.written
    best_of = min if measure.less_is_better else max
    by_model = rows(report, metric)
    steps = all_steps(by_model)
    drawn = model_lines(by_model, steps)
    best = {
        k: best_of((by_k[k].value, model) for model, by_k in by_model.items() if k in by_k)
        for k in (steps[0], steps[-1])
    }
    (few, fewest), (many, most) = best[steps[0]], best[steps[-1]]
    values = {"few": digits(few, written), "many": digits(many, written)}
    same, other = (
        N_("{model} is ahead after {films} ({few}), and after all of them ({many})"),
        N_("{model} is ahead after {films} ({few}), {rival} after all of them ({many})"),
    )
    if measure.less_is_better:
        same, other = (
            N_("{model} has least after {films} ({few}), and after all of them ({many})"),
            N_("{model} has least after {films} ({few}), {rival} after all of them ({many})"),
        )
    finding = _(same if most == fewest else other, model=called(fewest), rival=called(most),
                films=text.films(int(number(steps[0]))), **values)  # fmt: skip
    ticks = [tick(k) for k in steps]
    alt = _(
        "{measure} by films shown: {model} {few} with {least}, {rival} {many} with all.",
        measure=title,
        model=look(fewest).name,
        least=steps[0],
        rival=look(most).name,
        **values,
    )
    return Drawing(
        finding,
        _against_above(report, metric),
        (Chart(lines(drawn, ticks, _("films shown"), title, written), alt),),
        numbers(drawn, ticks, written, alt, _("{measure}, by films shown", measure=text.sentence(title))),
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
    return _(
        "{default_model} is above {than} at {above} of {compared} sizes and below at {real}; where neither, "
        "the difference could be an accident of who was asked.",
        default_model=called(app.DEFAULT_MODEL),
        than=called(compared[0]["than"]),
        above=above,
        compared=len(compared),
        real=len(real) - above,
    )
