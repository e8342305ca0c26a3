"""The second tab of Taste: what the models would have said of the visitor's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, ngettext
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.frame import turn
from reelrec.ui.made import MadeBacktest
from reelrec.ui.taste import asked_again, guessed, ranking

if TYPE_CHECKING:
    from reelrec.serving.portrait.backtest import Backtest, Scored
    from reelrec.visitor.profile import Profile

# How far off it is, from so many stars off on.
SIZES = {
    1.13: N_("We usually miss you by more than a star"),
    0.88: N_("We usually miss you by a star"),
    0.63: N_("We usually miss you by three quarters of a star"),
    0.38: N_("We usually miss you by half a star"),
}
LEAST = N_("We usually miss you by a quarter of a star")
READING = 760  # px; a longer line of prose is hard to read
NO_STARS = N_(
    "There are no predicted stars today, so all we can say is how well our lists would have ordered your films."
)
HIDDEN = N_(
    "The films we were most wrong about show your stars, so they come back when you have rated these films again."
)


def draw(profile: Profile) -> None:
    """Draw the tab."""
    result = made(profile)
    if result is None:
        _too_few(profile)
        return
    shown = result.shown
    if shown is None:
        st.info(_(NO_STARS))
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
        st.markdown(_(HIDDEN))
    else:
        guessed.misses(result, scored)


def made(profile: Profile) -> Backtest | None:
    """What the models would have said, worked out once for a profile."""
    kept = state.visit().made_backtest
    if kept is None or kept.profile != profile:
        with st.spinner(_("Hiding your ratings and guessing them …")):
            kept = state.visit().made_backtest = MadeBacktest(profile, app.taste.backtest(profile))
    return kept.result


def _too_few(profile: Profile) -> None:
    """Say what is missing."""
    n = len(profile.known(app.catalogue().n_items).ratings)
    missing = app.taste.LEAST_RATINGS - n
    others = len(profile.ratings) - n
    said = [
        _("Here we hide some of your ratings and see whether we would have guessed them."),
        _("You have rated {films} that our models know.", films=text.films(n)),
    ]
    if others:
        said.append(ngettext("{n} more film is set aside or too new for our models.",
                             "{n:,} more films are set aside or too new for our models.", others))  # fmt: skip
    said.append(_("Rate {n} more, and we can try.", n=missing))
    st.info(
        " ".join(said),
        title=_("Too little to hide yet"),
    )
    links.links(Link(_("Rate films"), links.RATE, look="primary"), key="backtest-begin")


def _headline(result: Backtest, shown: Scored) -> None:
    """How far off we would have been, beside people with as many ratings."""
    assert shown.mae is not None
    assert shown.likes is not None
    n = len(result.films)
    are_newest = n < len(state.profile().known(app.catalogue().n_items).ratings)
    hid = _("We hid your {n:,} ratings, a fifth at a time, and guessed them from all your others.", n=n)
    if are_newest:
        hid = _("We hid your newest {n:,} ratings, a fifth at a time, and guessed them from all your others.", n=n)
    st.header(_size(shown.mae), anchor=False)
    st.container(width=READING).markdown(
        " ".join((_("**{stars:.2f} stars** on average.", stars=shown.mae), hid, _beside(n, shown.mae)))
    )
    with st.container(horizontal=True, gap="medium", key="backtest-figures"):
        st.metric(_("Liked or not: right in"), text.share(shown.likes), width="content")
        if shown.concordance is not None:
            st.metric(_("Which of two you like more: right in"), text.share(shown.concordance), width="content")


def _size(mae: float) -> str:
    """A mean error in words."""
    return _(next((words for least, words in SIZES.items() if mae >= least), LEAST))


def _beside(n: int, mae: float) -> str:
    """People with about as many ratings, and whether this person is easier to guess; "" where nobody was measured."""
    peers = app.taste.peers_of(n, mae)
    if peers is not None:
        tenths = round(10 * peers.harder)
        if peers.most is None:
            said = _("People with {least:,} or more ratings: {stars:.2f}.", least=peers.least, stars=peers.mae)
        else:
            said = _("People with {least:,} to {most:,} ratings: {stars:.2f}.",
                     least=peers.least, most=peers.most, stars=peers.mae)  # fmt: skip
        easier = {
            10: _("You are easier to guess than nearly all of them."),
            0: _("You are easier to guess than hardly any of them."),
        }
        return f"{said} " + easier.get(tenths, _("You are easier to guess than about {n} in 10 of them.", n=tenths))
    usual = app.taste.usual_error(n)
    return "" if usual is None else _("For new visitors with as many ratings it is {stars:.2f}.", stars=usual)
