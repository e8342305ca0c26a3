"""A list that somebody gave away by its link: looked at with the visitor's own stars, and films taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import _
from reelrec.ui import mine, state, text
from reelrec.ui.frame import guard
from reelrec.ui.lists import shelves
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

FIRST, MORE = 24, 24
SHOWN = "shared-list"
WIDTH = "8.5rem"  # of a tile; two beside each other in the frame on a phone


def draw(profile: Profile) -> None:
    """Draw the list that is open, in the order of whoever made it; nothing where there is none."""
    given = state.visit().shared
    if given.problem:
        st.warning(given.problem, icon=":material/link_off:")
    if not given.films:
        return
    with guard.or_stop():
        films = shelves.ordered(SHOWN, profile, given.films)
        n = state.films_shown(SHOWN, FIRST)
        tiles = shelves.tiles_of(films, profile, given.films[:n])
    with st.container(border=True, key="shared-list"):
        st.header(
            _("Shared with you: {name}", name=text.plain(given.name)) if given.name else _("A list shared with you"),
            anchor=False,
        )
        whose = _("The stars are what you would give.")
        if not films.shelf.stars_are_theirs:
            whose = _("The stars are a newcomer’s.")
        order = _("{films}, in the order of whoever made the list.", films=text.films(len(given.films)))
        st.markdown(f"{order} {whose}")
        shelves.draw(
            _("A list shared with you"), tiles, films, key="shared", width=WIDTH, actions=[SEEN, SET_ASIDE], short=True
        )
        with st.container(horizontal=True):
            if n < len(given.films):
                st.button(_("More films"), icon=":material/add:", on_click=state.show_more, args=(SHOWN, MORE))
            if set(given.films) - set(profile.shortlist):
                st.button(
                    _("Add all to my list"), icon=":material/playlist_add:", key="shared-take", on_click=_take_all
                )
            st.button(
                _("Close this list"), icon=":material/close:", key="shared-close", on_click=state.open_list, args=("",)
            )


def _take_all() -> None:
    mine.take_listed({str(number): True for number in state.visit().shared.films})
