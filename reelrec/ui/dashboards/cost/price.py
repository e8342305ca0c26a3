"""What each model costs to train, to ask and to keep, beside its error."""

from __future__ import annotations

from dataclasses import dataclass

from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Curves, Known, Report, Row, all_steps, listed, number, rows, string

COMMAND = "python -m reelrec bench models --json artifacts/metrics/cost.json"
BESIDE, BLEND = "bmf", "stack"  # the model that the best is compared with, and the blend of models
KNOWN = (20, "all")  # ratings known, of the errors
NEAR = 0.01  # stars from the best, within which a cheaper model is as good for most people
ASKING = ("Model", "RMSE, 20 known", "RMSE, all known", "Answers, ms")
KEEPING = ("Model", "Trains, min", "MB")
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
    measured = (
        f"Answers: the median time on one core (of {number(cost['machine']['cores']):g}) until 500 films have their "
        "number for somebody who rated 300. Training ran once, where the model was made. MB: its own file, plus "
        "the files of the models that it builds on."
    )
    left_out = [string(name) for name in cost["left_out"]]
    blended = [_places(left_out)] if BLEND in costs else []
    finding, *rest = findings
    alt = f"Cost of each model. {_alt([f'{finding}.', *rest])}"
    return Drawing(
        finding,
        " ".join([*rest, *blended]),
        (Table(ASKING, asking, alt, "To ask"), Table(KEEPING, keeping, alt, "To train and to keep")),  # two fit a phone
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
    return [f"{by_k[k].value:.4f}" if k in by_k else NONE for k in KNOWN]


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
    finding = f"With all ratings known {called(best)} is off least"
    time, kept = _in_ms(costs[best].answer_ms), f"It keeps {costs[best].megabytes_with_parts:,.1f} MB"
    if best != BESIDE and BESIDE in behind:
        beside = costs[BESIDE]
        finding += f", by {behind[BESIDE]:.4f} stars less than {called(BESIDE)}"
        time += f" instead of {_in_ms(beside.answer_ms)}"
        kept += f" instead of {beside.megabytes_with_parts:,.1f}"
    sentences = [f"{finding}, and answers in {time}", f"{kept}."]
    near = [model for model in order if behind[model] <= NEAR]
    quickest = min(near, key=lambda model: costs[model].answer_ms)
    if quickest != best:
        sentences.append(
            f"Of those within {NEAR:g} stars of it, {called(quickest)} answers soonest: in "
            f"{_in_ms(costs[quickest].answer_ms)}."
        )
    return sentences


def _places(left_out: list[str]) -> str:
    if not left_out:
        return f"All models that {called(BLEND)} may blend earned a place in it."
    return (
        f"In {called(BLEND)}’s blend {listed(map(called, left_out))} earned no place: the others say as much without."
    )


def _in_ms(time: float) -> str:
    """ "3.9 ms", never broken over two lines."""
    return f"{milliseconds(time)}\u00a0ms"


def milliseconds(amount: float) -> str:
    """ "3.9", "11"."""
    return tenths(amount) if amount < 10 else f"{amount:,.0f}"


def tenths(amount: float) -> str:
    """ "0.2", "<0.1"."""
    return "<0.1" if amount < 0.1 else f"{amount:,.1f}"


def _alt(sentences: list[str]) -> str:
    return " ".join(sentences).replace("\\", "")
