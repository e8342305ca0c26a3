"""The catalogue as a parquet file: a row for each film, in the order of their numbers, and the keys of its titles."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_table import FilmTable
from reelrec.data.title_index import KEYS, TitleKeys
from reelrec.errors import ArtifactError

N_ITEMS = b"n_items"


def read(path: Path) -> Catalogue:
    """The catalogue in a file that `write` made. Raises ArtifactError where it is missing or damaged."""
    try:
        with pq.ParquetFile(path) as file:  # read_table would import what reads many files at once
            table = file.read()
        n_items = int(table.schema.metadata[N_ITEMS])
        return Catalogue(FilmTable(table), n_items, TitleKeys(table.select(KEYS.names).cast(KEYS)))
    except FileNotFoundError as error:
        raise ArtifactError(
            f"{path.name} is missing from {path.parent.name}/. Take it from the release, or run: "
            "python -m reelrec train catalogue"
        ) from error
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError) as error:
        raise ArtifactError(
            f"{path.name} is damaged or of another version ({type(error).__name__}). Take it from the release again."
        ) from error


def write(films: Catalogue, path: Path) -> None:
    """Write the films and the keys of their titles."""
    table, keys = films.films.table, films.titles.keys.table
    for name in keys.column_names:
        table = table.append_column(name, keys[name])
    table = table.replace_schema_metadata({N_ITEMS: str(films.n_items)})
    pq.write_table(table, path, compression="zstd", compression_level=15)
