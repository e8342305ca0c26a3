"""From somebody's Letterboxd to a profile: which films of the catalogue are meant, and which could not be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.sources.log import Log, LoggedFilm
from reelrec.visitor.profile import Profile


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A film of the log that is none of the catalogue's, or may be several.

    place: in the log. why: "television", "unknown", "ambiguous" or "no year". candidates: films it may be.
    """

    place: int
    film: LoggedFilm
    why: str
    candidates: tuple[Film, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """A log, and the profile it makes. fixes: place in the log to film number, as the visitor said.

    matched: films of the log that were found, said ones included. reviews: film number to the visitor's own words, of
    films without stars, the newest first.
    """

    log: Log
    fixes: Mapping[int, int]
    profile: Profile
    matched: int
    unmatched: tuple[Unmatched, ...]
    reviews: Mapping[int, str]


def take_in(log: Log, films: Catalogue, fixes: Mapping[int, int] | None = None) -> Intake:
    """Look up every film of the log; where two of its films are one of the catalogue's, the newer one counts."""
    fixes = dict(fixes or {})
    found: list[tuple[int, LoggedFilm]] = []
    unmatched = []
    for place, logged in enumerate(log.films):
        if place in fixes:
            found.append((fixes[place], logged))
            continue
        why, candidates = _look_up(logged, films)
        if why is None:
            found.append((candidates[0].number, logged))
        else:
            unmatched.append(Unmatched(place, logged, why, candidates))
    profile = profile_of(log, found)
    reviews = {number: logged.review for number, logged in reversed(found) if logged.review}
    reviews = {number: review for number, review in reviews.items() if number not in profile.ratings}
    return Intake(
        log=log, fixes=fixes, profile=profile, matched=len(found), unmatched=tuple(unmatched), reviews=reviews
    )


def _look_up(logged: LoggedFilm, films: Catalogue) -> tuple[str | None, tuple[Film, ...]]:
    """Why the film could not be told, None where it could; and the films it may be."""
    if logged.television:
        return "television", ()
    keyed = films.by_key(tmdb_id=logged.tmdb_id, boxd_code=logged.code, slug=logged.slug)
    if keyed is not None:
        return None, (keyed,)
    candidates = tuple(films.match(logged.title, logged.year))
    if not candidates:
        return "unknown", ()
    if logged.year is None:
        return "no year", candidates
    return (None if len(candidates) == 1 else "ambiguous"), candidates


def profile_of(log: Log, found: Sequence[tuple[int, LoggedFilm]]) -> Profile:
    """The profile of films that were found. found: film number and what the log has, oldest first."""
    ratings: dict[int, float] = {}
    for number, logged in found:
        if logged.stars is not None:
            ratings.pop(number, None)
            ratings[number] = logged.stars
    liked = frozenset(number for number, logged in found if logged.liked)
    watched = {number for number, logged in found if logged.seen} | ratings.keys() | liked
    return Profile(
        ratings=ratings,
        seen=frozenset(watched - ratings.keys() - liked),
        liked=liked,
        watchlist=frozenset(number for number, logged in found if logged.watchlist) - watched,
        dates={number: logged.date for number, logged in found if logged.date and number in watched},
        rewatched=frozenset(number for number, logged in found if logged.rewatched),
        reviewed=frozenset(number for number, logged in found if logged.reviewed),
        origin={number: log.origin for number, _ in found},
    )
