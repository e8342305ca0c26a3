"""What a visit remembers: its keys are named here and nowhere else.

The profile lives in the browser's address (`p`), and on Rate the screen that is being answered too (`ask`). Both are
read once when a session begins; from then on the session's copy counts and the address follows it.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.app import Profile, Questions, ReelRecError
from reelrec.serving import recorder
from reelrec.telemetry.events import RATED, TAKEN_BACK
from reelrec.ui import text

PROFILE, UNDO, NOTICE, PROBLEM, TOKEN = "profile", "undo", "notice", "problem", "token"
SESSION, OPENED = "session", "opened"  # a name for this session, and the token it began with
DRAWN, ROUND, FAULT = "drawn", "round", "fault"  # films whose posters are wanted, how often asked for, what went wrong
GUESSES = "guesses"  # what Rate would guess, and for which profile
ASKED, SHOWN = "asked", "shown"  # how many films Rate and For you show
INTAKE, INTAKE_USE, INTAKE_PROBLEM, UPLOADS = "intake", "intake-use", "intake-problem", "uploads"  # Letterboxd
PAGE, LASTING = "page", "lasting"  # where the visitor is, and whether the notice stays until it is dismissed
SUGGESTED, REVIEWS_SHOWN = "suggested", "reviews-shown"  # stars for films reviewed without any; how many are shown
VISIT, TOLD, LAST_SHOWN = "visit", "told", "last-shown"  # for a host's events: a random number, what they say so far
ASK, TAKEN, LOOKED_AT = "ask", "taken", "looked at"  # what the visitor decided about an intake
QUESTIONS, WENT_ON, SCREEN = "questions", "went-on", "screen"  # what Rate asks, how often the visitor went on, made
UNDONE = (PROFILE, INTAKE, INTAKE_USE, QUESTIONS)  # what undo brings back
TOKEN_PARAM, ASK_PARAM = "p", "ask"
RATE = "Rate"  # the page whose address carries its questions
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
    st.session_state[QUESTIONS], st.session_state[WENT_ON] = None, 0
    st.session_state[UNDO] = None
    st.session_state[NOTICE], st.session_state[LASTING] = None, False
    st.session_state[PROBLEM] = None
    st.session_state[INTAKE], st.session_state[INTAKE_USE], st.session_state[INTAKE_PROBLEM] = None, ASK, None
    st.session_state[UPLOADS] = 0
    st.session_state[SESSION] = secrets.token_hex(4)
    st.session_state[VISIT] = secrets.token_hex(8)
    st.session_state[TOLD], st.session_state[LAST_SHOWN] = {}, {}
    _open(st.query_params.get(TOKEN_PARAM, ""), st.query_params.get(ASK_PARAM, ""))
    st.session_state[OPENED] = token()


def _open(link: str, ask: str) -> None:
    """Take the ratings and the questions of an address; of ratings that cannot be read, say why."""
    st.session_state[QUESTIONS] = app.from_ask_link(ask)
    try:
        st.session_state[PROFILE] = app.from_link(link)
        st.session_state[PROBLEM] = None
    except ReelRecError as error:
        st.session_state[PROBLEM] = f"{error} You start without ratings."


def end() -> None:
    """Put the profile into the address, but leave a link that cannot be read until there is something to replace it."""
    asked = questions() if st.session_state[PAGE] == RATE else None
    data = {
        "token": token(),
        "ask": app.ask_link(asked) if asked else "",
        "session": session(),
        "opened": st.session_state[OPENED],
        "keep": bool(st.session_state[PROBLEM]) and profile() == Profile(),
        "notice": st.session_state[NOTICE] or "",
        "first_run": next(_runs) == 0,
    }
    _address(key="address", data=data, height=0, on_found_change=_go_back)


def _go_back() -> None:
    found = st.session_state.address.found
    _open(str(found["link"]), str(found["ask"]))


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


def visit() -> str:
    """A random number for this visit, which is in no address and says nothing of the visitor."""
    return st.session_state[VISIT]


def profile() -> Profile:
    return st.session_state[PROFILE]


def questions() -> Questions | None:
    """What Rate asks; None where it has not asked yet."""
    return st.session_state[QUESTIONS]


def ask(asked: Questions) -> None:
    st.session_state[QUESTIONS] = asked


def ask_anew() -> None:
    """Let the visitor be asked about other films, in the same way."""
    if asked := questions():
        ask(replace(asked, films=()))


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


def change(
    new: Profile, notice: str | None = None, lasting: bool = False, answered: Collection[int] = (), shelf: str = ""
) -> None:
    """Take a new profile, keeping for undo what was there.

    lasting: it changes everything, so the notice, and undo, stay until dismissed, and Rate asks about other films.
    answered, shelf: the films that were answered about on a shelf, and its key.
    """
    st.session_state[UNDO] = {key: st.session_state[key] for key in UNDONE}
    st.session_state[PROFILE] = new
    st.session_state[NOTICE], st.session_state[LASTING] = notice, lasting
    if lasting:
        ask_anew()
    _tell(answered, shelf)


def undo() -> None:
    if st.session_state[UNDO] is not None:
        st.session_state.update(st.session_state[UNDO])
        st.session_state[UNDO] = None
        dismiss()
        _tell()


def answer_of(number: int) -> float | str | None:
    """The stars or the mark that the visitor gave a film."""
    if number in profile().ratings:
        return profile().ratings[number]
    return next((mark for mark in MARKS if number in getattr(profile(), mark)), None)


def _tell(answered: Collection[int] = (), shelf: str = "") -> None:
    """Write answers as events, and what became of those written before; what was imported is never written."""
    if not recorder.keeps_events():
        return
    told, films = st.session_state[TOLD], app.catalogue().films
    for number in {**told, **dict.fromkeys(answered)}:
        now = answer_of(number)
        if now != told.get(number):
            told[number] = now
            rated = isinstance(now, float)
            kind, stars = (RATED, now) if rated else (now or TAKEN_BACK, None)
            recorder.log(visit(), kind, film=films[number].slug, stars=stars, where=shelf)


def answer(answers: Mapping[str, float | str | None], announce: bool = False, shelf: str = "") -> None:
    """Film number to stars, to a mark ("seen", "set_aside", "unseen"), or to None, which takes an answer back.

    announce: say so also when stars are given, where the film then leaves the page. shelf: the key of the tiles.
    """
    old = new = profile()
    films = app.catalogue()
    notices, known = [], []
    for key, value in answers.items():
        number = int(key) if key.isascii() and key.isdigit() else len(films)
        if number >= len(films):  # only a tampered page names such a film
            continue
        known.append(number)
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
        notice = notices[0] if len(notices) == 1 else f"{len(notices)} films answered." if notices else None
        change(new, notice, answered=known if shelf else (), shelf=shelf)


def count(key: str, first: int) -> int:
    """How many films a page shows: `first`, until the visitor asks for more."""
    return st.session_state.setdefault(key, first)


def more(key: str, films: int) -> None:
    st.session_state[key] += films


def start_over() -> None:
    change(Profile(), "Your ratings are cleared.", lasting=True)
    st.session_state[QUESTIONS] = None
