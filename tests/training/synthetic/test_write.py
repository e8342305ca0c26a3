"""Invented people as a folder of parts: neither parts nor processes change anybody."""

import pytest

from reelrec.data.half_stars import are_half_stars
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError
from reelrec.training.synthetic import write
from reelrec.training.synthetic.write import synthesise


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def checksums(parts: Parts) -> list[str]:
    return [parts.read(role, range(parts.n_parts)).sha256 for role in Role]


def test_everybody_is_there_once_and_the_number_of_parts_changes_nobody(tmp_path, films):
    few, many = (synthesise(tmp_path / str(n), 500, n, seed=3) for n in (1, 5))
    assert [few.people(role) for role in Role] == [400, 50, 50]
    dataset = few.read(Role.TUNE, [0], films)
    assert dataset.user_ids.tolist() == [*range(8, 500, 10)]
    assert are_half_stars(dataset.ratings).all()
    assert checksums(few) == checksums(many)
    assert few.name == many.name == "synthetic-500-3"


def test_processes_change_nobody(tmp_path, monkeypatch):
    here = synthesise(tmp_path / "here", 90, 2, seed=3)
    monkeypatch.setattr(write, "FEW", 0)
    monkeypatch.setattr(write.os, "cpu_count", lambda: 2)
    there = synthesise(tmp_path / "there", 90, 2, seed=3)
    assert there.sha256 == here.sha256


def test_the_size_of_a_batch_changes_nobody(tmp_path, monkeypatch):
    one = synthesise(tmp_path / "one", 300, 1, seed=3)
    monkeypatch.setattr(write, "BATCHES_AT_ONCE", 1)
    assert checksums(synthesise(tmp_path / "two", 300, 1, seed=3)) == checksums(one)


def test_another_seed_is_other_data(tmp_path):
    one, other = (synthesise(tmp_path / str(seed), 100, 2, seed=seed) for seed in (1, 2))
    assert one.sha256 != other.sha256
    assert one.index.data != other.index.data


def test_an_error_in_a_process_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "FEW", 0)
    monkeypatch.setattr(write.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(write._Job, "__init__", _with_a_folder_that_is_gone)
    with pytest.raises(FileNotFoundError):
        synthesise(tmp_path / "parts", 90, 2, seed=3)
    assert not (tmp_path / "parts").exists()


def _with_a_folder_that_is_gone(job, world, folder, data, n_people, n_parts):
    job.world, job.folder, job.data, job.n_people, job.n_parts = world, folder / "gone", data, n_people, n_parts


@pytest.mark.parametrize(
    ("people", "parts", "seed", "says"),
    [
        (0, 1, 1, "0 people cannot be invented"),
        (10**11, 1, 1, "100,000,000,000 people cannot be invented"),
        (10, 0, 1, "cannot be written in 0 parts"),
        (10, 1, -1, "A seed is 0 or more, not -1"),
    ],
)
def test_numbers_that_cannot_be_are_refused(tmp_path, people, parts, seed, says):
    with pytest.raises(OptionError, match=says):
        synthesise(tmp_path / "parts", people, parts, seed)
    assert not [*tmp_path.iterdir()]
