"""A Plotly figure on a page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reelrec.translation import number


def draw_figure(figure: dict[str, Any], key: str, alt: str, width: int | None = None) -> None:
    """Draw a figure that nobody can drag or save, with numbers as the visitor's language writes them.

    figure: plain data. alt: the finding, for people who cannot see it. width: pixels; None for all there is.
    """
    marks = {"separators": number(1.5, ".1f")[1] + number(1000, ",")[1]}
    figure = figure | {"layout": figure.get("layout", {}) | marks}
    st.plotly_chart(figure, width=width or "stretch", key=key, config={"displayModeBar": False}, alt=alt)
