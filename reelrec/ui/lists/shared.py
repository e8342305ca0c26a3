"""A list that somebody gave away by its link: looked at with the visitor's own stars, and films taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.ui import mine, state, text
from reelrec.ui.frame import guard
from reelrec.ui.lists import shelves
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

FIRST, MORE = 24, 24
SHOWN = "shared list"


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
            f"Shared with you: {text.plain(given.name)}" if given.name else "A list shared with you", anchor=False
        )
        whose = "what you would give" if films.shelf.stars_are_theirs else "a newcomer’s"
        st.markdown(f"{text.films(len(given.films))}, in the order of whoever made the list. The stars are {whose}.")
        shelves.draw("A list shared with you", tiles, films, key="shared", actions=[SEEN, SET_ASIDE], short=True)
        with st.container(horizontal=True):
            if n < len(given.films):
                st.button("More films", icon=":material/add:", on_click=state.show_more, args=(SHOWN, MORE))
            if set(given.films) - set(profile.shortlist):
                st.button("Add all to my list", icon=":material/playlist_add:", key="shared-take", on_click=_take_all)
            st.button(
                "Close this list", icon=":material/close:", key="shared-close", on_click=state.open_list, args=("",)
            )


def _take_all() -> None:
    mine.take_listed({str(number): True for number in state.visit().shared.films})
