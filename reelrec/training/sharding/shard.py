"""From ratings files to a folder of parts, in three steps, none of which holds all ratings in memory.

1. Look through each file: its ratings must be half-stars, and of films of the catalogue.
2. Write each row to its part's file in a folder of work, with its item in place of its film: one pass, without sorting.
3. Read a part at a time; of several ratings of an item by one user keep one; sort; write a file for each role.

Of several ratings of one film the last counts: by the time where it is known, else by the order of files and rows. A
twin's rating counts as one of its main row, if the user did not rate that too, nor another twin before it, as in
`training/users.py`.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from reelrec import progress
from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.data.ratings.part_files.file import MIXER, ROWS_AT_ONCE
from reelrec.data.ratings.part_files.writer import PartsWriter, check_target
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import DIGITS, LAST_DIGITS, Role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.paths import sha256
from reelrec.training.sharding.data_sets import RatingsData
from reelrec.training.sharding.tables import RatingsTable, quoted, unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INSTALL = "pip install -r requirements-cluster.txt"
MEMORY = "1GB"  # what DuckDB may take; past that it writes to the folder of work
WRONG = f"(rating IS NULL OR NOT (rating BETWEEN {LOWEST} AND {HIGHEST} AND rating * 2 = round(rating * 2)))"


class Counts(NamedTuple):
    """Rows of a file: ratings, and those of items of the catalogue."""

    ratings: int
    known: int


@dataclass(frozen=True, slots=True)
class Sharded:
    """What was written. unknown: ratings of films that are no items. repeated: ratings after which another counted."""

    parts: Parts
    unknown: int
    repeated: int


def shard(data: RatingsData, folder: Path, n_parts: int, films: Catalogue) -> Sharded:
    """Write ratings of the catalogue's items as a folder of parts.

    Raises OptionError for a folder that holds anything, a number of parts that is none, or where DuckDB is not
    installed; RatingsFileError for files that hold no ratings of these films; OSError for a full disk.
    """
    check_target(folder, n_parts)
    with _database() as database:
        database.register("films", _films(data))
        counts = [_looked_through(database, table) for table in progress.steps(data.tables)]
        ratings, known = sum(count.ratings for count in counts), sum(count.known for count in counts)
        if not known:
            raise RatingsFileError(
                f"None of the {ratings:,} ratings of {_named(data.tables)} is of a film of the catalogue. "
                f"Expected a film_id to be such as {data.film_ids[0]}."
            )
        key = _data_id(data.tables, films, n_parts)
        writer = PartsWriter(folder, name=data.name, data=key, n_parts=n_parts, films=films)
        with writer, _disk_faults_said(folder):
            database.execute(f"SET temp_directory = {quoted(writer.work / 'spilled')}")
            for place, table in enumerate(progress.steps(data.tables)):
                _staged(database, table, place, writer)
            for part in progress.steps(range(n_parts)):
                _write_part(database, part, writer)
    parts = Parts.open(folder)
    return Sharded(parts, unknown=ratings - known, repeated=known - sum(parts.ratings(role) for role in Role))


def _films(data: RatingsData) -> pa.Table:
    """A row for each film that the files may name."""
    columns = [data.film_ids, range(len(data.film_ids)), data.items, data.twins]
    return pa.table(dict(zip(("film", "place", "item", "twin"), map(pa.array, columns), strict=True)))


def _looked_through(database: DuckDBPyConnection, table: RatingsTable) -> Counts:
    """Count a file's ratings. Raises RatingsFileError where one is no half-star, or the file cannot be read."""
    import duckdb

    try:
        rows = table.select(database)
        ratings, known, wrong, row = _only(
            database,
            f"SELECT count(*), count(item), count(*) FILTER ({WRONG}), min(row) FILTER ({WRONG}) "
            f"FROM ({rows}) LEFT JOIN films USING (film)",
        )
        said = _only(database, f"SELECT said FROM ({rows}) WHERE row = {row}")[0] if wrong else None
    except duckdb.Error as error:
        raise unreadable(table.path) from error
    if not ratings:
        raise RatingsFileError(f"{table.path.name} holds no rating. Expected rows of user_id, film_id and rating.")
    if wrong:
        raise RatingsFileError(
            f"{table.path.name} has {wrong:,} ratings that are not half-stars from 0.5 to 5.0, the first in row "
            f"{row}: {(said or 'nothing')[:40]}. Mend them and try again."
        )
    return Counts(ratings, known)


def _only(database: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The only row of an answer."""
    found = database.execute(query).fetchone()
    assert found is not None
    return found


def _staged(database: DuckDBPyConnection, table: RatingsTable, place: int, writer: PartsWriter) -> None:
    """Write the ratings of a file to the work of their parts."""
    part = f"(((user_id::HUGEINT * {MIXER}::HUGEINT) & {2**64 - 1}::HUGEINT) >> 32) % {writer.n_parts}"
    columns = f"user_id, place AS film, item, rating::FLOAT AS rating, twin, given, {place} AS file, row"
    database.execute(
        f"COPY (SELECT {columns}, ({part})::INTEGER AS part "
        f"FROM ({table.select(database)}) JOIN films USING (film)) "
        f"TO {quoted(writer.work / str(place))} (FORMAT parquet, PARTITION_BY (part))"
    )


def _write_part(database: DuckDBPyConnection, part: int, writer: PartsWriter) -> None:
    """Write the files of a part from its work, and remove that."""
    paths = sorted(writer.work.glob(f"*/part={part}/*.parquet"))
    if paths:
        files = ", ".join(map(quoted, paths))
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE own AS SELECT * FROM read_parquet([{files}], hive_partitioning = false) "
            "QUALIFY row_number() OVER "
            "(PARTITION BY user_id, film ORDER BY given DESC NULLS LAST, file DESC, row DESC) = 1"
        )
        database.execute(
            "DELETE FROM own WHERE rowid IN (SELECT rowid FROM own WHERE item IN (SELECT item FROM films WHERE twin) "
            "QUALIFY row_number() OVER (PARTITION BY user_id, item ORDER BY twin, file, row) > 1)"
        )
    for role in Role:
        writer.write(role, part, _of_role(database, role) if paths else ())
    for path in paths:
        path.unlink()


def _of_role(database: DuckDBPyConnection, role: Role) -> Iterator[pa.RecordBatch]:
    """The ratings of a part's users of this role, sorted."""
    digits = ", ".join(map(str, LAST_DIGITS[role]))
    chosen = database.execute(
        f"SELECT user_id, item, rating FROM own WHERE (user_id % {DIGITS} + {DIGITS}) % {DIGITS} IN ({digits}) "
        "ORDER BY user_id, given NULLS FIRST, file, row"
    )
    yield from chosen.to_arrow_reader(ROWS_AT_ONCE)


def _data_id(tables: Sequence[RatingsTable], films: Catalogue, n_parts: int) -> str:
    """An id of the data: equal files, items and numbers of parts give the same."""
    lines = [films.fingerprint, str(n_parts), *(sha256(table.path) for table in tables)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _named(tables: Sequence[RatingsTable]) -> str:
    return tables[0].path.name if len(tables) == 1 else f"{len(tables):,} files"


@contextmanager
def _database() -> Iterator[DuckDBPyConnection]:
    """A database in memory. Raises OptionError where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise OptionError(f"Writing ratings in parts needs {error.name}. Run: {INSTALL}") from error
    settings: Mapping[str, str] = {"memory_limit": MEMORY, "autoinstall_known_extensions": "false"}
    with duckdb.connect(config=dict(settings)) as database:
        database.execute("SET enable_progress_bar = false")
        yield database


@contextmanager
def _disk_faults_said(folder: Path) -> Iterator[None]:
    """Raises OSError where DuckDB could not write: mostly because the disk is full."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        full = "No space left" in str(error) or isinstance(error, duckdb.OutOfMemoryException)
        number = errno.ENOSPC if full else errno.EIO
        raise OSError(number, os.strerror(number), str(folder)) from error
