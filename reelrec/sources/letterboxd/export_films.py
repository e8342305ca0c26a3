"""The rows of an export as films: several rows of one film become one film.

ratings.csv, watched.csv, watchlist.csv and likes/films.csv name a film by its boxd.it link. In diary.csv and
reviews.csv the link is that of the entry, so their rows are joined by title and year. The text of a review is kept only
where neither its row nor its film has stars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_days import Day, Days, days_of
from reelrec.sources.letterboxd.export_kinds import DIARY, FILM_FILES, RATINGS, REVIEWS, WATCHED, WATCHLIST
from reelrec.sources.letterboxd.export_tables import Row, Table, plain
from reelrec.sources.log import LoggedFilm, clean_id, clean_review, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.scales import SCALES, Scale, scale_of
from reelrec.translation import N_

MAX_FILMS = 50_000  # in all files; a visit keeps them until it ends
FILM_LINK = re.compile(
    r"(?i:https?://)?(?i:www\.)?"
    r"(?:(?i:boxd\.it)/([A-Za-z0-9]{1,12})|(?i:letterboxd\.com)/(?:[A-Za-z0-9_]+/)?film/([a-z0-9-]+))/?(?:[?#].*)?"
)
TELEVISION = {"tv", "show", "tvshow", "series", "tvseries", "miniseries", "tvminiseries", "season", "episode",
              "tvepisode"}  # fmt: skip
PLANNED = {"plantowatch", "planned", "wanttowatch", "towatch"}
_WITH_YEAR = re.compile(r"(.+?)\s*\((\d{4})\)")

Key = tuple[str | int | None, ...]  # equal for two rows of one film
Named = tuple[str, int | None]  # title and year


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it is read. kind: its name in FILES. stars_of: text to stars. note: takes a sentence about the file."""

    kind: str
    out_of: int
    stars_of: Mapping[str, float | None]
    days: Days
    note: Note

    def stars(self, place: int, row: Row) -> float | None:
        """The stars of a row; None, with a sentence, for a row without a rating."""
        text = _rating(row)
        stars = self.stars_of.get(text)
        if stars is None:
            if text:
                self.note(N_("“{text}” is no rating, so the film counts as seen without stars."),
                          row=place, text=clean_title(text)[:20])  # fmt: skip
            else:
                self.note(N_("no rating, so the film counts as seen without stars."), row=place)
        return stars

    def is_rescaled(self, stars: float | None) -> bool:
        """Whether the stars were converted from another scale."""
        return stars is not None and self.out_of != SCALES[0]


@dataclass(slots=True)
class _Film:
    """A film while its rows are read: a LoggedFilm that can be changed, because a copy for each row takes long."""

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


_facts = attrgetter(*(one.name for one in fields(_Film)))  # in the order of a LoggedFilm's


class Films:
    """The films that the rows name. scales: a sentence for each file whose ratings were converted.

    budget: of the upload, which its loops keep to.
    """

    def __init__(self, budget: Budget) -> None:
        self.scales: list[str] = []
        self._budget = budget
        self._by_key: dict[Key, _Film] = {}
        self._named: dict[Named, Key | None] = {}  # the only film of a title and year; None where several are
        self._named_seen: dict[Named, Key | None] = {}  # the same of the films that were seen
        self._newest: dict[tuple[str, Key], str] = {}  # of an entry, of one with stars, of one with a review alone
        self._logged: set[Key] = set()
        self._has_ratings = False
        self._is_full = False

    def __len__(self) -> int:
        return len(self._by_key)

    def ordered(self, most_reviews: int) -> Iterator[LoggedFilm]:
        """The films, oldest first where dates are known. Reviews of the newest without stars are kept, so many."""
        films = sorted(self._by_key.values(), key=lambda film: film.date or "")
        reviewed = [film for film in films if film.review and film.stars is None]
        kept = set(map(id, reviewed[-most_reviews:]))
        for film in self._budget.each(films):
            if id(film) not in kept:
                film.review = ""
            yield LoggedFilm(*_facts(film))

    def read(self, kind: str, name: str, table: Table, out_of: int | None, note: Note) -> None:
        """Add the rows of a file, the newest last. out_of: the scale of its ratings, None where they tell it.

        Raises ExportError where the budget is used up.
        """
        rows = list(self._budget.each(table.rows(note)))
        columns = [[row.get(column, "") for _, row in rows] for column in ("date", "watched")]
        days = days_of(columns, self._budget)
        for fault in days.faults:
            note(fault)
        is_starred = kind == RATINGS or (kind in (DIARY, REVIEWS) and not self._has_ratings)
        ratings = Counter(_rating(row) for _, row in rows if row) if is_starred else Counter[str]()
        scale = self._scale(name, ratings, table, out_of, note)
        reading = Reading(kind, scale.out_of, {text: scale.stars(text) for text in ratings}, days, note)
        for place, row in self._budget.each(reversed(rows) if days.newest_first else rows):
            if not row:
                continue
            if kind in FILM_FILES:
                self._add(reading, place, row)
            else:
                self._add_entry(reading, place, row, is_starred)
        self._has_ratings = self._has_ratings or (kind == RATINGS and any(row for _, row in rows))

    def _scale(self, name: str, ratings: Mapping[str, int], table: Table, out_of: int | None, note: Note) -> Scale:
        """The scale of a file's ratings, said where it is not Letterboxd's. ratings: text to the number of rows."""
        scale = scale_of(ratings, ten="rating10" in table.columns and "rating" not in table.columns)
        if out_of is not None:
            return replace(scale, out_of=out_of)
        if scale.out_of != SCALES[0]:
            note(scale.sentence)
            self.scales.append(f"{name}: {scale.sentence}")
        return scale

    def _add(self, reading: Reading, place: int, row: Row) -> None:
        """Add a row of a file in which the link is that of the film. place: the number of the row."""
        named = _title(reading, place, row)
        if named is None:
            return
        code, slug = _link(row)
        key: Key = (code, slug, "link") if code or slug else _id(row) or named
        film = self._film(reading, key, row, named, code, slug)
        if film is None:
            return
        day = reading.days.day(row.get("date", ""))
        if _is_planned(row) or reading.kind == WATCHLIST:
            film.watchlist = True  # its day is not one of watching
        else:
            film.date = film.date or day.iso
            if reading.kind == RATINGS:
                stars = reading.stars(place, row)
                if stars is not None and self._is_newest("stars", key, day):
                    film.stars = stars
                film.seen, film.rescaled = True, reading.is_rescaled(film.stars)
            elif reading.kind == WATCHED:
                film.seen = True
            else:
                film.liked = True
        self._name(key, named, film)

    def _add_entry(self, reading: Reading, place: int, row: Row, is_starred: bool) -> None:
        """Add a row of the diary or the reviews, in which the link is that of the entry."""
        named = _title(reading, place, row)
        if named is None:
            return
        key = _id(row) or self._named_seen.get(named, self._named.get(named, named))
        if key is None:  # two films have this title and year, and the row does not say which it means
            return
        film = self._film(reading, key, row, named)
        if film is None:
            return
        if _is_planned(row):
            film.watchlist = True
            self._name(key, named, film)
            return
        day = self._day_of_entry(reading.days, row)
        if self._is_newest("entry", key, day):
            film.date = day.iso or film.date
        if "review" in row and self._is_newest("review", key, day):
            film.review = clean_review(row["review"])
        if is_starred and _rating(row) and self._is_newest("stars", key, day):
            film.stars = reading.stars(place, row)
            film.rescaled = reading.is_rescaled(film.stars)
        again = row.get("rewatch", "").strip().lower() in ("yes", "true", "1")
        if reading.kind == DIARY:
            again = again or key in self._logged
            self._logged.add(key)
        film.seen = True
        film.rewatched = film.rewatched or again
        film.reviewed = film.reviewed or reading.kind == REVIEWS
        self._name(key, named, film)

    def _film(
        self, reading: Reading, key: Key, row: Row, named: Named, code: str | None = None, slug: str | None = None
    ) -> _Film | None:
        """The film with this key as it is so far, else a new one; None, with a sentence, where there are too many."""
        film = self._by_key.get(key)
        if film is None:
            if len(self._by_key) == MAX_FILMS:
                if not self._is_full:
                    reading.note(
                        N_("the files name more than {n:,} films; those after them were left out."), n=MAX_FILMS
                    )
                self._is_full = True
                return None
            film = self._by_key[key] = _Film(*named, code, slug, television=_is_television(row))
        if not film.television:  # of television, another film has that number
            film.tmdb_id = clean_id(row.get("tmdb", "")) or film.tmdb_id
        film.imdb_id = clean_id(row.get("imdb", "")) or film.imdb_id
        return film

    def _name(self, key: Key, named: Named, film: _Film) -> None:
        """Note which film has this title and year."""
        for only in (self._named, self._named_seen) if film.seen else (self._named,):
            if only.setdefault(named, key) != key:
                only[named] = None

    def _day_of_entry(self, days: Days, row: Row) -> Day:
        """The day an entry's film was watched, else the day it was written down."""
        watched = days.day(row.get("watched", ""))
        return watched if watched.order else days.day(row.get("date", ""))

    def _is_newest(self, what: str, key: Key, day: Day) -> bool:
        """Whether no entry of this film before has a later day."""
        newest = day.order >= self._newest.get((what, key), "")
        if newest:
            self._newest[what, key] = day.order
        return newest


def _title(reading: Reading, place: int, row: Row) -> Named | None:
    """Title and year of a row, its link where it has no title; None, with a sentence, for a row without both."""
    title = clean_title(row.get("name", ""))
    if not title and reading.kind in FILM_FILES:
        code, slug = _link(row)
        title = f"boxd.it/{code}" if code else f"letterboxd.com/film/{slug}" if slug else ""
    if not title:
        reading.note(N_("no title, so it was left out."), row=place)
        return None
    year = clean_year(row.get("year", ""))
    if year is None and title.endswith(")") and (both := _WITH_YEAR.fullmatch(title)):
        title, year = both[1], clean_year(both[2])
    return title, year


def _link(row: Row) -> tuple[str | None, str | None]:
    """The boxd.it code and the slug of a row's link."""
    link = FILM_LINK.fullmatch((row.get("uri") or row.get("url") or "").strip())
    code, slug = link.groups() if link else (None, None)
    return code, slug


def _id(row: Row) -> Key:
    """What tells a film from another one of its title and year where there is no link, () where nothing does."""
    found = ((site, number) for site in ("tmdb", "imdb") if (number := clean_id(row.get(site, ""))))
    site_and_number = next(found, None)
    return (*site_and_number, _is_television(row)) if site_and_number else ()


def _is_television(row: Row) -> bool:
    """Whether a converter says of a row that it is a series or a part of one."""
    return ("type" in row and plain(row["type"]) in TELEVISION) or bool(row.get("season", "").strip())


def _is_planned(row: Row) -> bool:
    """Whether a converter says of a row that the film is yet to be seen."""
    return "status" in row and plain(row["status"]) in PLANNED


def _rating(row: Row) -> str:
    """The text of a row's rating; one from Rating10 beside Rating names its scale."""
    rating = row.get("rating", "").strip()
    ten = "" if rating else row.get("rating10", "").strip()
    return f"{ten}/10" if ten and "rating" in row else rating or ten
