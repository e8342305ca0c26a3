"""Whether two models really differ: each against the model in the row above, on the same users."""

from __future__ import annotations

from dataclasses import dataclass

from reelrec.translation import N_, _
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, interval, listed, string

COLUMNS = (N_("Model against the one above"), N_("Difference (95% interval)"), N_("Different?"))
YES, NO = N_("yes"), N_("cannot be told")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models, by their names as Markdown. gap: model minus than. is_real: the gap is more than chance."""

    model: str
    than: str
    gap: Row
    is_real: bool


def differences(report: Report, metric: str, k: Known, measure: str) -> Drawing:
    """The differences of one metric at one k. measure: the metric's name in a sentence.

    Raises LookupError, ValueError or TypeError.
    """
    pairs = _pairs(report, metric, k)
    unsure = [_("{model} and {than}", model=pair.model, than=pair.than) for pair in pairs if not pair.is_real]
    return Drawing(
        _(
            "{n} of {of} differences in {measure} are more than chance",
            n=len(pairs) - len(unsure),
            of=len(pairs),
            measure=measure,
        ),
        _("Each model minus the one above it, on the same people.")
        + (" " + _("It cannot be told for {pairs}.", pairs=listed(unsure)) if unsure else ""),
        (table(report, metric, k, measure),),
        more=_(
            "People were drawn again a thousand times; 95 of 100 differences lie in the interval, and one that leaves "
            "out 0 is no accident of who was asked."
        ),
    )


def table(report: Report, metric: str, k: Known, measure: str) -> Table:
    """The same as a table alone."""
    pairs = _pairs(report, metric, k)
    rows = [
        (
            _("{model} against {than}", model=pair.model, than=pair.than),
            _("{value:+.4f} ({low:+.4f} to {high:+.4f})", value=pair.gap.value, low=pair.gap.low, high=pair.gap.high),
            _(YES if pair.is_real else NO),
        )
        for pair in pairs
    ]
    real = sum(pair.is_real for pair in pairs)
    return Table(
        COLUMNS,
        rows,
        _("Differences in {measure}: {real} of {pairs} leave out 0.", measure=measure, real=real, pairs=len(pairs)),
    )


def _pairs(report: Report, metric: str, k: Known) -> list[Pair]:
    pairs = [
        Pair(
            model=called(string(entry["model"])),
            than=called(string(entry["than"])),
            gap=interval(entry),
            is_real=entry["different"] is True,
        )
        for entry in report["differences"]
        if (entry["metric"], entry["k"]) == (metric, k)
    ]
    if not pairs:
        raise LookupError(f"No difference has the metric {metric!r} at {k!r}.")
    return pairs
