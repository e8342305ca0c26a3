"""A film to swipe, and what comes of the swiping; on one screen and on many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.browser.component import component
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import Tile, tiles
from reelrec.ui.together import people

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.together.swiping import Almost

MOST_ALMOST = 6
_swipe = component("swipe")


def film(number: int, say: Callable[[bool], None], guess: bool = False) -> None:
    """Draw the film and the two buttons. guess: whether the visitor's own stars are shown, who alone looks here."""
    shown = app.catalogue().films[number]
    with st.container(horizontal=True, wrap=False, gap="medium", key="together-swipe"):
        with st.container(width=168):
            tiles(_("The film"), [_tile(shown, guess)], key="together-film", rate=False, layout="single", width="10rem")
        with st.container(gap="medium"):
            st.markdown(f"**{text.plain(shown.title)}**  \n{_facts(shown)}")
            with st.container(horizontal=True, key="together-buttons"):
                st.button(
                    _("Not tonight"), key="together-no", on_click=say, args=(False,), shortcut="Left",
                    icon=":material/close:",
                )  # fmt: skip
                st.button(
                    _("Want"), key="together-yes", on_click=say, args=(True,), shortcut="Right", type="primary",
                    icon=":material/favorite:",
                )  # fmt: skip
    _swipe(key="together-swipes", data={}, height=0)


def ending(winner: int | None, almost: Sequence[Almost]) -> None:
    """Draw the film that all want, or that there is none; and those that all but one want."""
    films = app.catalogue().films
    if winner is not None:
        st.header(_("All of you want {film}", film=text.plain(films[winner].name)), anchor=False)
        tiles(
            _("Tonight’s film"),
            [Tile(films[winner])],
            key="together-winner",
            rate=False,
            lists=True,
            layout="single",
            width="11rem",
        )
        st.markdown(_facts(films[winner]) + "  \n" + _("Have a good evening."))
    else:
        st.header(_("No film that all of you want"), anchor=False)
        st.markdown(_("Take another order or other films on your shelf, and swipe again."))
    if almost:
        st.subheader(_("All but one want these"), anchor=False)
        for found in almost[:MOST_ALMOST]:
            st.markdown(
                _("{film}: all but {name}", film=text.plain(films[found.film].name), name=text.plain(found.against))
            )


def _tile(shown: Film, guess: bool) -> Tile:
    profile = state.profile()
    if not guess or not people.known(profile):
        return Tile(shown)
    predicted = app.predict(profile, shown)
    if predicted is None or predicted.stars is None:
        return Tile(shown)
    return Tile(
        shown,
        stars=text.stars(predicted.stars),
        word=stars.word(predicted.chance),
        picture=stars.picture(predicted, theirs=True),
        chance=stars.liking(predicted, theirs=True),
    )


def _facts(shown: Film) -> str:
    """Director, year, minutes and genres, as far as they are known."""
    facts = (
        _("by {director}", director=shown.director) if shown.director else "",
        str(shown.year or ""),
        _("{n} minutes", n=shown.runtime) if shown.runtime else "",
        ", ".join(map(_, shown.genres[:3])),
    )
    return text.plain(" · ".join(filter(None, facts)))
