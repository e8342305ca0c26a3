"""A person's own films: their favourites, their newest, and where they part from the crowd."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.app import Film, Profile
from reelrec.ui import charts, text
from reelrec.ui.tiles import Tile, tiles

MOST, FEW = 12, 6  # films under the first two headings and under the others


def own_picks(profile: Profile, whose: str) -> None:
    """Shelves that have a film in them, and the person's stars over everybody's. whose: "Your" or "alice’s"."""
    picks = app.own_picks(profile, MOST)
    st.header(text.plain(f"{whose} picks"))
    if profile.ratings:
        charts.own_histogram(picks.histogram, app.everyones_histogram(), whose)
    shelves = {
        "best-rated": ("Rated best", "", picks.best_rated),
        "newest": ("Logged last", "", picks.newest),
        "liked": ("With a heart", "", picks.liked),
        "rewatched": ("Watched again", "", picks.rewatched),
        "above": ("Above the crowd", "Loved more than most people do.", picks.above),
        "below": ("Below the crowd", "What others like better.", picks.below),
    }
    for key, (title, meaning, films) in shelves.items():
        films = films[: MOST if key in {"best-rated", "newest"} else FEW]
        if films:
            st.subheader(title)
            if meaning:
                st.markdown(meaning)
            tiles(f"{whose} picks: {title}", [_tile(film, profile) for film in films], key=f"own-{key}", rate=False)


def _tile(film: Film, profile: Profile) -> Tile:
    given = profile.ratings.get(film.number)
    marks = [
        f"everybody {film.mean:.1f}" if film.mean is not None and given else "",
        "♥" if film.number in profile.liked else "",
        "again" if film.number in profile.rewatched else "",
        "reviewed" if film.number in profile.reviewed else "",
        profile.dates.get(film.number, ""),
    ]
    return Tile(film, text.half_stars(given) if given else "", "", " · ".join(filter(None, marks)))
