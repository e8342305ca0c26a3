"""TV Time: the films in the ZIP that its GDPR page gave out, and in the files of two browser extensions.

The site closed on 15 July 2026; what its users have are these files.

- `tracking-prod-records.csv`: rows of films have entity_type "movie", movie_name, release_date and type "watch",
  "rewatch", "towatch" or "follow"; all others are of episodes, or counts. Unknown days are 0001-01-01.
- `ratings-live-votes.csv`: movie_name, uuid, and vote_key, whose last number is a vote: 1, 27, 28, 29 and 3 are the
  five words bad, ok, good, great and wow, which TV Time showed as one to five stars (its rating set
  "stars_wording_scalev2"). `emotions-live-votes.csv` has the same columns with other numbers, so the name decides.
- `tracking-prod-records-v2.csv` and the other votes: series alone.
- TV Time Liberator's `activity_history.csv` and `movies.json`, and TV Time Out's `tvtime-movies-….csv` and `.json`:
  imdb_id, title, is_watched, watched_at, and in newer files year and rating (out of ten).

The shapes are those of trakt/trakt-web's parser and its tests, checked there with real exports, of
runarmod/TvTime2Letterboxd, and of the extensions' own source (Hobo-Ware/tv-time-liberator; TV Time Out by Refract).
Public parsers do not agree on the votes: the meaning here is that of TV Time's own answer, as the extension reads it.
Names of films are in the member's language; `alpha_range_key` ("watch-alpha-space-sweepers") has the English words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_day, clean_id, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.others.rows import Row, columns, entries, json_of, keys, rows, text
from reelrec.sources.others.site import LeftOut, Read, times
from reelrec.sources.others.tv_time_films import FilmsByKey, name_of, year_of
from reelrec.sources.others.tv_time_votes import RATED, is_tracking, read_votes
from reelrec.sources.scales import Scale
from reelrec.translation import N_

NAME = "TV Time"
OF_TEN = Scale(10, certain=True)  # how the extensions write the same votes
_WATCHED_AT = re.compile(r"watch-date-(\d{9,11})", re.ASCII)
SERIES = ({"epid", "sid"}, {"tvshowid", "notificationoffset"}, {"seriesname", "votekey"}, {"seriestvdbid", "season"})
EXTENSION = {"tvdbid", "iswatched"}
SEEN, SEEN_AGAIN, WANTED = "watch", "rewatch", "towatch"


def recognises(part: Part) -> bool:
    """Whether the columns, or the keys, are TV Time's or an extension's."""
    found = set(columns(part))
    if found:
        signs = (*SERIES, {"votekey"}, EXTENSION)
        return is_tracking(part) or any(sign <= found for sign in signs)
    return {"is_watched", "uuid", "title"} <= keys(part)


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films of one of the files; episodes are counted and left out."""
    found = set(columns(part))
    if not found:
        return _extension((_flat(entry) for _, entry in entries(json_of(part, budget), note)), budget, note)
    if found >= EXTENSION:
        return _extension((row for _, row in rows(part, budget, note)), budget, note)
    if found >= RATED:
        return read_votes(part, budget, note)
    if is_tracking(part):
        return _tracking(part, budget, note)
    note(N_("it has series alone, and no films."))
    return Read((), None, 0)


def _tracking(part: Part, budget: Budget, note: Note) -> Read:
    """Films seen and wanted, without ratings."""
    left_out, films, n_rows = LeftOut(), FilmsByKey(), 0
    for place, row in rows(part, budget, note):
        kind, name = row.get("type", "").strip(), name_of(row)
        if kind not in (SEEN, SEEN_AGAIN, WANTED):  # a film followed is one seen or wanted too; others are counts
            continue
        if row.get("entitytype", "").strip() not in ("movie", "") or (not name and row.get("seriesname", "").strip()):
            left_out.add(N_("episode of a series"), N_("episodes of series"))
            continue
        n_rows += 1
        if not name:
            note(N_("no title, so it was left out."), row=place)
            continue
        again = kind == SEEN_AGAIN or times(row.get("rewatchcount", "")) > 0
        film = LoggedFilm(
            title=name, year=year_of(row), seen=kind != WANTED, watchlist=kind == WANTED, rewatched=again,
            date=None if kind == WANTED else _watched(row),
        )  # fmt: skip
        films.add(row.get("uuid", "").strip() or film.name, film)
    left_out.tell(note)
    return Read(films.ordered(), None, n_rows)


def _extension(found: Iterable[Row], budget: Budget, note: Note) -> Read:
    """The films in the files of TV Time Liberator or TV Time Out."""
    left_out, films, n_rows = LeftOut(), FilmsByKey(), 0
    for row in budget.each(found):
        if row.get("type", "movie").strip().lower() not in ("movie", "") or row.get("season", "").strip():
            left_out.add(N_("episode of a series"), N_("episodes of series"))
            continue
        n_rows += 1
        title, imdb = clean_title(row.get("title", "")), clean_id(row.get("imdbid", ""))
        if not title and imdb is None:
            left_out.add(N_("film without a title"), N_("films without a title"))
            continue
        seen = row.get("iswatched", "").strip().lower() == "true"
        rated = row.get("rating", "").strip()
        rated = "" if OF_TEN.is_empty(rated) else rated
        again = times(row.get("rewatchcount", "")) > 0
        film = LoggedFilm(
            title=title or row["imdbid"].strip(), year=clean_year(row.get("year", "")), imdb_id=imdb,
            seen=seen or bool(rated), watchlist=not seen and not rated, rewatched=seen and again, rating=rated,
            date=clean_day(row.get("watchedat", "")[:10]) if seen else None,
        )  # fmt: skip
        films.add(str(imdb or film.name), film)
    left_out.tell(note)
    return Read(films.ordered(), OF_TEN if films.is_rated else None, n_rows)


def _flat(entry: Mapping[str, Any]) -> dict[str, str]:
    """An entry of an extension's JSON as a row of its CSV."""
    ids = entry.get("id")
    found = {
        "title": text(entry.get("title")), "year": text(entry.get("year")), "watchedat": text(entry.get("watched_at")),
        "iswatched": "true" if entry.get("is_watched") is True else "false", "rating": text(entry.get("rating")),
        "rewatchcount": text(entry.get("rewatch_count")),
        "imdbid": text(ids.get("imdb")) if isinstance(ids, dict) else "",
    }  # fmt: skip
    return found | {"type": "show"} if "seasons" in entry else found


def _watched(row: Row) -> str | None:
    """The day a film was watched, else that on which TV Time was told."""
    if match := _WATCHED_AT.fullmatch(row.get("watchdaterangekey", "").strip()):
        try:
            return datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC).date().isoformat()
        except (OverflowError, OSError, ValueError):
            return None
    day = clean_day(row.get("watchdate", "")[:10]) or clean_day(row.get("createdat", "")[:10])
    return day if day and day > "1971" else None
