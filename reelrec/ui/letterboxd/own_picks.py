"""A person's own films: their favourites, their newest, and where they part from the crowd."""

from __future__ import annotations

import datetime

import streamlit as st

from reelrec import app
from reelrec.app import Film, Profile
from reelrec.ui import text
from reelrec.ui.film import charts
from reelrec.ui.shelf.tiles import Tile, tiles

MOST, FEW = 12, 6  # films under the first two headings and under the others


def own_picks(profile: Profile, owner: str = "") -> None:
    """Shelves that have a film in them, and the person's stars over everybody's. owner: whose, "" for the visitor's."""
    whose = f"{owner}’s" if owner else "Your"
    st.header(text.plain(f"{whose} own picks"))
    if not profile.watched:
        st.info("None of the films read is in our catalogue, so there is nothing to show.")
        return
    picks = app.own_picks(profile, MOST)
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
            shown = [_tile(film, profile, dated=key == "newest") for film in films]
            tiles(f"{whose} own picks: {title}", shown, key=f"own-{key}", rate=False)


def _tile(film: Film, profile: Profile, dated: bool) -> Tile:
    """The stars given; below them when, or what others give, and the marks."""
    given = profile.ratings.get(film.number)
    others = f"others {film.mean:.1f}" if film.mean is not None and given else ""
    marks = [
        _day(profile.dates[film.number]) if dated else others,
        "♥" if film.number in profile.liked else "",
        "again" if film.number in profile.rewatched else "",
        "reviewed" if film.number in profile.reviewed else "",
    ]
    return Tile(film, text.half_stars(given) if given else "", "", " · ".join(filter(None, marks)))


def _day(iso: str) -> str:
    """ "27 Aug 2023", never broken over two lines; a day from a profile file that is none stays as it is."""
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%b %Y}".replace(" ", "\u00a0")
