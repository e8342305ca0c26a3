"""The header of every page: the name, the pages, a search that opens any film, how many are rated, what was just done.

It stays at the top of the window. It is a fragment, so that typing a search draws the header again and not the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, number
from reelrec.ui import events, mine, state, text
from reelrec.ui.browser import answers, links
from reelrec.ui.browser.component import component
from reelrec.ui.frame import turn

if TYPE_CHECKING:
    from reelrec.data.film import Film

KEY = "header"
PAGES = (
    (N_("For you"), links.FOR_YOU),
    (N_("Rate"), links.RATE),
    (N_("Lists"), links.LISTS),
    (N_("Together"), links.TOGETHER),
    (N_("Taste"), links.TASTE),
    (N_("Letterboxd"), links.LETTERBOXD),
)
FOUND = 6  # films that a search shows
TYPED = 100  # characters of a search, at most

_component = component("header")


def header() -> None:
    """Draw the header."""
    with st.container(key="frame-header"):
        _header()


@turn.fragment()
def _header() -> None:
    visit = state.visit()
    typed = _typed()
    found = app.search(typed, FOUND) if typed else []
    notice, rated = state.take_notice(), len(state.profile().ratings)
    _component(
        key=KEY,
        data={
            "key": KEY,
            "session": visit.session,
            "arrived": visit.arrived,
            "pages": [{"label": _(page), "href": href, "current": page == visit.page} for page, href in PAGES],
            "rated": number(rated, ",") if rated else "",
            "spoken": visit.language,
            "notice": {"number": notice.number, "text": notice.text, "lasting": notice.lasting} if notice else None,
            "undo": visit.before.undoes if visit.before else None,
            "reminds": bool(rated) and not visit.keeping.on and not visit.looking,
            "typed": typed,
            "films": [_found(film) for film in found],
        },
        default={"typed": "", "answers": {"films": {}}, "listed": {"films": {}}},
        on_typed_change=lambda: None,
        on_answers_change=_answer,
        on_listed_change=_list,
        on_undo_change=_undo,
        on_keep_change=_keep,
    )


def _typed() -> str:
    """What stands in the search; a browser sends it, so it may be anything."""
    typed = st.session_state[KEY].get("typed") if KEY in st.session_state else ""
    return typed[:TYPED].strip() if isinstance(typed, str) else ""


def _found(film: Film) -> dict[str, Any]:
    """A film as header.js takes it."""
    return {
        "number": film.number,
        "slug": film.slug,
        "href": links.to(links.FILM, id=film.slug),
        "name": film.name,
        "title": film.title,
        "about": " · ".join(filter(None, (str(film.year or ""), film.director, text.kind(film.kind)))),
        "answer": state.profile().answer(film.number),
        "listed": film.number in state.profile().shortlist,
    }


def _answer() -> None:
    """Take the stars that were given in the search, and draw the page again."""
    numbers = answers.take(answers.told(st.session_state[KEY].answers))
    if numbers:
        events.answered(numbers, KEY)
        st.rerun()


def _list() -> None:
    """Put the films of the search on the visitor's own list or take them off, and draw the page again."""
    before = state.profile()
    mine.take_listed(answers.told(st.session_state[KEY].get("listed")))
    if state.profile() is not before:
        st.rerun()


def _undo() -> None:
    """Take the last change back, and draw the page again."""
    if state.visit().before is not None:
        state.undo()
        events.profile_changed()
    st.rerun()


def _keep() -> None:
    """Let this device keep the ratings, and draw the page again."""
    state.visit().keeping.on = True
    st.rerun()
