"""The catalogue as a parquet file: a row for each film, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.errors import ArtifactError

SCHEMA = pa.schema(
    {
        "slug": pa.string(),
        "title": pa.string(),
        "year": pa.int16(),
        "genres": pa.list_(pa.string()),
        "runtime": pa.int16(),
        "language": pa.string(),
        "countries": pa.list_(pa.string()),
        "director": pa.string(),
        "cast": pa.list_(pa.string()),
        "tmdb_id": pa.int32(),
        "imdb_id": pa.int32(),
        "movielens_id": pa.int32(),
        "boxd_code": pa.string(),
        "n_ratings": pa.int32(),
        "mean": pa.float32(),
        "histogram": pa.list_(pa.int32()),
        "same_as": pa.int32(),
    }
)


def read(path: Path) -> Catalogue:
    """The catalogue in a file that `write` made. Raises ArtifactError where it is missing or damaged."""
    try:
        table = pq.read_table(path)
        columns = table.select(SCHEMA.names).cast(SCHEMA).to_pydict()
    except FileNotFoundError as error:
        raise ArtifactError(
            f"{path.name} is missing from {path.parent.name}/. Take it from the release, or run: "
            "python -m reelrec train catalogue"
        ) from error
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise ArtifactError(
            f"{path.name} is damaged ({type(error).__name__}). Take it from the release again."
        ) from error
    for name in ("genres", "countries", "cast", "histogram"):
        columns[name] = [tuple(values) for values in columns[name]]
    rows = zip(*columns.values(), strict=True)
    return Catalogue(
        Film(number=number, **dict(zip(SCHEMA.names, row, strict=True))) for number, row in enumerate(rows)
    )


def write(films: Iterable[Film], path: Path) -> None:
    """Write the films, which come in the order of their numbers."""
    rows = list(films)
    columns = {name: [getattr(film, name) for film in rows] for name in SCHEMA.names}
    pq.write_table(pa.table(columns, schema=SCHEMA), path, compression="zstd", compression_level=15)
