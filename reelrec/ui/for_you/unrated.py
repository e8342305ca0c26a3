"""Rows of films that the list cannot have: new ones that nobody rated yet, and series where they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.for_you import picks

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.shelf import Shelf
    from reelrec.visitor.profile import Profile

SHOWN = 12
TITLES = {"new": N_("New and not yet rated by many"), "unrated": N_("Not yet rated by many"), "series": N_("Series")}
FROM_FACTS = N_("Guessed from genres, director, cast and the like, so less sure than the films above.")


def rows(profile: Profile, filters: Filters, like: Shelf) -> None:
    """Draw them for a visitor with ratings. like: a shelf that says whose the stars are."""
    if not profile.known(app.catalogue().n_items).ratings:
        return
    for name, found in app.unrated_films(profile, SHOWN, filters).items():
        title = _(TITLES[name])
        st.header(title, anchor=False)
        st.markdown(text.small(_(FROM_FACTS)))
        picks.shelf(title, found, like, key=f"unrated-{name}", layout="strip")
