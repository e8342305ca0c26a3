"""The public Letterboxd data set: ratings and reviews of anonymous users, and facts about films."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from reelrec.errors import SourceError
from reelrec.sources.registry import DATA, source

COLUMNS = (
    "film_id", "title", "year", "other_titles", "other_years", "kind", "genres", "original_language", "runtime",
    "countries", "director", "cast_top5", "tmdb_id", "imdb_id", "movielens_id", "letterboxd_film_id", "boxd_code",
    "same_as", "tmdb_conf", "n_members",
)  # fmt: skip
NUMBERS = ("year", "runtime", "tmdb_id", "imdb_id", "movielens_id", "letterboxd_id")
CORRECTIONS = DATA / "film_corrections.csv"
GENRES = (
    "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History",
    "Horror", "Music", "Mystery", "Romance", "Science Fiction", "Thriller", "War", "Western",
)  # fmt: skip
# Other names of these; a name in neither, such as "TV Movie" or "Independent", is no genre here.
GENRE_NAMES = {
    "Action & Adventure": ("Action", "Adventure"),
    "Animated": ("Animation",),
    "Historical": ("History",),
    "Martial Arts": ("Action",),
    "Musical": ("Music",),
    "Noir": ("Crime",),
    "Sci-Fi & Fantasy": ("Science Fiction", "Fantasy"),
    "Slasher": ("Horror",),
    "Superhero": ("Action",),
    "Suspense": ("Thriller",),
    "War & Politics": ("War",),
}
COUNTRY_NAMES = {
    "USA": "United States of America", "United States": "United States of America", "UK": "United Kingdom",
    "USSR": "Soviet Union", "Russian Federation": "Russia", "Czechia": "Czech Republic",
    "State of Palestine": "Palestinian Territory", "Republic of Macedonia": "Macedonia", "[]": "",
}  # fmt: skip


def read_ratings() -> pd.DataFrame:
    """Columns user_id (int32, sorted), film_id (categorical slug), rating (float32 stars)."""
    return pd.read_parquet(source("letterboxd").path("ratings.parquet"))


def read_films(path: Path | None = None) -> pd.DataFrame:
    """A row for each film, series included, as corrected by hand in data/film_corrections.csv.

    path: of another file of the same columns.

    Columns: slug, letterboxd_id, title, year, other_titles, other_years, kind, genres, countries, cast (lists),
    director, language, runtime (minutes), tmdb_id, imdb_id, movielens_id, boxd_code, same_as (the slug of the main
    row), from_page (bool, whether the facts were read on the film's own page), n_members (of Letterboxd). Numbers are
    Int64; what is unknown is a missing value.
    """
    frame = pd.read_parquet(path or source("letterboxd").path("films_v2.parquet"), columns=list(COLUMNS))
    names = {
        "film_id": "slug", "original_language": "language", "cast_top5": "cast", "letterboxd_film_id": "letterboxd_id",
    }  # fmt: skip
    frame = frame.rename(columns=names)
    for name in NUMBERS:
        frame[name] = frame[name].astype("Int64")
    frame["kind"] = frame["kind"].astype(object)
    frame = _corrected(frame)
    frame["runtime"] = frame["runtime"].where(frame["runtime"] > 0)
    frame["title"] = frame["title"].map(_one_line)
    frame["other_titles"] = [[_one_line(title) for title in titles] for titles in _lists(frame["other_titles"])]
    frame["other_years"] = [[int(year) for year in years] for years in _lists(frame["other_years"])]
    frame["cast"] = [list(names) for names in _lists(frame["cast"])]
    frame["from_page"] = frame.pop("tmdb_conf") == "page"
    frame["genres"] = [_genres(names) for names in _lists(frame["genres"])]
    frame["countries"] = [_countries(names) for names in _lists(frame["countries"])]
    return frame


def _corrected(films: pd.DataFrame) -> pd.DataFrame:
    """The films with the corrections made by hand; one of a slug that is not there is left out. Raises SourceError."""
    places = {slug: place for place, slug in enumerate(films["slug"])}
    try:
        with CORRECTIONS.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["slug"] in places]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise SourceError(f"{CORRECTIONS.name} cannot be read as CSV with slug, field and value.") from error
    for row in rows:
        try:
            if row["field"] not in films:
                raise KeyError(row["field"])
            value = int(row["value"]) if row["value"] and row["field"] in NUMBERS else row["value"] or None
            films.at[places[row["slug"]], row["field"]] = value
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise SourceError(
                f"{CORRECTIONS.name} corrects {row['slug']} to what no film can have. Expected a field of the films "
                "and its value."
            ) from error
    return films


def read_reviews() -> pd.DataFrame:
    """Reviews with stars: author (int64), title, year, rating (float32 stars), text; in the order of the file."""
    columns = ["author", "title", "year", "rating", "text"]
    frame = pd.read_parquet(source("letterboxd-reviews").path("reviews.parquet"), columns=columns)
    return frame.dropna(subset=["rating"]).astype({"rating": "float32"}).reset_index(drop=True)


def read_overviews() -> dict[str, str]:
    """Slug to overview, where there is one. For research only: TMDB's terms keep it out of every artifact."""
    frame = pd.read_parquet(source("letterboxd").path("films.parquet"), columns=["film_id", "overview"])
    films = frame.dropna().drop_duplicates("film_id")
    return dict(zip(films["film_id"], films["overview"], strict=True))


def _lists(column: pd.Series) -> Iterator[Iterable[Any]]:
    """The lists of a column; an empty one for a missing value."""
    return (() if values is None else values for values in column)


def _one_line(title: str) -> str:
    """The title with single, plain spaces."""
    return " ".join(title.split())


def _genres(names: Iterable[str]) -> list[str]:
    """The genres by their names in GENRES, each once."""
    found = [genre for name in names for genre in GENRE_NAMES.get(name, (name,)) if genre in GENRES]
    return list(dict.fromkeys(found))


def _countries(names: Iterable[str]) -> list[str]:
    """The countries, each by one name and once."""
    found = (COUNTRY_NAMES.get(name.strip(), name.strip()) for name in names)
    return list(dict.fromkeys(name for name in found if name))
