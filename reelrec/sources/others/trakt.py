"""Trakt: the JSON files of its export, and the CSV files that its site and its tools write.

JSON: lists of entries such as {"rated_at", "rating", "type": "movie", "movie": {"title", "year", "ids": {"trakt",
"slug", "imdb", "tmdb"}}}; watched films have plays and last_watched_at, the history watched_at, lists listed_at. CSV:
the day of the file's kind first, then type, title, year, trakt_rating, trakt_id, imdb_id, tmdb_id and more, the rating
last. Trakt's API documents ratings from 1 to 10. Read in FuzzyGrim/Yamtrack, src/integrations/imports/trakt.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_day, clean_id
from reelrec.sources.notes import Note
from reelrec.sources.others import rows
from reelrec.sources.others.site import LeftOut, Read, named, times
from reelrec.sources.scales import Scale, guessed
from reelrec.translation import N_

NAME = "Trakt"
SCALE = Scale(10, certain=True)
RATED, SEEN, LIKED, WANTED, NOTHING = "rated", "seen", "liked", "wanted", ""
# What an entry says, by what it has the day of; of things in lists the file's name says it.
DAYS = {
    "rated_at": RATED, "watched_at": SEEN, "last_watched_at": SEEN, "collected_at": NOTHING, "listed_at": NOTHING,
}  # fmt: skip
PLAY = "watched_at"  # the day of an entry that is one time of watching
LEFT_OUT = {
    "episode": (N_("episode"), N_("episodes")), "season": (N_("season of a series"), N_("seasons of series")),
    "person": (N_("person"), N_("people")),
    "listed": (N_("entry of a list or collection"), N_("entries of lists or collections")),
}  # fmt: skip
FILMS = ("movie", "show")
IDS = {"traktid", "imdbid", "tmdbid"}
NAMES = {"movie", "show", "episode", "season"}
OWN = "trakt"  # how columns begin that only its tables have

Entry = Mapping[str, Any]
Key = tuple[int | None, int | None, str]


def recognises(part: Part) -> bool:
    """Whether JSON has Trakt's numbers beside a day, or a table has an id beside a type and such a day."""
    keys, columns = rows.keys(part), set(rows.columns(part))
    if {"ids", "trakt"} <= keys and keys & NAMES and keys & DAYS.keys():
        return True
    is_dated = bool(columns & set(map(rows.column, DAYS)))
    return {"type", "title", "year"} <= columns and is_dated and bool(columns & IDS) and "simklid" not in columns


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films of a file of ratings, of films watched, of favourites, or of a watchlist."""
    left_out, films, n = LeftOut(), list[LoggedFilm](), 0
    plays: Counter[Key] = Counter()
    listed = _named_list(part.name)
    for place, entry in budget.each(_entries(part, budget, note)):
        n += 1
        what = rows.text(entry.get("type")) or next((name for name in LEFT_OUT if name in entry), "")
        what = what or next((name for name in FILMS if name in entry), "")
        day = _day_of(entry)
        says = DAYS.get(day, NOTHING) or listed
        if what in LEFT_OUT:
            left_out.add(*LEFT_OUT[what])
        elif not says:
            left_out.add(*LEFT_OUT["listed"])
        elif film := _film(entry, what, says):
            plays[_key(film)] += day == PLAY
            films.append(film)
        else:
            note(N_("no title, so it was left out."), row=place)
    left_out.tell(note)
    films = [replace(film, rewatched=True) if plays[_key(film)] > 1 else film for film in films]
    return Read(films, _scale(part, [film.rating for film in films if film.rating]), n)


def _scale(part: Part, ratings: Sequence[str]) -> Scale | None:
    """What the ratings are out of. A table that does not name Trakt may be another program's, with other numbers."""
    columns = rows.columns(part)
    if ratings and columns and not any(name.startswith(OWN) for name in columns):
        return guessed(ratings) or Scale(10)
    return SCALE if ratings else None


def _day_of(entry: Entry) -> str:
    """The name of the day that an entry has, of an entry whose day is not known too; "" where it has none."""
    days = [day for day in DAYS if day in entry]
    return next((day for day in days if entry[day]), next(iter(days), ""))


def _key(film: LoggedFilm) -> Key:
    """What two entries of one film have in common."""
    return film.imdb_id, film.tmdb_id, film.name


def _named_list(name: str) -> str:
    """What the entries of a list say, by the name of its file: "lists-watchlist-1.json", "favorites.json"."""
    words = set(re.findall(r"[a-z]+", name.lower()))
    return WANTED if "watchlist" in words else LIKED if {"favorites", "favourites"} & words else NOTHING


def _entries(part: Part, budget: Budget, note: Note) -> Iterator[tuple[int, Entry]]:
    """The entries of a file. Those of a table are given the shape of those of JSON."""
    if not rows.columns(part):
        yield from rows.entries(rows.json_of(part, budget), note)
        return
    days = {rows.column(day): day for day in DAYS}
    for place, row in rows.rows(part, budget, note):
        ids = {"imdb": row.get("imdbid"), "tmdb": row.get("tmdbid")}
        kind = row.get("type", "").strip() or "movie"
        found = {days[column]: text for column, text in row.items() if column in days}
        thing = {"title": row.get("title"), "year": row.get("year"), "ids": ids}
        yield place, {**found, "type": kind, kind: thing, "rating": row.get("rating"), "plays": row.get("plays")}


def _film(entry: Entry, what: str, says: str) -> LoggedFilm | None:
    """The film or series of an entry; None where it has neither a title nor a number."""
    thing = entry.get(what)
    ids = rows.inner(thing, "ids")
    title, year = named(rows.text(rows.inner(thing, "title")), rows.text(rows.inner(thing, "year")))
    imdb_id, tmdb_id = (clean_id(rows.text(rows.inner(ids, name))) for name in ("imdb", "tmdb"))
    if not title and imdb_id is None and tmdb_id is None:
        return None
    day = rows.text(entry.get(_day_of(entry)))
    return LoggedFilm(
        title=title or (f"TMDB {tmdb_id}" if tmdb_id else f"IMDb tt{imdb_id:07}"),
        year=year,
        tmdb_id=tmdb_id,
        imdb_id=imdb_id,
        television=what == "show",
        rating=rows.text(entry.get("rating")) if says != WANTED else "",
        seen=says != WANTED,
        liked=says == LIKED,
        watchlist=says == WANTED,
        date=clean_day(day[:10]) if says != WANTED else None,
        rewatched=times(rows.text(entry.get("plays"))) > 1,
    )
