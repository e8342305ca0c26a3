"""The tabs of Lists: only what is open is drawn, and the address holds which one that is.

They are no fragment: what is done on a list is said in the header and kept in the address, outside of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui import state
from reelrec.ui.browser.in_address import understand
from reelrec.ui.lists import my_list, watchlist

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

KEY = "list"  # of the widget, and its name in the address
TABS: dict[str, Callable[[Profile], None]] = {N_("Watchlist"): watchlist.draw, my_list.TAB: my_list.draw}


def draw(profile: Profile) -> None:
    """Draw the tabs."""
    understand(KEY, _labels)
    if KEY not in st.session_state:  # on arrival: the first tab stays the first when a list is cleared
        state.visit().first_list = _first(profile)
    tabs = st.tabs(_labels(), default=_(state.visit().first_list), key=KEY, bind="query-params")
    for tab, shown in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                shown(profile)


def _first(profile: Profile) -> str:
    """Of the tabs, the one with something in it."""
    return my_list.TAB if profile.shortlist and not profile.watchlist else next(iter(TABS))


def _labels() -> list[str]:
    return [_(tab) for tab in TABS]
