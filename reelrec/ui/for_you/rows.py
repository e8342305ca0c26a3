"""The rows of For you, each with a point, and one of them alone under its chip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.browser import links
from reelrec.ui.for_you import filters, picks
from reelrec.ui.for_you.controls import VIEW_KEY
from reelrec.ui.frame import guard

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.page.rows import Row
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.shelf import Shelf
    from reelrec.visitor.profile import Profile

EACH = 12  # films of a row
WATCHLIST = N_("Watchlist")
CHIPS = {"new": N_("New"), "short": N_("Short"), "gems": N_("Gems"), "watchlist": WATCHLIST}  # by the kind of the row
TITLES = {
    "likely": N_("Most likely to please"),
    "new": N_("New: the last three years"),
    "gems": N_("Hidden gems for you"),
    "short": N_("Under 100 minutes"),
    "watchlist": N_("From your watchlist, best first"),
}
GEMS = N_("Few know them, and even a careful guess says that you would like them.")


def chips(profile: Profile) -> dict[str, str]:
    """The labels of the chips of single rows, as this visitor can have them, by what they choose."""
    own = {chip: _(chip) for chip in CHIPS.values() if chip != WATCHLIST or profile.watchlist}
    return own | {_of_loved(film): _because(film, profile) for film in app.loved_films(profile)}


def numbers(page: Sequence[Row]) -> set[int]:
    """The numbers of the films of all rows."""
    return {pick.film.number for row in page for pick in row.picks}


def draw(profile: Profile, page: Sequence[Row], like: Shelf, wanted: Filters) -> Shelf:
    """Draw all rows; their films as one shelf. like: a shelf that says whose the stars are. wanted: the filters."""
    if not page:
        filters.nothing_left(wanted)
    for place, row in enumerate(page):
        name = f"row-{row.kind}-{place}"
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"head-{name}"):
            st.header(title(row.kind, row.loved), anchor=False)
            if chip := _chip(row, profile):
                links.links(links.Link(_("See all"), links.here(**{VIEW_KEY: chip}), look="plain"), key=f"all-{name}")
        if row.kind == "gems":
            st.markdown(text.small(_(GEMS)))
        picks.shelf(title(row.kind, row.loved, escaped=False), row.picks, like, key=name, layout="strip")
    return replace(like, picks=tuple(pick for row in page for pick in row.picks))


def draw_one(profile: Profile, chip: str, n: int, wanted: Filters, like: Shelf) -> Shelf:
    """Draw the row of a chip alone, of at most n films; it as a shelf."""
    kind = next((kind for kind, label in CHIPS.items() if label == chip), "loved")
    film = next((film for film in app.loved_films(profile) if _of_loved(film) == chip), None)
    with guard.or_stop():
        row = app.row(profile, kind, n, wanted, film)
    st.header(title(kind, film), anchor=False)
    if row.picks:
        picks.shelf(title(kind, film, escaped=False), row.picks, like, key=f"only-{kind}")
    else:
        filters.nothing_left(wanted)
    return replace(like, picks=row.picks)


def title(kind: str, loved: Film | None, escaped: bool = True) -> str:
    """The heading of a row. loved: the film whose lovers it follows."""
    if loved is None:
        return _(TITLES[kind])
    return _("Because you loved {film}", film=text.plain(loved.title) if escaped else loved.title)


def _of_loved(film: Film) -> str:
    return f"loved {film.slug}"


def _because(film: Film, profile: Profile) -> str:
    """The chip of the films that go with a loved one; with its year where another loved film has its title."""
    alike = [other for other in app.loved_films(profile) if other.title == film.title]
    return _("Because of {film}", film=film.name if len(alike) > 1 else film.title)


def _chip(row: Row, profile: Profile) -> str | None:
    """The chip of a row, as it stands in the address."""
    if row.loved:
        return text.plain(_because(row.loved, profile))
    return text.plain(_(CHIPS[row.kind])) if row.kind in CHIPS else None
