"""What the meter on Rate said of the error for people, and what the error was."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from reelrec.ui.dashboards.interview.policies import default, named
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number


@dataclass(frozen=True, slots=True)
class Promise:
    """Errors in stars after so many screens: promised before the last screen, said after it, and measured."""

    screens: int
    promised: float
    said: float
    measured: float


def kept(report: Report) -> Drawing:
    """The promises to users whom the default policy asked, by screens; measured on their hidden ratings."""
    policy = default(report)
    promises = [
        Promise(
            screens=int(number(entry["screens"])),
            promised=number(entry["promised"]),
            said=number(entry["said"]),
            measured=number(entry["measured"]),
        )
        for entry in report["meter"]
        if entry["policy"] == policy
    ]
    if not promises:
        raise LookupError(f"The meter was not read for {policy!r}.")
    promises.sort(key=astuple)
    last = promises[-1]
    worst = max(promises, key=lambda promise: abs(promise.said - promise.measured))
    finding = (
        f"After {last.screens} screens by {named(policy)} it said {last.said:.2f} stars, and it was {last.measured:.2f}"
    )
    return Drawing(
        finding,
        "While one answers, Rate says how far off predictions typically are, and what this screen will bring. At worst "
        f"it was {abs(worst.said - worst.measured):.2f} off, after {worst.screens} "
        f"{'screen' if worst.screens == 1 else 'screens'}.",
        (
            Table(
                ("Screens", "Promised", "Said", "It was"),
                [(f"{p.screens}", f"{p.promised:.3f}", f"{p.said:.3f}", f"{p.measured:.3f}") for p in promises],
                f"Typical misses in stars: promised, said and measured. {finding}.".replace("\\", ""),
                "Stars off, on average",
            ),
        ),
        more="These are people whose hidden ratings can be looked up.",
    )
