"""The address of the page: it carries the profile (`p`), and on Rate the interview's screen too (`ask`).

The address is read when a session begins, and once more where the tab had a session before. Otherwise the visit's copy
counts, and the address follows it.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.ui import state

TOKEN_PARAM, ASK_PARAM = "p", "ask"
RATE = "Rate"  # the page whose address carries its questions
KEY = "address"

_runs = itertools.count()  # of this process; the first one needs care, see address.js
_address = st.components.v2.component(
    "reelrec.address", js=(Path(__file__).with_name("address.js")).read_text(encoding="utf-8")
)


def begin() -> None:
    """On a session's first run: make the visit of what the address says."""
    if state.begin():
        _open(st.query_params.get(TOKEN_PARAM, ""), st.query_params.get(ASK_PARAM, ""))
        state.visit().opened_with = token()


def end() -> None:
    """After a page is drawn: let the address follow the visit.

    A link that cannot be read stays in the address until there is something to replace it.
    """
    visit = state.visit()
    asked = visit.questions if visit.page == RATE else None
    data = {
        "token": token(),
        "ask": app.ask_link(asked) if asked else "",
        "session": visit.session,
        "opened": visit.opened_with,
        "caught_up": visit.caught_up,
        "keep": bool(visit.problem) and visit.profile.is_empty,
        "notice": visit.notice.text if visit.notice else "",
        "first_run": next(_runs) == 0,
    }
    _address(key=KEY, data=data, height=0, on_found_change=_catch_up)


def token() -> str:
    """What a link carries; made once for each profile, though every link on a page asks for it."""
    visit = state.visit()
    made = visit.made_token
    if made is None or made.profile is not visit.profile:
        made = visit.made_token = state.MadeToken(profile=visit.profile, token=app.link_token(visit.profile))
    return made.token


def params(**more: str) -> dict[str, str]:
    """Query parameters for a link between pages: the profile and whatever else the page needs."""
    carried = token()
    return more | ({TOKEN_PARAM: carried} if carried else {})


def _open(link: str, ask: str) -> None:
    """Take the profile and the questions of an address; where the profile cannot be read, keep the reason."""
    visit = state.visit()
    visit.questions = app.from_ask_link(ask)
    try:
        visit.profile = app.from_link(link)
        visit.problem = None
    except ReelRecError as error:
        visit.problem = f"{error} You start without ratings."


def _catch_up() -> None:
    """Take the address that the session before this one left in the tab, and keep what was answered since."""
    visit = state.visit()
    found = st.session_state[KEY].found
    before, after = app.from_link(visit.opened_with), visit.profile
    _open(str(found["link"]), str(found["ask"]))
    visit.profile = visit.profile.changed(before, after)
    visit.caught_up = True
