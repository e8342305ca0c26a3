"""The tabs of the Models page, and the parts of a tab: only what is open is drawn, and the address holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui.browser.in_address import understand
from reelrec.ui.dashboards import datasets
from reelrec.ui.dashboards.cost import section as cost
from reelrec.ui.dashboards.glance import section as glance
from reelrec.ui.dashboards.history import deepfm, demonstrations, gpt, notebook
from reelrec.ui.dashboards.interview import section as interview
from reelrec.ui.dashboards.lists import shelves
from reelrec.ui.dashboards.stars import new_users, noise, reviews, splits, when
from reelrec.ui.dashboards.sure import doubt
from reelrec.ui.frame import turn

KEY = "tab"  # of the widget, and its name in the address
Draw = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a tab shows one at a time. key: of the switch, and its name in the address. draws: by the part's label."""

    key: str
    draws: Mapping[str, Draw]


TABS: dict[str, Draw | Parts] = {
    N_("At a glance"): glance.draw,
    N_("Stars"): Parts(
        "stars",
        {
            N_("New people"): new_users.draw,
            N_("Which model, when"): when.draw,
            N_("Other ways to ask"): splits.draw,
            N_("How much is noise"): noise.draw,
            N_("Review text"): reviews.draw,
        },
    ),
    N_("Lists"): shelves.draw,
    N_("How sure"): doubt.draw,
    N_("Questions and RL"): Parts(
        "questions",
        {
            N_("The verdict"): interview.verdict,
            N_("What answers bring"): interview.after_answers,
            N_("What training did"): interview.training,
        },
    ),
    N_("Cost"): cost.draw,
    N_("History"): Parts(
        "history",
        {
            N_("The notebook"): notebook.draw,
            N_("Its demonstrations"): demonstrations.draw,
            N_("The talk’s DeepFM"): deepfm.draw,
            N_("The talk’s GPT-2"): gpt.draw,
        },
    ),
    N_("Data"): datasets.draw,
}


def places() -> dict[str, str]:
    """The query of the address of each part of each tab, by their names: "Lists", "History: The notebook"."""
    queries: dict[str, str] = {}
    for tab, shown in TABS.items():
        if isinstance(shown, Parts):
            queries |= {f"{tab}: {part}": urlencode({KEY: tab, shown.key: part}) for part in shown.draws}
        else:
            queries[tab] = urlencode({KEY: tab})
    return queries


@turn.fragment()
def draw() -> None:
    """Draw the tabs, and in the open one what it shows."""
    understand(KEY, lambda: [_(tab) for tab in TABS])
    for tab, shown in zip(st.tabs([_(tab) for tab in TABS], key=KEY, bind="query-params"), TABS.values(), strict=True):
        if tab.open:
            with tab:
                _parts(shown) if isinstance(shown, Parts) else shown()


@turn.fragment()
def _parts(parts: Parts) -> None:
    labels = list(parts.draws)
    understand(parts.key, lambda: [_(label) for label in labels])
    part = st.pills(
        _("Part"), labels, key=parts.key, default=labels[0], required=True, bind="query-params",
        label_visibility="collapsed", format_func=_,
    )  # fmt: skip
    parts.draws[part]()
