"""Where the visitor watches films: their country, and the services that they use.

The country is the browser's until the visitor chooses another one. What was chosen stands behind the # of the address,
as "DE-8-337": the country, then the services by TMDB's ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app, translation
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.visit import Watching

if TYPE_CHECKING:
    from reelrec.sources.tmdb.watch import Service

MOST = 40  # services
SECONDS = 2.0  # until a table is given up
COUNTRY_KEY, SERVICES_KEY = "country", "services"
_CODE = re.compile(r"([A-Z]{2})((?:-[1-9]\d{0,6}){0,40})")
_REGION = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})")


def code(watching: Watching) -> str:
    """What the address carries; "" where nothing was chosen."""
    return "-".join([watching.country, *map(str, sorted(watching.services))]) if watching.country else ""


def decoded(carried: str) -> Watching:
    """What `code` made; nothing chosen for any other text."""
    read = _CODE.fullmatch(carried)
    if not read:
        return Watching()
    return Watching(read[1], frozenset(int(number) for number in read[2].split("-") if number))


def country() -> str:
    """The visitor's country, two capital letters; "" where neither they nor their browser said."""
    region = _REGION.fullmatch(st.context.locale or "")
    return state.visit().watching.country or (region[1].upper() if region else "")


def country_name() -> str:
    """Its name, else its code, safe in Markdown."""
    return text.plain(translation.country(app.tmdb.countries(SECONDS).get(country(), country())))


def choose() -> None:
    """Draw the choice of country and services."""
    names, here = app.tmdb.countries(SECONDS), country()
    options = list(names) if here in names or not here else [here, *names]
    st.session_state[COUNTRY_KEY] = here or None
    st.selectbox(
        _("Country"), options, key=COUNTRY_KEY, format_func=lambda one: translation.country(names.get(one, one)),
        on_change=_move,
        placeholder=_("Choose yours"),
    )  # fmt: skip
    if not here:
        return
    offered = _offered(here)
    st.session_state[SERVICES_KEY] = [number for number in offered if number in state.visit().watching.services]
    st.multiselect(
        _("My services"), list(offered), key=SERVICES_KEY, format_func=lambda one: offered[one].name,
        on_change=_subscribe,
        max_selections=MOST, placeholder=_("None chosen yet"),
    )  # fmt: skip
    if not offered:
        st.markdown(text.small(_("TMDB does not tell us the services of this country at the moment.")))


def _offered(here: str) -> Mapping[int, Service]:
    return {service.id: service for service in app.tmdb.services(here, SECONDS)}


def _move() -> None:
    chosen = st.session_state[COUNTRY_KEY]
    if chosen:
        state.visit().watching = Watching(chosen, state.visit().watching.services)


def _subscribe() -> None:
    """Take the services; those of another country, which this one does not have, stay."""
    here = country()
    elsewhere = state.visit().watching.services - _offered(here).keys()
    state.visit().watching = Watching(here, elsewhere | frozenset(st.session_state[SERVICES_KEY]))
