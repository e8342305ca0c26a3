"""The answer to "why these stars?", over the page on which it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.frame.turn import turn
from reelrec.ui.visit import Asked
from reelrec.ui.why import reasons

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def ask(number: int, model: str) -> None:
    """Note that the visitor asks about a film's stars. model: of the list that shows them."""
    state.visit().asked = Asked(number=number, model=model)


def answer(profile: Profile) -> None:
    """Open the answer, once, where something was asked."""
    asked, state.visit().asked = state.visit().asked, None
    if asked is None:
        return
    film = app.catalogue().films[asked.number]

    @st.dialog(text.plain(film.name), width="medium")
    def dialog() -> None:
        with turn():
            reasons.draw(profile, film, asked.model, asked)
            links.links(links.Link(_("About this film"), links.to(links.FILM, id=film.slug)), key="asked-film")

    dialog()
