"""What each model costs: to train, to ask and to keep; beside how far off it is."""

from __future__ import annotations

from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Known, Row, in_order, listed, number, rows, texts

COMMAND = "python -m reelrec bench models --json artifacts/metrics/cost.json"
BESIDE, BLEND = "bmf", "stack"
KNOWN = (20, "all")  # ratings, of the errors
NEAR = 0.01  # stars from the best, within which a cheaper model is as good for most
ASKED = "p50_300_ms"
GOOD, DEAR = ("Model", "RMSE, 20 known", "RMSE, all known", "Answers, ms"), ("Model", "Trains, min", "MB")
NONE = "–"
Cost = dict[str, float]


def table(report: dict, cost: dict) -> Drawing:
    """report: of new-users. cost: of bench models. Those without an error stand last, the quickest first."""
    found, costs = rows(report, "rmse"), _costs(cost)
    last = in_order(k for of in found.values() for k in of)[-1]
    order = sorted(found, key=lambda model: found[model][last].value if last in found[model] else float("inf"))
    order += sorted(costs.keys() - found.keys(), key=lambda model: costs[model][ASKED])
    good = [(called(name), *_errors(found.get(name, {})), _answers(costs.get(name))) for name in order]
    dear = [(called(name), *_keeping(costs.get(name))) for name in order]
    offered = [model for model in order if model in costs and last in found.get(model, {})]
    said = _bought(found, costs, offered, last)
    measured = (
        f"Answers: the median time on one core (of {number(cost['machine']['cores']):g}) until 500 films have their "
        "number for somebody who rated 300. Training ran once, where the model was made. MB: its own file, plus "
        "the files of the models that it builds on."
    )
    idle = texts(*cost["left_out"])
    blended = [_places(idle)] if BLEND in costs else []
    meaning = f"{' '.join([*said, *blended])}\n\n{measured}"
    alt = f"Cost of each model. {_alt(said)}"
    parts = (Table(GOOD, good, alt, "To ask"), Table(DEAR, dear, alt, "To train and to keep"))
    return Drawing(meaning, parts)  # in two, since a phone has no room for all columns


def _costs(cost: dict) -> dict[str, Cost]:
    """By model. Raises LookupError, ValueError or TypeError."""
    needed = (ASKED, "train_seconds", "megabytes", "megabytes_with_parts")
    found = {texts(row["model"])[0]: {name: number(row[name]) for name in needed} for row in cost["rows"]}
    if not found:
        raise LookupError("No model's cost was measured.")
    return found


def _errors(of: dict[Known, Row]) -> list[str]:
    return [f"{of[k].value:.4f}" if k in of else NONE for k in KNOWN]


def _answers(cost: Cost | None) -> str:
    return NONE if cost is None else _short(cost[ASKED])


def _keeping(cost: Cost | None) -> list[str]:
    if cost is None:
        return [NONE] * 2
    own, needed = cost["megabytes"], cost["megabytes_with_parts"]
    kept = _tenths(own) if needed == own else f"{_tenths(own)}\u00a0+\u00a0{_tenths(needed - own)}"  # on one line
    return [_tenths(cost["train_seconds"] / 60), kept]


def _bought(found: dict[str, dict[Known, Row]], costs: dict[str, Cost], order: list[str], k: Known) -> list[str]:
    """What the best costs beside BESIDE, and who is nearly as good and quickest. order: the best first."""
    best = order[0]
    far = {model: found[model][k].value - found[best][k].value for model in order}
    ours = costs[best]
    said = []
    if best != BESIDE and BESIDE in far:
        theirs = costs[BESIDE]
        said.append(
            f"With all ratings known {called(best)} is off least, by {far[BESIDE]:.4f} stars less than "
            f"{called(BESIDE)}. For that it answers in {_milliseconds(ours[ASKED])} instead of "
            f"{_milliseconds(theirs[ASKED])} and keeps {ours['megabytes_with_parts']:,.1f} MB instead of "
            f"{theirs['megabytes_with_parts']:,.1f}."
        )
    else:
        said.append(
            f"With all ratings known {called(best)} is off least. It answers in {_milliseconds(ours[ASKED])} and keeps "
            f"{ours['megabytes_with_parts']:,.1f} MB."
        )
    near = [model for model in order if far[model] <= NEAR]
    quickest = min(near, key=lambda model: costs[model][ASKED])
    if quickest != best:
        said.append(
            f"Of those within {NEAR:g} stars of it, {called(quickest)} answers soonest: in "
            f"{_milliseconds(costs[quickest][ASKED])}."
        )
    return said


def _places(idle: tuple[str, ...]) -> str:
    if not idle:
        return f"All models that {called(BLEND)} may blend earned a place in it."
    return f"In {called(BLEND)}’s blend {listed(map(called, idle))} earned no place: the others say as much without."


def _milliseconds(time: float) -> str:
    return f"{_short(time)} ms"


def _short(amount: float) -> str:
    return _tenths(amount) if amount < 10 else f"{amount:,.0f}"


def _tenths(amount: float) -> str:
    return "<0.1" if amount < 0.1 else f"{amount:,.1f}"


def _alt(said: list[str]) -> str:
    return " ".join(said).replace("\\", "")
