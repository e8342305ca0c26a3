"""What to ask TMDB about a film, in which order, and what to believe of the answers.

By TMDB's own id, else by IMDb's, else by title and year: first among films of that year, then among films that came out
anywhere in it. A search counts only where one film alone has the same title and a year at most one off. Whatever an
answer holds, only a well-formed id, poster path and overview come out of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from reelrec.sources.tmdb.api import Params, not_film_data

DAY = 86_400.0
DETAILS_SECONDS = 30 * DAY
SEARCH_SECONDS = 7 * DAY
MISS_SECONDS = 1 * DAY
MAX_OVERVIEW = 1000  # characters
MAX_HITS = 100

_POSTER = re.compile(r"/[A-Za-z0-9_-]{1,100}\.(jpg|png|svg|webp)")
_YEAR = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_IMAGES = re.compile(r"https://[a-z0-9.-]{1,100}\.tmdb\.org/[A-Za-z0-9/_-]{0,100}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A film to be found. An id that is not a positive whole number counts as absent."""

    title: str
    year: int | None = None
    tmdb_id: int | None = None
    imdb_id: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of one film at TMDB, under TMDB's names."""

    id: int
    poster_path: str | None
    overview: str


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `read`: the films in its answer (None: TMDB's 404). `seconds`: how long a find is kept."""

    path: str
    params: Params
    seconds: float
    read: Callable[[dict | None], list[Facts]]

    @property
    def key(self) -> str:
        return f"{self.path}?{urlencode(self.params)}"


def questions(film: Wanted) -> Iterator[Question]:
    """In the order in which they are asked, until one is answered with a film."""
    if is_id(film.tmdb_id):
        yield Question(f"/movie/{film.tmdb_id}", (), DETAILS_SECONDS, lambda answer: _one(answer, film.tmdb_id))
    if is_id(film.imdb_id):
        params = (("external_source", "imdb_id"),)
        yield Question(f"/find/tt{film.imdb_id:07d}", params, DETAILS_SECONDS, _found)
    if film.title.strip() and film.year:
        for year in ("primary_release_year", "year"):
            params = tuple(sorted((("query", film.title), (year, str(film.year)))))
            yield Question("/search/movie", params, SEARCH_SECONDS, lambda answer: _fitting(answer, film))


def facts(raw: object) -> Facts | None:
    """A film out of TMDB's JSON, or out of ours; None where it has no id."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return None
    path, overview = raw.get("poster_path"), raw.get("overview")
    poster = path if isinstance(path, str) and _POSTER.fullmatch(path) else None
    return Facts(raw["id"], poster, _clean(overview) if isinstance(overview, str) else "")


def packed(films: list[Facts]) -> list[dict]:
    """As JSON, to be kept."""
    return [asdict(film) for film in films]


def unpacked(kept: object) -> list[Facts] | None:
    """What `packed` made; None where it is something else, or nothing."""
    films = [facts(raw) for raw in kept] if isinstance(kept, list) else [None]
    return None if None in films else films


def image_base(configuration: dict | None) -> str:
    """Where TMDB's configuration says that its images lie; empty where that is not a place of TMDB's."""
    if configuration is None or not isinstance(configuration.get("images"), dict):
        raise not_film_data()
    return believed_base(configuration["images"].get("secure_base_url"))


def believed_base(base: object) -> str:
    """An address of TMDB's own, without the slash at its end; empty for all else."""
    return base.rstrip("/") if isinstance(base, str) and _IMAGES.fullmatch(base) else ""


def is_id(value: object) -> bool:
    return type(value) is int and 0 < value < 10**10


def _one(answer: dict | None, tmdb_id: int) -> list[Facts]:
    if answer is None:
        return []
    film = facts(answer)
    if film is None or film.id != tmdb_id:
        raise not_film_data()
    return [film]


def _found(answer: dict | None) -> list[Facts]:
    films = [facts(raw) for raw in _list(answer, "movie_results")]
    return _unique([film for film in films if film is not None])


def _fitting(answer: dict | None, wanted: Wanted) -> list[Facts]:
    title, fits = _fold(wanted.title), []
    for raw in _list(answer, "results"):
        film = facts(raw)
        if film is None:
            continue
        titles = [raw.get(name) for name in ("title", "original_title")]
        date = raw.get("release_date")
        year = _YEAR.fullmatch(date) if isinstance(date, str) else None
        same = any(isinstance(text, str) and _fold(text) == title for text in titles)
        if same and year and abs(int(year[1]) - wanted.year) <= 1:
            fits.append(film)
    return _unique(fits)


def _list(answer: dict | None, name: str) -> list:
    found = None if answer is None else answer.get(name)
    if not isinstance(found, list):
        raise not_film_data()
    return found[:MAX_HITS]


def _unique(films: list[Facts]) -> list[Facts]:
    return list({film.id: film for film in films}.values())


def _fold(title: str) -> str:
    """Letters and digits only, without accents and case; what has none of either stays as it is."""
    plain = unicodedata.normalize("NFKD", title[:1000]).casefold()
    return "".join(c for c in plain if c.isalnum()) or title.strip()


def _clean(text: str) -> str:
    """One line without control characters, cut between two words."""
    if text.isprintable() and len(text) <= MAX_OVERVIEW:
        return text
    spaced = " ".join(text[: 4 * MAX_OVERVIEW].split())
    shown = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    if len(shown) <= MAX_OVERVIEW:
        return shown
    return shown[: MAX_OVERVIEW - 1].rsplit(" ", 1)[0] + "…"
