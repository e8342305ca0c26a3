"""The map in words: where the visitor is at home, where there is more for them, where they are hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.ui import links, text
from reelrec.ui.links import Link

if TYPE_CHECKING:
    from reelrec.serving.portrait.film_map import View
    from reelrec.serving.portrait.regions import Part, Region

MOST = 3  # regions side by side
NO_LOVE = "None of your films on this map has four stars or a heart, so it cannot say where you are at home."


def draw(view: View) -> None:
    """Draw the lists."""
    _list("map-home", "Where you are at home", view.at_home, _loved, "" if view.loved else NO_LOVE)
    _list("map-new", "Where you have hardly been", view.new, _seldom)
    _list("map-hard", "Where you are hard to please", view.hard, _hard)


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
            st.markdown(f"**{text.plain(part.region.name)}**  \n{says(part.region)}")
            shown = [Link(film.name, links.to(links.FILM, id=film.slug), look="plain") for film in part.films]
            links.links(*shown, key=f"{key}-{place}", label=f"{title}: {part.region.name}")


def _loved(region: Region) -> str:
    return f"You love {region.loved:,} of the {region.seen:,} films that you have seen here."


def _seldom(region: Region) -> str:
    seen = f"{text.films(region.seen)} of it" if region.seen else "nothing of it"
    usual = f"; others who see as much have seen some {region.usual:.0f}" if region.usual >= region.seen + 2 else ""
    return f"You have seen {seen}{usual}. Begin with:"


def _hard(region: Region) -> str:
    return f"{region.rated:,} films, {region.mean:.1f} stars on average. The lowest:"


def alt(view: View) -> str:
    """What the map shows, for people who cannot see it."""
    drawn = f"{text.films(len(view.own))} of yours among {len(view.others):,} others."
    homes = _names("Most of those that you love, beyond what everybody watches, lie in", view.at_home)
    new = _names("You have hardly been in", view.new)
    return " ".join(filter(None, (drawn, homes, _names("You give the fewest stars in", view.hard), new)))


def _names(begin: str, parts: Sequence[Part]) -> str:
    names = [f"“{part.region.name}”" for part in parts]
    if not names:
        return ""
    return f"{begin} {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."


def left_out(view: View) -> str:
    """Which films of the visitor are not on the map; "" where all are."""
    are, them = ("is", "it") if view.off_map == 1 else ("are", "them")
    off = f"{text.films(view.off_map)} of yours {are} not on it: our models know too little of {them}."
    many = f"Of your films, the {len(view.own):,} that you rated last are on it."
    return " ".join(filter(None, (off if view.off_map else "", many if view.left_out else "")))
