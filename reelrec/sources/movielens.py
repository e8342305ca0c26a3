"""MovieLens files as GroupLens publishes them."""

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
    parts = frame["title"].str.extract(_TITLE_YEAR)
    frame["year"] = parts[1].astype("Int64")
    frame["title"] = parts[0].fillna(frame["title"]).str.strip()
    frame["genres"] = [[] if text == "(no genres listed)" else text.split("|") for text in frame["genres"]]
    return frame
