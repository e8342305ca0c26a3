"""What somebody told Letterboxd about films, as their export or their feed has it, before anybody looked a film up."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

MAX_TITLE_CHARS = 300
MAX_REVIEW_CHARS = 4_000
STARS = re.compile(r"0?\.50?|[1-4](?:\.[05]0?)?|5(?:\.00?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LoggedFilm:
    """One film. code: of the film's boxd.it link. stars: 0.5-5.0. date: the day watched, else rated (ISO).

    review: the newest text about it, kept only where there are no stars, for which it may stand.
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
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Log:
    """A person's films, oldest first where dates are known. origin: "export" or "rss".

    owner: the username where one was typed, else "". faults: a sentence for each row that could not be read whole.
    """

    origin: str
    owner: str
    films: tuple[LoggedFilm, ...]
    faults: tuple[str, ...] = ()


def clean_title(text: str) -> str:
    """A title on one line, without control characters, cut to a sensible length."""
    return _line(text, MAX_TITLE_CHARS)


def clean_review(text: str) -> str:
    """Likewise a review."""
    return _line(text, MAX_REVIEW_CHARS)


def _line(text: str, most: int) -> str:
    some = text[: 4 * most]  # the rest of a hostile cell is not worth looking at
    if not some.isprintable():  # nearly all are, which spares looking at each character
        some = "".join(c for c in some if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join(some.split())[:most]


def clean_year(text: str) -> int | None:
    text = text.strip()
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and "1870" <= text <= "2100" else None


def clean_stars(text: str) -> float | None:
    """ "3.5" and "4.0" as numbers; None for anything that is no half-star from 0.5 to 5.0."""
    return float(text) if STARS.fullmatch(text) else None


def clean_day(text: str) -> str | None:
    """An ISO day, None where it is none."""
    try:
        return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None
