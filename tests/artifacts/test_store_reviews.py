"""The model of review texts among the artifacts: its own entry, and the errors when it cannot be used."""

import json

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.errors import ArtifactError
from reelrec.models.review_text import SIZES, ReviewText
from reelrec.paths import sha256

DATA = {"name": "invented", "sha256": "of a file", "people": 3, "ratings": 5}


@pytest.fixture
def model() -> ReviewText:
    made = ReviewText(reg=4.0)
    made.keep(
        terms=np.array(["good"]), idf=np.ones(1), weights=np.ones(1), intercept=3.0, mean=3.5, sd=1.0,
        sds=np.full(len(SIZES), 0.5),
    )  # fmt: skip
    return made


@pytest.fixture
def folder(model, tmp_path):
    ArtifactStore(tmp_path).save(model, DATA, 1.234)
    return tmp_path


def test_what_was_saved_is_loaded_and_the_manifest_says_what_it_is(folder):
    assert ArtifactStore(folder).load("reviews").predict(["good", ""]).mean.tolist() == [4.0, 3.5]
    entry = ArtifactStore(folder).manifest().content["reviews"]
    assert (entry["data"], entry["seconds"], entry["settings"]) == (DATA, 1.2, {"reg": 4.0, "min_authors": 5})
    assert entry["bytes"] == (folder / "reviews.npz").stat().st_size


def test_it_is_no_recommender(folder):
    assert ArtifactStore(folder).models() == []


def test_saving_another_model_keeps_it(folder, films, small_models):
    dataset, (popularity, *_) = small_models(films)
    ArtifactStore(folder).save(popularity, dataset.describe(), 1.0)
    assert ArtifactStore(folder).load("reviews").mean_ == 3.5


def test_scores_are_written_beside_it(folder):
    ArtifactStore(folder).save_metrics("reviews", {"reviews": {"mae": 0.7}})
    assert ArtifactStore(folder).manifest().content["reviews"]["metrics"] == {"reviews": {"mae": 0.7}}


def break_bytes(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def train_again(path):
    """Sound weights, but not those of the manifest."""
    with np.load(path) as file:
        arrays = dict(file)
    np.savez(path, **arrays | {"mean": np.array(1.0)})


def cut_arrays(path):
    with np.load(path) as file:
        arrays = dict(file)
    np.savez(path, **arrays | {"idf": np.ones(7)})
    manifest = path.with_name("manifest.json")
    content = json.loads(manifest.read_text())
    content["reviews"]["sha256"] = sha256(path)
    manifest.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (break_bytes, "damaged"),
        (train_again, "not the file of the manifest"),
        (cut_arrays, "another version"),
        (lambda path: path.unlink(), "missing"),
    ],
    ids=["damaged", "other", "cut", "missing"],
)
def test_what_cannot_be_used_names_the_command(folder, how, says):
    how(folder / "reviews.npz")
    with pytest.raises(ArtifactError, match=rf"{says}.*python -m reelrec train reviews"):
        ArtifactStore(folder).load("reviews")


@pytest.mark.parametrize("entry", [None, [], {}, "x"])
def test_without_an_entry_it_is_not_loaded(folder, entry):
    content = ArtifactStore(folder).manifest().content | {"reviews": entry}
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match="python -m reelrec train reviews"):
        ArtifactStore(folder).load("reviews")
