"""The second tab of Lists: the films that the visitor put together, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.frame import guard
from reelrec.ui.lists import shared, shelves, take_along

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

TAB = N_("My list")
FIRST, MORE = 48, 48
SHOWN = "my-list"


def draw(profile: Profile) -> None:
    """Draw the tab: a list that somebody shared, if there is one, then the visitor's own."""
    shared.draw(profile)
    if state.visit().shared.films:
        st.header(_(TAB), anchor=False)
    if not profile.shortlist:
        _nothing()
        return
    with guard.or_stop():
        films = shelves.ordered(SHOWN, profile, profile.shortlist)
        n = state.films_shown(SHOWN, FIRST)
        tiles = shelves.tiles_of(films, profile, profile.shortlist[:n])
    with st.container(horizontal=True, vertical_alignment="center", key="my-list-head"):
        st.markdown(_("**{films}** in your order.", films=text.films(len(profile.shortlist))), width="content")
        if len(profile.shortlist) > 1:
            st.button(
                _("Best first"), icon=":material/sort:", key="my-list-sort", on_click=_sort, args=(films.numbers,)
            )
        st.button(_("Clear the list"), icon=":material/delete:", key="my-list-clear", on_click=_clear)
    shelves.draw(_("My list"), tiles, films, key="my-list", moves=True)
    if n < len(profile.shortlist):
        st.button(
            _("More films"), icon=":material/add:", key="my-list-more", on_click=state.show_more, args=(SHOWN, MORE)
        )
    take_along.draw(profile)


def _nothing() -> None:
    st.info(
        _(
            "Tap the + on any poster, and the film is here: for a weekend, for a friend, or to take along to "
            "Letterboxd."
        ),
        title=_("Nothing on your list yet"),
    )
    links.links(Link(_("Find films"), links.FOR_YOU, look="primary"), key="my-list-begin")


def _sort(numbers: tuple[int, ...]) -> None:
    state.change(state.profile().arranged(numbers), _("Your list is best first now."))


def _clear() -> None:
    profile = state.profile()
    state.change(profile.unlisted(set(profile.shortlist)), _("Your list is cleared."))
