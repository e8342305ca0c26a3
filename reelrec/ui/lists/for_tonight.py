"""The film of the watchlist for this evening."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.lists import shelves

if TYPE_CHECKING:
    from reelrec.serving.page.own_lists import Ordered
    from reelrec.serving.picks.predictions import Pick
    from reelrec.visitor.profile import Profile

WIDTH = 132  # px of the poster


def draw(profile: Profile, films: Ordered) -> None:
    """The best film for this evening; another takes its place when it is not the one."""
    pick = app.lists.for_tonight(profile, films.shelf.picks, state.visit().not_tonight)
    if pick is None:
        return
    (shown,) = shelves.tiles_of(films, profile, [pick.film.number])
    with st.container(border=True, key="watchlist-tonight"):
        st.header(_("One for tonight"), anchor=False)
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=WIDTH):
                shelves.draw(
                    _("One for tonight"), [replace(shown, stars="")], films,
                    key="watchlist-tonight-film", layout="single", rate=False, explain=None, width="8rem",
                )  # fmt: skip
            with st.container(width="stretch"):
                st.markdown(f"**{text.plain(pick.film.name)}**, {pick.film.runtime} minutes.")
                st.markdown(_speaks_for(pick, films))
                if shown.why:
                    st.markdown(f"{text.plain(shown.why)}.")
                st.button(_("Not this one"), key="watchlist-not-tonight", on_click=_swap, args=(pick.film.number,))


def _speaks_for(pick: Pick, films: Ordered) -> str:
    """What speaks for a film, in a sentence."""
    if pick.stars is None or pick.chance is None:
        return _("It is the first of your watchlist.")
    chance, given = text.percent(pick.chance), text.stars(pick.stars)
    if films.shelf.stars_are_theirs:
        return _(
            "Of your watchlist it suits you best: {given}, and {chance} you’ll like it.", given=given, chance=chance
        )
    return _("Most people begin with it: {given}, and {chance} of newcomers like it.", given=given, chance=chance)


def _swap(number: int) -> None:
    state.visit().not_tonight |= {number}
