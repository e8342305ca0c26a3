"""Tonight: three films for this evening, of three kinds; each gives way to another when it is not the one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.for_you import filters, picks
from reelrec.ui.frame import guard

if TYPE_CHECKING:
    from reelrec.serving.page.tonight import Choice
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.shelf import Shelf
    from reelrec.visitor.profile import Profile

TITLES = {
    "safe": N_("Safe"),
    "stretch": N_("A stretch"),
    "watchlist": N_("From your watchlist"),
    "short": N_("A short one"),
}


def draw(profile: Profile, wanted: Filters, like: Shelf) -> None:
    """Draw the films with what speaks for each. like: a shelf that says whose the stars are."""
    with guard.or_stop():
        chosen = app.tonight(profile, state.visit().not_tonight, wanted)
    if not chosen:
        if state.visit().not_tonight:
            st.info(_("That was all we have for tonight."))
            st.button(_("Begin again"), on_click=_begin_again)
        else:
            filters.nothing_left(wanted)
        return
    for column, choice in zip(st.columns(len(chosen)), chosen, strict=True):
        with column, st.container(border=True, key=f"tonight-{choice.kind}"):
            film = choice.pick.film
            title = _(TITLES[choice.kind])
            st.header(title, anchor=False)
            picks.shelf(title, [choice.pick], like, key=f"tonight-film-{choice.kind}", layout="single")
            length = _("**{title}**, {n} minutes.", title=text.plain(film.title), n=film.runtime)
            st.markdown(f"{length} {_sentence(choice)}")
            st.button(_("Not this one"), key=f"not-{choice.kind}", on_click=_swap, args=(film.number,))


def _sentence(choice: Choice) -> str:
    """What speaks for a film, and against it."""
    pick = choice.pick
    chance = text.percent(pick.chance or 0.0)
    if choice.kind == "safe":
        return _("You’ll like it in {chance} of cases; hardly anything is safer.", chance=chance)
    if choice.kind == "stretch":
        return _(
            "Fewer know it, and we are less sure: {low:.1f} to {high:.1f} stars, and {chance} you’ll like it.",
            low=pick.low,
            high=pick.high,
            chance=chance,
        )
    if choice.kind == "watchlist":
        return _("You wanted to see it, and of your list it suits you best: {chance} you’ll like it.", chance=chance)
    return _("Over before it is late: {chance} you’ll like it.", chance=chance)


def _begin_again() -> None:
    state.visit().not_tonight = frozenset()


def _swap(number: int) -> None:
    state.visit().not_tonight |= {number}
