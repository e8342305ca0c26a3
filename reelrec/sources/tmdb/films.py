"""The questions that find a film at TMDB, their order, and the checks of the answers.

A film is looked for by its TMDB id, else by its IMDb id, else by title and year: first among films with that year as
their primary release, then among films with any release in that year. A search counts only where exactly one film has
the same title and a year at most one off. Only a well-formed id, poster path and overview are taken from an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from reelrec.sources.tmdb.api import Params, not_film_data
from reelrec.sources.tmdb.question import DAY, Question, is_id

DETAILS_SECONDS = 30 * DAY
SEARCH_SECONDS = 7 * DAY
MAX_OVERVIEW = 1000  # characters
MAX_HITS = 100

_POSTER = re.compile(r"/[A-Za-z0-9_-]{1,100}\.(jpg|png|svg|webp)")
_YEAR = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_IMAGES = re.compile(r"https://[a-z0-9.-]{1,100}\.tmdb\.org/[A-Za-z0-9/_-]{0,100}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A film to be found. An id that is no positive whole number counts as absent."""

    title: str
    year: int | None = None
    tmdb_id: int | None = None
    imdb_id: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a film that are kept, by TMDB's names."""

    id: int
    poster_path: str | None
    overview: str


def questions(film: Wanted) -> Iterator[Question[list[Facts]]]:
    """The questions about a film, to be asked in this order until an answer has a film."""
    title, year, tmdb_id = film.title, film.year, film.tmdb_id
    if tmdb_id is not None and is_id(tmdb_id):
        yield _films(f"/movie/{tmdb_id}", (), DETAILS_SECONDS, lambda answer: _one(answer, tmdb_id))
    if is_id(film.imdb_id):
        yield _films(f"/find/tt{film.imdb_id:07d}", (("external_source", "imdb_id"),), DETAILS_SECONDS, _all)
    if title.strip() and year:
        for name in ("primary_release_year", "year"):
            params = tuple(sorted((("query", title), (name, str(year)))))
            yield _films("/search/movie", params, SEARCH_SECONDS, lambda answer: _fitting(answer, title, year))


def _films(
    path: str, params: Params, seconds: float, read: Callable[[dict | None], list[Facts]]
) -> Question[list[Facts]]:
    return Question(path, params, seconds, read, packed, unpacked)


def facts(raw: object) -> Facts | None:
    """The facts in a film's JSON object, TMDB's or ours; None where it has no id."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return None
    path, overview = raw.get("poster_path"), raw.get("overview")
    poster = path if isinstance(path, str) and _POSTER.fullmatch(path) else None
    text = _clean(overview) if isinstance(overview, str) else ""
    return Facts(id=raw["id"], poster_path=poster, overview=text)


def packed(films: list[Facts]) -> list[dict]:
    """The films as JSON objects for the cache."""
    return [asdict(film) for film in films]


def unpacked(kept: object) -> list[Facts] | None:
    """The films that `packed` made JSON objects of; None for any other value."""
    if not isinstance(kept, list):
        return None
    films = [film for raw in kept if (film := facts(raw)) is not None]
    return films if len(films) == len(kept) else None


def image_base(configuration: dict | None) -> str:
    """The address of the images in TMDB's configuration; "" where it is no address of TMDB's.

    Raises UnexpectedAnswerError.
    """
    if configuration is None or not isinstance(configuration.get("images"), dict):
        raise not_film_data()
    return believed_base(configuration["images"].get("secure_base_url"))


def believed_base(base: object) -> str:
    """An address of TMDB's without the slash at its end; "" for any other value."""
    return base.rstrip("/") if isinstance(base, str) and _IMAGES.fullmatch(base) else ""


def _one(answer: dict | None, tmdb_id: int) -> list[Facts]:
    """The film of an answer that must be the one with this id. Raises UnexpectedAnswerError."""
    if answer is None:
        return []
    film = facts(answer)
    if film is None or film.id != tmdb_id:
        raise not_film_data()
    return [film]


def _all(answer: dict | None) -> list[Facts]:
    """All films of an answer. Raises UnexpectedAnswerError."""
    films = [facts(raw) for raw in _list(answer, "movie_results")]
    return _unique([film for film in films if film is not None])


def _fitting(answer: dict | None, title: str, year: int) -> list[Facts]:
    """The films of an answer with this title and a year at most one off. Raises UnexpectedAnswerError."""
    folded, fits = _fold(title), []
    for raw in _list(answer, "results"):
        film = facts(raw)
        if film is None:
            continue
        titles = [raw.get(name) for name in ("title", "original_title")]
        date = raw.get("release_date")
        released = _YEAR.fullmatch(date) if isinstance(date, str) else None
        same = any(isinstance(text, str) and _fold(text) == folded for text in titles)
        if same and released and abs(int(released[1]) - year) <= 1:
            fits.append(film)
    return _unique(fits)


def _list(answer: dict | None, name: str) -> list:
    """At most MAX_HITS values of a list in an answer. Raises UnexpectedAnswerError."""
    values = None if answer is None else answer.get(name)
    if not isinstance(values, list):
        raise not_film_data()
    return values[:MAX_HITS]


def _unique(films: list[Facts]) -> list[Facts]:
    return list({film.id: film for film in films}.values())


def _fold(title: str) -> str:
    """The letters and digits of a title, without accents and case; the title itself where it has none."""
    plain = unicodedata.normalize("NFKD", title[:1000]).casefold()
    return "".join(c for c in plain if c.isalnum()) or title.strip()


def _clean(text: str) -> str:
    """A text on one line, without control characters, cut between two words at MAX_OVERVIEW characters."""
    if text.isprintable() and len(text) <= MAX_OVERVIEW:
        return text
    spaced = " ".join(text[: 4 * MAX_OVERVIEW].split())
    shown = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    if len(shown) <= MAX_OVERVIEW:
        return shown
    return shown[: MAX_OVERVIEW - 1].rsplit(" ", 1)[0] + "…"
