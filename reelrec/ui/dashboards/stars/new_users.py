"""The error for new users, by how many of their ratings are known."""

from __future__ import annotations

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Source, Table
from reelrec.ui.dashboards.parts.lines import Line, Measure, lines, model_lines, numbers, tick
from reelrec.ui.dashboards.parts.reading import Curves, Known, Report, Row, all_steps, listed, number, rows
from reelrec.ui.frame import turn

LETTERBOXD = Source("new-users", "python -m reelrec evaluate new-users", frame.CLOSED)
MOVIELENS = Source(
    "new-users-ml-latest-small", "python -m reelrec evaluate new-users --data ml-latest-small", frame.RERUN
)
SETS = {"Letterboxd": LETTERBOXD, "MovieLens": MOVIELENS}
MEASURES = {
    "RMSE": Measure("rmse", N_("RMSE in stars"), ".3f", less_is_better=True),
    "MAE": Measure("mae", N_("MAE in stars"), ".3f", less_is_better=True),
    N_("Liked or not"): Measure("like_accuracy", N_("3.5 stars or more: guessed right"), ".1%"),
    N_("Loved"): Measure("like4_accuracy", N_("4 stars or more: guessed right"), ".1%"),
}
COMMAND = LETTERBOXD.command
KNOWN = ("3", "5", "10", "20", "50", N_("all"))
AT = 10  # ratings known, of the example in words
AVERAGE = "film-mean"


def draw() -> None:
    frame.section(
        _("New people"),
        _(
            "Nobody who visits was in the training set, so the models are judged on people they have never seen: some "
            "of a person’s ratings are told, the others predicted."
        ),
    )
    _curves()
    left, right = st.columns(2)
    with left:
        _differences()
    with right, frame.card(_("From when on does a model pay?")):
        frame.draw("new-people-first", lambda: first_better(frame.report(LETTERBOXD.name)), COMMAND, frame.CLOSED)


@turn.fragment()
def _curves() -> None:
    with frame.card(_("What each further rating brings")):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose(_("People of"), list(SETS), "new-people-set")
            measure = frame.choose(_("Measure"), list(MEASURES), "new-people-measure")
        source = SETS[people]
        frame.draw("new-people", lambda: curves(frame.report(source.name), measure), source.command, source.mark)


@turn.fragment()
def _differences() -> None:
    with frame.card(_("Which differences are real?")):
        known = frame.choose(_("Ratings known"), KNOWN, "apart-known")
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
    words = {None: _("never"), "all": _("all of them")}
    cells = [(called(model), f"{k}" if isinstance(k, int) else words[k]) for model, k in first_k.items()]
    soon = [k for k in first_k.values() if isinstance(k, int)]
    soonest = [called(model) for model, k in first_k.items() if soon and k == min(soon)]
    finding = (
        _("{soonest} from {soon} ratings on", soonest=listed(soonest), soon=min(soon))
        if soon
        else _("none at any small number of ratings")
    )
    return Drawing(
        _("First to beat both averages: {finding}", finding=finding),
        _(
            "A model must beat two averages, how the film is rated and how the person rates, or its effort is in vain. "
            "Its interval must, too."
        ),
        (
            Table(
                (_("Model"), _("Ratings it needs")),
                cells,
                _("Ratings until a model beats two averages; {finding}.", finding=finding),
            ),
        ),
    )


def curves(report: Report, name: str) -> Drawing:
    """A measure by the number of ratings known. name: of MEASURES."""
    measure = MEASURES[name]
    by_model = rows(report, measure.metric)
    steps = all_steps(by_model)
    drawn = model_lines(by_model, steps)
    people = _("{people:,.0f} people", people=number(report["dataset"]["people"]))
    ticks = [tick(k) for k in steps]
    figure = lines(drawn, ticks, _("ratings known"), _(measure.title), measure.written)
    ends = "; ".join(f"{look(line.model).name} {_ends(line, measure.written)}" for line in drawn)
    finding, rest = _findings(by_model, steps, measure)
    alt = _(
        "{title} from {least} to {most} ratings known: {ends}.",
        title=_(measure.title),
        least=ticks[0],
        most=ticks[-1],
        ends=ends,
    )
    return Drawing(
        finding,
        rest + " " + _("Measured on {people}.", people=people),
        (Chart(figure, alt),),
        numbers(drawn, ticks, measure.written, alt, _("{title}, by ratings known", title=_(measure.title))),
    )


def _ends(line: Line, written: str) -> str:
    values = [row.value for row in line.values if row]
    return _("{first} to {last}", first=digits(values[0], written), last=digits(values[-1], written))


def _findings(curves: Curves, steps: list[Known], measure: Measure) -> tuple[str, str]:
    """Which model is ahead at ten ratings; from where on it beats everybody's average, and who is ahead in the end."""
    sign = 1 if measure.less_is_better else -1
    at = AT if AT in steps else steps[len(steps) // 2]
    complete = {model: by_k for model, by_k in curves.items() if len(by_k) == len(steps)}
    best = min(complete, key=lambda model: sign * complete[model][at].value)
    last = min(complete, key=lambda model: sign * complete[model][steps[-1]].value)
    written = measure.written
    found = {"at": at, "model": called(best), "value": digits(complete[best][at].value, written)}
    ahead = _("After {at} ratings {model} is ahead with {value}", **found)
    in_the_end = digits(complete[last][steps[-1]].value, written)
    rest = _("With all their ratings {model} reaches {value}.", model=called(last), value=in_the_end)
    average = complete.get(AVERAGE) if best != AVERAGE else None
    if average is None:
        return ahead, rest
    ahead = _("After {at} ratings {model} is ahead with {value} against {average} for everybody’s average",
              average=digits(average[at].value, written), **found)  # fmt: skip
    return ahead, f"{_against_average(complete[best], average, steps, at, sign)} {rest}".strip()


def _against_average(
    best: dict[Known, Row], average: dict[Known, Row], steps: list[Known], at: Known, sign: int
) -> str:
    """Whether the best model's lead over everybody's average is sure, and from where on it is ahead; "" for always.

    sign: 1 where less is better, else -1.
    """
    sentences = []
    if best[at].low <= average[at].high and average[at].low <= best[at].high:
        sentences.append(_("Their intervals overlap."))
    beaten = [sign * (best[k].value - average[k].value) < 0 for k in steps]
    since = [k for place, k in enumerate(steps) if all(beaten[place:])]
    if since and since[0] != steps[0]:
        sentences.append(_("Below {first_since} ratings that average is as good a guess.", first_since=since[0]))
    return " ".join(sentences)
