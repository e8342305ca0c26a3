"""The map in words: where the visitor is at home, where there is more for them, where they are hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _, listed, ngettext
from reelrec.ui import text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.taste.region_words import region

if TYPE_CHECKING:
    from reelrec.serving.portrait.film_map import View
    from reelrec.serving.portrait.regions import Part, Region

MOST = 3  # regions side by side
NO_LOVE = N_("None of your films on this map has four stars or a heart, so it cannot say where you are at home.")


def draw(view: View) -> None:
    """Draw the lists."""
    _list("map-home", _("Where you are at home"), view.at_home, _loved, "" if view.loved else _(NO_LOVE))
    _list("map-new", _("Where you have hardly been"), view.new, _seldom)
    _list("map-hard", _("Where you are hard to please"), view.hard, _hard)


def _list(key: str, title: str, parts: Sequence[Part], says: Callable[[Region], str], otherwise: str = "") -> None:
    """Draw regions side by side. says: a sentence on each. otherwise: what stands there where there is none."""
    if not (parts or otherwise):
        return
    st.header(title, anchor=False)
    if not parts:
        st.markdown(otherwise)
    columns = st.columns(MOST) if parts else []
    for place, (column, part) in enumerate(zip(columns, parts, strict=False)):  # fewer parts than columns
        with column, st.container(gap="xsmall"):
            st.markdown(f"**{text.plain(region(part.region.name))}**  \n{says(part.region)}")
            shown = [Link(film.name, links.to(links.FILM, id=film.slug), look="plain") for film in part.films]
            links.links(*shown, key=f"{key}-{place}", label=f"{title}: {region(part.region.name)}")


def _loved(part: Region) -> str:
    return _("You love {loved:,} of the {seen:,} films that you have seen here.", loved=part.loved, seen=part.seen)


def _seldom(part: Region) -> str:
    seen = _("You have seen nothing of it.")
    if part.seen:
        seen = _("You have seen {films} of it.", films=text.films(part.seen))
    said = [seen, _("Begin with:")]
    if part.usual >= part.seen + 2:
        said.insert(1, _("Others who see as much have seen some {n:.0f}.", n=part.usual))
    return " ".join(said)


def _hard(part: Region) -> str:
    return _("{n:,} films, {mean:.1f} stars on average. The lowest:", n=part.rated, mean=part.mean)


def alt(view: View) -> str:
    """What the map shows, for people who cannot see it."""
    said = [_("{films} of yours among {others:,} others.", films=text.films(len(view.own)), others=len(view.others))]
    if view.at_home:
        said.append(_("Most of those that you love, beyond what everybody watches, lie in {regions}.",
                      regions=_names(view.at_home)))  # fmt: skip
    if view.hard:
        said.append(_("You give the fewest stars in {regions}.", regions=_names(view.hard)))
    if view.new:
        said.append(_("You have hardly been in {regions}.", regions=_names(view.new)))
    return " ".join(said)


def _names(parts: Sequence[Part]) -> str:
    return listed([f"“{region(part.region.name)}”" for part in parts])


def left_out(view: View) -> str:
    """Which films of the visitor are not on the map; "" where all are."""
    off = ngettext("{n} film of yours is not on it: our models know too little of it.",
                   "{n:,} films of yours are not on it: our models know too little of them.", view.off_map)  # fmt: skip
    many = _("Of your films, the {n:,} that you rated last are on it.", n=len(view.own))
    return " ".join(filter(None, (off if view.off_map else "", many if view.left_out else "")))
