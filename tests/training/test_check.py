"""The check of a catalogue in a file."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.data import catalogue_file
from reelrec.data.catalogue import Catalogue
from reelrec.errors import ArtifactError, ContradictionError, OptionError
from reelrec.training.check import MOST_SAID, check


def test_a_sound_catalogue_passes(films, tmp_path):
    catalogue_file.write(films, tmp_path / "catalogue.parquet")
    found = check(tmp_path / "catalogue.parquet")
    assert (found.films, found.mains) == (14, 13)
    shares = {name: row for name, _, row in found.coverage}
    assert shares["all"]["length"] == 12 / 13
    assert shares["all"]["code"] == 1 / 13
    assert shares["by ratings"]["code"] == 900 / sum(film.n_ratings for film in films.films if film.same_as is None)


def test_the_catalogue_that_ships_passes():
    found = check(None)
    assert found.films == len(shipped_store().load_catalogue()) > 50_000


def test_every_contradiction_is_listed_up_to_a_limit(films, tmp_path):
    rows = [replace(film, year=3000) for film in films.films]
    catalogue_file.write(Catalogue(rows), tmp_path / "catalogue.parquet")
    with pytest.raises(ContradictionError, match=r"in 14 places") as error:
        check(tmp_path / "catalogue.parquet")
    assert str(error.value).count("is not from 1874 to 2026") == 14
    one = replace(films.films[0], letterboxd_id=None, tmdb_id=None, year=1)
    many = [replace(one, number=n, slug=f"f{n}") for n in range(50)]
    catalogue_file.write(Catalogue(many), tmp_path / "catalogue.parquet")
    with pytest.raises(ContradictionError, match=f"And {50 - MOST_SAID} more"):
        check(tmp_path / "catalogue.parquet")


def test_a_file_that_is_no_catalogue_is_refused(tmp_path):
    path = tmp_path / "other.parquet"
    with pytest.raises(OptionError, match="cannot be read as parquet"):
        check(path)
    path.write_bytes(b"nothing")
    with pytest.raises(OptionError, match="cannot be read as parquet"):
        check(path)
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(ArtifactError):
        check(path)
