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
