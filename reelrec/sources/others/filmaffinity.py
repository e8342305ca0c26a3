"""FilmAffinity, as public exporters write a member's votes; the site itself has no export. Votes are from 1 to 10.

- filmaffinity-backup (IgnacioHeredia, oyale): a semicolon between cells; genre, title, original title (newer files),
  year, country, user score, FA score, FA movie ID, directors. Its files of lists have the same without genre; a film
  without a vote there was not said to be seen, and is left out.
- filmaffinity-scraper (rubentena): titulo, año, mi_votacion.
- a script after renefs: Title, Year, UserRating, AvgRating, Directors, Actors. Nothing in it names the site, so the
  scale is asked. Of this one only a description was found, and no file.

The files for Letterboxd that fa-scraper (mx-psi) and filmaffinity-backup write, with Title, Year, Rating10 or Rating,
and WatchedDate, are read as Letterboxd's own. Titles end in (TV), (C), (S), (Serie de TV), (TV Miniseries) and so on.
"""

from __future__ import annotations

import re

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.others.rows import Row, columns, rows
from reelrec.sources.others.site import LeftOut, Read
from reelrec.sources.scales import Scale, guessed
from reelrec.translation import N_

NAME = "FilmAffinity"
SCALE = Scale(10, certain=True)
TITLES = ("originaltitle", "títulooriginal", "title", "titulo", "título")  # the original one is found more often
LOCAL = TITLES[2:]
YEARS = ("year", "año", "ano")
VOTES = ("userscore", "mivotacion", "mivotación", "userrating")
SIGNS = ({"userscore", "fascore"}, {"userscore", "famovieid"}, {"mivotacion"}, {"mivotación"})
UNCLEAR = {"userrating", "avgrating", "title"}
_SERIES = re.compile(r".*\((?:mini)?serie de tv\)|.*\(tv (?:mini)?series\)", re.IGNORECASE)
_KIND = re.compile(r"(.+?)\s*\((?:TV|C|S|Serie de TV|Miniserie de TV|TV Series|TV Miniseries)\)", re.IGNORECASE)


def recognises(part: Part) -> bool:
    """Whether the columns are those of an exporter for FilmAffinity."""
    found = set(columns(part))
    return any(sign <= found for sign in SIGNS) or found >= UNCLEAR


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films with a vote, in the order of the file, which has no days."""
    header = set(columns(part))
    is_list = "famovieid" in header and "genre" not in header
    left_out, films, n_rows = LeftOut(), list[LoggedFilm](), 0
    for place, row in rows(part, budget, note):
        n_rows += 1
        title, vote = _first(row, TITLES), _first(row, VOTES)
        if not clean_title(title):
            note(N_("no title, so it was left out."), row=place)
        elif is_list and SCALE.is_empty(vote):
            left_out.add(N_("film of a list without a vote"), N_("films of a list without a vote"))
        else:
            films.append(_film(title, _first(row, LOCAL), _first(row, YEARS), vote))
    left_out.tell(note)
    votes = [film.rating for film in films if film.rating]
    scale = (guessed(votes) or Scale(10)) if header >= UNCLEAR else SCALE
    return Read(films, scale if votes else None, n_rows)


def _film(title: str, local: str, year: str, vote: str) -> LoggedFilm:
    """A film. local: its title at FilmAffinity, whose end says what kind it is."""
    named = clean_title(title)
    if kind := _KIND.fullmatch(named):
        named = kind[1]
    return LoggedFilm(
        title=named,
        year=clean_year(year),
        television=bool(_SERIES.fullmatch(clean_title(local))),
        seen=True,
        rating="" if SCALE.is_empty(vote) else vote,
    )


def _first(row: Row, names: tuple[str, ...]) -> str:
    """The first cell of these columns that is not empty."""
    return next((cell for name in names if (cell := row.get(name, "").strip())), "")
