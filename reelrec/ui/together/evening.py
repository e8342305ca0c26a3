"""The page Together: who is here, and the films for all of them; or the room that the visitor is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.browser import links
from reelrec.ui.browser.component import component
from reelrec.ui.browser.links import Link
from reelrec.ui.together import agree, couch, people, room, shelf, ways

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

_top = component("top")


def draw(profile: Profile) -> None:
    """Draw it."""
    company = state.visit().company
    view = "room" if company.room else "round" if company.round else "shelf"
    _top(key="together-top", data={"view": view}, height=0)
    if company.room:
        room.draw(profile)
        return
    if company.round:
        couch.one_screen()
        return
    here = people.here(profile)
    if not company.others:
        st.markdown(
            _(
                "Bring one to five others, each by a link, a file or a username, and get one shelf for all of you, "
                "with what each of you would give each film. Or swipe together until one film is left."
            )
        )
    people.draw(profile)
    ways.draw(open_at_once=not company.others)
    if not people.known(profile):
        st.info(_("You have no films here yet, so the shelf can only follow the others."), title=_("Not yours yet"))
        links.links(Link(_("Rate films"), links.RATE, look="primary"), key="together-rate")
    if len(here) >= app.together.LEAST:
        shelf.draw(here)
        agree.draw(here)
    else:
        couch.start(here, couch.own_films(profile))
