from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reelrec.data import catalogue_file
from reelrec.errors import ArtifactError


def test_what_is_written_is_what_is_read(films, tmp_path):
    catalogue_file.write(films, tmp_path / "catalogue.parquet")
    found = catalogue_file.read(tmp_path / "catalogue.parquet")
    exact = [replace(film, mean=float(np.float32(film.mean))) for film in films.films]
    assert list(found.films) == exact


def test_a_missing_catalogue_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(ArtifactError, match="python -m reelrec train catalogue"):
        catalogue_file.read(tmp_path / "catalogue.parquet")


@pytest.mark.parametrize("keep", [0, 10, 900])
def test_a_truncated_catalogue_is_refused(films, tmp_path, keep):
    path = tmp_path / "catalogue.parquet"
    catalogue_file.write(films, path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ArtifactError, match="damaged"):
        catalogue_file.read(path)


def test_a_table_with_other_columns_is_not_a_catalogue(tmp_path):
    pq.write_table(pa.table({"slug": ["a"], "colour": ["red"]}), tmp_path / "catalogue.parquet")
    with pytest.raises(ArtifactError):
        catalogue_file.read(tmp_path / "catalogue.parquet")


def spoil(name: str, make):
    """Another column in the place of one. make: from the number of films."""
    return lambda table: table.set_column(table.column_names.index(name), name, make(len(table)))


def lists(n: int) -> pa.Array:
    return pa.array([["x", None]] * n)


@pytest.mark.parametrize(
    "change",
    [
        *(spoil(name, pa.nulls) for name in ("slug", "title", "n_ratings", "genres", "cast", "spellings", "words")),
        *(spoil(name, lambda n: pa.array([{"a": 1}] * n)) for name in ("slug", "year", "histogram", "kind")),
        *(spoil(name, lambda n: pa.array([b"\xff\xfe"] * n)) for name in ("slug", "title", "director", "words")),
        *(spoil(name, lists) for name in ("genres", "cast", "other_titles", "parts")),
        spoil("year", lambda n: pa.array([10**6] * n)), spoil("n_ratings", lambda n: pa.array([-5] * n)),
        spoil("kind", lambda n: pa.array(["opera"] * n)), spoil("same_as", lambda n: pa.array([99] * n)),
        spoil("same_as", lambda n: pa.array([1, *[0] * (n - 1)])),
        spoil("histogram", lambda n: pa.array([[1] * 9] * n)),
        spoil("histogram", lambda n: pa.array([[None] * 10] * n, pa.list_(pa.int32()))),
        lambda table: table.replace_schema_metadata(None),
        lambda table: table.replace_schema_metadata({"n_items": "x"}),
        lambda table: table.replace_schema_metadata({"n_items": "-1"}),
        lambda table: table.replace_schema_metadata({"n_items": "9" * 5000}),
        lambda table: table.append_column("slug", table["slug"]),
    ],
)  # fmt: skip
def test_a_column_of_another_type_or_with_other_values_is_an_artifact_error(films, tmp_path, change):
    path = tmp_path / "catalogue.parquet"
    catalogue_file.write(films, path)
    pq.write_table(change(pq.read_table(path)), path)
    with pytest.raises(ArtifactError, match="damaged or of another version"):
        catalogue_file.read(path)
