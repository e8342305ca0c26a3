"""Where the visitor gives more or fewer stars than expected: bars left and right of zero, a kind of group at a time.

They are HTML, as those of Models: they stand before Plotly is loaded, and long names fit on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.component import component
from reelrec.ui.frame import turn
from reelrec.ui.taste.pictures import words

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group

_component = component("lifts")
MOST = 12  # bars of kinds that have many groups
MANY = ("series", "director", "actor", "country", "language")
SHORTEST = 0.25  # stars at the end of the scale, so that small lifts stay small
IN_ORDER = ("decade", "length")  # kinds that have an order of their own
LEAST = 2  # groups of a kind that is shown: one alone has nothing beside it
PLURALS = {"country": "countries", "series": "series"}
KEY = "taste-lifts"  # of the switch
EXPLAINED = (
    "Expected: what others gave, adjusted to how kind you are. With few films a bar is kept short, and what does not "
    "stand out may be chance."
)


@turn.fragment()
def draw(groups: Mapping[str, tuple[Group, ...]]) -> None:
    """Draw the switch and the bars of the kind that is on. groups: by kind."""
    kinds = [kind for kind in app.taste.KINDS if len(groups[kind]) >= LEAST]
    if not kinds:
        return
    st.header("More or fewer stars than expected", anchor=False)
    kind = st.segmented_control(
        "By", kinds, default="genre" if "genre" in kinds else kinds[0], required=True,
        format_func=str.capitalize, key=KEY, persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    kind = kind if kind in kinds else kinds[0]  # a browser sends it, so it may be anything
    shown = chosen(groups[kind], kind)
    if said := _said(groups[kind], shown, kind):
        st.markdown(said)
    longest = max(SHORTEST, *(abs(group.lift) for group in shown))
    _component(
        key="lifts",
        data={
            "label": f"Stars above what is expected of you, by {kind}",
            "bars": [
                {
                    "name": group.name,
                    "length": group.lift / longest,
                    "lift": words.signed(group.lift),
                    "detail": f"{text.films(group.n)} · you {group.mean:.1f}, expected {group.expected:.1f}",
                    "out": group.stands_out,
                }
                for group in shown
            ],
        },
    )
    st.markdown(f":small[{EXPLAINED}]")


def chosen(groups: Sequence[Group], kind: str) -> list[Group]:
    """The groups that are drawn, of MANY the MOST most telling: in the order of time or length, else by their lift."""
    shown = list(groups[:MOST] if kind in MANY else groups)
    if kind == "length":
        return sorted(shown, key=lambda group: app.taste.LENGTHS.index(group.name))
    return sorted(shown, key=lambda group: group.name if kind == "decade" else -group.lift)


def _said(groups: Sequence[Group], shown: Sequence[Group], kind: str) -> str:
    """What stands out, and how many groups there are besides those shown."""
    sides = [
        (words.listed([words.phrase(group) for group in found[: words.NAMED]]), says)
        for above, says in ((True, "more"), (False, "fewer"))
        if (found := words.standing_out(groups, above))
    ]
    ends = (" stars than expected", "")
    told = [f"{named} {says}{end}" for (named, says), end in zip(sides, ends, strict=False)]
    said = [f"You give {words.listed(told)}."] if told else []
    plural = PLURALS.get(kind, f"{kind}s")
    more = len(groups) - len(shown)
    said += [f"These are the {len(shown)} most telling of {len(groups):,} {plural}."] if more else []
    return " ".join(said)
