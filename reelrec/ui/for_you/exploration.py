"""The exploration on For you: one film drawn at random, shown as "A surprise" with the chance that it was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import _
from reelrec.ui import events, text
from reelrec.ui.for_you import picks

if TYPE_CHECKING:
    from reelrec.serving.picks.exploration import Exploration
    from reelrec.serving.shelf import Shelf

KEY = "surprise"  # also the `where` of its events


def exploration(drawn: Exploration, shelf: Shelf) -> None:
    """Draw the film as a tile like those of the shelf, to which it did not belong."""
    st.header(_("A surprise"), anchor=False)
    if events.recorder().keeps_events:
        drawn_how = _("Drawn at random from what came close; we learn from what you make of it; the chance was {odds}.",
                      odds=odds(drawn.probability))  # fmt: skip
    else:
        drawn_how = _("Drawn at random from what came close; the chance was {odds}.", odds=odds(drawn.probability))
    st.markdown(text.small(drawn_how))
    picks.shelf(_("A surprise"), [drawn.pick], shelf, key=KEY, layout="strip")


def odds(probability: float) -> str:
    """ "1 in 20"."""
    return _("1 in {n:,}", n=max(2, round(1 / probability)))
