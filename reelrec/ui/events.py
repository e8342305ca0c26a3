"""What a visit shows and opens, told to the host's log of events; answers are told by `state`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reelrec import app
from reelrec.app import Exploration, Film, Shelf
from reelrec.serving import recorder
from reelrec.telemetry.events import OPENED, SCREEN, SLATE
from reelrec.ui import state


def slates(shelves: Sequence[Shelf], exploration: Exploration | None, chosen: bool) -> None:
    """The shelves of For you. chosen: the visitor chose who ranks."""
    shown = [(shelf.model, *(pick.film.slug for pick in shelf.picks)) for shelf in shelves]
    if recorder.keeps_events() and _is_new(SLATE, (shown, exploration and exploration.candidates)):
        for shelf in shelves:
            recorder.log_slate(state.visit(), shelf.model, shelf.picks, exploration, chosen)


def screen(policy: str, films: Sequence[Film], chosen: bool = False) -> None:
    """A screen of the interview. chosen: the visitor chose this way of asking."""
    if recorder.keeps_events() and _is_new(SCREEN, (policy, [film.number for film in films])):
        recorder.log_screen(state.visit(), policy, films, chosen)


def opened(slug: str, shelf: str) -> None:
    """A film that the visitor opened. shelf: the key of its tiles, "" where it was on none."""
    if slug in app.catalogue().by_slug:  # only a tampered page names another
        recorder.log(state.visit(), OPENED, film=slug, where=shelf)


def _is_new(kind: str, shown: object) -> bool:
    """Whether it is not what was told last; a page is drawn again at every click."""
    last = st.session_state[state.LAST_SHOWN]
    st.session_state[state.LAST_SHOWN] = last | {kind: shown}
    return last.get(kind) != shown
