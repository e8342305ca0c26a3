"""MovieLens: the files of movielens.org's members, and the ratings of one user of its data sets.

movielens-ratings.csv has movie_id, imdb_id, tmdb_id, rating, average_rating, title; movielens-wishlist.csv the same but
for the rating. ratings.csv of a data set has userId, movieId, rating, timestamp. Titles end with the year, and articles
follow a comma: "Matrix, The (1999)". Ratings are stars from 0.5 to 5, as everywhere at MovieLens. Read in StegSchreck/
RatS, RatS/movielens/movielens_ratings_parser.py, and in the data sets' README files.
"""

from __future__ import annotations

import datetime
import re

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_id
from reelrec.sources.notes import Note
from reelrec.sources.others import rows
from reelrec.sources.others.site import Read, named
from reelrec.sources.scales import Scale
from reelrec.translation import N_, _

NAME = "MovieLens"
SCALE = Scale(5, certain=True)
MEMBERS, DATA_SET = {"movieid", "imdbid", "tmdbid", "title"}, {"userid", "movieid", "rating"}
_ARTICLE = re.compile(r"(.{1,300}), (The|A|An|Le|La|Les|L'|Der|Die|Das|El|Il|Los|Las)(?: \(.{1,300}\))?")


def recognises(part: Part) -> bool:
    """Whether the columns are those of a member's files or of a data set."""
    columns = set(rows.columns(part))
    return columns >= MEMBERS or columns >= DATA_SET


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films of ratings or of a wishlist. Raises ExportError for the ratings of several users."""
    columns = set(rows.columns(part))
    table = list(rows.rows(part, budget, note))
    if len({row.get("userid", "") for _, row in table}) > 1:
        raise ExportError(_("it holds the ratings of several users. Leave those of one in it"))
    wanted = "rating" not in columns
    films = []
    for place, row in budget.each(table):
        movielens_id, imdb_id, tmdb_id = (clean_id(row.get(name, "")) for name in ("movieid", "imdbid", "tmdbid"))
        title, year = named(row.get("title", ""))
        if not title and movielens_id is None:
            note(N_("neither title nor MovieLens’s number, so it was left out."), row=place)
            continue
        if turned := _ARTICLE.fullmatch(title):
            title = f"{turned[2]} {turned[1]}"
        films.append(
            LoggedFilm(
                title=title or f"MovieLens {movielens_id}",
                year=year,
                tmdb_id=tmdb_id,
                imdb_id=imdb_id,
                movielens_id=movielens_id,
                rating=row.get("rating", "").strip(),
                seen=not wanted,
                watchlist=wanted,
                date=_day(row.get("timestamp", "")),
            )
        )
    return Read(films, None if wanted else SCALE, len(table))


def _day(seconds: str) -> str | None:
    """The day of a number of seconds since 1970; None for any other text."""
    if not re.fullmatch(r"\d{9,10}", seconds.strip(), re.ASCII):
        return None
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
