"""A list of films to take along: the CSV that Letterboxd imports, and plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from reelrec.data.csv_cell import csv_cell
from reelrec.data.film import Film

COLUMNS = ("tmdbID", "imdbID", "Title", "Year")
ADDRESS = "LetterboxdURI"  # a column more, where a film of the list is not known to TMDB


def letterboxd_csv(films: Sequence[Film]) -> str:
    """A CSV in the films' order that Letterboxd imports as a list; nothing in it marks a film as seen."""
    addressed = any(_address(film) for film in films)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((ADDRESS, *COLUMNS) if addressed else COLUMNS)
    for film in films:
        imdb = f"tt{film.imdb_id:07d}" if film.imdb_id else ""
        row = (film.tmdb_id or "", imdb, csv_cell(film.title), film.year or "")
        writer.writerow((_address(film), *row) if addressed else row)
    return out.getvalue()


def plain_text(films: Sequence[Film], name: str = "") -> str:
    """The films, numbered, one a line; below the list's name, where it has one. "1. Heat (1995)"."""
    lines = [f"{place}. {film.name}" for place, film in enumerate(films, start=1)]
    return "\n".join([name, "", *lines] if name else lines)


def _address(film: Film) -> str:
    """The address at Letterboxd of a film that TMDB's number does not name; "" for others."""
    if film.tmdb_id:
        return ""
    return f"https://boxd.it/{film.boxd_code}" if film.boxd_code else f"https://letterboxd.com/film/{film.slug}/"
