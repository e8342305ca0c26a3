"""Whether reasons are reasons: what becomes of the stars without the film that is named."""

from __future__ import annotations

from reelrec.translation import _
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import QUIET, called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.lines import tick
from reelrec.ui.dashboards.parts.reading import Known, Report, in_order, number, rows, share

COMMAND = "python -m reelrec evaluate reasons"
MODEL, LISTER = "stack", "blend"
AT = 20  # ratings known, of the example in words


def drawing(report: Report) -> Drawing:
    """By how far the stars move without the film named first, and without one drawn at random."""
    top, chance = (rows(report, metric)[MODEL] for metric in ("moved_top", "moved_random"))
    survives, because = rows(report, "survives")[MODEL], rows(report, "because_survives")[LISTER]
    times = {ratio["k"]: ratio for ratio in report["ratios"]}
    steps = in_order(top)
    groups = [
        Group(
            _("all ratings known") if k == "all" else _("{k} ratings known", k=k),
            [
                Bar(top[k], _("{value:.3f}  named first", value=top[k].value), look(MODEL).colour),
                Bar(chance[k], _("{value:.3f}  at random", value=chance[k].value), QUIET),
            ],
        )
        for k in steps
    ]
    at = AT if AT in top else steps[0]
    finding = _(
        "With {at} ratings, the film named first moves the stars {times} as far as any other",
        at=at,
        times=_times(times, at),
    )
    values = "; ".join(_("with {k}: {times}", k=tick(k), times=_times(times, k)) for k in steps)
    cells = [
        (tick(k), _interval(times, k), share(survives[k].value, 0), share(because[k].value, 0) if k in because else "")
        for k in steps
    ]
    columns = (_("Ratings known"), _("Times as far"), _("Reasons in stars that hold"), _("Reasons in lists that hold"))
    numbers = Table(columns, cells, _("How far the first reason moves the stars: {values}.", values=values))
    apart = max(row.value for row in rows(report, "apart")[MODEL].values())
    return Drawing(
        finding,
        _(
            "Taken out in earnest, and the stars of {model} worked out again. Of all reasons in stars {at} hold: "
            "they move the stars to the side that they say, and further than a film that is not named.",
            model=called(MODEL),
            at=share(survives[at].value, 0),
        ),
        (Bars(groups, f"{finding}. {values}."),),
        (numbers,),
        _(
            "The lines of a sum were never more than {apart:.3f} stars from the number shown. A reason after "
            "“because you liked” holds where the film falls in the list without it, and further than without "
            "another liked film; the first places of a long history’s list hang on no single film.",
            apart=apart,
        ),
    )


def _times(times: dict[Known, Report], k: Known) -> str:
    return _("{value:.1f} times", value=number(times[k]["value"]))


def _interval(times: dict[Known, Report], k: Known) -> str:
    ratio = times[k]
    low, high = number(ratio["low"]), number(ratio["high"])
    return _("{value:.1f} ({low:.1f} to {high:.1f})", value=number(ratio["value"]), low=low, high=high)
