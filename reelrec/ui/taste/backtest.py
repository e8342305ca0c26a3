"""The second tab of Taste: what the models would have said of the visitor's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import links, state, text
from reelrec.ui.frame import turn
from reelrec.ui.links import Link
from reelrec.ui.made import MadeBacktest
from reelrec.ui.taste import asked_again, guessed, ranking

if TYPE_CHECKING:
    from reelrec.serving.portrait.backtest import Backtest, Scored
    from reelrec.visitor.profile import Profile

# From so many stars off on it is called so.
SIZES = {1.13: "more than a star", 0.88: "a star", 0.63: "three quarters of a star", 0.38: "half a star"}
LEAST = "a quarter of a star"
READING = 760  # px; a longer line of prose is hard to read
NO_STARS = "There are no predicted stars today, so all we can say is how well our lists would have ordered your films."
HIDDEN = "The films we were most wrong about show your stars, so they come back when you have rated these films again."


def draw(profile: Profile) -> None:
    """Draw the tab."""
    result = made(profile)
    if result is None:
        _too_few(profile)
        return
    shown = result.shown
    if shown is None:
        st.info(NO_STARS)
        ranking.table(result)
        return
    _headline(result, shown)
    _by_model(profile, result, shown)


@turn.fragment()
def _by_model(profile: Profile, result: Backtest, shown: Scored) -> None:
    """What one model, which the visitor may choose, would have said; beside it all models; and the visitor's part."""
    left, right = st.columns(2, gap="large")
    with left:
        scored = guessed.chosen(result)
        guessed.picture(result, scored)
    with right:
        ranking.draw(result)
        asked_again.draw(profile, shown)
    if asked_again.is_open():
        st.markdown(HIDDEN)
    else:
        guessed.misses(result, scored)


def made(profile: Profile) -> Backtest | None:
    """What the models would have said, worked out once for a profile."""
    kept = state.visit().made_backtest
    if kept is None or kept.profile != profile:
        with st.spinner("Hiding your ratings and guessing them …"):
            kept = state.visit().made_backtest = MadeBacktest(profile, app.taste.backtest(profile))
    return kept.result


def _too_few(profile: Profile) -> None:
    """Say what is missing."""
    n = len(profile.known(app.catalogue().n_items).ratings)
    missing = app.taste.LEAST_RATINGS - n
    others = len(profile.ratings) - n
    left = (
        f" ({text.films(others)} more {'is' if others == 1 else 'are'} set aside or too new for our models)"
        if others
        else ""
    )
    st.info(
        f"Here we hide some of your ratings and see whether we would have guessed them. You have rated {text.films(n)} "
        f"that our models know{left}. Rate {missing} more, and we can try.",
        title="Too little to hide yet",
    )
    links.links(Link("Rate films", links.RATE, look="primary"), key="backtest-begin")


def _headline(result: Backtest, shown: Scored) -> None:
    """How far off we would have been, beside people with as many ratings."""
    assert shown.mae is not None
    assert shown.likes is not None
    n = len(result.films)
    newest = "newest " if n < len(state.profile().known(app.catalogue().n_items).ratings) else ""
    st.header(f"We usually miss you by {_size(shown.mae)}", anchor=False)
    st.container(width=READING).markdown(
        f"**{shown.mae:.2f} stars** on average. We hid your {newest}{n:,} ratings, a fifth at a time, and guessed them "
        f"from all your others. {_beside(n, shown.mae)}"
    )
    with st.container(horizontal=True, gap="medium", key="backtest-figures"):
        st.metric("Liked or not: right in", text.share(shown.likes), width="content")
        if shown.concordance is not None:
            st.metric("Which of two you like more: right in", text.share(shown.concordance), width="content")


def _size(mae: float) -> str:
    """A mean error in words."""
    return next((words for least, words in SIZES.items() if mae >= least), LEAST)


def _beside(n: int, mae: float) -> str:
    """People with about as many ratings, and whether this person is easier to guess; "" where nobody was measured."""
    peers = app.taste.peers_of(n, mae)
    if peers is not None:
        tenths = round(10 * peers.harder)
        easy = {10: "nearly all", 0: "hardly any"}.get(tenths, f"about {tenths} in 10")
        most = "or more" if peers.most is None else f"to {peers.most:,}"
        return (
            f"People with {peers.least:,} {most} ratings: {peers.mae:.2f}. You are easier to guess than {easy} of them."
        )
    usual = app.taste.usual_error(n)
    return "" if usual is None else f"For new visitors with as many ratings it is {usual:.2f}."
