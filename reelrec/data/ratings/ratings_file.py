"""A ratings file that a user of the command line hands in: CSV or parquet with user_id, film_id and rating."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from pyarrow import ArrowException

from reelrec.data.half_stars import are_half_stars
from reelrec.errors import RatingsFileError

_PLAIN = re.compile(r"[ \t0-9.eE+-]+", re.ASCII)  # Python reads more as a number: 1_0, and the digits of all scripts
COLUMNS = ("user_id", "film_id", "rating")
# What pandas and pyarrow raise, between them, for bytes that are no table and for cells of other types.
DAMAGE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RuntimeError, MemoryError,
    ArrowException,
)  # fmt: skip


def read_ratings_file(path: Path) -> pd.DataFrame:
    """The file as columns user_id, film_id (ids as in the file, numbers or text) and rating (float32 half-stars).

    Of several ratings of one film by one user the last counts. Raises RatingsFileError, which says what the file has
    and what is expected.
    """
    if not path.is_file():
        raise RatingsFileError(f"There is no file {path}. Give a CSV or parquet file with {', '.join(COLUMNS)}.")
    try:
        frame = _read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)
        return _ratings(frame, path)
    except DAMAGE as error:
        raise RatingsFileError(
            f"{path.name} cannot be read as {'parquet' if path.suffix == '.parquet' else 'CSV'}. "
            f"Expected a table with the columns {', '.join(COLUMNS)}."
        ) from error


def _ratings(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The rows of a file as `read_ratings_file` returns them. Raises RatingsFileError, or one of DAMAGE."""
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
    ratings = _numbers(frame["rating"])
    wrong = ~are_half_stars(ratings.to_numpy())  # NaN, where a cell is no number, is none
    if wrong.any():
        first = int(np.argmax(wrong))
        raise RatingsFileError(
            f"{path.name} has {int(wrong.sum()):,} ratings that are not half-stars from 0.5 to 5.0, the first in row "
            f"{frame.index[first] + 1}: {_short(frame['rating'].iloc[first])}. Mend them and try again."
        )
    return frame.assign(user_id=_ids(frame["user_id"]), rating=ratings).drop_duplicates(
        ["user_id", "film_id"], keep="last"
    )


def _read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"user_id": str, "film_id": str}, encoding="utf-8-sig")


def _read_parquet(path: Path) -> pd.DataFrame:
    """The three columns where they are there, else all that there are. Raises ArrowException for text that is no UTF-8.

    What pandas wrote beside the table is not read: it may say anything of the columns.
    """
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        table = file.read([name for name in names if name in COLUMNS])
    table.validate(full=True)
    frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas()
    return frame if set(COLUMNS) <= set(names) else pd.DataFrame(columns=names)


def _numbers(column: pd.Series) -> pd.Series:
    """The ratings as float32, NaN for what is no number and infinite for what is too large to be one."""
    if pd.api.types.is_bool_dtype(column):
        return pd.Series(np.nan, index=column.index, dtype="float32")
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        codes, texts = pd.factorize(column, use_na_sentinel=False)  # each text is read once
        values = np.array([_number(text) for text in texts], dtype=np.float64)[codes]
    with np.errstate(over="ignore"):  # past float32 lies infinity, which is no rating either
        return pd.Series(values.astype(np.float32), index=column.index)


def _number(value: Any) -> float:
    try:
        if isinstance(value, bool | bytes) or (isinstance(value, str) and not _PLAIN.fullmatch(value)):
            return float("nan")
        return float(value)
    except OverflowError:
        return float("inf")
    except (ValueError, TypeError):
        return float("nan")


def _short(value: Any) -> str:
    """A cell for a sentence."""
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**40 else "a number of more than 40 digits"
    return text if len(text) <= 40 else f"{text[:40]} …"


def _ids(column: pd.Series) -> pd.Series:
    """The ids, as int64 where all are plain numbers, so that users are sorted by number and not by text."""
    plain = pd.api.types.is_string_dtype(column) and column.str.fullmatch(r"0|[1-9]\d{0,17}").all()
    return column.astype("int64") if plain else column
