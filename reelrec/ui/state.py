"""What a visit remembers: its keys are named here and nowhere else.

The profile lives in the browser's address (`p`), read once when a session begins; from then on the session's copy
counts and the address follows it.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.app import Profile, ReelRecError
from reelrec.ui import text

PROFILE, UNDO, NOTICE, PROBLEM, TOKEN = "profile", "undo", "notice", "problem", "token"
SESSION, OPENED = "session", "opened"  # a name for this session, and the token it began with
DRAWN, ROUND, FAULT = "drawn", "round", "fault"  # films whose posters are wanted, how often asked for, what went wrong
GUESSES = "guesses"  # what Rate would guess, and for which profile
ASKED, SHOWN = "asked", "shown"  # how many films Rate and For you show
INTAKE, INTAKE_USE, INTAKE_PROBLEM, UPLOADS = "intake", "intake-use", "intake-problem", "uploads"  # Letterboxd
PAGE, LASTING = "page", "lasting"  # where the visitor is, and whether the notice stays until it is dismissed
SUGGESTED, REVIEWS_SHOWN = "suggested", "reviews-shown"  # stars for films reviewed without any; how many are shown
ASK, TAKEN, LOOKED_AT = "ask", "taken", "looked at"  # what the visitor decided about an intake
UNDONE = (PROFILE, INTAKE, INTAKE_USE)  # what undo brings back
TOKEN_PARAM = "p"
MARKS = {"seen": "marked as seen", "set_aside": "not for you", "unseen": "not seen"}  # answers other than stars
HALF_STARS = frozenset(half / 2 for half in range(1, 11))

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
    st.session_state[NOTICE], st.session_state[LASTING] = None, False
    st.session_state[PROBLEM] = None
    st.session_state[INTAKE], st.session_state[INTAKE_USE], st.session_state[INTAKE_PROBLEM] = None, ASK, None
    st.session_state[UPLOADS] = 0
    st.session_state[SESSION] = secrets.token_hex(4)
    _open(st.query_params.get(TOKEN_PARAM, ""))
    st.session_state[OPENED] = token()


def _open(link: str) -> None:
    """Take the ratings of a link; of one that cannot be read, say why."""
    try:
        st.session_state[PROFILE] = app.from_link(link)
        st.session_state[PROBLEM] = None
    except ReelRecError as error:
        st.session_state[PROBLEM] = f"{error} You start without ratings."


def end() -> None:
    """Put the profile into the address, but leave a link that cannot be read until there is something to replace it."""
    data = {
        "token": token(),
        "session": session(),
        "opened": st.session_state[OPENED],
        "keep": bool(st.session_state[PROBLEM]) and profile() == Profile(),
        "notice": st.session_state[NOTICE] or "",
        "first_run": next(_runs) == 0,
    }
    _address(key="address", data=data, height=0, on_found_change=lambda: _open(st.session_state.address.found))


def enter(page: str) -> None:
    """Come to a page; what went wrong on it the last time is no longer told."""
    if st.session_state.get(PAGE) != page:
        st.session_state[PAGE], st.session_state[INTAKE_PROBLEM] = page, None


def forget_notice() -> None:
    """What was just done is told once, unless it changed everything."""
    if not st.session_state[LASTING]:
        st.session_state[NOTICE] = None


def dismiss() -> None:
    st.session_state[NOTICE], st.session_state[LASTING] = None, False


def session() -> str:
    return st.session_state[SESSION]


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


def change(new: Profile, notice: str | None = None, lasting: bool = False) -> None:
    """Take a new profile, keeping for undo what was there. lasting: the notice, and undo, stay until dismissed."""
    st.session_state[UNDO] = {key: st.session_state[key] for key in UNDONE}
    st.session_state[PROFILE] = new
    st.session_state[NOTICE], st.session_state[LASTING] = notice, lasting


def undo() -> None:
    if st.session_state[UNDO] is not None:
        st.session_state.update(st.session_state[UNDO])
        st.session_state[UNDO] = None
        dismiss()


def answer(answers: Mapping[str, float | str | None], announce: bool = False) -> None:
    """Film number to stars, to a mark ("seen", "set_aside", "unseen"), or to None, which takes an answer back.

    announce: say so also when stars are given, where the film then leaves the page.
    """
    old = new = profile()
    films = app.catalogue()
    notices = []
    for key, value in answers.items():
        number = int(key) if key.isascii() and key.isdigit() else len(films)
        if number >= len(films):  # only a tampered page names such a film
            continue
        name = films.films[number].name
        ratings = dict(new.ratings)  # a film rated anew keeps its place
        marks = {mark: getattr(new, mark) - {number} for mark in MARKS}
        if isinstance(value, int | float) and value in HALF_STARS:
            if announce:
                notices.append(f"“{name}”: {text.half_stars(value)}.")
            ratings[number] = float(value)
        else:
            taken_back = ratings.pop(number, None) is not None
            if value in MARKS:
                marks[value] |= {number}
                notices.append(f"“{name}”: {MARKS[value]}.")
            elif taken_back:
                notices.append(f"“{name}”: stars taken back.")
        new = replace(new, ratings=ratings, **marks)
    if new != old:
        change(new, notices[0] if len(notices) == 1 else f"{len(notices)} films answered." if notices else None)


def count(key: str, first: int) -> int:
    """How many films a page shows: `first`, until the visitor asks for more."""
    return st.session_state.setdefault(key, first)


def more(key: str, films: int) -> None:
    st.session_state[key] += films


def start_over() -> None:
    change(Profile(), "Your ratings are cleared.", lasting=True)
