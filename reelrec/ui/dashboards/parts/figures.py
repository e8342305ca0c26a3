"""One look for all figures: a colour, a marker and a dash for each model, and the layout that all figures share.

A figure is plain data, without Plotly's classes. The grid is Streamlit's and follows the theme; the colours here have a
contrast of 3 to 1 or more on the light page and on the dark one.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from typing import Any

from reelrec.translation import N_, _
from reelrec.ui import text

QUIET, SECOND, OTHER = "#8f8676", "#2f7f79", "#7b8190"
# Not this colour: the browser puts the page's text colour in its place (Streamlit's streamlit_plotly_theme.GRAY_90).
INK = "#000037"
CLEAR = "rgba(0,0,0,0)"
SMALL = 12  # px, of labels
LEGEND = {
    "orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": SMALL, "color": INK},
    "itemclick": False, "itemdoubleclick": False,
}  # fmt: skip
LONGEST = 54  # characters of a label that fit on a phone


@dataclass(frozen=True, slots=True)
class Look:
    """The name of a model and how every figure draws it."""

    name: str
    colour: str
    marker: str
    dash: str


LOOKS = {
    "popularity": Look(N_("Popularity"), "#8f8676", "circle", "dot"),
    "film-mean": Look(N_("Film mean"), "#736b60", "square", "dot"),
    "baseline": Look(N_("Film and person bias"), "#b98a12", "diamond", "dash"),
    "knn": Look(N_("Item kNN"), "#1593b5", "triangle-up", "dashdot"),
    "svd": Look("SVD", "#5b55d6", "circle", "solid"),
    "ease": Look("EASE", "#c9452a", "square", "solid"),
    "bmf": Look(N_("Bayesian MF"), "#b1589f", "diamond", "solid"),
    "ranker": Look(N_("Ranker"), "#5f8f2a", "triangle-up", "solid"),
    "leader": Look(N_("The leader’s method"), "#8f6248", "triangle-down", "dash"),
    "deepfm": Look("DeepFM", "#17967f", "triangle-down", "solid"),
    "gpt": Look(N_("GPT rater"), "#9a5fc0", "square", "dash"),
    "reviews": Look(N_("The words"), "#4f7f9f", "square", "dashdot"),
    "dae": Look(N_("Network"), "#c2691f", "diamond", "dash"),
    "blend": Look(N_("ReelRec’s picks"), "#2f7f79", "circle", "solid"),
    "stack": Look(N_("Stack"), "#cf4f7d", "circle", "longdash"),
    "facts": Look(N_("Facts"), "#2f7fc0", "diamond", "longdash"),
}


# Rows that are drawn like a model, with hollow markers and dots: their name, and that model.
VARIANTS = {
    "ease-whole": (N_("EASE, none of its weights cut"), "ease"),
    "one-sd": (N_("The same, equally sure of all"), "bmf"),
    "bmf-plain": (N_("Bayesian MF, told nothing of films"), "bmf"),
    "bmf-permuted": (N_("Bayesian MF, told of other films"), "bmf"),
    "bmf-tags": (N_("Bayesian MF, with tags"), "bmf"),
    "genre-mean": (N_("Mean of the genres"), "film-mean"),
    "median": (N_("The median of all"), "popularity"),
    "film-median": (N_("The median of the film"), "film-mean"),
    "own-mean": (N_("The person’s own mean"), "baseline"),
    "ratings-and-words": (N_("Other ratings and words"), "reviews"),
    "global-mean": (N_("Mean of all ratings"), "popularity"),
    "talk-deepfm": (N_("The talk’s DeepFM"), "leader"),
    "talk-deepfm-mended": (N_("The talk’s DeepFM, mended"), "baseline"),
    "film-likes": (N_("What most others think"), "film-mean"),
    "film-likes-seen": (N_("The talk’s row, answers seen"), "popularity"),
}


def look(model: str) -> Look:
    """The look of a model, with its name as it is shown; one that is not known here keeps its raw name."""
    if model in VARIANTS:
        name, like = VARIANTS[model]
        return Look(_(name), LOOKS[like].colour, f"{LOOKS[like].marker}-open", "dot")
    if model not in LOOKS:
        return Look(model, OTHER, "circle-open", "longdashdot")
    return replace(LOOKS[model], name=_(LOOKS[model].name))


def called(model: str) -> str:
    """The name of a model, as Markdown."""
    return text.plain(look(model).name)


def words(label: str) -> str:
    """A text from outside for Plotly, which reads some HTML: escaped, and cut to one line that fits."""
    line = " ".join(label.split())
    return html.escape(line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…", quote=False)


def layout(height: int, **more: object) -> dict[str, Any]:
    """The layout that every figure shares. Nothing can be dragged, so that a finger scrolls the page."""
    return {
        "height": height, "margin": {"l": 0, "r": 0, "t": 10, "b": 0}, "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR,
        "font": {"size": SMALL, "color": INK}, "showlegend": False, "dragmode": False,
    } | more  # fmt: skip


def axis(title: str = "", **more: object) -> dict[str, Any]:
    """An axis that cannot be moved."""
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": SMALL, "color": INK}}, "fixedrange": True,
        "zeroline": False, "automargin": True, "tickangle": 0, "tickfont": {"size": SMALL, "color": INK},
    } | more  # fmt: skip


def note(label: str, x: float, y: float, **more: object) -> dict[str, Any]:
    """Words on the figure, without an arrow. x, y: in parts of the figure, unless `more` says otherwise."""
    return {
        "text": label, "x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "showarrow": False, "font": {"size": SMALL, "color": INK},
    } | more  # fmt: skip
