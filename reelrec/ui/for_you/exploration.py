"""The exploration on For you: one film drawn at random, shown as "A surprise" with the chance that it was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.ui import events
from reelrec.ui.for_you import picks

if TYPE_CHECKING:
    from reelrec.serving.exploration import Exploration
    from reelrec.serving.shelf import Shelf

KEY = "surprise"  # also the `where` of its events


def exploration(drawn: Exploration, shelf: Shelf) -> None:
    """Draw the film as a tile like those of the shelf, to which it did not belong."""
    st.header("A surprise", anchor=False)
    learns = "; we learn from what you make of it" if events.recorder().keeps_events else ""
    st.markdown(f":small[Drawn at random from what came close{learns}; the chance was {odds(drawn.probability)}.]")
    picks.shelf("A surprise", [drawn.pick], shelf, key=KEY, layout="strip")


def odds(probability: float) -> str:
    """ "1 in 20"."""
    return f"1 in {max(2, round(1 / probability)):,}"
