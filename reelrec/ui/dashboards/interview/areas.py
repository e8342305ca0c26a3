"""The areas under the log loss minus A-optimal's: which differ by more than chance, and what each part is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.interview.policies import ABLATIONS, DESIGNED, LEARNED, named, policy_look
from reelrec.ui.dashboards.parts.figures import CLEAR, INK, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, interval, listed, measured_at, number, rows, string


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy's area minus A-optimal's. p: Holm's p-value. stands: whether it is more than chance by that test."""

    gap: Row
    p: float
    stands: bool


Differences = dict[str, Difference]  # by policy


def held_against(report: Report) -> Drawing:
    """All differences as points with intervals, and those of trainings and ablations as numbers."""
    differences = _differences(report)
    areas = measured_at(rows(report, "area"), None)
    standing = [name for name, difference in differences.items() if difference.stands]
    better = [name for name in standing if differences[name].gap.value < 0]
    finding = _(
        "{n} of {of} differences to A-optimal stand",
        n=len(standing),
        of=len(differences),
    )
    if better:
        finding = _(
            "{n} of {of} differences to A-optimal stand; better than A-optimal: {policies}",
            n=len(standing), of=len(differences), policies=listed(map(named, better)),
        )  # fmt: skip
    cells = [
        (
            named(name),
            digits(areas[name].value, ".4f"),
            _in_words(differences[name].gap),
            _("{p:.3f}, stands", p=differences[name].p)
            if differences[name].stands
            else digits(differences[name].p, ".3f"),
        )
        for name in (LEARNED, *ABLATIONS)
        if name in differences
    ]
    return Drawing(
        finding,
        _(
            "The area is the mean log loss after one to five screens; A-optimal’s is {designed:.4f}, and less is "
            "better. Differences that stand when all are tested together are filled.",
            designed=areas[DESIGNED].value,
        ),
        (
            Chart(
                _forest(differences),
                _("Areas less A-optimal’s, with intervals: {finding}.", finding=finding).replace("\\", ""),
            ),
        ),
        (
            Table(
                (_("Changed"), _("Area"), _("To A-optimal’s"), "p"),
                cells,
                _("Areas of trainings and ablations; {finding}.", finding=finding),
            ),
        ),
        _(
            "The list has no part in it. **Without P(seen)** does as if everybody had seen everything; **from one "
            "draw** believes one guess at the films instead of many; **from a random start** does not begin as "
            "A-optimal; **from likelihood** was rewarded otherwise for the list; the **other seeds** are the same "
            "training by other chance. With so many differences some would look real by chance, so they are tested "
            "together (Holm)."
        ),
    )


def _differences(report: Report) -> Differences:
    """The differences by policy, the best first. Raises LookupError, TypeError or ValueError."""
    differences = {
        string(entry["model"]): Difference(
            gap=interval(entry), p=number(entry["p_holm"]), stands=entry["stands"] is True
        )
        for entry in report["areas"][DESIGNED]
    }
    if not differences:
        raise LookupError("Nothing was held against A-optimal.")
    return dict(sorted(differences.items(), key=lambda pair: pair[1].gap.value))


def _in_words(gap: Row) -> str:
    return _("{gap:+.4f} ({low:+.4f} to {high:+.4f})", gap=gap.value, low=gap.low, high=gap.high)


def _forest(differences: Differences) -> dict[str, Any]:
    """A row for each policy, with a point and its interval; the best is on top."""
    names = [words(policy_look(name).name) for name in differences]
    return {
        "data": [
            _point(place, name, policy_look(policy).colour, difference)
            for place, (name, (policy, difference)) in enumerate(zip(names, differences.items(), strict=True))
        ],
        "layout": layout(
            26 * len(names) + 50, margin={"l": 0, "r": 8, "t": 4, "b": 0},
            xaxis=axis(_("area less A-optimal’s"), tickformat="+.2f", nticks=5),
            yaxis=axis(
                range=[len(names) - 0.4, -0.6], tickvals=list(range(len(names))), showgrid=False, ticktext=names
            ),
            shapes=[
                {"type": "line", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1,
                 "line": {"dash": "dot", "width": 1.5, "color": INK}}
            ],
        ),
    }  # fmt: skip


def _point(place: int, name: str, colour: str, difference: Difference) -> dict[str, Any]:
    gap = difference.gap
    return {
        "type": "scatter", "mode": "markers", "x": [gap.value], "y": [place], "hoverinfo": "text",
        "error_x": {
            "type": "data", "symmetric": False, "thickness": 1.4, "width": 0, "color": colour,
            "array": [gap.high - gap.value], "arrayminus": [gap.value - gap.low],
        },
        "marker": {
            "color": colour if difference.stands else CLEAR, "size": 9, "symbol": "circle",
            "line": {"color": colour, "width": 1.8},
        },
        "hovertext": [f"{name}: {_in_words(gap)}"],
    }  # fmt: skip
