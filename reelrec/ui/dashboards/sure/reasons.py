"""Whether reasons are reasons: what becomes of the stars without the film that is named."""

from __future__ import annotations

from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import QUIET, called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
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
            "all ratings known" if k == "all" else f"{k} ratings known",
            [
                Bar(top[k], f"{top[k].value:.3f}  named first", look(MODEL).colour),
                Bar(chance[k], f"{chance[k].value:.3f}  at random", QUIET),
            ],
        )
        for k in steps
    ]
    at = AT if AT in top else steps[0]
    finding = f"With {at} ratings, the film named first moves the stars {_times(times, at)} as far as any other"
    values = "; ".join(f"with {k}: {_times(times, k)}" for k in steps)
    cells = [
        (str(k), _interval(times, k), share(survives[k].value, 0), share(because[k].value, 0) if k in because else "")
        for k in steps
    ]
    columns = ("Ratings known", "Times as far", "Reasons in stars that hold", "Reasons in lists that hold")
    numbers = Table(columns, cells, f"How far the first reason moves the stars: {values}.")
    apart = max(row.value for row in rows(report, "apart")[MODEL].values())
    return Drawing(
        finding,
        f"Taken out in earnest, and the stars of {called(MODEL)} worked out again. Of all reasons in stars "
        f"{share(survives[at].value, 0)} hold: they move the stars to the side that they say, and further than a film "
        "that is not named.",
        (Bars(groups, f"{finding}. {values}."),),
        (numbers,),
        f"The lines of a sum were never more than {apart:.3f} stars from the number shown. A reason after “because you "
        "liked” holds where the film falls in the list without it, and further than without another liked film; the "
        "first places of a long history’s list hang on no single film.",
    )


def _times(times: dict[Known, Report], k: Known) -> str:
    return f"{number(times[k]['value']):.1f} times"


def _interval(times: dict[Known, Report], k: Known) -> str:
    ratio = times[k]
    low, high = number(ratio["low"]), number(ratio["high"])
    return f"{number(ratio['value']):.1f} ({low:.1f} to {high:.1f})"
