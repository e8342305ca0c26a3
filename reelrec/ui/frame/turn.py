"""A run's turn to work. Where many visitors click at once, it waits for it, and says so; no visitor sees an error."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state

P = ParamSpec("P")
QUIET_SECONDS, MOST_SECONDS = 2.0, 20.0  # waited without a word, and after it
AGAIN_SECONDS = 3.0
MOST_SLOWED = 5.0  # seconds that a visitor waits who sends more than a person clicks


@contextmanager
def turn() -> Iterator[None]:
    """Run the block when it is this run's turn; where that takes too long, say so and try again in a while."""
    if app.GATE.is_inside:  # a fragment, within the run of its page
        yield
        return
    time.sleep(min(state.visit().reruns.take(), MOST_SLOWED) if state.is_begun() else 0)
    if not app.GATE.enter(MOST_SECONDS, QUIET_SECONDS, _waits):
        _busy()
    try:
        yield
    finally:
        app.GATE.leave()


def fragment(run_every: float | None = None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A fragment of Streamlit's, which waits for its turn where it runs without its page. run_every: in seconds."""

    def decorated(draw: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(draw)
        def drawn(*args: P.args, **options: P.kwargs) -> None:
            with turn():
                draw(*args, **options)

        return st.fragment(drawn, run_every=run_every)

    return decorated


def _waits() -> None:
    st.toast(_("Many people are here. Your page comes in a moment."), icon=":material/hourglass_top:")


def _busy() -> None:
    """Say that too many are here, and end the run. Streamlit keeps what the visitor chose on the page."""
    st.info(
        _("Too many people are here at this moment. Trying again …"), title=_("Busy"), icon=":material/hourglass_top:"
    )
    _again(time.monotonic())
    st.stop()


@st.fragment(run_every=AGAIN_SECONDS)
def _again(said: float) -> None:
    if time.monotonic() - said > AGAIN_SECONDS / 2:  # it runs at once, too
        st.rerun()
