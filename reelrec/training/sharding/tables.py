"""A ratings file as a table of DuckDB, with columns that every file has alike.

    user_id BIGINT, film VARCHAR, rating DOUBLE, said VARCHAR, given DOUBLE (seconds; NULL: not known), row BIGINT

A user id that is a plain number stays that number. Any other text becomes 63 bits of its MD5, so that its number
depends on the text alone: two of ten million texts share one with a chance of five in a million.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.ratings.ratings_file import COLUMNS
from reelrec.errors import RatingsFileError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDINGS = (".csv", ".parquet")
TIME = "timestamp"
MOVIELENS_NAMES = {"userId": "user_id", "movieId": "film_id"}
WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
NESTED = ("[]", "STRUCT", "MAP", "UNION", "[")
PLAIN_NUMBER = "0|-?[1-9][0-9]{0,17}"


@dataclass(frozen=True, slots=True)
class RatingsTable:
    """A ratings file. names: of its columns, those of MovieLens as ours."""

    path: Path
    names: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> RatingsTable:
        """Read the head of a file. Raises RatingsFileError where there is none or a column is missing."""
        if not path.is_file():
            raise RatingsFileError(f"There is no file {path}. Give CSV or parquet files with {', '.join(COLUMNS)}.")
        try:
            names = _parquet_names(path) if path.suffix == ".parquet" else _csv_names(path)
        except (pa.ArrowException, OSError, ValueError, csv.Error) as error:
            raise unreadable(path) from error
        names = tuple(MOVIELENS_NAMES.get(name, name) for name in names)
        missing = [column for column in COLUMNS if column not in names]
        if missing:
            raise RatingsFileError(
                f"{path.name} has the columns {', '.join(names[:8])}; missing: {', '.join(missing)}. "
                f"Expected: {', '.join(COLUMNS)}."
            )
        return cls(path, names)

    def select(self, database: DuckDBPyConnection) -> str:
        """The table of the module's docstring, as SQL; rows without a user or a film are left out.

        Raises RatingsFileError for columns of lists, or what DuckDB raises.
        """
        source = f"SELECT *, row_number() OVER () AS row FROM {self._read()}"
        described = database.execute(f"DESCRIBE {source}").fetchall()
        own_names = (*self.names, "row")
        columns = {ours: (f'"{name}"', kind) for ours, (name, kind, *_) in zip(own_names, described, strict=True)}
        for name in COLUMNS:
            if columns[name][1].startswith(NESTED) or columns[name][1].endswith(NESTED):
                raise RatingsFileError(
                    f"{self.path.name} has lists in {name}. Expected one id a row, a number or a text."
                )
        rating, film = columns["rating"][0], columns["film_id"][0]
        number = "NULL::DOUBLE" if columns["rating"][1] == "BOOLEAN" else f"TRY_CAST({rating} AS DOUBLE)"
        return (
            f"SELECT {_user(*columns['user_id'])} AS user_id, {film}::VARCHAR AS film, {number} AS rating, "
            f"{rating}::VARCHAR AS said, {_seconds(*columns.get(TIME, ('NULL', 'DOUBLE')))} AS given, row "
            f"FROM ({source}) WHERE {columns['user_id'][0]} IS NOT NULL AND {film} IS NOT NULL"
        )

    def _read(self) -> str:
        if self.path.suffix == ".parquet":
            return f"read_parquet({quoted(self.path)})"
        columns = ", ".join(f"{quoted(f'{place} {name}')}: 'VARCHAR'" for place, name in enumerate(self.names))
        return (
            f"read_csv({quoted(self.path)}, columns = {{{columns}}}, header = true, auto_detect = false, delim = ',', "
            "quote = '\"', escape = '\"')"
        )


def ratings_files(texts: Iterable[str]) -> list[Path]:
    """The files that texts name: a file, a folder of them, or a pattern such as "ratings/*.csv"; in that order.

    Raises RatingsFileError where a text names none.
    """
    paths: list[Path] = []
    for text in texts:
        path = Path(text)
        found = [path]
        if path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix in ENDINGS)
        elif not path.exists() and any(sign in text for sign in "*?["):
            found = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        if not found:
            raise RatingsFileError(f"{text} names no CSV or parquet file. Expected files with {', '.join(COLUMNS)}.")
        paths += found
    return paths


def quoted(text: object) -> str:
    """A text in SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def unreadable(path: Path) -> RatingsFileError:
    """The error of a file whose bytes are no table."""
    return RatingsFileError(
        f"{path.name} cannot be read as {'parquet' if path.suffix == '.parquet' else 'CSV'}. "
        f"Expected a table with the columns {', '.join(COLUMNS)}."
    )


def _csv_names(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _parquet_names(path: Path) -> tuple[str, ...]:
    with pq.ParquetFile(path) as file:
        return tuple(file.schema_arrow.names)


def _user(column: str, kind: str) -> str:
    """The number of a user, as SQL."""
    if kind in WHOLE:
        return f"{column}::BIGINT"
    text = f"{column}::VARCHAR"
    return (
        f"CASE WHEN regexp_full_match({text}, {quoted(PLAIN_NUMBER)}) THEN TRY_CAST({text} AS BIGINT) "
        f"ELSE (md5_number_lower({text}) >> 1)::BIGINT END"
    )


def _seconds(column: str, kind: str) -> str:
    """When a rating was given, as SQL: seconds."""
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"epoch({column}::TIMESTAMP)"
    if kind == "VARCHAR":
        return f"coalesce(TRY_CAST({column} AS DOUBLE), epoch(TRY_CAST({column} AS TIMESTAMP)))"
    return f"TRY_CAST({column} AS DOUBLE)"
