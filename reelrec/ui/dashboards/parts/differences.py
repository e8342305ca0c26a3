"""Whether two models really differ: each against the model in the row above, on the same users."""

from __future__ import annotations

from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Known, Report, interval, listed, string

COLUMNS = ("Model against the one above", "Difference (95% interval)", "Different?")
YES, NO = "yes", "cannot be told"


def differences(report: Report, metric: str, k: Known, measure: str) -> Drawing:
    """The differences of one metric at one k. measure: the metric's name in a sentence.

    Raises LookupError, ValueError or TypeError.
    """
    rows: list[tuple[str, str, str]] = []
    real: list[str] = []
    unsure: list[str] = []
    for entry in report["differences"]:
        if (entry["metric"], entry["k"]) != (metric, k):
            continue
        model, than = called(string(entry["model"])), called(string(entry["than"]))
        gap, is_real = interval(entry), entry["different"] is True
        (real if is_real else unsure).append(f"{model} and {than}")
        difference = f"{gap.value:+.4f} ({gap.low:+.4f} to {gap.high:+.4f})"
        rows.append((f"{model} against {than}", difference, YES if is_real else NO))
    if not rows:
        raise LookupError(f"No difference has the metric {metric!r} at {k!r}.")
    return Drawing(
        f"Each model’s {measure} minus that of the row above, on the same people. People were drawn again a "
        "thousand times; 95 of 100 differences lie in the interval, and one that leaves out 0 is no accident of who "
        f"was asked. {_verdict(real, unsure)}",
        (Table(COLUMNS, rows, f"Differences in {measure}: {len(real)} of {len(rows)} leave out 0."),),
    )


def _verdict(real: list[str], unsure: list[str]) -> str:
    if not unsure:
        return f"That holds for all {len(real)} of them." if len(real) > 1 else "That holds here."
    return f"It cannot be told for {listed(unsure)}."
