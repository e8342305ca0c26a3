"""Simkl's backup: SimklBackup.json, or the CSV with the same rows.

JSON: an object of lists `movies`, `shows` and `anime`. An entry has status ("completed", "watching", "hold", "dropped",
"plantowatch", "notinteresting"), user_rating (1 to 10 or null), last_watched_at, user_rated_at, and `movie` or `show`
with title, year and ids (simkl, imdb, tmdb ...); in `anime`, anime_type "movie" says that it is a film. That is Simkl's
own answer to /sync/all-items, which its API documents. CSV: SIMKL_ID, Title, Type, Year, Watchlist, LastEpWatched,
WatchedDate, Rating, Memo, TVDB, TMDB, IMDB, from the public parsers that read it (found by that header). Days in 1970
are Simkl's way to say "long ago".
"""

from __future__ import annotations

from collections.abc import Iterator

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.letterboxd.export_tables import plain
from reelrec.sources.log import LoggedFilm, clean_day, clean_id, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.others.rows import Row, columns, entries, inner, json_of, keys, rows, text
from reelrec.sources.others.site import LeftOut, Read
from reelrec.sources.scales import Scale
from reelrec.translation import N_

NAME = "Simkl"
SCALE = Scale(10, certain=True)  # its API takes ratings from 1 to 10
PLANNED, NOT_WANTED = "plantowatch", "notinteresting"
FILM, SERIES, ANIME = "movie", "tv", "anime"
LISTS = ((SERIES, "shows", "show"), (FILM, "movies", "movie"), (ANIME, "anime", "show"))
LONG_AGO = "1970"


def recognises(part: Part) -> bool:
    """Whether the keys, or the columns, are Simkl's."""
    found = keys(part)
    is_backup = "simkl" in found and bool(found & {"movies", "shows", "anime"})
    return is_backup or ("simklid" in (header := set(columns(part))) and "title" in header)


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films and series of a backup, seen, rated and wanted."""
    found = list(budget.each(_from_json(part, budget, note) if keys(part) else rows(part, budget, note)))
    days = days_of([[row.get("watcheddate", "") for _, row in found]], budget)
    for fault in days.faults:
        note(fault)
    left_out, films = LeftOut(), list[LoggedFilm]()
    for place, row in budget.each(found):
        title = clean_title(row.get("title", ""))
        if plain(row.get("watchlist", "")) == NOT_WANTED:
            left_out.add(N_("film that is not of interest"), N_("films that are not of interest"))
        elif not title:
            note(N_("no title, so it was left out."), row=place)
        else:
            films.append(_film(title, row, days.day(row.get("watcheddate", "")).iso))
    left_out.tell(note)
    is_rated = any(film.rating for film in films)
    return Read(sorted(films, key=lambda film: film.date or ""), SCALE if is_rated else None, len(found))


def _from_json(part: Part, budget: Budget, note: Note) -> Iterator[tuple[int, Row]]:
    """The entries as rows of the CSV. The type of a film among the anime is "movie"."""
    backup = json_of(part, budget)
    for kind, name, key in LISTS:
        for place, entry in entries(inner(backup, name), note):
            film = inner(entry, key)
            days = [day for of in ("last_watched_at", "user_rated_at") if (day := clean_day(text(entry.get(of))[:10]))]
            yield place, {
                "type": FILM if plain(text(entry.get("anime_type"))) == FILM else kind,
                "watchlist": text(entry.get("status")), "rating": text(entry.get("user_rating")),
                "title": text(inner(film, "title")), "year": text(inner(film, "year")),
                "tmdb": text(inner(film, "ids", "tmdb")), "imdb": text(inner(film, "ids", "imdb")),
                "watcheddate": next((day for day in days if not day.startswith(LONG_AGO)), ""),
                "again": "true" if entry.get("is_rewatch") is True else "",
            }  # fmt: skip


def _film(title: str, row: Row, day: str | None) -> LoggedFilm:
    """The film of a row. day: when it was watched (ISO).

    The CSV does not say which anime are films: those with an IMDb id and no episode are looked up by that id alone.
    TMDB's numbers of series are those of other films.
    """
    kind, imdb = plain(row.get("type", "")), clean_id(row.get("imdb", "") or row.get("imdbid", ""))
    is_film = kind in ("", FILM)
    may_be_film = is_film or (kind == ANIME and imdb is not None and not row.get("lastepwatched", "").strip())
    rating = row.get("rating", "").strip()
    rated = "" if SCALE.is_empty(rating) else rating
    wanted = plain(row.get("watchlist", "")) == PLANNED and not rated
    return LoggedFilm(
        title=title,
        year=clean_year(row.get("year", "")),
        tmdb_id=clean_id(row.get("tmdb", "")) if is_film else None,
        imdb_id=imdb,
        television=not may_be_film,
        seen=not wanted,
        watchlist=wanted,
        date=None if wanted or (day and day.startswith(LONG_AGO)) else day,
        rewatched=bool(row.get("again")),
        rating=rated,
    )
