"""Finding a film on the map, and the film that was found or clicked on, as a tile."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles
from reelrec.ui.taste import region_words

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.visitor.profile import Profile

FIND, WHICH, TILE = "film-map-find", "film-map-which", "film-map-film"
FOUND = 6
NOT_ON_IT = N_(
    "**{film}** is not on the map: our models learn from films that enough people rated, and from no series."
)


class Mark(NamedTuple):
    """The film to be marked. n: its number. t: title and year. x, y: on the map. go: tells one search from another."""

    n: int
    t: str
    x: float
    y: float
    go: str


def search() -> Mark | None:
    """Draw the search, and say where the film is that it found; None where none was found, or it is not on the map."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            _("Find a film on the map"), key=FIND, type="search", live="300ms", width=320,
            placeholder=_("A title, a director, a year"), on_change=_forget_choice, max_chars=100,
        )  # fmt: skip
        found = app.search(words, FOUND) if words.strip() else []
        film = found[0] if found else None
        if len(found) > 1:
            film = st.selectbox(
                _("Which one"), found, key=f"{WHICH}-{words}", format_func=_credit, width=360, on_change=_forget_choice
            )
    if not words.strip():
        return None
    if film is None:
        st.markdown(text.small(_("No film is like that. Try fewer words, or the original title.")))
        return None
    place = app.taste.place_on_map(film)
    if place is None:
        st.markdown(text.small(_(NOT_ON_IT, film=text.plain(film.name))))
        return None
    if state.visit().on_map is None:
        state.visit().on_map = film.number
    st.markdown(
        text.small(
            _(
                "**{film}** is marked, in “{region}”.",
                film=text.plain(film.name),
                region=text.plain(region_words.region(place.region)),
            )
        )
    )
    return Mark(film.number, film.name, place.x, place.y, f"{words}/{film.number}")


def chosen(profile: Profile) -> None:
    """Draw the film that was found or clicked on, with the visitor's stars or ours; until then, how to choose one."""
    number = state.visit().on_map
    if number is None:
        st.markdown(text.small(_("Choose a dot to see its film here.")))
        return
    film = app.catalogue().films[number]
    tiles(film.name, [_tile(film, profile)], key=TILE, layout="head", actions=_actions(film, profile))


def _actions(film: Film, profile: Profile) -> list:
    return [] if film.number in profile.ratings else [SEEN, SET_ASIDE]


def _tile(film: Film, profile: Profile) -> Tile:
    given, guess = profile.ratings.get(film.number), app.predict(profile, film)
    place = app.taste.place_on_map(film)
    region = _("On the map: “{region}”.", region=region_words.region(place.region)) if place else ""
    if given:
        said = _("we would have said {stars:.1f}", stars=guess.stars) if guess else ""
        return Tile(film, label=_("You gave it"), stars=text.stars(given), word=said, why=region)
    if guess is None:
        return Tile(film, why=region)
    theirs = bool(profile.known(app.catalogue().n_items).ratings)
    return Tile(
        film,
        label=_("You would give it") if theirs else _("A newcomer would give it"),
        stars=text.stars(guess.stars),
        word=stars.verdict(guess.chance, theirs),
        picture=stars.picture(guess, theirs),
        why=region,
    )


def _forget_choice() -> None:
    state.visit().on_map = None


def _credit(film: Film) -> str:
    return f"{film.name} · {film.director}" if film.director else film.name
