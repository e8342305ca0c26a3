"""IMDb: the CSV of somebody's ratings, of their watchlist, and of a list.

Columns since 2024: Const, Your Rating, Date Rated, Title, Original Title, URL, Title Type, IMDb Rating, Runtime (mins),
Year, Genres, Num Votes, Release Date, Directors; lists have Position, Created, Modified and Description before these,
and the rating at the end. Files until 2017 have "You rated" and dates such as "Sat Dec 31 00:00:00 2016". IMDb's help
pages say that ratings go from 1 to 10.
"""

from __future__ import annotations

import re

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_id
from reelrec.sources.notes import Note
from reelrec.sources.others import rows
from reelrec.sources.others.site import LeftOut, Read, named
from reelrec.sources.scales import Scale
from reelrec.translation import N_

NAME = "IMDb"
RATINGS = ("yourrating", "yourated")
COLUMNS = {"const", "title", "titletype", "year", "daterated", "created", *RATINGS}
SCALE = Scale(10, certain=True)
# Types by their letters alone. The site writes them in the language of its pages: "Serie TV", "Série télévisée".
_SERIES = re.compile(r"s[eé]rie|tvpilot|seriado")
_EPISODE = re.compile(r"[eé]pisod|tvfolge|odcinek")
_GAME = re.compile(r"videog|videoj|videospiel|jeuvid[eé]o")
LEFT_OUT = {
    "tvepisode": (N_("episode"), N_("episodes")), "videogame": (N_("video game"), N_("video games")),
    "podcastseries": (N_("podcast"), N_("podcasts")), "podcastepisode": (N_("podcast"), N_("podcasts")),
    "musicvideo": (N_("music video"), N_("music videos")),
}  # fmt: skip
_OLD_DAY = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) \d\d:\d\d:\d\d (\d{4})")


def recognises(part: Part) -> bool:
    """Whether the columns are IMDb's."""
    names = rows.columns(part)
    return "const" in names and "title" in names


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films of ratings, a watchlist or a list; of the last two, films without a rating are wanted."""
    is_list = "position" in rows.columns(part)
    table = list(rows.rows(part, budget, note, COLUMNS))
    days = days_of([[_day(row) for _, row in table]], budget)
    left_out, films = LeftOut(), []
    for place, row in budget.each(table):
        kind = rows.column(row.get("titletype", ""))
        if what := _left_out(kind):
            left_out.add(*what)
            continue
        title, year = named(row.get("title", ""), row.get("year", ""))
        imdb_id = clean_id(row.get("const", ""))
        if not title and imdb_id is None:
            note(N_("neither title nor IMDb’s number, so it was left out."), row=place)
            continue
        rating = next((text for name in RATINGS if (text := row.get(name, "").strip())), "")
        films.append(
            LoggedFilm(
                title=title or f"IMDb tt{imdb_id:07}",
                year=year,
                imdb_id=imdb_id,
                television=_SERIES.search(kind) is not None,
                rating=rating,
                seen=bool(rating) or not is_list,
                watchlist=is_list and not rating,
                date=days.day(_day(row)).iso if rating or not is_list else None,
            )
        )
    left_out.tell(note)
    if is_list and (n := sum(film.watchlist for film in films)):
        note(
            N_("IMDb writes a watchlist and any other list alike, so films in it without a rating ({n:,}) are wanted."),
            n=n,
        )
    return Read(films, SCALE, len(table))


def _left_out(kind: str) -> tuple[str, str] | None:
    """What a row of this type is that is left out, one and many; None for a film or a series."""
    if kind in LEFT_OUT:
        return LEFT_OUT[kind]
    return LEFT_OUT["tvepisode"] if _EPISODE.search(kind) else LEFT_OUT["videogame"] if _GAME.search(kind) else None


def _day(row: rows.Row) -> str:
    """The text of the day of a rating, which older files have in another form and column."""
    text = row.get("daterated", "").strip() or row.get("created", "").strip()
    old = _OLD_DAY.fullmatch(text)
    return f"{old[2]} {old[1]} {old[3]}" if old else text
