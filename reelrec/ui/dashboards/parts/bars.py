"""Bars from the left, under their labels.

They are HTML, not Plotly's: the first screen has them before Plotly is loaded, and long labels fit on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.browser.component import component
from reelrec.ui.dashboards.parts.figures import QUIET
from reelrec.ui.dashboards.parts.frame import Table
from reelrec.ui.dashboards.parts.reading import Row

ROOM = 0.56  # em, of a character at a bar's end; a little more than it takes
_component = component("bars")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with its interval where the row has one. says: the words at its end."""

    row: Row
    says: str
    colour: str = QUIET


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one label. label: plain text, which may come from outside."""

    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Bars:
    """A figure of bars. alt: the finding, for people who cannot see it. title: Markdown.

    Raises ValueError where there is no bar.
    """

    groups: Sequence[Group]
    alt: str
    title: str = ""

    def __post_init__(self) -> None:
        if not self.bars():
            raise ValueError("There is no bar to draw.")

    def bars(self) -> list[Bar]:
        """All bars, from the top."""
        return [bar for group in self.groups for bar in group.bars]

    def draw(self, key: str) -> None:
        """Draw it. key: of the component."""
        bars = self.bars()
        longest = max(bar.row.high for bar in bars) or 1.0
        _component(
            key=key,
            data={
                "alt": self.alt,
                "room": f"{ROOM * max(len(bar.says) for bar in bars) + 0.5:.1f}em",
                "groups": [
                    {"label": group.label, "bars": [_scaled(bar, longest) for bar in group.bars]}
                    for group in self.groups
                ],
            },
        )

    def numbers(self, written: str) -> Table:
        """What stands at the ends of the bars, and their intervals. written: how values are written."""
        rows = []
        for group in self.groups:
            for bar in group.bars:
                low, high = bar.row.low, bar.row.high
                spread = "–"
                if low < high:
                    spread = _("{low} to {high}", low=digits(low, written), high=digits(high, written))
                rows.append((text.plain(group.label), text.plain(bar.says), spread))
        return Table(("", _("Value"), _("95% interval")), rows, self.alt)


def _scaled(bar: Bar, longest: float) -> dict[str, float | str]:
    """A bar as bars.js takes it, in parts of the longest one."""
    row = bar.row
    return {
        "value": row.value / longest, "low": row.low / longest, "high": row.high / longest,
        "colour": bar.colour, "says": bar.says,
    }  # fmt: skip
