"""TMDB: the CSV of somebody's ratings, watchlist or favourites, which look alike and are told by their names.

Columns: TMDb ID, IMDb ID, Type, Name, Release Date, Season Number, Episode Number, Rating (everybody's), Your Rating,
Date Rated. TMDB's API documents ratings from 0.5 to 10. Read in FuzzyGrim/Yamtrack, src/integrations/imports/tmdb.py.
"""

from __future__ import annotations

import re

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_day, clean_id
from reelrec.sources.notes import Note
from reelrec.sources.others import rows
from reelrec.sources.others.site import LeftOut, Read, named
from reelrec.sources.scales import Scale
from reelrec.translation import N_, _

NAME = "TMDB"
SCALE = Scale(10, certain=True)
COLUMNS = {"tmdbid", "type", "name", "releasedate", "yourrating"}
READ = {*COLUMNS, "imdbid", "seasonnumber", "episodenumber", "daterated"}
TELEVISION = {"tv", "show", "series"}


def recognises(part: Part) -> bool:
    """Whether the columns are TMDB's."""
    return set(rows.columns(part)) >= COLUMNS


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films of ratings, a watchlist or favourites.

    Raises ExportError for a file without ratings whose name does not say what it is.
    """
    words = set(re.findall(r"[a-z]+", part.name.lower()))
    wanted, liked = "watchlist" in words, bool({"favorite", "favorites", "favourite", "favourites"} & words)
    table = list(rows.rows(part, budget, note, READ))
    if not wanted and not liked and table and not any(row.get("yourrating", "").strip() for _, row in table):
        raise ExportError(
            _(
                "no film in it has a rating of yours, and TMDB’s watchlist and favourites look alike. Name it "
                "watchlist.csv or favorites.csv"
            )
        )
    left_out, films = LeftOut(), []
    for place, row in budget.each(table):
        if row.get("episodenumber", "").strip():
            left_out.add("episode", "episodes")
            continue
        if row.get("seasonnumber", "").strip():
            left_out.add(N_("season of a series"), N_("seasons of series"))
            continue
        title, year = named(row.get("name", ""), row.get("releasedate", "")[:4])
        tmdb_id, imdb_id = clean_id(row.get("tmdbid", "")), clean_id(row.get("imdbid", ""))
        if not title and tmdb_id is None:
            note(N_("neither title nor TMDB’s number, so it was left out."), row=place)
            continue
        rating = row.get("yourrating", "").strip()
        seen = not wanted or bool(rating)
        films.append(
            LoggedFilm(
                title=title or f"TMDB {tmdb_id}",
                year=year,
                tmdb_id=tmdb_id,
                imdb_id=imdb_id,
                television=rows.column(row.get("type", "")) in TELEVISION,
                rating=rating,
                seen=seen,
                liked=liked,
                watchlist=wanted and not rating,
                date=clean_day(row.get("daterated", "")[:10]) if seen else None,
            )
        )
    left_out.tell(note)
    return Read(films, SCALE, len(table))
