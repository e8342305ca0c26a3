"""Whether ratings that were read as out of ten or a hundred were read rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import events, state, text
from reelrec.ui.letterboxd import bring

if TYPE_CHECKING:
    from reelrec.visitor.intake import Intake


def question(taken: Intake) -> None:
    """Ask about each file whose ratings were converted."""
    if not taken.log.scales:
        return
    with st.container(border=True, key="scales"):
        for sentence in taken.log.scales:
            st.markdown(f"**{text.plain(sentence)}** Is that right?")
        with st.container(horizontal=True):
            st.button("Right", on_click=confirm, icon=":material/check:")
            st.button("No, leave the stars out", on_click=leave_out, icon=":material/star_outline:")


def confirm() -> None:
    """Ask no more."""
    taken = bring.intake()
    if taken is not None:
        state.visit().letterboxd.intake = taken.scale_confirmed()


def leave_out() -> None:
    """Take the films as seen without stars."""
    taken = bring.intake()
    if taken is None:
        return
    left, profile = app.without_rescaled(taken, state.profile())
    if bring.is_mine():
        state.change(profile, "The stars were left out; the films count as seen.", lasting=True)
        events.profile_changed()
    state.visit().letterboxd.intake = left
