"""The visitor beside everybody: how often each half-star is given, and what becomes of films that others like more."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec.ui import text
from reelrec.ui.film import charts

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Given, Portrait

LARGEST = 26  # px, the diameter of the cell with most films
SMALLEST = 5
LONGEST = 40  # characters of a title


def histogram(portrait: Portrait) -> None:
    """Draw how often the visitor gives each half-star, over everybody's of the same films."""
    st.header("How you use the stars", anchor=False)
    charts.own_histogram(portrait.histogram, portrait.crowd_histogram, "Your")


def against(portrait: Portrait) -> None:
    """Draw the visitor's stars against everybody's means; a cell is as large as it has films."""
    st.header("You against the crowd", anchor=False)
    most = max(cell.n for cell in portrait.against)
    sizes = [max(LARGEST * (cell.n / most) ** 0.5, SMALLEST) for cell in portrait.against]
    axis: dict[str, Any] = {"fixedrange": True, "zeroline": False, "dtick": 1, "range": [0.25, 5.25]}
    figure: dict[str, Any] = {
        "data": [
            {
                "type": "scatter", "mode": "lines", "x": [0.5, 5], "y": [0.5, 5], "hoverinfo": "skip",
                "line": {"color": charts.QUIET, "dash": "dot", "width": 1.5}, "showlegend": False,
            },
            {
                "type": "scatter", "mode": "markers", "x": [cell.others for cell in portrait.against],
                "y": [cell.stars for cell in portrait.against], "showlegend": False,
                "marker": {"size": sizes, "color": charts.ACCENT, "opacity": 0.85, "line": {"width": 0}},
                "text": [_hover(cell) for cell in portrait.against], "hovertemplate": "%{text}<extra></extra>",
            },
        ],
        "layout": {
            "height": 300, "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "xaxis": axis | {"title": {"text": "everybody’s mean"}},
            "yaxis": axis | {"title": {"text": "your stars"}},
        },
    }  # fmt: skip
    st.plotly_chart(figure, width=640, key="against", config={"displayModeBar": False}, alt=_alt(portrait))
    st.markdown(":small[On the dotted line you give what others give. A larger dot is more films.]")


def _hover(cell: Given) -> str:
    """Plotly reads some HTML in it, so titles are escaped."""
    titles = [html.escape(title if len(title) <= LONGEST else f"{title[:LONGEST]}…") for title in cell.titles]
    more = [f"and {cell.n - len(titles):,} more"] if cell.n > len(titles) else []
    return "<br>".join([f"You {cell.stars:g}, others about {cell.others:g}:", *titles, *more])


def _alt(portrait: Portrait) -> str:
    above, below = (
        sum(cell.n for cell in portrait.against if sign * (cell.stars - cell.others) > 0) for sign in (1, -1)
    )
    said = f"You are above others for {text.films(above)}, and below them for {below:,}"
    follows = "" if portrait.agreement is None else f"; the correlation is {portrait.agreement:.2f}"
    return f"Your stars against everybody’s means of {text.films(portrait.compared)}. {said}{follows}."
