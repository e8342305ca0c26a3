"""What the meter on Rate said to people of how well they are known, and how well they were."""

from __future__ import annotations

from reelrec.ui.dashboards.interview.askers import default, named
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import number


def kept(report: dict) -> Drawing:
    """Of who asks, by screens: promised before the screen, said after it, and measured on the hidden ratings."""
    who = default(report)
    found = sorted(
        (int(number(one["screens"])), *(number(one[key]) for key in ("promised", "said", "measured")))
        for one in report["meter"]
        if one["policy"] == who
    )
    if not found:
        raise LookupError(f"The meter was not read for {who!r}.")
    screens, _, said, measured = found[-1]
    off = max(found, key=lambda row: abs(row[2] - row[3]))
    told = f"After {screens} screens by {named(who)} it said {said:.2f} stars, and it was {measured:.2f}"
    return Drawing(
        "While one answers, Rate says how far off predictions typically are, and what this screen will bring. Here are "
        f"people whose hidden ratings can be looked up. {told}. At worst it was {abs(off[2] - off[3]):.2f} off, after "
        f"{off[0]} {'screen' if off[0] == 1 else 'screens'}.",
        (
            Table(
                ("Screens", "Promised", "Said", "It was"),
                [(f"{k}", *(f"{value:.3f}" for value in values)) for k, *values in found],
                f"Typical misses in stars: promised, said and measured. {told}.".replace("\\", ""),
                "Stars off, on average",
            ),
        ),
    )
