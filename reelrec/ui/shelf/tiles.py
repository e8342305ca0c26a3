"""Films as tiles: poster, stars to give, what we think, and why. A shelf is one element, however long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from reelrec.app import Film
from reelrec.serving import posters
from reelrec.ui import events, state
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf.posters import poster

FILM_PAGE = "pages/film/film.py"
_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "reelrec.tiles",
    css="".join((_HERE / name).read_text(encoding="utf-8") for name in ("range.css", "tiles.css")),
    js="".join((_HERE / name).read_text(encoding="utf-8") for name in ("range.js", "tiles.js")),
)

UNSEEN = ("unseen", "Haven’t seen")
SEEN = ("seen", "Seen")
SET_ASIDE = ("set_aside", "Not for me")


@dataclass(frozen=True, slots=True)
class Tile:
    """One film on a shelf. stars and note: the line below the poster; why: the sentence below that.

    picture: how sure the stars are, as `stars.picture` gives it. chance: the line below it.
    """

    film: Film
    stars: str = ""
    note: str = ""
    why: str = ""
    picture: dict | None = None
    chance: str = ""


def tiles(
    label: str,
    films: Sequence[Tile],
    *,
    key: str,
    rate: bool = True,
    actions: Sequence[tuple[str, str]] = (),
    single: bool = False,
    announce: bool = False,
    width: str = "9.5rem",
) -> None:
    """Draw the films; a click on a poster opens the film, stars and actions change the profile.

    label: what the shelf is called to a screen reader. actions: (answer, button text) of `state.MARKS`. single: one
    film, drawn large. announce: films leave this shelf when they are rated, so say what happened.
    """
    params = state.params()
    images = tmdb.images([tile.film for tile in films])
    data = [_tile(tile, params, rate, actions, images.get(tile.film.number)) for tile in films]
    _component(
        key=key,
        data={
            "label": label,
            "films": data,
            "single": single,
            "width": width,
            "leaves": announce,
            "captions": bool(posters.active()),
            "session": state.session(),
        },
        default={"answers": {"films": {}}},
        on_answers_change=lambda: state.answer(st.session_state[key].answers["films"], announce, key),
        on_opened_change=lambda: open_film(st.session_state[key].opened, key),
    )


def open_film(slug: str, shelf: str = "") -> None:
    """Go to the film's page, ratings in hand. shelf: the key of the tiles it was opened from."""
    events.opened(slug, shelf)
    st.switch_page(FILM_PAGE, query_params=state.params(id=slug))


def _tile(
    tile: Tile,
    params: dict[str, str],
    rate: bool,
    actions: Sequence[tuple[str, str]],
    image: dict[str, str] | None,
) -> dict:
    film = tile.film
    return {
        "number": film.number,
        "slug": film.slug,
        "href": f"film?{urlencode({'id': film.slug} | params)}",
        "title": film.title,
        "year": str(film.year or ""),
        "name": film.name,
        "director": film.director or "",
        "poster": asdict(poster(film)),
        "image": image,
        "answer": state.answer_of(film.number),
        "rate": rate,
        "actions": [{"answer": answer, "label": text} for answer, text in actions],
        "stars": tile.stars,
        "note": tile.note,
        "why": tile.why,
        "picture": tile.picture,
        "chance": tile.chance,
    }
