"""The error for new users, by how many of their ratings are known."""

from __future__ import annotations

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Source, Table
from reelrec.ui.dashboards.parts.lines import Line, Measure, lines, model_lines, numbers
from reelrec.ui.dashboards.parts.reading import Curves, Known, Report, Row, all_steps, listed, number, rows
from reelrec.ui.frame import turn

LETTERBOXD = Source("new-users", "python -m reelrec evaluate new-users", frame.CLOSED)
MOVIELENS = Source(
    "new-users-ml-latest-small", "python -m reelrec evaluate new-users --data ml-latest-small", frame.RERUN
)
SETS = {"Letterboxd": LETTERBOXD, "MovieLens": MOVIELENS}
MEASURES = {
    "RMSE": Measure("rmse", "RMSE in stars", ".3f", less_is_better=True),
    "MAE": Measure("mae", "MAE in stars", ".3f", less_is_better=True),
    "Liked or not": Measure("like_accuracy", "3.5 stars or more: guessed right", ".1%"),
    "Loved": Measure("like4_accuracy", "4 stars or more: guessed right", ".1%"),
}
COMMAND = LETTERBOXD.command
KNOWN = ("3", "5", "10", "20", "50", "all")
AT = 10  # ratings known, of the example in words
AVERAGE = "film-mean"


def draw() -> None:
    frame.section(
        "New people",
        "Nobody who visits was in the training set, so the models are judged on people they have never seen: some of a "
        "person’s ratings are told, the others predicted.",
    )
    _curves()
    left, right = st.columns(2)
    with left:
        _differences()
    with right, frame.card("From when on does a model pay?"):
        frame.draw("new-people-first", lambda: first_better(frame.report(LETTERBOXD.name)), COMMAND, frame.CLOSED)


@turn.fragment()
def _curves() -> None:
    with frame.card("What each further rating brings"):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose("People of", list(SETS), "new-people-set")
            measure = frame.choose("Measure", list(MEASURES), "new-people-measure")
        source = SETS[people]
        frame.draw("new-people", lambda: curves(frame.report(source.name), measure), source.command, source.mark)


@turn.fragment()
def _differences() -> None:
    with frame.card("Which differences are real?"):
        known = frame.choose("Ratings known", KNOWN, "apart-known")
        k: Known = known if known == "all" else int(known)
        frame.draw(
            "new-people-apart",
            lambda: differences(frame.report(LETTERBOXD.name), "rmse", k, "RMSE"),
            COMMAND,
            frame.CLOSED,
        )


def first_better(report: Report) -> Drawing:
    """The number of ratings from which each model beats two averages, the user's and the film's."""
    first_k: dict[str, int | str | None] = {
        model: k if k == "all" or k is None else int(number(k)) for model, k in report["first_better"].items()
    }
    if not first_k:
        raise LookupError("No model is held against the two averages.")
    words = {None: "never", "all": "all of them"}
    cells = [(called(model), f"{k}" if isinstance(k, int) else words[k]) for model, k in first_k.items()]
    soon = [k for k in first_k.values() if isinstance(k, int)]
    soonest = [called(model) for model, k in first_k.items() if soon and k == min(soon)]
    finding = f"{listed(soonest)} from {min(soon)} ratings on" if soon else "none at any small number of ratings"
    return Drawing(
        f"First to beat both averages: {finding}",
        "A model must beat two averages, how the film is rated and how the person rates, or its effort is in vain. Its "
        "interval must, too.",
        (Table(("Model", "Ratings it needs"), cells, f"Ratings until a model beats two averages; {finding}."),),
    )


def curves(report: Report, name: str) -> Drawing:
    """A measure by the number of ratings known. name: of MEASURES."""
    measure = MEASURES[name]
    by_model = rows(report, measure.metric)
    steps = all_steps(by_model)
    drawn = model_lines(by_model, steps)
    people = f"{number(report['dataset']['people']):,.0f} people"
    ticks = [str(k) for k in steps]
    figure = lines(drawn, ticks, "ratings known", measure.title, measure.written)
    ends = "; ".join(f"{look(line.model).name} {_ends(line, measure.written)}" for line in drawn)
    finding, rest = _findings(by_model, steps, measure)
    alt = f"{measure.title} from {steps[0]} to {steps[-1]} ratings known: {ends}."
    return Drawing(
        finding,
        f"{rest} Measured on {people}.",
        (Chart(figure, alt),),
        numbers(drawn, ticks, measure.written, alt, f"{measure.title}, by ratings known"),
    )


def _ends(line: Line, written: str) -> str:
    values = [row.value for row in line.values if row]
    return f"{values[0]:{written}} to {values[-1]:{written}}"


def _findings(curves: Curves, steps: list[Known], measure: Measure) -> tuple[str, str]:
    """Which model is ahead at ten ratings; from where on it beats everybody's average, and who is ahead in the end."""
    sign = 1 if measure.less_is_better else -1
    at = AT if AT in steps else steps[len(steps) // 2]
    complete = {model: by_k for model, by_k in curves.items() if len(by_k) == len(steps)}
    best = min(complete, key=lambda model: sign * complete[model][at].value)
    last = min(complete, key=lambda model: sign * complete[model][steps[-1]].value)
    ahead = f"After {at} ratings {called(best)} is ahead with {complete[best][at].value:{measure.written}}"
    rest = f"With all their ratings {called(last)} reaches {complete[last][steps[-1]].value:{measure.written}}."
    average = complete.get(AVERAGE) if best != AVERAGE else None
    if average is None:
        return ahead, rest
    ahead += f" against {average[at].value:{measure.written}} for everybody’s average"
    return ahead, f"{_against_average(complete[best], average, steps, at, sign)} {rest}".strip()


def _against_average(
    best: dict[Known, Row], average: dict[Known, Row], steps: list[Known], at: Known, sign: int
) -> str:
    """Whether the best model's lead over everybody's average is sure, and from where on it is ahead; "" for always.

    sign: 1 where less is better, else -1.
    """
    sentences = []
    if best[at].low <= average[at].high and average[at].low <= best[at].high:
        sentences.append("Their intervals overlap.")
    beaten = [sign * (best[k].value - average[k].value) < 0 for k in steps]
    since = [k for place, k in enumerate(steps) if all(beaten[place:])]
    if since and since[0] != steps[0]:
        sentences.append(f"Below {since[0]} ratings that average is as good a guess.")
    return " ".join(sentences)
