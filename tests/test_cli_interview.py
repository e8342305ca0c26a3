"""`train interview`: beside the models, with an entry of its own, and from people 0-7 alone."""

import json
import shutil

import pytest

from reelrec import artifacts, interviews, reviews, training


@pytest.fixture
def folder(tiny_artifacts, use_artifacts, tmp_path):
    """The fourteen films with small models, to write into."""
    return use_artifacts(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))


@pytest.fixture
def trained(monkeypatch) -> list:
    """The folders into which the interview was trained, in no time."""
    folders = []
    monkeypatch.setattr(interviews, "train", lambda folder: folders.append(folder) or 3.0)
    return folders


def test_it_is_trained_where_it_is_told_or_among_the_artifacts(command, folder, trained, tmp_path):
    code, out, _ = command("train", "interview")
    assert (code, out) == (0, "interview: trained in 3 s.\n")
    assert command("train", "interview", "--out", tmp_path / "mine")[0] == 0
    assert trained == [folder, tmp_path / "mine"]


def test_it_is_trained_after_what_was_named_before_it(command, folder, trained, monkeypatch):
    order = []
    monkeypatch.setattr(training, "train", lambda model, *_: order.append(model.name) or 1.0)
    monkeypatch.setattr(reviews, "train", lambda folder: order.append("reviews") or 1.0)
    monkeypatch.setattr(interviews, "train", lambda folder: order.append("interview") or 1.0)
    assert command("train", "popularity", "interview", "reviews", "film-mean")[0] == 0
    assert order == ["popularity", "interview", "reviews", "film-mean"]


@pytest.mark.parametrize("option", ["ratings", "log"])
def test_it_learns_from_people_0_to_7_alone(command, folder, trained, tmp_path, option):
    code, _, err = command("train", "popularity", "interview", f"--{option}", tmp_path / "some.csv")
    assert code == 2
    told = f"interview learns from what people 0-7 have seen: leave out --{option}."
    assert told in " ".join(err.split())
    assert trained == []


def test_a_name_that_nobody_knows_is_said_before_anything_is_trained(command, folder, trained):
    assert command("train", "interview", "interviews")[0] == 2
    assert trained == []


def test_what_was_trained_is_what_is_loaded(command, folder, films, small_models, monkeypatch):
    monkeypatch.setattr(training, "letterboxd_people", lambda films, digits: small_models(films)[0])
    before = json.loads((folder / "manifest.json").read_text())
    (folder / "interview.npz").unlink()
    assert command("train", "interview")[0] == 0
    after = artifacts.manifest(folder)
    assert after["interview"].keys() == before["interview"].keys()
    assert after["models"] == before["models"]
    asker = artifacts.load_interviewer(films, artifacts.load_model("bmf", films, folder), folder)
    assert len(asker.pool.items) == 13


def test_without_the_model_that_it_believes_in_the_command_for_that_is_told(command, folder, tmp_path):
    content = artifacts.manifest(folder)
    del content["models"]["bmf"]
    (folder / "manifest.json").write_text(json.dumps(content))
    code, _, err = command("train", "interview")
    assert code == 1
    assert "python -m reelrec train bmf" in " ".join(err.split())
