"""TMDB on the pages: posters that come after the shelf is drawn, a film’s overview, and the credit TMDB asks for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.browser.component import component
from reelrec.ui.frame import turn
from reelrec.ui.visit import Posters

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.sources.tmdb.client import Details

KEYS = ("TMDB_TOKEN", "TMDB_API_KEY")  # in the environment, else in Streamlit's secrets
CREDIT = "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB."
LOGO = Path("static/tmdb.svg")  # the host's to add, from themoviedb.org/about/logos-attribution
POLL_MS, ROUNDS = 500, 20
OVERVIEW_SECONDS = 3.0

_images = component("images")


@st.cache_resource
def _take_key() -> None:
    """Once in a process: take the host's key, from the environment or from secrets.toml."""
    secrets: Mapping[str, object] = st.secrets if st.secrets.load_if_toml_exists() else {}
    keys = [value for name in KEYS if (value := os.environ.get(name) or secrets.get(name))]
    app.tmdb.use(str(keys[0]).strip() if keys else None)


def begin() -> None:
    """Before a page is drawn: take the key, and start with no poster wanted."""
    _take_key()
    state.visit().posters = Posters()


def is_used() -> bool:
    """Whether the host gave a key."""
    return app.tmdb.active()


def images(films: list[Film]) -> dict[int, dict[str, str]]:
    """The posters known now, by film number, as a tile takes them; the others come by `late_images`."""
    if not is_used():
        return {}
    state.visit().posters.wanted |= {film.number for film in films}
    return _addresses(app.tmdb.known(films))


def late_images() -> None:
    """After a page is drawn: ask for the posters it lacks, and show them as they come."""
    if is_used() and state.visit().posters.wanted:
        _late_images()


@turn.fragment()
def _late_images() -> None:
    films, posters = app.catalogue().films, state.visit().posters
    look = app.tmdb.ask([films[number] for number in posters.wanted], seconds=0.0)
    posters.wanted = look.pending
    posters.rounds += 1
    data = {
        "images": _addresses(look.details),
        "pending": bool(look.pending) and posters.rounds < ROUNDS,
        "wait": POLL_MS,
        "round": posters.rounds,  # data that stay the same are not handed over, which ends the asking
    }
    _images(key="images", data=data, height=0, on_again_change=lambda: None)
    posters.fault = look.fault or posters.fault
    if posters.fault:
        st.text(_(posters.fault))


def overview(film: Film, slot: DeltaGenerator) -> None:
    """What a film is about, in TMDB's words, put into a slot drawn earlier; nothing where TMDB has no text."""
    if not is_used():
        return
    details = app.tmdb.ask([film], OVERVIEW_SECONDS).details.get(film.number)
    if details is not None and details.overview:
        with slot.container():
            st.text(details.overview)
            st.markdown(text.small(_("Summary by TMDB")))


def credit() -> None:
    """The attribution as TMDB's terms prescribe it, with its logo where the host has put it."""
    if LOGO.is_file():
        st.image(f"/app/{LOGO.as_posix()}", width=120, alt="TMDB")
    st.markdown(f"{CREDIT} [themoviedb.org](https://www.themoviedb.org)")


def _addresses(details: Mapping[int, Details | None]) -> dict[int, dict[str, str]]:
    return {
        number: {"src": known.poster, "srcset": f"{known.poster} 1x, {known.poster_2x or known.poster} 2x"}
        for number, known in details.items()
        if known is not None and known.poster
    }
