"""Where the visitor gives more or fewer stars than expected: bars left and right of zero, a kind of group at a time.

They are HTML, as those of Models: they stand before Plotly is loaded, and long names fit on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, listed
from reelrec.ui import text
from reelrec.ui.browser.component import component
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
# What a kind of group is called: on the switch, of the bars, and how many of them there are besides those shown.
NAMES = {
    "series": (N_("Series"), N_("Stars above what is expected of you, by series"),
               N_("These are the {n} most telling of {of:,} series.")),
    "genre": (N_("Genre"), N_("Stars above what is expected of you, by genre"),
              N_("These are the {n} most telling of {of:,} genres.")),
    "director": (N_("Director"), N_("Stars above what is expected of you, by director"),
                 N_("These are the {n} most telling of {of:,} directors.")),
    "actor": (N_("Actor"), N_("Stars above what is expected of you, by actor"),
              N_("These are the {n} most telling of {of:,} actors.")),
    "decade": (N_("Decade"), N_("Stars above what is expected of you, by decade"),
               N_("These are the {n} most telling of {of:,} decades.")),
    "country": (N_("Country"), N_("Stars above what is expected of you, by country"),
                N_("These are the {n} most telling of {of:,} countries.")),
    "language": (N_("Language"), N_("Stars above what is expected of you, by language"),
                 N_("These are the {n} most telling of {of:,} languages.")),
    "length": (N_("Length"), N_("Stars above what is expected of you, by length"),
               N_("These are the {n} most telling of {of:,} lengths.")),
}  # fmt: skip
KEY = "taste-lifts"  # of the switch
EXPLAINED = N_(
    "Expected: what others gave, adjusted to how kind you are. With few films a bar is kept short, and what does not "
    "stand out may be chance."
)


@turn.fragment()
def draw(groups: Mapping[str, tuple[Group, ...]]) -> None:
    """Draw the switch and the bars of the kind that is on. groups: by kind."""
    kinds = [kind for kind in app.taste.KINDS if len(groups[kind]) >= LEAST]
    if not kinds:
        return
    st.header(_("More or fewer stars than expected"), anchor=False)
    kind = st.segmented_control(
        _("By"), kinds, default="genre" if "genre" in kinds else kinds[0], required=True,
        format_func=lambda kind: _(NAMES[kind][0]), key=KEY, persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    kind = kind if kind in kinds else kinds[0]  # a browser sends it, so it may be anything
    shown = chosen(groups[kind], kind)
    if said := _said(groups[kind], shown, kind):
        st.markdown(said)
    longest = max(SHORTEST, *(abs(group.lift) for group in shown))
    _component(
        key="lifts",
        data={
            "label": _(NAMES[kind][1]),
            "bars": [
                {
                    "name": group.label,
                    "length": group.lift / longest,
                    "lift": words.signed(group.lift),
                    "detail": _(
                        "{films} · you {mean:.1f}, expected {expected:.1f}",
                        films=text.films(group.n),
                        mean=group.mean,
                        expected=group.expected,
                    ),
                    "out": group.stands_out,
                }
                for group in shown
            ],
        },
    )
    st.markdown(text.small(_(EXPLAINED)))


def chosen(groups: Sequence[Group], kind: str) -> list[Group]:
    """The groups that are drawn, of MANY the MOST most telling: in the order of time or length, else by their lift."""
    shown = list(groups[:MOST] if kind in MANY else groups)
    if kind == "length":
        return sorted(shown, key=lambda group: app.taste.LENGTHS.index(group.name))
    return sorted(shown, key=lambda group: group.name if kind == "decade" else -group.lift)


def _said(groups: Sequence[Group], shown: Sequence[Group], kind: str) -> str:
    """What stands out, and how many groups there are besides those shown."""
    above, below = (words.standing_out(groups, side)[: words.NAMED] for side in (True, False))
    more, fewer = (listed([words.phrase(group) for group in found]) for found in (above, below))
    said = []
    if more and fewer:
        said.append(_("You give {these} more stars than expected and {those} fewer.", these=more, those=fewer))
    elif more:
        said.append(_("You give {these} more stars than expected.", these=more))
    elif fewer:
        said.append(_("You give {these} fewer stars than expected.", these=fewer))
    if len(groups) > len(shown):
        said.append(_(NAMES[kind][2], n=len(shown), of=len(groups)))
    return " ".join(said)
