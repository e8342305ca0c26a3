"""Where a visitor goes on once a history was read: to their films, to their taste, to their watchlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.for_you.rows import WATCHLIST
from reelrec.ui.letterboxd import bring
from reelrec.ui.visit import IntakeUse

if TYPE_CHECKING:
    from reelrec.visitor.intake import Intake

FOR_YOU = "pages/for_you/for_you.py"


def draw(taken: Intake) -> None:
    """Draw the buttons; for an invented member's export, those of a look at their films."""
    profile, sample = state.profile(), state.visit().letterboxd.sample
    if sample:
        _sample(sample)
    own = state.visit().letterboxd.use == IntakeUse.TAKEN
    taste = Link(_("My taste"), links.TASTE, "button big")
    if not own:  # it is on this page alone
        taste = Link(_("Their taste") if sample else _("This taste"), f"#{links.OWN_PICKS}", "button big")
    ways = [Link(_("See my films"), links.FOR_YOU, look="primary big")] if profile.watched and not sample else []
    ways += [taste] if taken.profile.watched else []
    if profile.watchlist and not sample:
        wanted = _("Rank my watchlist ({n:,})", n=len(profile.watchlist))
        ways.append(Link(wanted, links.to(links.FOR_YOU, view=_(WATCHLIST)), "button big"))
    if ways:
        links.links(*ways, key="onward")


def _sample(name: str) -> None:
    """Say whose export it is, and let the visitor look through those eyes."""
    st.markdown(
        _(
            "This is the export of an invented member, “{owner}”. Your own ratings stay as they are.",
            owner=bring.owner(),
        )
    )
    with st.container(horizontal=True):
        if st.button(_("See their films"), key="see-sample"):
            state.look_as(name)
            st.switch_page(FOR_YOU)
        st.button(_("Put it away"), on_click=bring.put_away)
