"""Rows of films that the list cannot have: new ones that nobody rated yet, and series where they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles

if TYPE_CHECKING:
    from reelrec.serving.filters import Filters
    from reelrec.serving.predictions import Pick
    from reelrec.visitor.profile import Profile

SHOWN = 12
TITLES = {"new": "New and not yet rated by many", "unrated": "Not yet rated by many", "series": "Series"}
FROM_FACTS = "Guessed from genres, director, cast and the like, so less sure than the films above."


def rows(profile: Profile, filters: Filters) -> None:
    """The rows for a visitor with ratings; none where the facts of no film say enough."""
    if not profile.known(app.catalogue().n_items).ratings:
        return
    for name, picks in app.unrated_films(profile, SHOWN, filters).items():
        st.subheader(TITLES[name])
        st.markdown(FROM_FACTS)
        tiles(
            TITLES[name],
            [_tile(pick) for pick in picks],
            key=f"unrated-{name}",
            actions=[SEEN, SET_ASIDE],
            announce=True,
        )


def _tile(pick: Pick) -> Tile:
    return Tile(
        pick.film,
        stars=text.stars(pick.stars),
        note=f"{pick.low:.1f}–{pick.high:.1f}",
        picture=stars.picture(pick, True),
        chance=stars.liking(pick, theirs=True),
    )
