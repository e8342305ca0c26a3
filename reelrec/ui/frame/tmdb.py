"""TMDB on the pages: posters that come after the shelf is drawn, a film’s overview, and the credit TMDB asks for."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.app import Film
from reelrec.serving import posters
from reelrec.ui import state

KEYS = ("TMDB_TOKEN", "TMDB_API_KEY")  # in the environment, else in Streamlit's secrets
CREDIT = "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB."
LOGO = Path("static/tmdb.svg")  # the host's to add, from themoviedb.org/about/logos-attribution
POLL_MS, ROUNDS = 500, 20
OVERVIEW_SECONDS = 3.0

_images = st.components.v2.component(
    "reelrec.images", js=(Path(__file__).with_name("images.js")).read_text(encoding="utf-8")
)


@st.cache_resource
def _take_key() -> None:
    """Once in a process: the host's key, from the environment or from secrets.toml."""
    secrets = st.secrets if st.secrets.load_if_toml_exists() else {}
    found = [value for name in KEYS if (value := os.environ.get(name) or secrets.get(name))]
    posters.use(str(found[0]).strip() if found else None)


def begin() -> None:
    """Before a page is drawn."""
    _take_key()
    st.session_state[state.DRAWN] = frozenset()
    st.session_state[state.ROUND], st.session_state[state.FAULT] = 0, ""


def images(films: list[Film]) -> dict[int, dict[str, str]]:
    """The posters known now, by film number, as a tile takes them; the others come by `late_images`."""
    if not posters.active():
        return {}
    st.session_state[state.DRAWN] |= frozenset(film.number for film in films)
    return _addresses(posters.known(films))


def late_images() -> None:
    """After a page is drawn: ask for the posters it lacks, and show them as they come."""
    if posters.active() and st.session_state[state.DRAWN]:
        _late_images()


@st.fragment
def _late_images() -> None:
    films = app.catalogue().films
    look = posters.ask([films[number] for number in st.session_state[state.DRAWN]], seconds=0.0)
    st.session_state[state.DRAWN] = look.pending
    st.session_state[state.ROUND] += 1
    data = {
        "images": _addresses(look.details),
        "pending": bool(look.pending) and st.session_state[state.ROUND] < ROUNDS,
        "wait": POLL_MS,
        "round": st.session_state[state.ROUND],  # data that stay the same are not handed over, which ends the asking
    }
    _images(key="images", data=data, height=0, on_again_change=lambda: None)
    st.session_state[state.FAULT] = look.fault or st.session_state[state.FAULT]
    if st.session_state[state.FAULT]:
        st.text(st.session_state[state.FAULT])


def overview(film: Film, slot) -> None:
    """What a film is about, in TMDB's words, put into a slot drawn earlier; nothing where there is nothing."""
    if not posters.active():
        return
    details = posters.ask([film], OVERVIEW_SECONDS).details.get(film.number)
    if details is not None and details.overview:
        with slot.container():
            st.text(details.overview)
            st.markdown(":small[Summary by TMDB]")


def credit() -> None:
    """The attribution as TMDB's terms prescribe it, with its logo where the host has put it."""
    if LOGO.is_file():
        st.image(f"/app/{LOGO.as_posix()}", width=120, alt="TMDB")
    st.markdown(f"{CREDIT} [themoviedb.org](https://www.themoviedb.org)")


def _addresses(details: dict) -> dict[int, dict[str, str]]:
    return {
        number: {"src": found.poster, "srcset": f"{found.poster} 1x, {found.poster_2x or found.poster} 2x"}
        for number, found in details.items()
        if found is not None and found.poster
    }
