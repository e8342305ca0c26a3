"""The visitor beside everybody: how often each half-star is given, and what becomes of films that others like more."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec.translation import _
from reelrec.ui import text
from reelrec.ui.figure import draw_figure
from reelrec.ui.film import charts

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Given, Portrait

LARGEST = 26  # px, the diameter of the cell with most films
SMALLEST = 5
LONGEST = 40  # characters of a title


def histogram(portrait: Portrait) -> None:
    """Draw how often the visitor gives each half-star, over everybody's of the same films."""
    st.header(_("How you use the stars"), anchor=False)
    charts.own_histogram(portrait.histogram, portrait.crowd_histogram, "")


def against(portrait: Portrait) -> None:
    """Draw the visitor's stars against everybody's means; a cell is as large as it has films."""
    st.header(_("You against the crowd"), anchor=False)
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
            "xaxis": axis | {"title": {"text": _("everybody’s mean")}},
            "yaxis": axis | {"title": {"text": _("your stars")}},
        },
    }  # fmt: skip
    draw_figure(figure, "against", _alt(portrait), width=640)
    st.markdown(text.small(_("On the dotted line you give what others give. A larger dot is more films.")))


def _hover(cell: Given) -> str:
    """Plotly reads some HTML in it, so titles are escaped."""
    titles = [html.escape(title if len(title) <= LONGEST else f"{title[:LONGEST]}…") for title in cell.titles]
    more = [_("and {n:,} more", n=cell.n - len(titles))] if cell.n > len(titles) else []
    return "<br>".join(
        [_("You {stars:g}, others about {others:g}:", stars=cell.stars, others=cell.others), *titles, *more]
    )


def _alt(portrait: Portrait) -> str:
    above, below = (
        sum(cell.n for cell in portrait.against if sign * (cell.stars - cell.others) > 0) for sign in (1, -1)
    )
    said = [
        _("Your stars against everybody’s means of {films}.", films=text.films(portrait.compared)),
        _("You are above others for {above}, and below them for {below:,}.", above=text.films(above), below=below),
    ]
    if portrait.agreement is not None:
        said.append(_("The correlation is {r:.2f}.", r=portrait.agreement))
    return " ".join(said)
