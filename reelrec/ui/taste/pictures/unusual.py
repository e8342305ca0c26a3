"""The films that the visitor loves or dislikes most unlike others, as tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import _
from reelrec.ui.shelf.tiles import Tile, tiles
from reelrec.ui.taste.pictures import words

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Portrait, Unusual

MOST = 10


def draw(portrait: Portrait) -> None:
    """Draw the shelves that have films; where none has, a sentence."""
    if not portrait.loves and not portrait.dislikes:
        st.markdown(_("No rating of yours is far from what we would expect of you."))
        return
    for title, films, loved in (
        (_("More to you than to others"), portrait.loves, True),
        (_("Less to you than to others"), portrait.dislikes, False),
    ):
        if films:
            _shelf(title, films[:MOST], loved)


def _shelf(title: str, films: Sequence[Unusual], loved: bool) -> None:
    st.header(title, anchor=False)
    shown = [
        Tile(
            film.film,
            stars=_("You {stars:g}", stars=film.stars),
            word=_("others {others:.1f}", others=film.others),
            why=words.alike(film, loved),
        )
        for film in films
    ]
    tiles(title, shown, key="taste-loves" if loved else "taste-dislikes", rate=False, layout="strip")
