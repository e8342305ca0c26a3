"""What stands on a card: a few facts of a visitor's portrait, as far as they are known and can be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.errors import NothingRatedError
from reelrec.serving.portrait.card import letters

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group, Portrait, Unusual

FAVOURITES, GROUPS = 5, 3
LOOKED_AT = 25  # best rated films, as the title of one may be in letters that the card does not have
# The kinds of groups that say most of a person, and at most so many of one kind. A country says what its language does.
KINDS = ("genre", "decade", "director", "language", "actor")
MOST_OF_A_KIND = 2


@dataclass(frozen=True, slots=True)
class Standout:
    """A group of films that gets more or fewer stars than expected. kind: of KINDS. lift: how many more."""

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
        raise NothingRatedError("A card shows what your stars say. Rate a few films, and there is one.")
    name = letters.name(typed)
    loved = [film for film, stars in best_rated if stars >= LIKED_STARS]
    favourites, left_out = _favourites(loved)
    card = Card(
        name=name.text,
        n=portrait.n,
        apart=portrait.generosity,
        own=tuple(portrait.histogram),
        everyones=tuple(everyones),
        groups=tuple(_standouts(portrait)),
        loves=_first(portrait.loves),
        dislikes=_first(portrait.dislikes),
        favourites=favourites,
    )
    films = "a favourite" if left_out == 1 else f"{left_out} favourites"
    untitled = f"The card has no letters for the title of {films}, so it goes without." if left_out else ""
    return card, tuple(filter(None, (name.note, untitled)))


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


def _standouts(portrait: Portrait) -> Iterator[Standout]:
    """The groups that stand out furthest, of several kinds, in order of their lift."""
    standing: list[Group] = []
    for kind in KINDS:
        out = [group for group in portrait.groups.get(kind, ()) if group.stands_out and letters.words(group.name)]
        standing += sorted(out, key=lambda group: -abs(group.lift))[:MOST_OF_A_KIND]
    furthest = sorted(standing, key=lambda group: -abs(group.lift))[:GROUPS]
    for group in sorted(furthest, key=lambda group: -group.lift):
        yield Standout(group.kind, letters.words(group.name) or "", group.lift)
