"""How well the models know somebody after so many ratings."""

from __future__ import annotations

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.apart import apart
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Known, Row, in_order, listed, number, rows

SETS = {
    "Letterboxd": ("new-users", "python -m reelrec evaluate new-users", frame.CLOSED),
    "MovieLens": (
        "new-users-ml-latest-small", "python -m reelrec evaluate new-users --data ml-latest-small", frame.RERUN,
    ),
}  # fmt: skip
# Metric, its name on the axis, how its numbers are written, whether less is better.
MEASURES = {
    "RMSE": ("rmse", "RMSE in stars", ".3f", True),
    "MAE": ("mae", "MAE in stars", ".3f", True),
    "Liked or not": ("like_accuracy", "3.5 stars or more: guessed right", ".1%", False),
    "Loved": ("like4_accuracy", "4 stars or more: guessed right", ".1%", False),
}
COMMAND = SETS["Letterboxd"][1]
KNOWN = ("3", "5", "10", "20", "50", "all")
AT = 10
PLAIN = "film-mean"


def draw() -> None:
    frame.section(
        "new-people",
        "Nobody who visits was in the training set, so the models are judged on people they have never seen: some of a "
        "person’s ratings are told, the others predicted.",
    )
    _curves()
    left, right = st.columns(2)
    with left:
        _apart()
    with right, frame.card("From when on does a model pay?"):
        frame.draw("new-people-first", lambda: first_better(frame.report("new-users")), COMMAND, frame.CLOSED)


@st.fragment
def _curves() -> None:
    with frame.card("What each further rating brings"):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose("People of", list(SETS), "new-people-set")
            measure = frame.choose("Measure", list(MEASURES), "new-people-measure")
        name, command, mark = SETS[people]
        frame.draw("new-people", lambda: curves(frame.report(name), measure), command, mark)


@st.fragment
def _apart() -> None:
    with frame.card("Which differences are real?"):
        known = frame.choose("Ratings known", KNOWN, "apart-known")
        k = known if known == "all" else int(known)
        frame.draw(
            "new-people-apart", lambda: apart(frame.report("new-users"), "rmse", k, "RMSE"), COMMAND, frame.CLOSED
        )


def first_better(report: dict) -> Drawing:
    """The ratings after which each model beats two averages, the person's and the film's."""
    first = {
        model: found if found == "all" or found is None else int(number(found))
        for model, found in report["first_better"].items()
    }
    if not first:
        raise LookupError("No model is held against the two averages.")
    cells = [(called(model), {None: "never", "all": "all of them"}.get(k, f"{k}")) for model, k in first.items()]
    paying = [k for k in first.values() if isinstance(k, int)]
    soonest = [called(model) for model, k in first.items() if paying and k == min(paying)]
    said = f"{listed(soonest)} from {min(paying)} ratings on" if paying else "none at any small number of ratings"
    return Drawing(
        "A model must beat two averages, how the film is rated and how the person rates, or its effort is in vain. "
        f"First to do so, its interval too: {said}.",
        (Table(("Model", "Ratings it needs"), cells, f"Ratings until a model beats two averages; {said}."),),
    )


def curves(report: dict, measure: str) -> Drawing:
    metric, title, written, less = MEASURES[measure]
    found = rows(report, metric)
    steps = in_order(k for of in found.values() for k in of)
    drawn = [Line(model, [of.get(k) for k in steps]) for model, of in found.items()]
    people = f"{number(report['dataset']['people']):,.0f} people"
    said = f"{_findings(found, steps, written, less)} Measured on {people}."
    figure = lines(drawn, [str(k) for k in steps], "ratings known", title, written)
    ends = "; ".join(f"{look(line.model).name} {_ends(line, written)}" for line in drawn)
    return Drawing(said, (Chart(figure, f"{title} from {steps[0]} to {steps[-1]} ratings known: {ends}."),))


def _ends(line: Line, written: str) -> str:
    given = [row.value for row in line.values if row]
    return f"{given[0]:{written}} to {given[-1]:{written}}"


def _findings(found: dict[str, dict[Known, Row]], steps: list[Known], written: str, less: bool) -> str:
    """Who is ahead at ten and at the end, and from where on the best beats everybody's average."""
    sign = 1 if less else -1
    at = AT if AT in steps else steps[len(steps) // 2]
    complete = {model: of for model, of in found.items() if len(of) == len(steps)}
    best = min(complete, key=lambda model: sign * complete[model][at].value)
    last = min(complete, key=lambda model: sign * complete[model][steps[-1]].value)
    plain = complete.get(PLAIN)
    said = f"After {at} ratings {called(best)} is ahead with {complete[best][at].value:{written}}"
    if plain and best != PLAIN:
        said += f" against {plain[at].value:{written}} for everybody’s average"
        if complete[best][at].low <= plain[at].high and plain[at].low <= complete[best][at].high:
            said += ", though their intervals overlap"
    said += "."
    if plain and best != PLAIN:
        beaten = [sign * (complete[best][k].value - plain[k].value) < 0 for k in steps]
        since = [k for place, k in enumerate(steps) if all(beaten[place:])]
        if since and since[0] != steps[0]:
            said += f" Below {since[0]} ratings that average is as good a guess."
    return f"{said} With all their ratings {called(last)} reaches {complete[last][steps[-1]].value:{written}}."
