"""Films as tiles: poster, stars to give, what we think, and why. A shelf is one element, however long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui import events, mine, state, text
from reelrec.ui.browser import answers, links
from reelrec.ui.browser.component import component
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf.posters import poster

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.visitor.profile import Answer

_component = component("tiles")


class Action(NamedTuple):
    """A button below a poster. answer: a key of `answers.MARKS`."""

    answer: str
    label: str


UNSEEN = Action(answer="unseen", label=N_("Haven’t seen"))
SEEN = Action(answer="seen", label=N_("Seen"))
SET_ASIDE = Action(answer="set_aside", label=N_("Not for me"))


class Apart(NamedTuple):
    """Stars that are no part of the profile. given: by film number. take: gets answers, film number to answer."""

    given: Mapping[int, float]
    take: Callable[[Mapping[str, object]], None]


class PersonLine(NamedTuple):
    """What a film is to one person. stars, reach: as they are seen. says: both in words, for who hears them."""

    name: str
    stars: str
    reach: str
    says: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One film on a shelf.

    stars, word: the line below the poster. A tap on it shows the rest. label: what the stars are, in the layout "head".
    picture: how sure the stars are, as `stars.picture` gives it. chance, why: the lines below the picture. people: who
    else is here, each with a line that is always seen.
    """

    film: Film
    label: str = ""
    stars: str = ""
    word: str = ""
    picture: dict[str, Any] | None = None
    chance: str = ""
    why: str = ""
    people: Sequence[PersonLine] = ()


def tiles(
    label: str,
    films: Sequence[Tile],
    *,
    key: str,
    rate: bool = True,
    actions: Sequence[Action] = (),
    layout: str = "",
    short: bool = False,
    announce: bool = False,
    width: str = "9.5rem",
    explain: Callable[[int], None] | None = None,
    apart: Apart | None = None,
    lists: bool = False,
    wants: str = "",
    moves: bool = False,
) -> None:
    """Draw the films; a click on a poster opens the film, stars and actions change the profile.

    label: the name of the shelf for a screen reader. key: names the shelf in the session and in the host's events.
    rate: whether stars can be given. actions: the buttons of each film. layout: "strip" for one row that scrolls to the
    side, "single" for one film, drawn large, "head" for one with all it says beside its poster, else a grid. short:
    stars and actions come with the rest, after a tap. announce: films leave this shelf when they are rated, so give a
    notice of it. explain: gets the number of a film whose stars the visitor asks about; without it they cannot. apart:
    the stars that are shown and taken in place of those of the profile. lists: whether films can join the visitor's own
    list and leave it. wants: the label of a button that takes a film off the watchlist, "" for none. moves: whether
    the films are those of the visitor's own list, and can be put into another order.
    """

    def asked() -> None:
        number = st.session_state[key].why  # a browser sends it, so it may be anything
        if explain and type(number) is int and number in [tile.film.number for tile in films]:
            explain(number)

    images, profile = tmdb.images([tile.film for tile in films]), state.profile()
    answer = apart.given.get if apart else profile.answer
    listed = frozenset(profile.shortlist)
    data = [_tile(tile, rate, actions, images.get(tile.film.number), answer(tile.film.number)) for tile in films]
    for film in data:
        film |= {"listed": film["number"] in listed, "wanted": film["number"] in profile.watchlist}

    def take(films: Mapping[str, object]) -> None:
        return apart.take(films) if apart else take_answers(films, key, announce)

    def told(what: str) -> Mapping[str, object]:
        return answers.told(st.session_state[key].get(what))

    _component(
        key=key,
        data={
            "key": key,
            "label": label,
            "films": data,
            "layout": layout,
            "short": short,
            "width": width,
            "leaves": announce,
            "explains": explain is not None,
            "captions": tmdb.is_used(),
            "lists": lists,
            "wants": wants,
            "moves": moves,
            "logs": events.recorder().keeps_events,
            "session": state.visit().session,
        },
        default={name: {"films": {}} for name in ("answers", "listed", "wanted", "order")},
        on_answers_change=lambda: take(told("answers")),
        on_listed_change=lambda: mine.take_listed(told("listed")),
        on_wanted_change=lambda: mine.take_unwanted(told("wanted")),
        on_order_change=lambda: mine.take_order(told("order")),
        on_opened_change=lambda: events.opened(st.session_state[key].opened, key),
        on_why_change=asked,
    )


def take_answers(films: Mapping[str, object], shelf: str, announce: bool = False) -> None:
    """Take answers of a shelf, film number to answer. shelf: the key of its tiles."""
    numbers = answers.take(films, announce)
    if numbers:
        events.answered(numbers, shelf)


def _tile(
    tile: Tile, rate: bool, actions: Sequence[Action], image: dict[str, str] | None, answer: Answer | None
) -> dict[str, Any]:
    """A film as tiles.js takes it."""
    film = tile.film
    return {
        "number": film.number,
        "slug": film.slug,
        "href": links.to(links.FILM, id=film.slug),
        "title": film.title,
        "year": " · ".join(filter(None, (str(film.year or ""), text.kind(film.kind)))),
        "name": ", ".join(filter(None, (film.name, text.kind(film.kind)))),
        "director": film.director or "",
        "poster": asdict(poster(film)),
        "image": image,
        "answer": answer,
        "rate": rate,
        "actions": [{"answer": action.answer, "label": _(action.label)} for action in actions],
        "label": tile.label,
        "stars": tile.stars,
        "word": tile.word,
        "picture": tile.picture,
        "chance": tile.chance,
        "why": tile.why,
        "people": [line._asdict() for line in tile.people],
    }
