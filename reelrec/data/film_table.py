"""The films as columns; a `Film` is made of its row when it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reelrec.data.film import Film

SCHEMA = pa.schema(
    {
        "slug": pa.string(),
        "letterboxd_id": pa.int32(),
        "title": pa.string(),
        "year": pa.int16(),
        "other_titles": pa.list_(pa.string()),
        "other_years": pa.list_(pa.int16()),
        "kind": pa.string(),
        "genres": pa.list_(pa.string()),
        "runtime": pa.int16(),
        "language": pa.string(),
        "countries": pa.list_(pa.string()),
        "director": pa.string(),
        "cast": pa.list_(pa.string()),
        "tmdb_id": pa.int32(),
        "imdb_id": pa.int32(),
        "movielens_id": pa.int32(),
        "n_ratings": pa.int32(),
        "mean": pa.float32(),
        "histogram": pa.list_(pa.int32()),
        "same_as": pa.int32(),
    }
)
LISTS = tuple(field.name for field in SCHEMA if pa.types.is_list(field.type))
ROWS_AT_ONCE = 4_000
KEPT = 4_000  # films


class FilmTable(Sequence[Film]):
    """The films by number, read-only. table: columns of SCHEMA, a row for each film, in the order of the numbers.

    The last KEPT films that were asked for one by one are kept: lists show the same films again and again.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table.select(SCHEMA.names).cast(SCHEMA).combine_chunks()
        self._film = functools.lru_cache(KEPT)(lambda number: next(self._made(number, number + 1)))

    @classmethod
    def of(cls, films: Iterable[Film]) -> FilmTable:
        """The table of these films, which come in the order of their numbers."""
        rows = list(films)
        columns = {name: [getattr(film, name) for film in rows] for name in SCHEMA.names}
        return cls(pa.table(columns, schema=SCHEMA))

    def __reduce__(self) -> tuple[type[FilmTable], tuple[pa.Table]]:
        """For other processes; films that are kept are not sent."""
        return FilmTable, (self.table,)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, place: int) -> Film: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Film, ...]: ...
    def __getitem__(self, place: int | slice) -> Film | tuple[Film, ...]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            if step != 1:
                return tuple(self[number] for number in range(first, last, step))
            return tuple(self._made(first, last))
        number = range(len(self))[place]  # raises IndexError
        film: Film = self._film(number)
        return film

    def __iter__(self) -> Iterator[Film]:
        return self._made(0, len(self))

    def column(self, name: str, numbers: np.ndarray) -> list[Any]:
        """A column of these films, None where a fact is unknown. numbers: (n,)."""
        values: list[Any] = self.table[name].take(pa.array(numbers)).to_pylist()
        return values

    def value(self, name: str, number: int) -> Any:
        """What a column has for one film; of a list that is unknown, an empty one."""
        value = self.table[name][number].as_py()
        return () if value is None and name in LISTS else value

    def at(self, numbers: Iterable[int]) -> dict[int, Film]:
        """The films with these numbers, made at once, which takes a tenth of the time of one by one."""
        rows = sorted(set(numbers))
        return dict(zip(rows, _films(rows, self.table.take(pa.array(rows, pa.int64()))), strict=True))

    def array(self, name: str, unknown: Any, dtype: type) -> np.ndarray:
        """A column as a read-only (n_films,) array. unknown: stands for a missing value."""
        array: np.ndarray = pc.fill_null(self.table[name], unknown).to_numpy().astype(dtype)
        array.setflags(write=False)
        return array

    def words(self, name: str) -> tuple[list[str], np.ndarray, np.ndarray]:
        """The words of a column of names or of lists of names: which there are, and where.

        Returns the distinct words, and for each place where one stands the row and the word, (n,) int64 each.
        """
        column = self.table[name].combine_chunks()
        rows = np.arange(len(self))
        if name in LISTS:
            rows, column = pc.list_parent_indices(column).to_numpy(), pc.list_flatten(column)
        known = pc.is_valid(column).to_numpy(zero_copy_only=False)
        coded = column.filter(pa.array(known)).dictionary_encode()
        return coded.dictionary.to_pylist(), rows[known], coded.indices.to_numpy().astype(np.int64)

    def _made(self, first: int, last: int) -> Iterator[Film]:
        """The films from `first` up to `last`, some thousands at a time."""
        for start in range(first, last, ROWS_AT_ONCE):
            end = min(start + ROWS_AT_ONCE, last)
            yield from _films(range(start, end), self.table.slice(start, end - start))


def _films(numbers: Sequence[int], table: pa.Table) -> Iterator[Film]:
    """The films of a table's rows, which have these numbers."""
    columns = table.to_pydict()
    for name in LISTS:
        columns[name] = [tuple(values or ()) for values in columns[name]]
    for number, row in zip(numbers, zip(*columns.values(), strict=True), strict=True):
        yield Film(number, *row)
