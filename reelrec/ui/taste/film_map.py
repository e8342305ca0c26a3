"""The third tab of Taste: a map of films with the visitor's ratings on it.

The map is a component of ours and no chart of Plotly: on a phone, Plotly takes the finger that scrolls the page and
does not zoom by two of them, and at no zoom does it leave out names that overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state
from reelrec.ui.browser.component import component
from reelrec.ui.made import MadeMap
from reelrec.ui.taste import map_search, map_words, region_words

if TYPE_CHECKING:
    from reelrec.serving.portrait.film_map import Spots, View
    from reelrec.visitor.profile import Profile

KEY = "film-map"
NO_BREAK = "\u00a0"  # in a title: map.js breaks long names at spaces
NONE = N_("There is no map of films today.")
INTRO = N_(
    "Films lie near each other when the same people love them; newer ones lie to the right. Yours are in colour, and "
    "the map opens where most of those that you love are."
)
_component = component("film-map")


def draw(profile: Profile) -> None:
    """Draw the tab."""
    view = _view(profile)
    if view is None:
        st.info(_(NONE))
        return
    st.markdown(" ".join(filter(None, (_(INTRO), map_words.left_out(view)))))
    with st.container(key="film-map-search", gap="xsmall"):  # one element, so that the map keeps its place on the page
        mark = map_search.search()
    _map(view, mark)
    map_search.chosen(profile)
    map_words.draw(view)


def _view(profile: Profile) -> View | None:
    """The map for this profile, made once: a click on it draws the tab again. None where there is no map."""
    made = state.visit().made_map
    if made is None or made.profile != profile:
        view = app.taste.film_map(profile)
        if view is None:
            return None
        made = state.visit().made_map = MadeMap(profile, view)
    return made.view


def _map(view: View, mark: map_search.Mark | None) -> None:
    films = _columns(view.others, view.own)
    _component(
        key=KEY,
        data={
            "key": hashlib.sha256(repr((films["n"], films["s"])).encode()).hexdigest()[:12],
            "label": _("Map of films"),
            "alt": map_words.alt(view),
            "films": films,
            "regions": [
                [region_words.region(region.name, NO_BREAK), round(region.x, 1), round(region.y, 1)]
                for region in view.regions
            ],
            "window": [round(edge, 1) for edge in view.window],
            "mark": mark and mark._asdict(),
        },
        on_picked_change=_picked,
    )


def _columns(*kinds: Spots) -> dict[str, list[Any]]:
    """Films as map.js takes them: others first, so that the visitor's are drawn over them."""
    others, own = kinds
    places = (*others.places, *own.places)
    return {
        "n": [*others.numbers, *own.numbers],
        "t": [_name(title, year) for spots in kinds for title, year in zip(spots.titles, spots.years, strict=True)],
        "s": [0] * len(others) + _halves(own.stars),
        "x": [round(10 * x) for x, _y in places],
        "y": [round(10 * y) for _x, y in places],
    }


def _halves(stars: Sequence[float | None]) -> list[int]:
    return [-1 if given is None else round(2 * given) for given in stars]


def _name(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


def _picked() -> None:
    """Take the film that was clicked on; a browser sends it, so it may be anything."""
    number = st.session_state[KEY].picked
    if type(number) is int and 0 <= number < app.catalogue().n_items:
        state.visit().on_map = number
