"""A ratings file that somebody hands in: CSV or parquet with user_id, film_id and rating."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from pyarrow import ArrowException

from reelrec.errors import RatingsFileError

COLUMNS = ("user_id", "film_id", "rating")


def read_ratings_file(path: Path) -> pd.DataFrame:
    """Columns user_id and film_id (as they stand; ids may be text), rating (float32, stars in halves, 0.5-5.0).

    Of a person's several ratings of one film the last counts. Raises RatingsFileError with what was found and
    what is expected.
    """
    if not path.is_file():
        raise RatingsFileError(f"There is no file {path}. Give a CSV or parquet file with {', '.join(COLUMNS)}.")
    try:
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)
    except (ValueError, OSError, ArrowException) as error:
        raise RatingsFileError(
            f"{path.name} cannot be read as {'parquet' if path.suffix == '.parquet' else 'CSV'} "
            f"({type(error).__name__}). Expected a table with the columns {', '.join(COLUMNS)}."
        ) from error
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise RatingsFileError(
            f"{path.name} has the columns {', '.join(map(str, frame.columns[:8]))}; missing: {', '.join(missing)}. "
            f"Expected: {', '.join(COLUMNS)}."
        )
    frame = frame[list(COLUMNS)].dropna(subset=["user_id", "film_id"])
    if frame.empty:
        raise RatingsFileError(f"{path.name} holds no rating. Expected rows of {', '.join(COLUMNS)}.")
    ratings = pd.to_numeric(frame["rating"], errors="coerce").astype("float32")
    wrong = ~(ratings.between(0.5, 5.0) & (ratings * 2 == (ratings * 2).round()))
    if wrong.any():
        raise RatingsFileError(
            f"{path.name} has {int(wrong.sum()):,} ratings that are not half-stars from 0.5 to 5.0, the first in row "
            f"{int(wrong.to_numpy().argmax()) + 1}: {frame['rating'][wrong].iloc[0]!r}. Mend them and try again."
        )
    return frame.assign(rating=ratings).drop_duplicates(["user_id", "film_id"], keep="last")


def _read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"film_id": str}, encoding="utf-8-sig")
