"""The filter "On my services": of the films likeliest to be shown, those that the visitor's services stream.

TMDB answers film by film, so only the first films of the list and of the watchlist are looked up. Answers that come too
late are there a moment later, and the page is drawn again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text, watching
from reelrec.ui.frame import tmdb, turn

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.picks.filters import Filters

KEY = "on-my-services"
LISTED, WANTED = 96, 48  # films of the list and of the watchlist that are looked up
SECONDS = 2.0  # that the page waits for answers
AGAIN = 2.0  # until it looks whether the others have come


def choose() -> None:
    """Draw the filter, where the host has TMDB’s key."""
    if tmdb.is_used() and st.toggle(_("On my services"), key=KEY, bind="query-params"):
        watching.choose()


def narrowed(filters: Filters) -> Filters:
    """The filters with the films of the visitor's services alone, after saying how many were looked up."""
    country, services = watching.country(), state.visit().watching.services
    if not country or not services:
        st.info(_("Under Filters, choose your country and your services; until then every film is shown."))
        return filters
    films = _likeliest(filters)
    look = app.tmdb.where_to_watch(films, country, SECONDS)
    streamed = {
        number: {service.id for service in offers.stream}
        for number, offers in look.offers.items()
        if offers is not None
    }
    here = frozenset(number for number, ids in streamed.items() if ids & services)
    answered = len(films) - len(look.pending)
    st.markdown(
        text.small(
            _(
                "Of the {n:,} likeliest films that were looked up, your services in {country} stream {here:,}. "
                "Offers by [JustWatch](https://www.justwatch.com), through TMDB.",
                n=answered,
                country=watching.country_name(),
                here=len(here),
            )
            + f" {text.plain(_(look.fault) if look.fault else '')}"
        )
    )
    if look.pending:
        _look_again(films, country)
    return replace(filters, only=here)


def _likeliest(filters: Filters) -> list[Film]:
    """The first films of the list, and those of the watchlist."""
    profile = state.profile()
    picks = [*app.recommend(profile, LISTED, filters=filters).picks]
    if profile.watchlist:
        picks += app.row(profile, "watchlist", WANTED, filters).picks
    return list({pick.film.number: pick.film for pick in picks}.values())


@turn.fragment(run_every=AGAIN)
def _look_again(films: list[Film], country: str) -> None:
    """Draw the page again once TMDB has answered for all of them."""
    if not app.tmdb.where_to_watch(films, country, 0.0).pending:
        st.rerun()
