"""A film of TV Time's files: its name, its year, and the rows about it put together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from reelrec.sources.log import LoggedFilm, clean_title, clean_year
from reelrec.sources.others.rows import Row

_SLUG = re.compile(r"(?:watch|towatch|rewatch|follow)-alpha-([a-z0-9-]{1,200})", re.ASCII)


@dataclass(slots=True)
class FilmsByKey:
    """The films of a file, one for all rows with a key."""

    _films: dict[str, LoggedFilm] = field(default_factory=dict)
    _times: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, film: LoggedFilm) -> None:
        """Add a row about a film. The latest day counts, and two rows of watching are a film seen again."""
        old = self._films.get(key, film)
        watched = film.seen and not film.rating
        times = self._times[key] = self._times.get(key, 0) + watched
        seen = old.seen or film.seen
        self._films[key] = replace(
            old,
            year=old.year or film.year,
            seen=seen,
            watchlist=(old.watchlist or film.watchlist) and not seen,
            date=max(filter(None, (old.date, film.date)), default=None),
            rating=film.rating or old.rating,
            rewatched=old.rewatched or film.rewatched or times > 1,
        )

    @property
    def is_rated(self) -> bool:
        """Whether any of the films has a rating."""
        return any(film.rating for film in self._films.values())

    def ordered(self) -> list[LoggedFilm]:
        """The films, oldest first."""
        return sorted(self._films.values(), key=lambda film: film.date or "")


def name_of(row: Row) -> str:
    """The name of a film: in English where its own is in another language, "" for what is no film."""
    name, slug = clean_title(row.get("moviename", "")), _SLUG.fullmatch(row.get("alpharangekey", "").strip())
    if not name or slug is None or _letters(name) == _letters(slug[1]):
        return name
    return slug[1].replace("-", " ").strip() or name


def year_of(row: Row) -> int | None:
    """The year of a film; unknown days are 0001-01-01."""
    return clean_year(row.get("releasedate", "").strip()[:4])


def _letters(name: str) -> str:
    """The plain letters and digits of a name, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isascii() and c.isalnum())
