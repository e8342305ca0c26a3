"""MovieLens 100K (1998) as GroupLens publishes it: its five folds, and its films."""

from __future__ import annotations

import csv

import pandas as pd

from reelrec.sources.movielens.dataset import split_title
from reelrec.sources.registry import source

NAME = "ml-100k"
FOLDS = (1, 2, 3, 4, 5)
_RATING = ("user_id", "film_id", "rating", "timestamp")
_FILM = ("film_id", "title", "released", "video", "imdb_url")  # then a 0 or 1 for each genre


def read_fold(fold: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The training 80 % and the test 20 % of a fold from 1 to 5, with columns user_id, film_id, rating (1 to 5)."""
    return _read_ratings(f"u{fold}.base"), _read_ratings(f"u{fold}.test")


def read_films() -> pd.DataFrame:
    """Columns film_id, title, year (Int64, missing where the title has none), genres (list of str)."""
    names = _read("u.genre", "|", ("genre", "number"))["genre"].tolist()
    frame = _read("u.item", "|", (*_FILM, *names))
    title, year = split_title(frame["title"])
    marks = frame[names[1:]].to_numpy(dtype=bool)  # the first is "unknown"
    genres = [[name for name, mark in zip(names[1:], row, strict=True) if mark] for row in marks]
    return pd.DataFrame({"film_id": frame["film_id"], "title": title, "year": year, "genres": genres})


def _read_ratings(file: str) -> pd.DataFrame:
    return _read(file, "\t", _RATING).astype({"rating": "float64"})[["user_id", "film_id", "rating"]]


def _read(file: str, between: str, columns: tuple[str, ...]) -> pd.DataFrame:
    path = source(NAME).path(file)
    return pd.read_csv(path, sep=between, names=list(columns), encoding="latin-1", quoting=csv.QUOTE_NONE)
