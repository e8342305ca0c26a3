"""Whether two models really differ: each against the one in the row above, on the same people."""

from __future__ import annotations

from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Known, listed, number, texts

COLUMNS = ("Model against the one above", "Difference (95% interval)", "Different?")
YES, NO = "yes", "cannot be told"


def apart(report: dict, metric: str, k: Known, called_measure: str) -> Drawing:
    """The differences of one metric at one k. Raises LookupError, ValueError or TypeError."""
    rows, told, untold = [], [], []
    for found in report["differences"]:
        if (found["metric"], found["k"]) != (metric, k):
            continue
        model, than = map(called, texts(found["model"], found["than"]))
        value, low, high = (number(found[key]) for key in ("value", "low", "high"))
        (told if found["different"] is True else untold).append(f"{model} and {than}")
        verdict = YES if found["different"] is True else NO
        rows.append((f"{model} against {than}", f"{value:+.4f} ({low:+.4f} to {high:+.4f})", verdict))
    if not rows:
        raise LookupError(f"No difference has the metric {metric!r} at {k!r}.")
    return Drawing(
        f"Each model’s {called_measure} minus that of the row above, on the same people. People were drawn again a "
        "thousand times; 95 of 100 differences lie in the interval, and one that leaves out 0 is no accident of who "
        f"was asked. {_verdict(told, untold)}",
        (Table(COLUMNS, rows, f"Differences in {called_measure}: {len(told)} of {len(rows)} leave out 0."),),
    )


def _verdict(told: list[str], untold: list[str]) -> str:
    if not untold:
        return f"That holds for all {len(told)} of them." if len(told) > 1 else "That holds here."
    return f"It cannot be told for {listed(untold)}."
