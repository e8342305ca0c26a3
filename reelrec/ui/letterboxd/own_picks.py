"""A person's own films: their favourites, their newest, and those that they rate unlike others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, date
from reelrec.ui import text
from reelrec.ui.film import charts
from reelrec.ui.shelf.tiles import Tile, tiles

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.visitor.profile import Profile

NOTHING = N_("None of the films read is in our catalogue, so there is nothing to show.")
ONLY_WANTED = N_(
    "These films are on the watchlist and none was seen. To have films predicted for you, bring your ratings too, or "
    "rate some here."
)
MOST, FEW = 12, 6  # films of a long shelf and of a short one


@dataclass(frozen=True, slots=True)
class OwnShelf:
    """A shelf of a person's own films. key: names it. meaning: a sentence below the title."""

    key: str
    title: str
    films: tuple[Film, ...]
    meaning: str = ""
    most: int = FEW


def own_picks(profile: Profile, owner: str = "") -> None:
    """The person's stars over everybody's, and shelves of their films. owner: whose, "" for the visitor's."""
    if profile.watchlist and not profile.watched:
        st.info(_(ONLY_WANTED))
        return
    named = _("{name}’s own picks", name=owner) if owner else _("Your own picks")
    st.header(text.plain(named), anchor=False)
    if not profile.watched:
        st.info(_(NOTHING))
        return
    picks = app.own_picks(profile, MOST)
    if profile.ratings:
        charts.own_histogram(picks.histogram, app.everyones_histogram(), owner)
    shelves = (
        OwnShelf("best-rated", _("Rated best"), picks.best_rated, most=MOST),
        OwnShelf("newest", _("Logged last"), picks.newest, most=MOST),
        OwnShelf("liked", _("With a heart"), picks.liked),
        OwnShelf("rewatched", _("Watched again"), picks.rewatched),
        OwnShelf("above", _("Above the crowd"), picks.above, _("Loved more than most people do.")),
        OwnShelf("below", _("Below the crowd"), picks.below, _("What others like better.")),
    )
    for shelf in shelves:
        if shelf.films:
            st.subheader(shelf.title)
            if shelf.meaning:
                st.markdown(shelf.meaning)
            shown = [_tile(film, profile, dated=shelf.key == "newest") for film in shelf.films[: shelf.most]]
            tiles(
                f"{named}: {shelf.title}",
                shown,
                key=f"own-{shelf.key}",
                rate=False,
            )


def _tile(film: Film, profile: Profile, dated: bool) -> Tile:
    """The stars given; below them when, or what others give, and the marks."""
    given = profile.ratings.get(film.number)
    others = _("others {mean:.1f}", mean=film.mean) if film.mean is not None and given else ""
    marks = [
        _day(profile.dates[film.number]) if dated else others,
        "♥" if film.number in profile.liked else "",
        _("again") if film.number in profile.rewatched else "",
        _("reviewed") if film.number in profile.reviewed else "",
    ]
    return Tile(film, stars=text.half_stars(given) if given else "", why=" · ".join(filter(None, marks)))


def _day(iso: str) -> str:
    """ "27 Aug 2023", never broken over two lines; a text that is no date, from a profile file, stays as it is."""
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return date(day, "d MMM y").replace(" ", "\u00a0")
