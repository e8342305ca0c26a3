"""Where a film can be watched, and its trailer: what TMDB knows, where the host has its key, else plain links."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text, watching
from reelrec.ui.frame import tmdb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reelrec.data.film import Film
    from reelrec.sources.tmdb.watch import Offers, Service

SECONDS = 2.5  # until the page does without an answer
WAYS = {"stream": N_("Stream"), "rent": N_("Rent"), "buy": N_("Buy")}
CREDIT = N_("Offers by [JustWatch](https://www.justwatch.com), through TMDB.")


def ask_ahead(film: Film) -> None:
    """Before the page is drawn: let TMDB be asked all that `draw` and the summary wait for, so that they wait once."""
    if tmdb.is_used():
        app.tmdb.ask([film], 0.0)
        app.tmdb.trailer(film, 0.0)
        if country := watching.country():
            app.tmdb.where_to_watch([film], country, 0.0)


def draw(film: Film, offers: DeltaGenerator, links: DeltaGenerator) -> None:
    """Fill two places drawn earlier, after all else, as it may take SECONDS: with offers, and with links."""
    if tmdb.is_used():
        with offers:
            _offers(film)
    code = app.tmdb.trailer(film, SECONDS) if tmdb.is_used() else ""
    with links:
        st.link_button(_("Trailer"), _trailer(film, code), icon=":material/play_arrow:")
        if not tmdb.is_used():
            st.link_button(_("Where to watch"), _page(film), icon=":material/tv:")


def _offers(film: Film) -> None:
    """Who has the film in the visitor's country, the visitor's services first."""
    with st.container(horizontal=True, vertical_alignment="center", key="where-head"):
        st.header(_("Where to watch"), anchor=False)
        with st.popover(watching.country_name() or _("Choose your country"), key="where", type="tertiary"):
            watching.choose()
    country = watching.country()
    if not country:
        st.markdown(_("Who has it depends on your country, which your browser does not tell."))
        return
    look = app.tmdb.where_to_watch([film], country, SECONDS)
    found = look.offers.get(film.number)
    if film.number not in look.offers:
        st.markdown(
            text.plain(_(look.fault) if look.fault else _("TMDB has not answered yet; reload the page in a moment."))
        )
    elif found is None or not (found.stream or found.rent or found.buy):
        st.markdown(
            _(
                "Nobody in {country} streams, rents or sells it, as far as JustWatch knows.",
                country=watching.country_name(),
            )
        )
    else:
        _ways(found)
    every = _("All of them")
    st.markdown(text.small(f"{_(CREDIT)} [{every}]({_page(film, country)})"))


def _ways(found: Offers) -> None:
    """A line for each way to watch."""
    for way, label in WAYS.items():
        if services := getattr(found, way):
            st.markdown(f"**{_(label)}** {_named(services)}")


def _named(services: Iterable[Service]) -> str:
    """The names, the visitor's own services first and in bold."""
    mine = state.visit().watching.services
    own = [_("**{name}** (yours)", name=text.plain(service.name)) for service in services if service.id in mine]
    return ", ".join(own + [text.plain(service.name) for service in services if service.id not in mine])


def _page(film: Film, country: str = "") -> str:
    """TMDB's page of a film's offers, else a search at JustWatch."""
    if film.tmdb_id:
        query = f"?{urlencode({'locale': country})}" if country else ""
        return f"https://www.themoviedb.org/movie/{film.tmdb_id}/watch{query}"
    return f"https://www.justwatch.com/us/search?{urlencode({'q': film.title})}"


def _trailer(film: Film, code: str) -> str:
    """The trailer at YouTube, else a search for it."""
    if code:
        return f"https://www.youtube.com/watch?{urlencode({'v': code})}"
    return (
        f"https://www.youtube.com/results?{urlencode({'search_query': f'{film.title} {film.year or str()} trailer'})}"
    )
