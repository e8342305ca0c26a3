"""The catalogue as a parquet file: a row for each film, in the order of their numbers, and the keys of its titles."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import KINDS
from reelrec.data.film_table import FilmTable
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.shared import shared
from reelrec.data.titles.title_index import KEYS, TitleKeys
from reelrec.errors import ArtifactError

N_ITEMS = b"n_items"
NEEDED = ("slug", "title", "other_titles", "other_years", "genres", "countries", "cast", "n_ratings")
# What pyarrow, numpy and the catalogue raise, between them, for wrong values.
DAMAGE = (OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError)


def read(path: Path) -> Catalogue:
    """The catalogue in a file that `write` made. Raises ArtifactError where it is missing or damaged."""
    try:
        table = pa.ipc.open_file(pa.py_buffer(shared("table", partial(_unpacked, path)))).read_all()
        n_items = int(table.schema.metadata[N_ITEMS])
        films, keys = FilmTable(table), TitleKeys(table.select(KEYS.names).cast(KEYS))
        _check(films.table, keys.table, n_items)
        return Catalogue(films, n_items, keys)
    except FileNotFoundError as error:
        raise ArtifactError(
            f"{path.name} is missing from {path.parent.name}/. Take it from the release, or run: "
            "python -m reelrec train catalogue"
        ) from error
    except (pa.ArrowException, *DAMAGE) as error:
        raise ArtifactError(
            f"{path.name} is damaged or of another version ({type(error).__name__}). Take it from the release again."
        ) from error


def _unpacked(path: Path) -> np.ndarray:
    """(n,) uint8: the table as an Arrow file, which is used where it lies in memory."""
    with pq.ParquetFile(path) as file:  # read_table would import what reads many files at once
        table = file.read().combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return np.frombuffer(sink.getvalue(), dtype=np.uint8)


def _check(films: pa.Table, keys: pa.Table, n_items: int) -> None:
    """Raises ValueError where the app could not work with these films, which the types of the columns do not say.

    Texts must be UTF-8, what every film has must be there, and no list may have a missing value in it.
    """
    for table, needed in ((films, NEEDED), (keys, KEYS.names)):
        table.validate(full=True)
        for name in needed:
            if table[name].null_count:
                raise ValueError(f"a film has no {name}")
        for name in (field.name for field in table.schema if pa.types.is_list(field.type)):
            if pc.list_flatten(table[name]).null_count:
                raise ValueError(f"a list in {name} lacks a value")
    if unknown := set(pc.unique(films["kind"]).to_pylist()) - {*KINDS, None}:
        raise ValueError(f"no kind of film is called {unknown}")
    if len(films) and pc.min(films["n_ratings"]).as_py() < 0:
        raise ValueError("a film has less than no ratings")
    counts = pc.list_value_length(films["histogram"].slice(0, n_items)).to_pylist()
    if set(counts) - {len(HALF_STARS)}:
        raise ValueError("a histogram has not ten counts")


def write(films: Catalogue, path: Path) -> None:
    """Write the films and the keys of their titles."""
    table, keys = films.films.table, films.titles.keys.table
    for name in keys.column_names:
        table = table.append_column(name, keys[name])
    table = table.replace_schema_metadata({N_ITEMS: str(films.n_items)})
    pq.write_table(table, path, compression="zstd", compression_level=15)
