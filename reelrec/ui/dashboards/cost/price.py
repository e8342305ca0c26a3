"""What each model costs to train, to ask and to keep, beside its error."""

from __future__ import annotations

from dataclasses import dataclass

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Curves, Known, Report, Row, all_steps, listed, number, rows, string

COMMAND = "python -m reelrec bench models --json artifacts/metrics/cost.json"
BESIDE, BLEND = "bmf", "stack"  # the model that the best is compared with, and the blend of models
KNOWN = (20, "all")  # ratings known, of the errors
NEAR = 0.01  # stars from the best, within which a cheaper model is as good for most people
ASKING = (N_("Model"), N_("RMSE, 20 known"), N_("RMSE, all known"), N_("Answers, ms"))
KEEPING = (N_("Model"), N_("Trains, min"), "MB")
NONE = "–"


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a model. answer_ms: the median time to answer somebody with 300 ratings.

    megabytes: of its own file. megabytes_with_parts: with the files of the models that it builds on.
    """

    answer_ms: float
    train_seconds: float
    megabytes: float
    megabytes_with_parts: float


def table(report: Report, cost: Report) -> Drawing:
    """Two tables: errors and answer times, and training times and sizes.

    report: the JSON of `evaluate new-users`. cost: of `bench models`. Models without an error come last, the quickest
    of them first.
    """
    errors, costs = rows(report, "rmse"), costs_of(cost)
    last = all_steps(errors)[-1]
    order = sorted(errors, key=lambda model: errors[model][last].value if last in errors[model] else float("inf"))
    order += sorted(costs.keys() - errors.keys(), key=lambda model: costs[model].answer_ms)
    asking = [(called(name), *_errors(errors.get(name, {})), _answers(costs.get(name))) for name in order]
    keeping = [(called(name), *_keeping(costs.get(name))) for name in order]
    offered = [model for model in order if model in costs and last in errors.get(model, {})]
    findings = _bought(errors, costs, offered, last)
    measured = _(
        "Answers: the median time on one core (of {cores:g}) until 500 films have their number for somebody "
        "who rated 300. Training ran once, where the model was made. MB: its own file, plus the files of the "
        "models that it builds on.",
        cores=number(cost["machine"]["cores"]),
    )
    left_out = [string(name) for name in cost["left_out"]]
    blended = [_places(left_out)] if BLEND in costs else []
    finding, *rest = findings
    alt = _("Cost of each model. {findings}", findings=_alt([f"{finding}.", *rest]))
    return Drawing(
        finding,
        " ".join([*rest, *blended]),
        (
            Table(ASKING, asking, alt, _("To ask")),
            Table(KEEPING, keeping, alt, _("To train and to keep")),
        ),  # two fit a phone
        more=measured,
    )


def costs_of(cost: Report) -> dict[str, Cost]:
    """The cost of each model. Raises LookupError, ValueError or TypeError."""
    costs = {
        string(row["model"]): Cost(
            answer_ms=number(row["p50_300_ms"]),
            train_seconds=number(row["train_seconds"]),
            megabytes=number(row["megabytes"]),
            megabytes_with_parts=number(row["megabytes_with_parts"]),
        )
        for row in cost["rows"]
    }
    if not costs:
        raise LookupError("No model's cost was measured.")
    return costs


def _errors(by_k: dict[Known, Row]) -> list[str]:
    return [digits(by_k[k].value, ".4f") if k in by_k else NONE for k in KNOWN]


def _answers(cost: Cost | None) -> str:
    return NONE if cost is None else milliseconds(cost.answer_ms)


def _keeping(cost: Cost | None) -> list[str]:
    if cost is None:
        return [NONE] * 2
    own, whole = cost.megabytes, cost.megabytes_with_parts
    kept = tenths(own) if whole == own else f"{tenths(own)}\u00a0+\u00a0{tenths(whole - own)}"  # on one line
    return [tenths(cost.train_seconds / 60), kept]


def _bought(errors: Curves, costs: dict[str, Cost], order: list[str], k: Known) -> list[str]:
    """What the best model costs beside BESIDE, as a title; sentences on that and on the quickest nearly as good one.

    order: the models, the best first.
    """
    best = order[0]
    behind = {model: errors[model][k].value - errors[best][k].value for model in order}
    said = {"best": called(best), "time": _in_ms(costs[best].answer_ms), "mb": costs[best].megabytes_with_parts}
    if best != BESIDE and BESIDE in behind:
        beside = costs[BESIDE]
        said |= {"gap": behind[BESIDE], "beside": called(BESIDE), "its_time": _in_ms(beside.answer_ms)}
        sentences = [
            _("With all ratings known {best} is off least, by {gap:.4f} stars less than {beside}, and answers in "
              "{time} instead of {its_time}", **said),
            _("It keeps {mb:,.1f} MB instead of {its_mb:,.1f}.", its_mb=beside.megabytes_with_parts, **said),
        ]  # fmt: skip
    else:
        sentences = [
            _("With all ratings known {best} is off least, and answers in {time}", **said),
            _("It keeps {mb:,.1f} MB.", **said),
        ]
    near = [model for model in order if behind[model] <= NEAR]
    quickest = min(near, key=lambda model: costs[model].answer_ms)
    if quickest != best:
        sentences.append(
            _(
                "Of those within {near:g} stars of it, {quickest} answers soonest: in {time}.",
                near=NEAR,
                quickest=called(quickest),
                time=_in_ms(costs[quickest].answer_ms),
            )
        )
    return sentences


def _places(left_out: list[str]) -> str:
    if not left_out:
        return _("All models that {blend} may blend earned a place in it.", blend=called(BLEND))
    return _(
        "In {blend}’s blend {models} earned no place: the others say as much without.",
        blend=called(BLEND),
        models=listed(map(called, left_out)),
    )


def _in_ms(time: float) -> str:
    """ "3.9 ms", never broken over two lines."""
    return f"{milliseconds(time)}\u00a0ms"


def milliseconds(amount: float) -> str:
    """ "3.9", "11"."""
    return tenths(amount) if amount < 10 else digits(amount, ",.0f")


def tenths(amount: float) -> str:
    """ "0.2", "<0.1"."""
    return f"<{digits(0.1, '.1f')}" if amount < 0.1 else digits(amount, ",.1f")


def _alt(sentences: list[str]) -> str:
    return " ".join(sentences).replace("\\", "")
