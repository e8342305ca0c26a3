"""From a Letterboxd log to a profile: each logged film is looked up in the catalogue, and may stay unmatched.

A boxd.it code, a TMDB id or an IMDb id decides. An address only names a film whose year agrees, because the site gives
addresses of one film to another. By title and year a film is found only where no id says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reelrec import progress
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.sources.log import Log, LoggedFilm
from reelrec.visitor.profile import Profile


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A logged film without a match in the catalogue, or with several.

    place: in the log. why: "television", "unknown", "ambiguous" or "no year". candidates: the films that may be meant.
    """

    place: int
    film: LoggedFilm
    why: str
    candidates: tuple[Film, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """A log and the profile that it makes.

    fixes: place in the log to the number of the film that the visitor chose for it. matched: the number of logged films
    with a match, fixes included. reviews: film number to the visitor's review, of films without stars, newest first.
    """

    log: Log
    fixes: Mapping[int, int]
    profile: Profile
    matched: int
    unmatched: tuple[Unmatched, ...]
    reviews: Mapping[int, str]

    def scale_confirmed(self) -> Intake:
        """The same, with no question left about the scale of its ratings."""
        return replace(self, log=replace(self.log, scales=()))


def take_in(log: Log, films: Catalogue, fixes: Mapping[int, int] | None = None) -> Intake:
    """Look up every film of the log. Where two logged films are one film of the catalogue, the newer one counts."""
    fixes = dict(fixes or {})
    matches: list[tuple[int, LoggedFilm]] = []
    unmatched = []
    for place, logged in enumerate(progress.steps(log.films)):
        if place in fixes:
            matches.append((fixes[place], logged))
            continue
        if (number := _by_id(logged, films)) is not None:
            matches.append((number, logged))
            continue
        why, candidates = _look_up(logged, films)
        if why is None:
            matches.append((candidates[0].number, logged))
        else:
            unmatched.append(Unmatched(place=place, film=logged, why=why, candidates=candidates))
    profile = profile_of(log, matches)
    reviews = {number: logged.review for number, logged in reversed(matches) if logged.review}
    reviews = {number: review for number, review in reviews.items() if number not in profile.ratings}
    return Intake(
        log=log, fixes=fixes, profile=profile, matched=len(matches), unmatched=tuple(unmatched), reviews=reviews
    )


def without_rescaled(taken: Intake, films: Catalogue, profile: Profile) -> tuple[Intake, Profile]:
    """The same without the stars that were converted from another scale, whose films are seen; and the profile.

    profile: of the visitor; what it took of these stars is taken back.
    """
    left = take_in(taken.log.without_rescaled(), films, taken.fixes)
    converted = taken.profile.ratings.keys() - left.profile.ratings.keys()
    taken_over = {film for film in converted if profile.ratings.get(film) == taken.profile.ratings[film]}
    return left, profile.without_stars(taken_over)


def with_fix(taken: Intake, films: Catalogue, place: int, film: Film) -> tuple[Intake, Profile]:
    """The same with the film at that place of the log said to be this one, and what that adds to a profile."""
    added = profile_of(taken.log, [(film.number, taken.log.films[place])])
    return take_in(taken.log, films, dict(taken.fixes) | {place: film.number}), added


def _by_id(logged: LoggedFilm, films: Catalogue) -> int | None:
    """The number of the film that an id names, None where none does or the film is of another kind."""
    number = films.number_by_id(tmdb_id=logged.tmdb_id, imdb_id=logged.imdb_id, boxd_code=logged.code)
    if number is None or (logged.television and not _fits(logged, films.films[number])):
        return None
    return number


def _look_up(logged: LoggedFilm, films: Catalogue) -> tuple[str | None, tuple[Film, ...]]:
    """By address, or by title and year: why there is no single match, None where there is one; and who may be meant."""
    addressed = films.by_key(slug=logged.slug)
    if addressed is not None and _years_agree(logged, addressed) and _may_mean(logged, addressed):
        return None, (addressed,)
    candidates = tuple(film for film in films.match(logged.title, logged.year) if _may_mean(logged, film))
    if not candidates:
        return "television" if logged.television else "unknown", ()
    if logged.year is None:
        return "no year", candidates
    return (None if len(candidates) == 1 else "ambiguous"), candidates


def _fits(logged: LoggedFilm, film: Film) -> bool:
    """Whether the kinds agree: what is said to be television is a series."""
    return film.kind == "series" or not logged.television


def _years_agree(logged: LoggedFilm, film: Film) -> bool:
    """Whether the years are equal or one off, or one of them is unknown."""
    return logged.year is None or film.year is None or abs(logged.year - film.year) <= 1


def _may_mean(logged: LoggedFilm, film: Film) -> bool:
    """Whether neither the kind nor an id and the year say that this film is another than the logged one.

    The catalogue knows none of the logged ids, so that an id of the same kind that it knows of the film differs.
    """
    if not _fits(logged, film):
        return False
    if logged.year is None or film.year is None or logged.year in (film.year, *film.other_years):
        return True
    pairs = ((logged.code, film.boxd_code), (logged.tmdb_id, film.tmdb_id), (logged.imdb_id, film.imdb_id))
    return all(given is None or known is None for given, known in pairs)


def profile_of(log: Log, matches: Sequence[tuple[int, LoggedFilm]]) -> Profile:
    """The profile of the logged films with a match. matches: film number and logged film, oldest first."""
    ratings: dict[int, float] = {}
    for number, logged in matches:
        if logged.stars is not None:
            ratings.pop(number, None)
            ratings[number] = logged.stars
    liked = frozenset(number for number, logged in matches if logged.liked)
    watched = {number for number, logged in matches if logged.seen} | ratings.keys() | liked
    return Profile(
        ratings=ratings,
        seen=frozenset(watched - ratings.keys() - liked),
        liked=liked,
        watchlist=frozenset(number for number, logged in matches if logged.watchlist) - watched,
        dates={number: logged.date for number, logged in matches if logged.date and number in watched},
        rewatched=frozenset(number for number, logged in matches if logged.rewatched),
        reviewed=frozenset(number for number, logged in matches if logged.reviewed),
        origin={number: log.origin for number, _ in matches},
    )
