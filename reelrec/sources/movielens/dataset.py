"""MovieLens data sets as GroupLens publishes them: ratings, films and tags."""

from __future__ import annotations

import re

import pandas as pd

from reelrec.sources.registry import source

_TITLE_YEAR = re.compile(r"^(.*?)\s*\((\d{4})(?:[–-]\d{0,4})?\)\s*$")


def read_ratings(name: str = "ml-latest-small") -> pd.DataFrame:
    """Columns user_id, film_id (int64), rating (float64, stars), timestamp (int64), in the file's order."""
    frame = pd.read_csv(source(name).path("ratings.csv"))
    return frame.rename(columns={"userId": "user_id", "movieId": "film_id"})


def read_films(name: str = "ml-latest-small") -> pd.DataFrame:
    """Columns film_id, title, year (Int64, missing where the title has none), genres (list of str)."""
    frame = pd.read_csv(source(name).path("movies.csv")).rename(columns={"movieId": "film_id"})
    frame["title"], frame["year"] = split_title(frame["title"])
    frame["genres"] = [[] if text == "(no genres listed)" else text.split("|") for text in frame["genres"]]
    return frame


def read_tags(name: str = "ml-latest-small") -> pd.DataFrame:
    """Columns user_id, film_id (int64), tag (str, as the user typed it), timestamp (int64)."""
    frame = pd.read_csv(source(name).path("tags.csv"), keep_default_na=False)
    return frame.rename(columns={"userId": "user_id", "movieId": "film_id"})


def split_title(titles: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Titles and years of texts such as "Title (1995)": str, and Int64, missing where the text has no year."""
    parts = titles.str.extract(_TITLE_YEAR)
    return parts[0].fillna(titles).str.strip(), parts[1].astype("Int64")
