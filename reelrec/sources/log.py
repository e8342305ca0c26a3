"""A log: the films of a Letterboxd member as an export or a feed names them, not yet looked up in the catalogue."""

from __future__ import annotations

import datetime
import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from reelrec.sources.scales import Scale, ScaleQuestion
from reelrec.translation import N_, _

MAX_TITLE_CHARS = 300
MAX_REVIEW_CHARS = 4_000
NO_FILMS = "it is one of an export's files without films"
# How Letterboxd writes half-stars; a test holds this to the scale in data/half_stars.py, which sources cannot import.
STARS = re.compile(r"0?\.50?|[1-4](?:\.[05]0?)?|5(?:\.00?)?", re.ASCII)
# Also 1995.0, (1995), 1,995 and 1995-12-15.
_YEAR = re.compile(r"[('\[ ]*(\d)[.,'’ ]?(\d{3})(?:[.,]0*|-\d\d-\d\d.*)?[)\] ]*", re.ASCII)
_ID = re.compile(r"(?:\S*/(?:title|movie)/)?(?:tt)?0*([1-9]\d{0,8})(?:\.0*|[/?-]\S*)?", re.ASCII | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});")
_NOT_IN_CP1252 = frozenset("\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True, slots=True)
class LoggedFilm:
    """A film of a log.

    code: of the film's boxd.it link. slug: of its address, which the site may have given to another film since. stars:
    0.5-5.0. rescaled: the stars were converted from another scale. date: the day it was watched, else rated (ISO).
    review: the newest review, kept only where there are no stars, because stars can be suggested from it. rating: as
    the file has it, while its scale is not known; there are no stars as long.
    """

    title: str
    year: int | None
    code: str | None = None
    slug: str | None = None
    tmdb_id: int | None = None
    imdb_id: int | None = None
    television: bool = False
    stars: float | None = None
    rescaled: bool = False
    seen: bool = False
    liked: bool = False
    watchlist: bool = False
    date: str | None = None
    rewatched: bool = False
    reviewed: bool = False
    review: str = ""
    movielens_id: int | None = None
    rating: str = ""

    @property
    def name(self) -> str:
        """ "Title (Year)", or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def address(self) -> str:
        """The film's address at Letterboxd, "" where the log has none."""
        if self.code:
            return f"https://boxd.it/{self.code}"
        return f"https://letterboxd.com/film/{self.slug}/" if self.slug else ""


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file of an upload. read_as: the file of an export that it is, "" where it was not read. why: why it was not."""

    name: str
    read_as: str = ""
    why: str = ""

    @property
    def fault(self) -> str:
        """A sentence about a file that should have been read, "" for one that was or has no films."""
        return _("{name} was not read: {why}.", name=self.name, why=self.why) if self.why not in ("", NO_FILMS) else ""


@dataclass(frozen=True, slots=True)
class Log:
    """A member's films, oldest first where dates are known.

    origin: "export" (Letterboxd's), "rss", or the name of another site. owner: the username of a feed, else "". faults:
    a sentence for each file or row that was read in part or not at all. files: of an export. scales: a sentence for
    each file whose ratings were converted by a guess. told: what is certain of its ratings, in sentences. asks: the
    scale of its ratings, which is not known; there are no stars until it is. rows: of other sites' files.
    """

    origin: str
    owner: str
    films: tuple[LoggedFilm, ...]
    faults: tuple[str, ...] = ()
    files: tuple[LogFile, ...] = ()
    scales: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    asks: ScaleQuestion | None = None
    rows: int = 0

    def on_scale(self, scale: Scale) -> Log:
        """The log with stars for its ratings, now that their scale is known; one that is none on it stays unrated."""
        no_ratings: Counter[str] = Counter()
        stars_of = {text: scale.stars(text) for text in {film.rating for film in self.films}}
        films = []
        for film in self.films:
            if film.rating:
                stars = stars_of[film.rating]
                if stars is None:
                    no_ratings[film.rating] += 1
                film = replace(film, stars=stars, rating="")
            films.append(film)
        faults = (*self.faults, *([_none_of(no_ratings, scale)] if no_ratings else []))
        return replace(self, films=tuple(films), faults=faults, asks=None)

    def without_ratings(self) -> Log:
        """The log without the ratings whose scale is not known: their films were seen."""
        films = tuple(replace(film, rating="") if film.rating else film for film in self.films)
        return replace(self, films=films, asks=None)

    def without_rescaled(self) -> Log:
        """The log without the stars that were converted from another scale."""
        films = tuple(replace(film, stars=None, rescaled=False) if film.rescaled else film for film in self.films)
        return replace(self, films=films, scales=())


def _none_of(no_ratings: Counter[str], scale: Scale) -> str:
    """A sentence about ratings that are none on their scale."""
    example, n = clean_title(next(iter(no_ratings)))[:20], no_ratings.total()
    if n == 1:
        said = N_("“{example}” is no rating {out_of}, so its film counts as seen without stars.")
    else:
        said = N_("{n:,} ratings, such as “{example}”, are none {out_of}, so their films count as seen without stars.")
    return _(said, n=n, example=example, out_of=scale.words)


def clean_title(text: str) -> str:
    """A title on one line, without control characters and what HTML or a wrong encoding made of its letters.

    It has at most MAX_TITLE_CHARS.
    """
    text = text[: 4 * MAX_TITLE_CHARS]
    for _time in range(3):  # HTML is at times encoded twice
        if "&" in text:
            text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _line(text if text.isascii() else _encoded_once(text), MAX_TITLE_CHARS)


def clean_review(text: str) -> str:
    """A review on one line, without control characters, of at most MAX_REVIEW_CHARS."""
    return _line(text, MAX_REVIEW_CHARS)


def _encoded_once(text: str) -> str:
    """The text before its UTF-8 was taken for Windows' Latin letters, as in "AmÃ©lie"; any other text as it is."""
    try:
        return b"".join(c.encode("latin-1" if c in _NOT_IN_CP1252 else "cp1252") for c in text).decode()
    except UnicodeError:
        return text


def _line(text: str, most: int) -> str:
    some = text[: 4 * most]  # bounds the work on a hostile cell
    if not some.isprintable():  # most texts are printable, which saves a look at each character
        some = "".join(c for c in some if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(some.split())[:most]


def clean_year(text: str) -> int | None:
    """A year from 1870 to 2100, also of a text such as "1995.0", "(1995)" or "1,995"; None for any other text."""
    if len(text) == 4 and text.isascii() and text.isdigit():  # nearly all
        return int(text) if "1870" <= text <= "2100" else None
    match = _YEAR.fullmatch(_line(text, 20))
    year = match[1] + match[2] if match else ""
    return int(year) if "1870" <= year <= "2100" else None


def clean_id(text: str) -> int | None:
    """The number of a TMDB or IMDb id, such as "949", "949.0", "tt0113277" or a film's address with it; else None."""
    match = _ID.fullmatch(text[:200].strip()) if text else None
    return int(match[1]) if match else None


def clean_stars(text: str) -> float | None:
    """Stars of a text such as "3.5" or "4.0"; None for a text that is not a half-star from 0.5 to 5.0."""
    return float(text) if STARS.fullmatch(text) else None


def clean_day(text: str) -> str | None:
    """The day of an ISO date; None for any other text."""
    try:
        return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None
