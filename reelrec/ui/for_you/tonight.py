"""Tonight: three films for this evening, of three kinds; each gives way to another when it is not the one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import state, text
from reelrec.ui.for_you import filters, picks
from reelrec.ui.frame import guard

if TYPE_CHECKING:
    from reelrec.serving.filters import Filters
    from reelrec.serving.page.tonight import Choice
    from reelrec.serving.shelf import Shelf
    from reelrec.visitor.profile import Profile

TITLES = {"safe": "Safe", "stretch": "A stretch", "watchlist": "From your watchlist", "short": "A short one"}


def draw(profile: Profile, wanted: Filters, like: Shelf) -> None:
    """Draw the films with what speaks for each. like: a shelf that says whose the stars are."""
    with guard.or_stop():
        chosen = app.tonight(profile, state.visit().not_tonight, wanted)
    if not chosen:
        if state.visit().not_tonight:
            st.info("That was all we have for tonight.")
            st.button("Begin again", on_click=_begin_again)
        else:
            filters.nothing_left(wanted)
        return
    for column, choice in zip(st.columns(len(chosen)), chosen, strict=True):
        with column, st.container(border=True, key=f"tonight-{choice.kind}"):
            film = choice.pick.film
            st.header(TITLES[choice.kind], anchor=False)
            picks.shelf(TITLES[choice.kind], [choice.pick], like, key=f"tonight-film-{choice.kind}", layout="single")
            st.markdown(f"**{text.plain(film.title)}**, {film.runtime} minutes. {_sentence(choice)}")
            st.button("Not this one", key=f"not-{choice.kind}", on_click=_swap, args=(film.number,))


def _sentence(choice: Choice) -> str:
    """What speaks for a film, and against it."""
    pick = choice.pick
    chance = text.percent(pick.chance or 0.0)
    if choice.kind == "safe":
        return f"You’ll like it in {chance} of cases; hardly anything is safer."
    if choice.kind == "stretch":
        between = f"{pick.low:.1f} to {pick.high:.1f} stars"
        return f"Fewer know it, and we are less sure: {between}, and {chance} you’ll like it."
    if choice.kind == "watchlist":
        return f"You wanted to see it, and of your list it suits you best: {chance} you’ll like it."
    return f"Over before it is late: {chance} you’ll like it."


def _begin_again() -> None:
    state.visit().not_tonight = frozenset()


def _swap(number: int) -> None:
    state.visit().not_tonight |= {number}
