"""The filters of For you, what they leave out, and which of them to loosen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, country, listed, ngettext, number
from reelrec.ui import state, text
from reelrec.ui.browser.in_address import understand
from reelrec.ui.for_you import services
from reelrec.ui.frame import tmdb

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters

# Keys of the widgets, and names in the address.
GENRES_KEY, WITHOUT_KEY, YEARS_KEY, RUNTIME_KEY, UNKNOWN_KEY = "genres", "without", "years", "runtime", "unknown"
LANGUAGES_KEY, COUNTRIES_KEY, RATINGS_KEY = "languages", "countries", "least-ratings"
WATCHLIST_KEY, ALSO_KEY, ORDER_KEY = "watchlist", "also", "series-in-order"
OLDEST, LONGEST = 1870, 300
NO_LIMIT = 10_000  # minutes
RATINGS = (0, 100, 500, 2_000, 10_000)
WATCHLIST = {"shown": N_("Included"), "hidden": N_("Left out"), "only": N_("Only these")}
MOST_LOOSER = 3  # filters to loosen that are offered


def choose() -> Filters:
    """Draw the filters; what is chosen with them."""
    with st.popover(_label(), icon=":material/tune:", key="filters"), st.container(key="filters-sheet"):
        filters = _filters()
        st.button(_("Clear all filters"), icon=":material/filter_alt_off:", key="clear-filters", on_click=_clear)
    return filters


def told(filters: Filters) -> Filters:
    """Say what cannot be meant, and which films are left out because too little is known; the filters with those."""
    for sentence in filters.contradictions():
        st.warning(sentence)
    unknown = app.narrowed(state.profile(), filters).unknown
    also = ngettext("Also {n} film of unknown year or length", "Also {n:,} films of unknown year or length", unknown)
    if unknown and st.toggle(also, key=UNKNOWN_KEY, bind="query-params"):
        filters = replace(filters, unknown=True)
    return services.narrowed(filters) if st.session_state.get(services.KEY) else filters


def nothing_left(filters: Filters) -> None:
    """Say that no film passes, and offer to loosen the filters that would bring most."""
    st.info(_("No film passes these filters."), title=_("Nothing left"))
    looser = list(app.narrowed(state.profile(), filters).looser.items())[:MOST_LOOSER]
    with st.container(horizontal=True):
        for name, more in looser:
            st.button(
                _("Loosen {filter}: {more:,} more", filter=_named(name, filters), more=more),
                key=f"loosen-{name}",
                on_click=_loosen,
                args=(name,),
            )


def _usual() -> dict[str, Any]:
    """What every widget has before anything is chosen, by its key."""
    lists = dict.fromkeys((GENRES_KEY, WITHOUT_KEY, LANGUAGES_KEY, COUNTRIES_KEY, ALSO_KEY), ())
    years = (OLDEST, datetime.date.today().year)
    ranges = {YEARS_KEY: years, RUNTIME_KEY: (0, LONGEST), RATINGS_KEY: 0, WATCHLIST_KEY: "shown", ORDER_KEY: True}
    return {key: list(value) for key, value in lists.items()} | ranges | {services.KEY: False}


def _clear() -> None:
    """Take all filters off."""
    for key, value in (_usual() | {UNKNOWN_KEY: False}).items():
        st.session_state[key] = value


def _loosen(name: str) -> None:
    """Take a filter off, by its name in `Filters.looser`."""
    if name.startswith("without "):
        left = [genre for genre in st.session_state[WITHOUT_KEY] if name != f"without {genre}"]
        st.session_state[WITHOUT_KEY] = left
    else:
        key = {"least_ratings": RATINGS_KEY, "only": services.KEY}.get(name, name)
        st.session_state[key] = _usual()[key]


def _named(name: str, filters: Filters) -> str:
    """What the button calls a filter."""
    if name.startswith("without "):
        return text.plain(_("“none of {genre}”", genre=_(name.removeprefix("without "))))
    if name in ("genres", "languages", "countries"):
        ways: dict[str, Callable[[str], str]] = {"genres": _, "languages": app.taste.language, "countries": country}
        return text.plain(listed([*map(ways[name], sorted(getattr(filters, name)))], "or"))
    return {
        "years": _("the years"), "watchlist": _("the watchlist"), "runtime": _("the length"),
        "least_ratings": _("the ratings"), "only": _("“on my services”"),
    }[name]  # fmt: skip


def _label() -> str:
    """The popover's label: how many filters are on, as they were chosen before this run, here or in the address."""
    shown = {WATCHLIST_KEY: bool(state.profile().watchlist), services.KEY: tmdb.is_used()}
    on = sum(
        _same(st.session_state[key]) != _same(value) if key in st.session_state else _in_address(key)
        for key, value in _usual().items()
        if shown.get(key, True)
    )
    return _("Filters ({on})", on=on) if on else _("Filters")


def _in_address(key: str) -> bool:
    """Whether the address sets a filter to something that it can be, and that is not the usual."""
    films, given = app.catalogue(), st.query_params.get_all(key)
    if key in (YEARS_KEY, RUNTIME_KEY):
        numbers = [int(value) for value in given if value.isascii() and value.isdigit() and len(value) < 6]
        lowest, highest = _usual()[key]
        return len(numbers) == 2 and lowest <= numbers[0] <= numbers[1] <= highest and numbers != [lowest, highest]
    can_be = {
        GENRES_KEY: [*map(_, films.genres)],
        WITHOUT_KEY: [*map(_, films.genres)],
        LANGUAGES_KEY: [app.taste.language(code) for code in films.languages],
        COUNTRIES_KEY: [*map(country, films.countries)],
        ALSO_KEY: [text.kinds(kind) for kind in app.KINDS_APART],
        RATINGS_KEY: [*map(_at_least, RATINGS[1:])],
        WATCHLIST_KEY: [*map(_in_words, list(WATCHLIST)[1:])],
        ORDER_KEY: ["false"],
        services.KEY: ["true"],
    }[key]
    return any(value in can_be for value in given)


def _at_least(ratings: int) -> str:
    return number(ratings, ",") if ratings else _("any")


def _in_words(watchlist: str) -> str:
    return _(WATCHLIST[watchlist])


def _same(value: Any) -> Any:
    """A value of a widget, where a list and a tuple are the same."""
    return tuple(value) if isinstance(value, list) else value


def _several(label: str, options: Sequence[str], key: str, named: Callable[[str], str]) -> list[str]:
    """Draw a box from which several can be chosen. named: gives what an option is called."""
    understand(key, lambda: [named(option) for option in options])
    return st.multiselect(
        label, list(options), key=key, format_func=named, bind="query-params", placeholder=_("Choose …")
    )


def _filters() -> Filters:
    films = app.catalogue()
    this_year = datetime.date.today().year
    genres = _several(_("Only these genres"), list(films.genres), GENRES_KEY, _)
    without = _several(_("None of these"), list(films.genres), WITHOUT_KEY, _)
    years = st.slider(_("Years"), OLDEST, this_year, (OLDEST, this_year), key=YEARS_KEY, bind="query-params")
    runtime = st.slider(_("Minutes"), 0, LONGEST, (0, LONGEST), step=5, key=RUNTIME_KEY, bind="query-params")
    spoken = sorted(films.languages, key=app.taste.language)
    languages = _several(_("Languages"), spoken, LANGUAGES_KEY, app.taste.language)
    countries = _several(_("Countries"), list(films.countries), COUNTRIES_KEY, country)
    understand(RATINGS_KEY, lambda: [*map(_at_least, RATINGS)])
    least = st.select_slider(
        _("Ratings, at least"), RATINGS, 0, key=RATINGS_KEY, format_func=_at_least, bind="query-params"
    )
    also = _several(_("Besides films, show"), app.KINDS_APART, ALSO_KEY, text.kinds)
    watchlist = "shown"
    if state.profile().watchlist:
        understand(WATCHLIST_KEY, lambda: [*map(_in_words, WATCHLIST)])
        watchlist = st.segmented_control(
            _("Films on my watchlist"), list(WATCHLIST), key=WATCHLIST_KEY, default="shown", required=True,
            format_func=_in_words, bind="query-params",
        )  # fmt: skip
    services.choose()
    in_order = st.toggle(
        _("Series in order: no sequel before what it follows"), True, key=ORDER_KEY, bind="query-params"
    )
    if years[0] > years[1]:  # an address may have it upside down
        years = (OLDEST, this_year)
    if runtime[0] > runtime[1]:
        runtime = (0, LONGEST)
    shortest, longest = runtime
    return app.filters(
        genres=frozenset(genres),
        without_genres=frozenset(without),
        years=None if years == (OLDEST, this_year) else years,
        runtime=None if runtime == (0, LONGEST) else (shortest, NO_LIMIT if longest == LONGEST else longest),
        languages=frozenset(languages),
        countries=frozenset(countries),
        least_ratings=least,
        watchlist=watchlist,
        in_order=in_order,
        also=also,
    )
