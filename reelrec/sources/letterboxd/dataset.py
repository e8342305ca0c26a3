"""The public Letterboxd data set: ratings and reviews of anonymous users, and facts about films."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reelrec.sources.registry import source

FACTS = (
    "film_id", "title", "year", "genres", "original_language", "runtime", "release_date", "content_type", "tmdb_id",
    "imdb_id", "movielens_id", "boxd_id", "director", "actors", "cast_top5", "countries",
)  # fmt: skip


def read_ratings() -> pd.DataFrame:
    """Columns user_id (int32, sorted), film_id (categorical slug), rating (float32 stars)."""
    return pd.read_parquet(source("letterboxd").path("ratings.parquet"))


def read_films() -> pd.DataFrame:
    """A row for each film, without television. Unknown years, runtimes and ids are missing values.

    Columns: film_id (slug), title, year (Int64), genres, countries, cast (lists of str), director, language,
    runtime (Int64, minutes), release_date, tmdb_id, imdb_id, movielens_id (Int64), boxd_code.
    """
    frame = pd.read_parquet(source("letterboxd").path("films.parquet"), columns=list(FACTS))
    frame = frame[frame["content_type"] != "tv"].reset_index(drop=True)  # a film has an empty content_type
    cast = [
        list(first_five) if first_five is not None else _split(actors)[:5]
        for first_five, actors in zip(frame["cast_top5"], frame["actors"], strict=True)
    ]
    return pd.DataFrame(
        {
            "film_id": frame["film_id"],
            "title": frame["title"].str.split().str.join(" "),
            "year": frame["year"].astype("Int64"),
            "genres": [_genres(names) for names in frame["genres"]],
            "language": frame["original_language"],
            "runtime": frame["runtime"].where(frame["runtime"] > 0).round().astype("Int64"),
            "countries": frame["countries"].map(_split),
            "director": frame["director"],
            "cast": cast,
            "release_date": frame["release_date"],
            "tmdb_id": frame["tmdb_id"].astype("Int64"),
            "imdb_id": frame["imdb_id"].astype("Int64"),
            "movielens_id": frame["movielens_id"].astype("Int64"),
            "boxd_code": frame["boxd_id"].str.removeprefix("https://boxd.it/"),
        }
    )


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


def _split(text: object) -> list[str]:
    """The names in a text, which commas separate; [] for a missing value."""
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else []


def _genres(names: Iterable[str] | None) -> list[str]:
    """Genre names without "TV Movie", which says where a film was shown and not what it is."""
    return [] if names is None else [name for name in names if name != "TV Movie"]
