"""Pictures and facts of a film, as the Film page shows them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reelrec.app import Film
from reelrec.ui import text

ACCENT, QUIET = "#d0573a", "#9a948a"  # both stand out on the light page and on the dark one
HALVES = tuple(half / 2 for half in range(1, 11))


def histogram(film: Film, yours: float | None) -> None:
    """How often each half-star was given; the visitor's own is in the accent colour."""
    import plotly.graph_objects as go  # a second of import that only this page pays

    total = sum(film.histogram)
    if not total:
        return
    shares = [count / total for count in film.histogram]
    figure = go.Figure(
        go.Bar(
            x=[f"{half:g}" for half in HALVES],
            y=shares,
            marker_color=[ACCENT if half == yours else QUIET for half in HALVES],
            hovertemplate="%{x} stars: %{y:.0%}<extra></extra>",
        )
    )
    figure.update_layout(height=190, margin={"l": 0, "r": 0, "t": 8, "b": 0}, bargap=0.12, showlegend=False)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.update_xaxes(type="category", fixedrange=True, title_text="stars")
    common = HALVES[shares.index(max(shares))]
    mine = f" You gave {text.half_stars(yours)}." if yours else ""
    st.plotly_chart(
        figure,
        key=f"histogram-{film.number}",
        config={"displayModeBar": False},
        alt=f"Share of each rating from half a star to five; the most common is {common:g} stars.",
    )
    st.markdown(f":small[How {film.n_ratings:,} people rated it; most often {common:g} stars.{mine}]")


def own_histogram(yours: Sequence[float], everyones: Sequence[float], whose: str) -> None:
    """A person's shares of the half-stars, over those of everybody."""
    halves = [f"{half:g}" for half in HALVES]
    named = "Yours" if whose == "Your" else whose
    hover = "%{x} stars: %{y:.0%}<extra></extra>"
    figure = {
        "data": [
            {"type": "bar", "x": halves, "y": list(everyones), "name": "Everybody’s", "marker": {"color": QUIET}},
            {"type": "bar", "x": halves, "y": list(yours), "name": named, "width": 0.42, "marker": {"color": ACCENT}},
        ],
        "layout": {
            "barmode": "overlay", "bargap": 0.12, "height": 240, "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "xaxis": {"type": "category", "fixedrange": True, "title": {"text": "stars"}},
            "yaxis": {"visible": False, "fixedrange": True}, "legend": {"orientation": "h", "y": 1.15},
        },
    }  # fmt: skip
    for bars in figure["data"]:
        bars["hovertemplate"] = hover
    mean, all_mean = (
        sum(half * share for half, share in zip(HALVES, shares, strict=True)) for shares in (yours, everyones)
    )
    st.plotly_chart(
        figure,
        width=640,
        key="own-histogram",
        config={"displayModeBar": False},
        alt=f"{whose} stars beside everybody’s; the mean is {mean:.1f} against {all_mean:.1f}.",
    )
    st.markdown(f":small[{text.plain(whose)} mean is {mean:.2f} stars, everybody’s {all_mean:.2f}.]")


def facts(film: Film) -> list[str]:
    """Short facts in the order people look for them."""
    found = [f"Directed by {film.director}" if film.director else ""]
    found += [f"{film.runtime} min" if film.runtime else "", ", ".join(film.genres), ", ".join(film.countries)]
    return [fact for fact in found if fact]


def links(film: Film) -> list[tuple[str, str]]:
    """Where else to read about it: name and address, made of checked ids only."""
    found = [("Letterboxd", f"https://letterboxd.com/film/{film.slug}/")]
    if film.tmdb_id:
        found.append(("TMDB", f"https://www.themoviedb.org/movie/{film.tmdb_id}"))
    if film.imdb_id:
        found.append(("IMDb", f"https://www.imdb.com/title/tt{film.imdb_id:07d}/"))
    return found
