"""The tabs of Taste: only what is open is drawn, and the address holds which one that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _, ngettext
from reelrec.ui.browser import links
from reelrec.ui.browser.in_address import understand
from reelrec.ui.browser.links import Link
from reelrec.ui.frame import turn
from reelrec.ui.taste import backtest, card, film_map, portrait

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

KEY = "taste"  # of the widget, and its name in the address
TABS: dict[str, Callable[[Profile], None]] = {
    N_("In pictures"): portrait.draw,
    N_("Did we know you?"): backtest.draw,
    N_("Map"): film_map.draw,
    N_("Card"): card.draw,
}


def draw(profile: Profile) -> None:
    """Draw the tabs; for somebody who has rated nothing, where to begin."""
    if not profile.ratings:
        _nothing(profile)
        return
    _tabs(profile)


@turn.fragment()
def _tabs(profile: Profile) -> None:
    understand(KEY, _labels)
    for tab, shown in zip(st.tabs(_labels(), key=KEY, bind="query-params"), TABS.values(), strict=True):
        if tab.open:
            with tab:
                shown(profile)


def _nothing(profile: Profile) -> None:
    said = [_("Taste is read from stars. Give some, or bring them from Letterboxd.")]
    if n := len(profile.watched):
        said.insert(0, ngettext("You have seen {n} film and given none stars.",
                                "You have seen {n:,} films and given none stars.", n))  # fmt: skip
    st.info(" ".join(said), title=_("Nothing to read yet"))
    links.links(
        Link(_("Rate films"), links.RATE, look="primary"),
        Link(_("Bring Letterboxd"), links.LETTERBOXD),
        key="taste-begin",
    )


def _labels() -> list[str]:
    return [_(tab) for tab in TABS]
