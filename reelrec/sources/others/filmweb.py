"""Filmweb, as public exporters write a member's votes; the site itself has no export. Votes are from 1 to 10.

- filmweb-export (ppatrzyk), CSV or JSON: timestamp, favorite, user_rating, global_rating, global_rating_count,
  original_title, pl_title, year, movie_id, url, date. Before 2022: user_vote, iso_date, global_votes, link.
- FilmwebExporter (JSerwatka): movieId, title, year, fullRating, voteCount, voteDate, userRating ("-" for a film seen
  without a vote), favorite ("tak" or "nie"); older files say fullRate and userVote. Its file of films wanted has
  movieId, polishTitle, originalTitle, year, fullRating, voteCount.
- filmweb-csv (wedkarz02): a semicolon between cells; title, original_title, year, date, rate (0 for none). Nothing in
  it names the site, so its scale is asked; its name says whether it is of films, and seen or wanted.

filmweb-export's file for Letterboxd is read as Letterboxd's own, and that of filmweb-export (micielski), which has
IMDb's columns, as IMDb's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.others.rows import Row, column, columns, entries, json_of, keys, rows, text
from reelrec.sources.others.site import Read
from reelrec.sources.scales import Scale, guessed
from reelrec.translation import N_, _

NAME = "Filmweb"
SCALE = Scale(10, certain=True)
TITLES = ("originaltitle", "title", "pltitle", "polishtitle")  # the original one is found more often
VOTES = ("userrating", "uservote", "rate")
DAYS = ("date", "votedate", "ratedate", "isodate")
SIGNS = ({"pltitle", "originaltitle"}, {"polishtitle", "originaltitle"}, {"movieid", "title", "votecount"})
WANTED = {"polishtitle", "fullrating"}
UNCLEAR = {"title", "originaltitle", "date", "rate"}
YES = {"tak", "true", "1", "yes"}


def recognises(part: Part) -> bool:
    """Whether the columns, or the keys, are those of an exporter for Filmweb."""
    found = set(columns(part))
    return any(sign <= found for sign in SIGNS) or found >= UNCLEAR or {"pl_title", "original_title"} <= keys(part)


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films seen or wanted; what a file of series or games is, only its name says."""
    header = set(columns(part))
    found = list(rows(part, budget, note) if header else budget.each(_from_json(part, budget, note)))
    unclear = header >= UNCLEAR and "pltitle" not in header
    wanted = header >= WANTED and not header & {"userrating", "uservote"}
    if unclear:
        wanted = _is_wanted(part.name.lower(), [row for _, row in found])
    days = days_of([[_day(row) for _, row in found]], budget)
    for fault in days.faults:
        note(fault)
    films: list[LoggedFilm] = []
    for place, row in budget.each(found):
        if title := clean_title(_first(row, TITLES)):
            films.append(_film(title, row, None if wanted else days.day(_day(row)).iso, wanted))
        else:
            note(N_("no title, so it was left out."), row=place)
    votes = [film.rating for film in films if film.rating]
    scale = (guessed(votes) or Scale(10)) if unclear else SCALE
    return Read(sorted(films, key=lambda film: film.date or ""), scale if votes else None, len(found))


def _film(title: str, row: Row, day: str | None, wanted: bool) -> LoggedFilm:
    """The film of a row. day: when it was seen (ISO). wanted: it is on a list of films to see."""
    vote = _first(row, VOTES)
    return LoggedFilm(
        title=title,
        year=clean_year(row.get("year", "")),
        seen=not wanted,
        liked=not wanted and row.get("favorite", "").strip().lower() in YES,
        watchlist=wanted,
        date=day,
        rating="" if wanted or SCALE.is_empty(vote) else vote,
    )


def _from_json(part: Part, budget: Budget, note: Note) -> Iterator[tuple[int, Row]]:
    for place, entry in entries(json_of(part, budget), note):
        yield place, {column(key): _said(value) for key, value in entry.items()}


def _said(value: Any) -> str:
    return "true" if value is True else text(value)


def _is_wanted(name: str, found: list[Row]) -> bool:
    """Whether a file of filmweb-csv has films wanted. Raises ExportError for one of series, of games, or unclear."""
    if "series" in name or "game" in name:
        raise ExportError(_("it is of Filmweb's series or games, by its name, and not of films"))
    if "watchlist" in name:
        return True
    if "rated" not in name and all(SCALE.is_empty(row.get("rate", "")) for row in found):
        raise ExportError(_("no film in it has a vote. Name it movies_watchlist.csv if you want to see these films"))
    return False


def _day(row: Row) -> str:
    day = _first(row, DAYS)
    return "" if day == "-" else day


def _first(row: Row, names: tuple[str, ...]) -> str:
    """The first cell of these columns that is not empty."""
    return next((cell for name in names if (cell := row.get(name, "").strip())), "")
