"""The interview among the artifacts: its own entry, and the errors when it cannot be used."""

import json
import shutil

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.ratings.roles import Role
from reelrec.errors import ArtifactError
from reelrec.models.bmf.model import BMF
from reelrec.paths import sha256
from reelrec.serving import resources
from reelrec.training import interview
from tests.fakes import corrections


@pytest.fixture
def folder(tiny_artifacts, tmp_path):
    """The fourteen films with small models, to write into."""
    return shutil.copytree(tiny_artifacts, tmp_path / "artifacts")


def load(folder):
    return ArtifactStore(folder).load("interview")


def edit_manifest(folder, change):
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def test_what_was_saved_is_loaded_and_the_manifest_says_what_it_is(folder, films, small_models):
    dataset, _ = small_models(films)
    interviewer, entry = load(folder), ArtifactStore(folder).manifest().content["interview"]
    assert 9 not in interviewer.pool.items
    assert len(interviewer.pool.items) == 13
    shares = dataset.counts()[interviewer.pool.items] / dataset.n_users
    np.testing.assert_allclose(interviewer.seen.mean, shares, rtol=1e-6)
    assert (entry["films"], entry["fingerprint"], entry["seconds"]) == (14, films.fingerprint, 1.0)
    assert entry["bytes"] == (folder / "interview.npz").stat().st_size
    assert entry["sha256"] == sha256(folder / "interview.npz")
    models = ArtifactStore(folder).manifest().content["models"]
    assert entry["built_on"] == {name: models[name]["sha256"] for name in ("bmf", "dae")}
    assert entry["data"]["people"] == dataset.n_users


def test_it_is_no_recommender_and_saving_one_keeps_it(folder, films, small_models):
    assert "interview" not in ArtifactStore(folder).models()
    dataset, (popularity, *_) = small_models(films)
    before = ArtifactStore(folder).manifest().content["interview"]
    ArtifactStore(folder).save(popularity, dataset.describe(), 2.0)
    assert ArtifactStore(folder).manifest().content["interview"] == before


def test_the_process_holds_one_interviewer_with_the_bmf_that_it_holds(tiny_artifacts):
    assert resources.interviewer() is resources.interviewer()
    assert resources.interviewer().model is resources.model(BMF.name)


def break_bytes(folder):
    path = folder / "interview.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def train_again(folder):
    """Sound, but not the file of the manifest."""
    with np.load(folder / "interview.npz") as file:
        arrays = dict(file)
    np.savez(folder / "interview.npz", **arrays | {"noise": np.array(0.5)})


def other_films(folder):
    """Film numbers that the catalogue does not have, with a manifest that fits the file."""
    with np.load(folder / "interview.npz") as file:
        arrays = dict(file)
    np.savez(folder / "interview.npz", **arrays | {"items": arrays["items"] + 100})
    digest = sha256(folder / "interview.npz")
    edit_manifest(folder, lambda content: content["interview"].update(sha256=digest))


def other_bmf(folder):
    edit_manifest(folder, lambda content: content["interview"]["built_on"].update(bmf="of another"))


def other_catalogue(folder):
    edit_manifest(folder, lambda content: content["interview"].update(films=9, fingerprint="of another"))


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (break_bytes, "interview.npz is damaged"),
        (train_again, "not the file of the manifest"),
        (other_films, "another version"),
        (other_bmf, "made for another bmf"),
        (other_catalogue, "made for 9 films, but the catalogue has 14"),
        (lambda folder: (folder / "interview.npz").unlink(), "missing"),
        (lambda folder: edit_manifest(folder, lambda content: content.pop("interview")), "interview is not in"),
        (lambda folder: edit_manifest(folder, lambda content: content.update(interview=[])), "interview is not in"),
    ],
    ids=["damaged", "other", "films", "bmf", "catalogue", "missing", "no entry", "odd entry"],
)
def test_what_cannot_be_used_names_the_command(folder, how, says):
    how(folder)
    with pytest.raises(ArtifactError, match=rf"{says}.*python -m reelrec train interview"):
        load(folder)


def test_a_bmf_that_was_trained_again_wants_the_interview_trained_again(folder, films, small_models):
    ArtifactStore(folder).save(corrections.random_bmf(14), small_models(films)[0].describe(), 1.0)
    with pytest.raises(ArtifactError, match="made for another bmf"):
        load(folder)


def test_training_learns_from_train_users_and_writes_what_is_loaded(folder, films, small_models, monkeypatch):
    dataset, roles = small_models(films)[0], []
    monkeypatch.setattr(interview, "letterboxd_users", lambda films, role: roles.append(role) or dataset)
    (folder / "interview.npz").unlink()
    seconds = interview.train(ArtifactStore(folder))
    assert roles == [Role.TRAIN]
    assert ArtifactStore(folder).manifest().content["interview"]["seconds"] == round(seconds, 1)
    assert len(load(folder).pool.items) == 13
