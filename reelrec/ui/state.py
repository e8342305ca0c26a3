"""What a visit remembers: its keys are named here and nowhere else.

The profile lives in the browser's address (`p`), read once when a session begins; from then on the session's copy
counts and the address follows it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.app import Profile, ReelRecError
from reelrec.ui import text

PROFILE, UNDO, NOTICE, PROBLEM, TOKEN = "profile", "undo", "notice", "problem", "token"
ASKED, SHOWN = "asked", "shown"  # how many films Rate and For you show
TOKEN_PARAM = "p"
MARKS = ("seen", "set_aside", "unseen")  # answers about a film other than stars

_runs = itertools.count()  # of this process; the first one needs care, see address.js
_address = st.components.v2.component(
    "reelrec.address", js=(Path(__file__).with_name("address.js")).read_text(encoding="utf-8")
)


def begin() -> None:
    """Read the address on a session's first run; say so if its ratings cannot be read."""
    if PROFILE in st.session_state:
        return
    st.session_state[PROFILE] = Profile()
    st.session_state[UNDO] = None
    st.session_state[NOTICE] = None
    st.session_state[PROBLEM] = None
    try:
        st.session_state[PROFILE] = app.from_link(st.query_params.get(TOKEN_PARAM, ""))
    except ReelRecError as error:
        st.session_state[PROBLEM] = f"{error} You start without ratings."


def end() -> None:
    """Put the profile into the address."""
    _address(key="address", data={"token": token(), "first_run": next(_runs) == 0}, height=0)


def profile() -> Profile:
    return st.session_state[PROFILE]


def token() -> str:
    """What a link carries; made once for each profile, though every link on a page asks for it."""
    made_of, made = st.session_state.get(TOKEN, (None, ""))
    if made_of is not profile():
        made = app.link_token(profile())
        st.session_state[TOKEN] = (profile(), made)
    return made


def params(**more: str) -> dict[str, str]:
    """Query parameters for an internal link: the profile and whatever else the page needs."""
    carried = token()
    return more | ({TOKEN_PARAM: carried} if carried else {})


def change(new: Profile, notice: str | None = None) -> None:
    """Take a new profile, keeping the old one for undo."""
    st.session_state[UNDO] = st.session_state[PROFILE]
    st.session_state[PROFILE] = new
    st.session_state[NOTICE] = notice


def undo() -> None:
    if st.session_state[UNDO] is not None:
        st.session_state[PROFILE], st.session_state[UNDO] = st.session_state[UNDO], None
        st.session_state[NOTICE] = None


def answer(answers: Mapping[str, float | str | None], announce: bool = False) -> None:
    """Film number to stars, to a mark ("seen", "set_aside", "unseen"), or to None, which takes an answer back.

    announce: say so also when stars are given, where the film then leaves the page.
    """
    old = new = profile()
    films = app.catalogue()
    notice = None
    for key, value in answers.items():
        number = int(key) if key.isascii() and key.isdigit() else len(films)
        if number >= len(films):  # only a tampered page names such a film
            continue
        ratings = {film: stars for film, stars in new.ratings.items() if film != number}
        marks = {name: getattr(new, name) - {number} for name in MARKS}
        if value in MARKS:
            marks[value] |= {number}
            words = {"seen": "marked as seen", "set_aside": "set aside", "unseen": "not seen"}[value]
            notice = f"“{films.films[number].name}”: {words}."
        elif isinstance(value, int | float) and value in {half / 2 for half in range(1, 11)}:
            ratings[number] = float(value)
            notice = f"“{films.films[number].name}”: {text.half_stars(value)}." if announce else notice
        new = replace(new, ratings=ratings, **marks)
    if new != old:
        change(new, notice)


def count(key: str, first: int) -> int:
    """How many films a page shows: `first`, until the visitor asks for more."""
    return st.session_state.setdefault(key, first)


def more(key: str, films: int) -> None:
    st.session_state[key] += films


def start_over() -> None:
    change(Profile(), "Your ratings are cleared.")
