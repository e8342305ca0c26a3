"""A log: the films of a Letterboxd member as an export or a feed names them, not yet looked up in the catalogue."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

MAX_TITLE_CHARS = 300
MAX_REVIEW_CHARS = 4_000
# How Letterboxd writes half-stars; a test holds this to the scale in data/half_stars.py, which sources cannot import.
STARS = re.compile(r"0?\.50?|[1-4](?:\.[05]0?)?|5(?:\.00?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LoggedFilm:
    """A film of a log.

    code: of the film's boxd.it link. slug: of its address. stars: 0.5-5.0. date: the day it was watched, else rated
    (ISO). review: the newest review, kept only where there are no stars, because stars can be suggested from it.
    """

    title: str
    year: int | None
    code: str | None = None
    slug: str | None = None
    tmdb_id: int | None = None
    television: bool = False
    stars: float | None = None
    seen: bool = False
    liked: bool = False
    watchlist: bool = False
    date: str | None = None
    rewatched: bool = False
    reviewed: bool = False
    review: str = ""

    @property
    def name(self) -> str:
        """ "Title (Year)", or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Log:
    """A member's films, oldest first where dates are known.

    origin: "export" or "rss". owner: the username of a feed, else "". faults: a sentence for each row that was read in
    part or not at all.
    """

    origin: str
    owner: str
    films: tuple[LoggedFilm, ...]
    faults: tuple[str, ...] = ()


def clean_title(text: str) -> str:
    """A title on one line, without control characters, of at most MAX_TITLE_CHARS."""
    return _line(text, MAX_TITLE_CHARS)


def clean_review(text: str) -> str:
    """A review on one line, without control characters, of at most MAX_REVIEW_CHARS."""
    return _line(text, MAX_REVIEW_CHARS)


def _line(text: str, most: int) -> str:
    some = text[: 4 * most]  # bounds the work on a hostile cell
    if not some.isprintable():  # most texts are printable, which saves a look at each character
        some = "".join(c for c in some if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join(some.split())[:most]


def clean_year(text: str) -> int | None:
    """A year from 1870 to 2100; None for any other text."""
    text = text.strip()
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and "1870" <= text <= "2100" else None


def clean_stars(text: str) -> float | None:
    """Stars of a text such as "3.5" or "4.0"; None for a text that is not a half-star from 0.5 to 5.0."""
    return float(text) if STARS.fullmatch(text) else None


def clean_day(text: str) -> str | None:
    """The day of an ISO date; None for any other text."""
    try:
        return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None
