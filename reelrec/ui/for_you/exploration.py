"""The exploration on For you: one film drawn at random, shown as "A surprise" with the chance that it was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.ui import events
from reelrec.ui.for_you import controls
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, tiles

if TYPE_CHECKING:
    from reelrec.serving.exploration import Exploration
    from reelrec.serving.shelf import Shelf

KEY = "surprise"  # also the `where` of its events


def exploration(drawn: Exploration, shelf: Shelf) -> None:
    """Draw the film as a tile like those of the shelf, to which it did not belong."""
    st.subheader("A surprise")
    learns = "; we learn from what you make of it" if events.recorder().keeps_events else ""
    st.markdown(
        f"Drawn at random from what came close{learns}. The chance that it would be this one was "
        f"{odds(drawn.probability)}."
    )
    tiles("A surprise", [controls.tile(drawn.pick, shelf)], key=KEY, actions=[SEEN, SET_ASIDE], announce=True)


def odds(probability: float) -> str:
    """ "1 in 20"."""
    return f"1 in {max(2, round(1 / probability)):,}"
