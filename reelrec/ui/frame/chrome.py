"""What frames every page: the name, the links between pages, and notices about the visitor's ratings."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reelrec.ui import address, events, state

# Streamlit paints the focused link like the current page's; the keyboard needs to see where it is.
FOCUS = "<style>.st-key-header a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }</style>"


def header(pages: Sequence[st.Page]) -> None:
    """The name and the links between pages; each link carries the ratings, so that a new tab has them too."""
    st.html(FOCUS)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        st.markdown(":material/theaters: **ReelRec**", width="content")
        for page in pages:
            st.page_link(page, query_params=address.params())
        rated = len(state.profile().ratings)
        if rated:
            st.markdown(f":small[{rated:,} rated]", width="content")


def notices() -> None:
    """Say why a link cannot be read and what was just done, at the foot of the window, where it moves nothing."""
    visit = state.visit()
    if visit.problem and visit.profile.is_empty:
        with st.bottom:
            st.warning(visit.problem, icon=":material/link_off:")
    if visit.notice:
        with st.bottom, st.container(horizontal=True, vertical_alignment="center", border=True, key="notice"):
            st.text(visit.notice.text, width="stretch")
            if visit.before is not None:
                st.button("Undo", on_click=undo, icon=":material/undo:", type="tertiary")
            if visit.notice.lasting:
                st.button("Fine", on_click=state.dismiss, icon=":material/check:", type="tertiary")


def undo() -> None:
    """Take the last change back."""
    if state.visit().before is not None:
        state.undo()
        events.profile_changed()
