"""From a log to a profile: each logged film is looked up in the catalogue, and may stay unmatched.

A boxd.it code decides, or an id of TMDB, IMDb or MovieLens. An address only names a film whose year agrees, because the
site gives addresses of one film to another. By title and year a film is found only where no id says otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reelrec import progress
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import KINDS, Film
from reelrec.sources.budget import NO_LIMIT, Budget
from reelrec.sources.log import Log, LoggedFilm
from reelrec.visitor.profile import Profile

AT_ONCE = 4_000  # films of a log whose candidates are in memory at a time


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


def take_in(log: Log, films: Catalogue, fixes: Mapping[int, int] | None = None, budget: Budget = NO_LIMIT) -> Intake:
    """Look up every film of the log. Where two logged films are one film of the catalogue, the newer one counts.

    Raises ExportError where the budget is used up.
    """
    fixes = dict(fixes or {})
    matches: list[tuple[int, LoggedFilm]] = []
    unmatched: list[Unmatched] = []
    named = functools.cache(films.match_numbers)  # many rows may have one title
    for start in progress.steps(range(0, len(log.films), AT_ONCE)):
        rows = list(budget.each(_row(place, log.films[place], fixes, films, named) for place in _next(start, log)))
        candidates = films.films.at(number for row in rows for number in row.candidates)
        for row in budget.each(rows):
            why, meant = ("", ()) if row.number is not None else _decided(row, candidates)
            if why:
                unmatched.append(Unmatched(place=row.place, film=row.logged, why=why, candidates=meant))
            else:
                matches.append((meant[0].number if row.number is None else row.number, row.logged))
    budget.check()
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


def on_scale(taken: Intake, films: Catalogue, out_of: int | None) -> Intake:
    """The same once the visitor said what the ratings are out of; None: their stars are left out."""
    asks = taken.log.asks
    if out_of is None or asks is None:
        return take_in(taken.log.without_ratings(), films, taken.fixes)
    return take_in(taken.log.on_scale(asks.scale(out_of)), films, taken.fixes)


def with_fix(taken: Intake, films: Catalogue, place: int, film: Film) -> tuple[Intake, Profile]:
    """The same with the film at that place of the log said to be this one, and what that adds to a profile."""
    added = profile_of(taken.log, [(film.number, taken.log.films[place])])
    return take_in(taken.log, films, dict(taken.fixes) | {place: film.number}), added


@dataclass(slots=True)
class _Row:
    """A film of the log. number: by a fix or an id. addressed, named: the films of its address, its title and year."""

    place: int
    logged: LoggedFilm
    number: int | None = None
    addressed: int | None = None
    named: Sequence[int] = ()

    @property
    def candidates(self) -> Sequence[int]:
        return self.named if self.addressed is None else (self.addressed, *self.named)


def _next(start: int, log: Log) -> range:
    """The next AT_ONCE places of the log."""
    return range(start, min(start + AT_ONCE, len(log.films)))


def _row(
    place: int,
    logged: LoggedFilm,
    fixes: Mapping[int, int],
    films: Catalogue,
    named: Callable[[str, int | None], list[int]],
) -> _Row:
    """A film of the log with the numbers of the films that it may be. named: `match_numbers` of the catalogue."""
    number = fixes[place] if place in fixes else _by_id(logged, films)
    if number is not None:
        return _Row(place, logged, number)
    addressed = films.number(logged.slug) if logged.slug else None
    return _Row(place, logged, None, addressed, named(logged.title, logged.year))


def _by_id(logged: LoggedFilm, films: Catalogue) -> int | None:
    """The number of the film that an id names, None where none does or the film is of another kind."""
    number = films.number_by_id(
        tmdb_id=logged.tmdb_id, imdb_id=logged.imdb_id, boxd_code=logged.code, movielens_id=logged.movielens_id
    )
    if number is None or (logged.television and KINDS[films.kind[number]] != "series"):
        return None
    return number


def _decided(row: _Row, films: Mapping[int, Film]) -> tuple[str, tuple[Film, ...]]:
    """By address, or by title and year: why there is no single match, "" where there is one; and who may be meant."""
    logged = row.logged
    if row.addressed is not None:
        addressed = films[row.addressed]
        if _years_agree(logged, addressed) and _may_mean(logged, addressed):
            return "", (addressed,)
    candidates = tuple(film for number in row.named if _may_mean(logged, film := films[number]))
    if not candidates:
        return "television" if logged.television else "unknown", ()
    if logged.year is None:
        return "no year", candidates
    return ("" if len(candidates) == 1 else "ambiguous"), candidates


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
    pairs = (
        (logged.code, film.boxd_code), (logged.tmdb_id, film.tmdb_id), (logged.imdb_id, film.imdb_id),
        (logged.movielens_id, film.movielens_id),
    )  # fmt: skip
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
