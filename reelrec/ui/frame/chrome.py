"""What frames every page: the name, the links between pages, and notices about the visitor's ratings."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reelrec.app import Profile
from reelrec.ui import state

# Streamlit paints the focused link like the current page's; the keyboard needs to see where it is.
FOCUS = "<style>.st-key-header a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }</style>"


def header(pages: Sequence) -> None:
    """The links; each carries the ratings, so that one opened in a new tab has them too."""
    st.html(FOCUS)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        st.markdown(":material/theaters: **ReelRec**", width="content")
        for page in pages:
            st.page_link(page, query_params=state.params())
        rated = len(state.profile().ratings)
        if rated:
            st.markdown(f":small[{rated:,} rated]", width="content")


def notices() -> None:
    """A link that cannot be read; what was just done, with a way back. At the window's foot, so that nothing moves."""
    if (problem := st.session_state[state.PROBLEM]) and state.profile() == Profile():
        with st.bottom:
            st.warning(problem, icon=":material/link_off:")
    if notice := st.session_state[state.NOTICE]:
        with st.bottom, st.container(horizontal=True, vertical_alignment="center", border=True, key="notice"):
            st.text(notice, width="stretch")
            if st.session_state[state.UNDO] is not None:
                st.button("Undo", on_click=state.undo, icon=":material/undo:", type="tertiary")
            if st.session_state[state.LASTING]:
                st.button("Fine", on_click=state.dismiss, icon=":material/check:", type="tertiary")
