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
    errors, costs = rows(report, "rmse"), _costs(cost)
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
    meaning = f"{' '.join([*findings, *blended])}\n\n{measured}"
    alt = f"Cost of each model. {_alt(findings)}"
    parts = (Table(ASKING, asking, alt, "To ask"), Table(KEEPING, keeping, alt, "To train and to keep"))
    return Drawing(meaning, parts)  # in two, since a phone has no room for all columns


def _costs(cost: Report) -> dict[str, Cost]:
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
    return NONE if cost is None else _short(cost.answer_ms)


def _keeping(cost: Cost | None) -> list[str]:
    if cost is None:
        return [NONE] * 2
    own, whole = cost.megabytes, cost.megabytes_with_parts
    kept = _tenths(own) if whole == own else f"{_tenths(own)}\u00a0+\u00a0{_tenths(whole - own)}"  # on one line
    return [_tenths(cost.train_seconds / 60), kept]


def _bought(errors: Curves, costs: dict[str, Cost], order: list[str], k: Known) -> list[str]:
    """Sentences on the cost of the best model beside BESIDE, and on the quickest of those that are nearly as good.

    order: the models, the best first.
    """
    best = order[0]
    behind = {model: errors[model][k].value - errors[best][k].value for model in order}
    best_cost = costs[best]
    sentences = []
    if best != BESIDE and BESIDE in behind:
        beside_cost = costs[BESIDE]
        sentences.append(
            f"With all ratings known {called(best)} is off least, by {behind[BESIDE]:.4f} stars less than "
            f"{called(BESIDE)}. For that it answers in {_milliseconds(best_cost.answer_ms)} instead of "
            f"{_milliseconds(beside_cost.answer_ms)} and keeps {best_cost.megabytes_with_parts:,.1f} MB instead of "
            f"{beside_cost.megabytes_with_parts:,.1f}."
        )
    else:
        sentences.append(
            f"With all ratings known {called(best)} is off least. It answers in {_milliseconds(best_cost.answer_ms)} "
            f"and keeps {best_cost.megabytes_with_parts:,.1f} MB."
        )
    near = [model for model in order if behind[model] <= NEAR]
    quickest = min(near, key=lambda model: costs[model].answer_ms)
    if quickest != best:
        sentences.append(
            f"Of those within {NEAR:g} stars of it, {called(quickest)} answers soonest: in "
            f"{_milliseconds(costs[quickest].answer_ms)}."
        )
    return sentences


def _places(left_out: list[str]) -> str:
    if not left_out:
        return f"All models that {called(BLEND)} may blend earned a place in it."
    return (
        f"In {called(BLEND)}’s blend {listed(map(called, left_out))} earned no place: the others say as much without."
    )


def _milliseconds(time: float) -> str:
    return f"{_short(time)} ms"


def _short(amount: float) -> str:
    return _tenths(amount) if amount < 10 else f"{amount:,.0f}"


def _tenths(amount: float) -> str:
    return "<0.1" if amount < 0.1 else f"{amount:,.1f}"


def _alt(sentences: list[str]) -> str:
    return " ".join(sentences).replace("\\", "")
