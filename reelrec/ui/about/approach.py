"""The approach as one picture: ratings and facts, vectors, models, shelf."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "reelrec.approach",
    html=(_HERE / "approach.html").read_text(encoding="utf-8"),
    css=(_HERE / "approach.css").read_text(encoding="utf-8"),
)


def approach() -> None:
    _component(key="approach")
