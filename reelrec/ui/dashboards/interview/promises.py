"""What the meter on Rate said of the error for people, and what the error was."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from reelrec.translation import _, ngettext
from reelrec.translation import number as digits
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
    finding = _(
        "After {screens} screens by {named} it said {said:.2f} stars, and it was {measured:.2f}",
        screens=last.screens,
        named=named(policy),
        said=last.said,
        measured=last.measured,
    )
    return Drawing(
        finding,
        _("While one answers, Rate says how far off predictions typically are, and what this screen will bring.")
        + " "
        + ngettext(
            "At worst it was {said:.2f} off, after {screens} screen.",
            "At worst it was {said:.2f} off, after {screens} screens.",
            worst.screens,
            said=abs(worst.said - worst.measured),
            screens=worst.screens,
        ),
        (
            Table(
                (_("Screens"), _("Promised"), _("Said"), _("It was")),
                [
                    (f"{p.screens}", digits(p.promised, ".3f"), digits(p.said, ".3f"), digits(p.measured, ".3f"))
                    for p in promises
                ],
                _("Typical misses in stars: promised, said and measured. {finding}.", finding=finding).replace(
                    "\\", ""
                ),
                _("Stars off, on average"),
            ),
        ),
        more=_("These are people whose hidden ratings can be looked up."),
    )
