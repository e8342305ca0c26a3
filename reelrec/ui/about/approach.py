"""The approach as one picture: ratings and facts, vectors, models, shelf."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from reelrec.translation import N_, _

_HERE = Path(__file__).parent
TEXTS = (
    N_("Ratings and facts"),
    N_("Who gave which film how many stars; its year, genres, length, language. The lowest row is you."),
    N_("Vectors"),
    N_("Films that the same people like lie close together. Your ratings say where you stand among them."),
    N_("Models"),
    N_("One makes the list, another the stars. Each is measured on people it has never seen."),
    N_("Your shelf"),
    N_("Ordered for you, with the stars you would give and the films of yours that say so."),
    N_("How a rating becomes a recommendation"),
)
_component = st.components.v2.component(
    "reelrec.approach",
    html=(_HERE / "approach.html").read_text(encoding="utf-8"),
    css=(_HERE / "approach.css").read_text(encoding="utf-8"),
    js=(_HERE / "approach.js").read_text(encoding="utf-8"),
)


def approach() -> None:
    """Draw it."""
    _component(key="approach", data={"texts": [_(text) for text in TEXTS]})
