"""Ratings of any size into parts, by DuckDB: it streams, and puts on disk what memory does not hold.

The rules are those of `training.users`: a rating of a film's second row is of the film, and who rated both keeps the
rating of the main row; of several ratings of one film the last counts; films that are no item are left out.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from reelrec import progress
from reelrec.data.catalogue import Catalogue
from reelrec.data.parts import NewParts, Parts, part_name, refuse_taken
from reelrec.data.ratings_file import COLUMNS
from reelrec.data.roles import LAST_DIGITS, Role
from reelrec.errors import OptionError, PartsError, RatingsFileError
from reelrec.sources.registry import source

if TYPE_CHECKING:
    import duckdb

INSTALL = "pip install -r requirements-cluster.txt"
MEMORY = "1500MB"  # of DuckDB; what needs more goes to disk
HASH = 11_400_714_819_323_198_485  # 2^64 divided by the golden ratio: neighbouring ids come into different parts


class Sharded(NamedTuple):
    """parts: what was made. dropped: ratings of films that are no item, or that a later rating replaced."""

    parts: Parts
    dropped: int


def shard(films: Catalogue, n_parts: int, folder: Path, path: Path | None = None) -> Sharded:
    """Write a folder of parts. path: a CSV or parquet file with user_id, film_id and rating, or a folder of such.

    By default the ratings of all Letterboxd users. Raises OptionError, RatingsFileError, PartsError or SourceError.
    """
    if not 1 <= n_parts <= 10_000:
        raise OptionError(f"--parts {n_parts} is no number of parts. Give one from 1 to 10,000.")
    if importlib.util.find_spec("duckdb") is None:
        raise OptionError(f"Sharding needs duckdb. Run: {INSTALL}")
    refuse_taken(folder)
    paths = _files(source("letterboxd").path("ratings.parquet") if path is None else path)
    name = "letterboxd" if path is None else path.stem
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch,
        _database(Path(scratch), name) as database,
    ):
        _read(database, paths, films)
        n_rows = _refuse(database, name)
        return _written(database, films, n_parts, folder, name, n_rows, Path(scratch))


def _files(path: Path) -> list[Path]:
    """The file, or those of a folder. Raises RatingsFileError."""
    found = sorted([*path.glob("*.parquet"), *path.glob("*.csv")]) if path.is_dir() else [path]
    if not found or not all(one.is_file() for one in found):
        raise RatingsFileError(
            f"There is no ratings file at {path}. Give a CSV or parquet file with {', '.join(COLUMNS)}, or a folder."
        )
    if len({one.suffix for one in found}) > 1:
        raise RatingsFileError(f"{path} holds CSV and parquet files. Give a folder with files of one kind.")
    return found


@contextmanager
def _database(scratch: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own that puts on disk what memory does not hold. Its errors become ours."""
    import duckdb

    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(scratch / "spilled"),
        "preserve_insertion_order": "true",
    }
    with duckdb.connect(str(scratch / "ratings.duckdb"), config=settings) as database:
        try:
            yield database
        except duckdb.OutOfMemoryException as error:
            raise PartsError(f"{name} needs more room on disk than there is: {_line(error)}") from error
        except duckdb.IOException as error:
            raise PartsError(f"{name} could not be read or written: {_line(error)}") from error
        except duckdb.Error as error:
            raise RatingsFileError(
                f"{name} cannot be read as ratings: {_line(error)} Expected the columns {', '.join(COLUMNS)}."
            ) from error


def _read(database: duckdb.DuckDBPyConnection, paths: list[Path], films: Catalogue) -> None:
    """The tables `items`, of slugs, and `ratings`: user_id, film_id as text, stars, whether there were any, n."""
    slugs = films.slugs[: films.n_items]
    items = films.canonical[: films.n_items]
    table = pa.table({"film_id": slugs, "item": pa.array(items, pa.int32()), "twin": items != np.arange(len(slugs))})
    database.register("known_films", table)
    database.execute("CREATE TABLE items AS FROM known_films")
    listed = "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"
    csv = f"read_csv({listed}, header = true, all_varchar = true, union_by_name = true)"
    reader = f"read_parquet({listed}, union_by_name = true)" if paths[0].suffix == ".parquet" else csv
    columns = {name for name, *_ in database.execute(f"DESCRIBE FROM {reader}").fetchall()}
    if missing := [name for name in COLUMNS if name not in columns]:
        raise RatingsFileError(
            f"{paths[0].name} has the columns {', '.join(sorted(columns)[:8])}; missing: {', '.join(missing)}. "
            f"Expected: {', '.join(COLUMNS)}."
        )
    when = "try_cast(timestamp AS DOUBLE)" if "timestamp" in columns else "0.0"
    database.execute(
        f"""
        CREATE TABLE ratings AS
        SELECT CAST(user_id AS VARCHAR) AS person, CAST(film_id AS VARCHAR) AS film_id, CAST(rating AS VARCHAR) AS said,
               try_cast(rating AS DOUBLE) AS stars, {when} AS moment, row_number() OVER () AS n
        FROM {reader} WHERE user_id IS NOT NULL AND film_id IS NOT NULL
        """
    )


def _refuse(database: duckdb.DuckDBPyConnection, name: str) -> int:
    """The number of rows. Raises RatingsFileError for stars that are none, and where no film is known."""
    wrong = "stars IS NULL OR NOT (stars BETWEEN 0.5 AND 5.0 AND stars * 2 = round(stars * 2))"
    n, bad = _row(database, f"SELECT count(*), count(*) FILTER ({wrong}) FROM ratings")
    if not n:
        raise RatingsFileError(f"{name} holds no rating. Expected rows of {', '.join(COLUMNS)}.")
    if bad:
        row, said = _row(database, f"SELECT n, said FROM ratings WHERE {wrong} ORDER BY n LIMIT 1")
        raise RatingsFileError(
            f"{name} has {bad:,} ratings that are not half-stars from 0.5 to 5.0, the first in row {row}: "
            f"{str(said)[:40]!r}. Mend them and try again."
        )
    return int(n)


def _written(
    database: duckdb.DuckDBPyConnection, films: Catalogue, n_parts: int, folder: Path, name: str, n: int, scratch: Path
) -> Sharded:
    """All parts, each deduplicated and sorted by itself."""
    plain, _ = _row(database, "SELECT bool_and(regexp_full_match(person, '0|[1-9][0-9]{0,17}')), 0 FROM ratings")
    number = "CAST(person AS BIGINT)" if plain else "CAST('0x' || left(md5(person), 15) AS BIGINT)"
    roles = " ".join(
        f"WHEN user_id % 10 IN ({', '.join(map(str, digits))}) THEN '{role}'" for role, digits in LAST_DIGITS.items()
    )
    pieces = scratch / "pieces"
    hashed = f"((CAST(user_id AS HUGEINT) * {HASH}) % 18446744073709551616) // 1099511627776"
    database.execute(
        f"""
        COPY (
            SELECT user_id, item, CAST(stars AS FLOAT) AS rating, moment, twin, n,
                   CASE {roles} END AS role, CAST({hashed} % {n_parts} AS INTEGER) AS part
            FROM (SELECT {number} AS user_id, item, twin, stars, moment, n FROM ratings JOIN items USING (film_id))
        ) TO '{str(pieces).replace("'", "''")}' (FORMAT parquet, PARTITION_BY (role, part))
        """
    )
    if not list(pieces.rglob("*.parquet")):
        raise RatingsFileError(f"{name} rates no film of the catalogue; film_id holds Letterboxd slugs.")
    checksum = "SELECT count(*), sum(CAST(hash(person, film_id, said) AS HUGEINT)) FROM ratings"
    told = hashlib.sha256(f"{n_parts} {films.fingerprint} {_row(database, checksum)}".encode())
    database.execute("DROP TABLE ratings")
    new = NewParts(
        folder=folder,
        name=name,
        id=told.hexdigest()[:32],
        n_parts=n_parts,
        n_items=films.n_items,
        fingerprint=films.fingerprint,
    )
    new.begin()
    files: dict[str, dict[str, Any]] = {}
    for part in progress.steps(range(n_parts)):
        for role in Role:
            users, items, stars = _rows(database, pieces / f"role={role}" / f"part={part}")
            files[part_name(role, part)] = new.write(role, part, users, items, stars)
    kept = sum(entry["ratings"] for entry in files.values())
    return Sharded(new.finish(files), n - kept)


def _rows(database: duckdb.DuckDBPyConnection, piece: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One part: of several ratings of a film by a user that of the main row counts, then the last."""
    if not piece.exists():
        return np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    found = database.execute(
        f"""
        SELECT user_id, item, rating
        FROM read_parquet('{str(piece).replace("'", "''")}/*.parquet', hive_partitioning = false)
        QUALIFY row_number() OVER (PARTITION BY user_id, item ORDER BY twin, n DESC) = 1
        ORDER BY user_id, moment, n
        """
    ).fetchnumpy()
    users, items, stars = (np.asarray(found[column]) for column in ("user_id", "item", "rating"))
    return users.astype(np.int64), items.astype(np.int32), stars.astype(np.float32)


def _row(database: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, Any]:
    """The two values of a query that has one row."""
    first, second = database.execute(query).fetchall()[0]
    return first, second


def _line(error: Exception) -> str:
    """What DuckDB says, as one short sentence."""
    return str(error).strip().splitlines()[0][:200].rstrip(".") + "."
