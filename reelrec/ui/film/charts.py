"""Pictures and facts of a film, as the Film page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec.app import HALF_STARS
from reelrec.translation import _, country, listed, number
from reelrec.ui import text
from reelrec.ui.figure import draw_figure

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.picks.predictions import Prediction

ACCENT, QUIET = "#d0573a", "#9a948a"  # both stand out on the light page and on the dark one


def histogram(film: Film, yours: float | None, expected: Prediction | None) -> None:
    """Draw how often each half-star was given and how likely the visitor is to give it, with the range over the bars.

    yours: the stars that the visitor gave; in the accent colour where nothing is expected. Draws nothing where nobody
    rated the film and nothing is expected.
    """
    total = sum(film.histogram)
    chances = expected.distribution if expected else None
    if not total and chances is None:
        return
    everyones = [count / max(total, 1) for count in film.histogram]
    marked = [ACCENT if half == yours and chances is None else QUIET for half in HALF_STARS]
    drawn = [_bars(everyones, _("Everybody"), marked)] if total else []
    parts = []
    if total and film.mean is not None:
        parts = [_("the ratings of {n:,} people, {mean:.1f} stars on average", n=film.n_ratings, mean=film.mean)]
    elif total:
        parts = [_("the ratings of {n:,} people", n=film.n_ratings)]
    if expected and chances is not None:
        drawn.append(_bars(chances, _("Our guess"), ACCENT) | {"width": 0.2})
        drawn.append(_range(expected, max(*everyones, *chances)))
        parts.append(_("our guess at yours"))
    caption = listed(parts)
    figure = {
        "data": drawn,
        "layout": {
            "barmode": "overlay", "bargap": 0.12, "height": 230, "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "xaxis": {
                "fixedrange": True, "tickvals": HALF_STARS[1::2], "title": {"text": _("stars")}, "showgrid": False,
            },
            "yaxis": {"visible": False, "fixedrange": True}, "legend": {"orientation": "h", "y": 1.18},
            "showlegend": chances is not None,
        },
    }  # fmt: skip
    st.header(_("What others gave it") if total else _("How likely each rating is"), anchor=False)
    alt = _("Share of each rating from half a star to five: {caption}.", caption=caption)
    with st.container(width=720):
        draw_figure(figure, f"histogram-{film.number}", alt)
    st.markdown(text.small(f"{text.sentence(caption)}."))


def _bars(shares: Sequence[float], name: str, colour: str | list[str]) -> dict[str, Any]:
    hover = _("{name}, {x} stars: {y}", name=name, x="%{x}", y="%{y:.0%}") + "<extra></extra>"
    return {
        "type": "bar", "x": HALF_STARS, "y": list(shares), "name": name, "marker": {"color": colour},
        "hovertemplate": hover,
    }  # fmt: skip


def _range(expected: Prediction, highest: float) -> dict[str, Any]:
    """A line over the bars from low to high, and a dot at the predicted stars."""
    return {
        "type": "scatter", "mode": "lines+markers", "x": [expected.low, expected.stars, expected.high],
        "y": [1.12 * highest] * 3, "line": {"color": ACCENT, "width": 4},
        "marker": {"size": [0, 13, 0], "color": ACCENT, "opacity": 1, "line": {"width": 0}},
        "showlegend": False, "cliponaxis": False,
        "hovertemplate": _("8 of 10 from {low:.1f} to {high:.1f}", low=expected.low, high=expected.high)
        + "<extra></extra>",
    }  # fmt: skip


def own_histogram(yours: Sequence[float], everyones: Sequence[float], whose: str) -> None:
    """Draw a person's share of each half-star over everybody's.

    yours, everyones: (10,). whose: their name, "" for the visitor.
    """
    halves = [number(half, "g") for half in HALF_STARS]
    hover = _("{x} stars: {y}", x="%{x}", y="%{y:.0%}") + "<extra></extra>"
    figure: dict[str, Any] = {
        "data": [
            {"type": "bar", "x": halves, "y": list(everyones), "name": _("Everybody’s"), "marker": {"color": QUIET}},
            {
                "type": "bar", "x": halves, "y": list(yours), "name": whose or _("Yours"), "width": 0.42,
                "marker": {"color": ACCENT},
            },
        ],
        "layout": {
            "barmode": "overlay", "bargap": 0.12, "height": 240, "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "xaxis": {"type": "category", "fixedrange": True, "title": {"text": _("stars")}},
            "yaxis": {"visible": False, "fixedrange": True}, "legend": {"orientation": "h", "y": 1.15},
        },
    }  # fmt: skip
    for bars in figure["data"]:
        bars["hovertemplate"] = hover
    mean, all_mean = (
        sum(half * share for half, share in zip(HALF_STARS, shares, strict=True)) for shares in (yours, everyones)
    )
    draw_figure(
        figure,
        width=640,
        key="own-histogram",
        alt=_(
            "{whose}: the stars beside everybody’s; the mean is {mean:.1f} against {all_mean:.1f}.",
            whose=whose or _("Yours"),
            mean=mean,
            all_mean=all_mean,
        ),
    )
    st.markdown(
        text.small(
            _(
                "{whose}: {mean:.2f} stars on average; everybody’s: {all_mean:.2f}.",
                whose=text.plain(whose or _("Yours")),
                mean=mean,
                all_mean=all_mean,
            )
        )
    )


def facts(film: Film) -> list[str]:
    """Short facts in the order people look for them."""
    texts = [text.kind(film.kind), _("Directed by {director}", director=film.director) if film.director else ""]
    texts += [
        _("{n} min", n=film.runtime) if film.runtime else "",
        ", ".join(map(_, film.genres)),
        ", ".join(map(country, film.countries)),
    ]
    return [fact for fact in texts if fact]


def links(film: Film) -> list[tuple[str, str]]:
    """Name and address of other pages about the film; the addresses are made of checked ids only."""
    code = film.boxd_code  # lasting, while a slug may have been given to another film
    pages = [("Letterboxd", f"https://boxd.it/{code}" if code else f"https://letterboxd.com/film/{film.slug}/")]
    if film.tmdb_id:
        pages.append(("TMDB", f"https://www.themoviedb.org/movie/{film.tmdb_id}"))
    if film.imdb_id:
        pages.append(("IMDb", f"https://www.imdb.com/title/tt{film.imdb_id:07d}/"))
    return pages
