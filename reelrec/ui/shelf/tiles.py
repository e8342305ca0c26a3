"""Films as tiles: poster, stars to give, what we think, and why. A shelf is one element, however long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from reelrec.ui import address, answers, events, state, text
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf.posters import poster

if TYPE_CHECKING:
    from reelrec.data.film import Film

FILM_PAGE = "pages/film/film.py"
_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "reelrec.tiles",
    css="".join((_HERE / name).read_text(encoding="utf-8") for name in ("range.css", "tiles.css")),
    js="".join((_HERE / name).read_text(encoding="utf-8") for name in ("range.js", "tiles.js")),
)


class Action(NamedTuple):
    """A button below a poster. answer: a key of `answers.MARKS`."""

    answer: str
    label: str


UNSEEN = Action(answer="unseen", label="Haven’t seen")
SEEN = Action(answer="seen", label="Seen")
SET_ASIDE = Action(answer="set_aside", label="Not for me")


@dataclass(frozen=True, slots=True)
class Tile:
    """One film on a shelf.

    stars, note: the line below the poster. why: the sentence below that line. picture: how sure the stars are, as
    `stars.picture` gives it. chance: the line below the picture.
    """

    film: Film
    stars: str = ""
    note: str = ""
    why: str = ""
    picture: dict[str, Any] | None = None
    chance: str = ""


def tiles(
    label: str,
    films: Sequence[Tile],
    *,
    key: str,
    rate: bool = True,
    actions: Sequence[Action] = (),
    single: bool = False,
    announce: bool = False,
    width: str = "9.5rem",
) -> None:
    """Draw the films; a click on a poster opens the film, stars and actions change the profile.

    label: the name of the shelf for a screen reader. key: names the shelf in the session and in the host's events.
    rate: whether stars can be given. actions: the buttons of each film. single: there is one film, drawn large.
    announce: films leave this shelf when they are rated, so give a notice of it.
    """
    params = address.params()
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
            "captions": tmdb.is_used(),
            "session": state.visit().session,
        },
        default={"answers": {"films": {}}},
        on_answers_change=lambda: take_answers(st.session_state[key].answers["films"], key, announce),
        on_opened_change=lambda: open_film(st.session_state[key].opened, key),
    )


def take_answers(films: dict[str, object], shelf: str, announce: bool = False) -> None:
    """Take answers of a shelf, film number to answer. shelf: the key of its tiles."""
    numbers = answers.take(films, announce)
    if numbers:
        events.answered(numbers, shelf)


def open_film(slug: str, shelf: str = "") -> None:
    """Go to the film's page, ratings in hand. shelf: the key of the tiles it was opened from."""
    events.opened(slug, shelf)
    st.switch_page(FILM_PAGE, query_params=address.params(id=slug))


def _tile(
    tile: Tile, params: dict[str, str], rate: bool, actions: Sequence[Action], image: dict[str, str] | None
) -> dict[str, Any]:
    """A film as tiles.js takes it."""
    film = tile.film
    return {
        "number": film.number,
        "slug": film.slug,
        "href": f"film?{urlencode({'id': film.slug} | params)}",
        "title": film.title,
        "year": " · ".join(filter(None, (str(film.year or ""), text.kind(film.kind)))),
        "name": ", ".join(filter(None, (film.name, text.kind(film.kind)))),
        "director": film.director or "",
        "poster": asdict(poster(film)),
        "image": image,
        "answer": state.profile().answer(film.number),
        "rate": rate,
        "actions": [action._asdict() for action in actions],
        "stars": tile.stars,
        "note": tile.note,
        "why": tile.why,
        "picture": tile.picture,
        "chance": tile.chance,
    }
