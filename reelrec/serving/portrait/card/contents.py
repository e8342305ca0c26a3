"""What stands on a card: a few facts of a visitor's portrait, as far as they are known and can be written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.errors import NothingRatedError
from reelrec.serving.portrait.card import letters
from reelrec.translation import _, ngettext

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group, Portrait, Unusual

FAVOURITES, GROUPS = 5, 3
LOOKED_AT = 25  # best rated films, as the title of one may be in letters that the card does not have
# The kinds of groups that stand after what is telling, at most so many of one. A country says what its language does.
KINDS = ("genre", "decade", "language")
MOST_OF_A_KIND = 2
WORTH = 0.25  # stars of a lift that may stand first


@dataclass(frozen=True, slots=True)
class Standout:
    """Films that get more or fewer stars than expected. kind: of a group, or "film". lift: how many more."""

    kind: str
    name: str
    lift: float


@dataclass(frozen=True, slots=True)
class Apart:
    """A film whose stars are unusual. others: everybody's mean."""

    title: str
    stars: float
    others: float


@dataclass(frozen=True, slots=True)
class Favourite:
    """A film to show as a poster. title: as the card has letters for it."""

    title: str
    film: Film


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on a card, and nothing of the visitor besides.

    name: "" for none. n: rated films. apart: the mean minus everybody's mean of the same films, in stars; None where
    that is not known. own, everyones: (10,) shares of each half-star. loves, dislikes: the most unusual ones.
    """

    name: str
    n: int
    apart: float | None
    own: tuple[float, ...]
    everyones: tuple[float, ...]
    groups: tuple[Standout, ...] = ()
    loves: Apart | None = None
    dislikes: Apart | None = None
    favourites: tuple[Favourite, ...] = ()


def contents(
    portrait: Portrait, best_rated: Sequence[tuple[Film, float]], everyones: Sequence[float], typed: str
) -> tuple[Card, tuple[str, ...]]:
    """What stands on the card, and notes on what had to be left out.

    best_rated: the visitor's films with their stars, the best first, more than stand on the card. everyones: (10,)
    shares of each half-star. typed: the name. Raises NothingRatedError where nothing is rated.
    """
    if not portrait.n:
        raise NothingRatedError(_("A card shows what your stars say. Rate a few films, and there is one."))
    name = letters.name(typed)
    loved = [film for film, stars in best_rated if stars >= LIKED_STARS]
    favourites, left_out = _favourites(loved)
    groups, loves, dislikes = _standouts(portrait), _first(portrait.loves), _first(portrait.dislikes)
    if groups and abs(groups[0].lift) < WORTH:
        groups, loves, dislikes = _behind_a_film(groups, loves, dislikes)
    card = Card(
        name=name.text,
        n=portrait.n,
        apart=portrait.generosity,
        own=tuple(portrait.histogram),
        everyones=tuple(everyones),
        groups=groups,
        loves=loves,
        dislikes=dislikes,
        favourites=favourites,
    )
    untitled = ngettext("The card has no letters for the title of a favourite, so it goes without.",
                        "The card has no letters for the title of {n} favourites, so it goes without.",
                        left_out)  # fmt: skip
    return card, tuple(filter(None, (name.note, untitled if left_out else "")))


def _favourites(films: Iterable[Film]) -> tuple[tuple[Favourite, ...], int]:
    """The first films whose titles can be written, and how many were passed over."""
    favourites: list[Favourite] = []
    left_out = 0
    for film in films:
        if len(favourites) == FAVOURITES:
            break
        if title := letters.title(film):
            favourites.append(Favourite(title, film))
        else:
            left_out += 1
    return tuple(favourites), left_out


def _first(films: Iterable[Unusual]) -> Apart | None:
    """The first whose title can be written."""
    titled = ((letters.title(unusual.film), unusual) for unusual in films)
    return next((Apart(title, unusual.stars, unusual.others) for title, unusual in titled if title), None)


def _standouts(portrait: Portrait) -> tuple[Standout, ...]:
    """The series and people that are telling, then the groups of several kinds that stand out furthest."""
    standing: list[Group] = []
    for kind in KINDS:
        out = [group for group in portrait.groups.get(kind, ()) if group.stands_out and letters.words(group.name)]
        standing += sorted(out, key=lambda group: -abs(group.lift))[:MOST_OF_A_KIND]
    telling = [group for group in portrait.telling if letters.words(group.name)]
    shown = [*telling, *sorted(standing, key=lambda group: -abs(group.lift))][:GROUPS]
    return tuple(Standout(group.kind, letters.words(group.name) or "", group.lift) for group in shown)


def _behind_a_film(
    groups: tuple[Standout, ...], loves: Apart | None, dislikes: Apart | None
) -> tuple[tuple[Standout, ...], Apart | None, Apart | None]:
    """Small lifts behind the film that is furthest from others' mean, and the films that are left."""
    film = max(filter(None, (loves, dislikes)), key=lambda apart: abs(apart.stars - apart.others), default=None)
    if film is None:
        return (), loves, dislikes
    first = Standout("film", film.title, film.stars - film.others)
    left = (None if apart == film else apart for apart in (loves, dislikes))
    return (first, *groups)[:GROUPS], next(left), next(left)
