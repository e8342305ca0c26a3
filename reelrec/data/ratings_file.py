"""A ratings file that a user of the command line hands in: CSV or parquet with user_id, film_id and rating."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import numpy as np
import pandas as pd
from pyarrow import ArrowException

from reelrec.data.half_stars import are_half_stars
from reelrec.errors import RatingsFileError

COLUMNS = ("user_id", "film_id", "rating")


def read_ratings_file(path: Path) -> pd.DataFrame:
    """The file as columns user_id, film_id (ids as in the file, numbers or text) and rating (float32 half-stars).

    Of several ratings of one film by one user the last counts. Raises RatingsFileError, which says what the file has
    and what is expected.
    """
    if not path.is_file():
        raise RatingsFileError(f"There is no file {path}. Give a CSV or parquet file with {', '.join(COLUMNS)}.")
    try:
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)
    except (ValueError, OSError, ArrowException) as error:
        raise RatingsFileError(
            f"{path.name} cannot be read as {'parquet' if path.suffix == '.parquet' else 'CSV'}. "
            f"Expected a table with the columns {', '.join(COLUMNS)}."
        ) from error
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise RatingsFileError(
            f"{path.name} has the columns {', '.join(map(str, frame.columns[:8]))}; missing: {', '.join(missing)}. "
            f"Expected: {', '.join(COLUMNS)}."
        )
    frame = frame[list(COLUMNS)].reset_index(drop=True).dropna(subset=["user_id", "film_id"])
    if frame.empty:
        raise RatingsFileError(f"{path.name} holds no rating. Expected rows of {', '.join(COLUMNS)}.")
    for column in ("user_id", "film_id"):
        if not isinstance(frame[column].iloc[0], Hashable):
            raise RatingsFileError(f"{path.name} has lists in {column}. Expected one id a row, a number or a text.")
    ratings = pd.to_numeric(frame["rating"], errors="coerce").astype("float32")
    wrong = ~are_half_stars(ratings.to_numpy())  # NaN, where a cell is no number, is none
    if wrong.any():
        first = int(np.argmax(wrong))
        raise RatingsFileError(
            f"{path.name} has {int(wrong.sum()):,} ratings that are not half-stars from 0.5 to 5.0, the first in row "
            f"{frame.index[first] + 1}: {frame['rating'].iloc[first]!r}. Mend them and try again."
        )
    return frame.assign(user_id=_ids(frame["user_id"]), rating=ratings).drop_duplicates(
        ["user_id", "film_id"], keep="last"
    )


def _read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"user_id": str, "film_id": str}, encoding="utf-8-sig")


def _ids(column: pd.Series) -> pd.Series:
    """The ids, as int64 where all are plain numbers, so that users are sorted by number and not by text."""
    plain = pd.api.types.is_string_dtype(column) and column.str.fullmatch(r"0|[1-9]\d{0,17}").all()
    return column.astype("int64") if plain else column
