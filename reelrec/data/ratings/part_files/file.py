"""One file of a folder of parts: its name, its columns, its marks, and its rows as arrays.

Rows are in the order of user_id; those of a user are oldest first where dates are known. Every file carries the id of
its data, its role and its part, so that parts of two data sets are not mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.half_stars import are_half_stars
from reelrec.data.ratings.roles import Role
from reelrec.errors import PartsError

VERSION = 1
SCHEMA = pa.schema([("user_id", pa.int64()), ("item", pa.int32()), ("rating", pa.float32())])
MIXER = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: its multiples spread evenly
ROWS_AT_ONCE = 1 << 18
ANEW = "Copy it again, or write the folder again: python -m reelrec data shard"
# What pyarrow and numpy raise, between them, for wrong bytes and wrong values.
DAMAGE = (pa.ArrowException, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


def part_of(user_ids: np.ndarray, n_parts: int) -> np.ndarray:
    """(n,) int64: the part of each user, by the high half of user_id * MIXER modulo 2^64. user_ids: (n,) int64."""
    mixed = user_ids.astype(np.int64).view(np.uint64) * np.uint64(MIXER) >> np.uint64(32)
    parts: np.ndarray = (mixed % np.uint64(n_parts)).astype(np.int64)
    return parts


def file_name(role: Role, part: int) -> str:
    """The name of a part's file in the folder: "train/00000.parquet"."""
    return f"{role}/{part:05d}.parquet"


def marks(data: str, role: Role, part: int, n_parts: int) -> dict[str, str]:
    """What a file says of itself. data: the id of the data."""
    return {"data": data, "version": str(VERSION), "role": str(role), "part": f"{part} of {n_parts}"}


def check_file(path: Path, expected: dict[str, str], n_rows: int) -> None:
    """Read the end of a file. Raises PartsError where it is missing, empty, of another version, data, role or part."""
    if not path.is_file():
        raise PartsError(f"{path} is missing. {ANEW}")
    if not path.stat().st_size:
        raise PartsError(f"{path} is empty; even a part without ratings has a few bytes. {ANEW}")
    with damage_said(path), pq.ParquetFile(path) as file:
        found = {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()}
        fits = file.schema_arrow.remove_metadata().equals(SCHEMA) and file.metadata.num_rows == n_rows
    for key, what in (("data", "data"), ("version", "version"), ("role", "role"), ("part", "part")):
        if found.get(key) != expected[key]:
            raise PartsError(
                f"{path} is of another {what} ({found.get(key)}) than its folder ({expected[key]}): files of two data "
                f"sets or versions are mixed. {ANEW}"
            )
    if not fits:
        raise PartsError(f"{path} is damaged (it has not the columns and rows of parts.json). {ANEW}")


def users_of(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The ids of a file's users, ascending, and how many ratings each gave: (n_users,) int64 both.

    Raises ValueError where they do not ascend, or what pyarrow raises for wrong bytes.
    """
    ids, sizes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for (column,) in _batches(path, "user_id"):
        begins = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
        own, own_sizes = column[begins], np.diff(np.r_[begins, len(column)])
        if len(ids[-1]) and ids[-1][-1] == own[0]:  # a user whose ratings lie in two batches
            sizes[-1][-1] += own_sizes[0]
            own, own_sizes = own[1:], own_sizes[1:]
        if len(own):
            ids.append(own)
            sizes.append(own_sizes)
    user_ids = np.concatenate(ids)
    if (user_ids[1:] <= user_ids[:-1]).any():
        raise ValueError("its users are not in the order of their ids")
    return user_ids, np.concatenate(sizes)


def fill(
    path: Path, first: np.ndarray, sizes: np.ndarray, items: np.ndarray, ratings: np.ndarray, n_items: int
) -> None:
    """Put a file's items and ratings into arrays, those of each user from `first` on.

    first, sizes: (n_users,) in the order of the file. Raises ValueError for values that no rating has.
    """
    ends = np.cumsum(sizes)
    moved = first - (ends - sizes)  # from a rating's row in the file to its place in the arrays
    done = 0
    for own_items, own_ratings in _batches(path, "item", "rating"):
        if not (own_items.min() >= 0 and own_items.max() < n_items):
            raise ValueError("it has items that the catalogue has not")
        if not are_half_stars(own_ratings).all():
            raise ValueError("it has ratings that are no half-stars")
        rows = np.arange(done, done + len(own_items))
        places = rows + moved[np.searchsorted(ends, rows, side="right")]
        items[places], ratings[places] = own_items, own_ratings
        done += len(own_items)


@contextmanager
def damage_said(path: Path) -> Iterator[None]:
    """Raises PartsError for what reading a damaged file raises."""
    try:
        yield
    except DAMAGE as error:
        raise PartsError(f"{path} is damaged ({error}). {ANEW}") from error


def _batches(path: Path, *columns: str) -> Iterator[list[np.ndarray]]:
    """Columns of a file as arrays, a bounded number of rows at a time, none of no rows."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(columns)):
            if batch.num_rows:
                yield [batch[name].to_numpy() for name in columns]  # raises where a value is missing
