"""Files with the checksum of the manifest that hold wrong types: each costs itself alone, and is an ArtifactError."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.errors import ArtifactError
from reelrec.models.registry import MODELS
from reelrec.paths import sha256

WRONG = (None, True, -1, "x", [], {}, 10**400, [[]], {"a": None})
WRONG_BY_KEY = {
    "sha256": (None, True, 1, [], {}), "bytes": ("x", [], True, -1), "films": ("x", {}, [], True, -1, 1.5),
    "fingerprint": (None, 3, {}, []), "settings": (None, [], "x", True), "data": (None, [], 3),
    "seconds": ("x", [], True), "created": (3, {}), "built_on": (True, [], "x", {"bmf": 3}, {"bmf": None}),
    "metrics": ([], 3, {"top-n": 3}, {"top-n": {"ndcg@10": "x"}}),
}  # fmt: skip


@pytest.fixture
def folder(_tiny_folder, tmp_path) -> Path:
    """A copy of the small artifacts, to break."""
    return shutil.copytree(_tiny_folder, tmp_path / "artifacts")


def edit(folder: Path, change) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in WRONG_BY_KEY.items() for value in values])
def test_an_entry_with_a_wrong_type_costs_only_itself(folder, key, value):
    edit(folder, lambda content: content["models"]["knn"].update({key: value}))
    edit(folder, lambda content: content["interview"].update({key: value}))
    store = ArtifactStore(folder)
    for name in ("knn", "interview"):
        with pytest.raises(ArtifactError, match=f"{name} is not in .* in a form that can be used. Run: python"):
            store.load(name)
    assert store.models() == [name for name in MODELS if name != "knn"]
    assert store.load("ease")
    assert store.load_catalogue()


@pytest.mark.parametrize("key", ["sha256", "films", "items", "fingerprint"])
def test_a_catalogues_entry_with_a_wrong_type_is_an_artifact_error(folder, key):
    edit(folder, lambda content: content["catalogue"].update({key: {}}))
    with pytest.raises(ArtifactError, match="not a manifest of ReelRec"):
        ArtifactStore(folder).load_catalogue()


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("place", ["catalogue", "models", "interview", "reviews"])
def test_any_value_in_the_place_of_an_entry_is_an_artifact_error(folder, place, value):
    edit(folder, lambda content: content.update({place: value}))
    for name in ("reviews", "interview", "ease"):
        try:
            ArtifactStore(folder).load(name)
        except ArtifactError:
            continue
        assert (name, place) in {("ease", "interview"), ("ease", "reviews"), ("interview", "reviews")} or value == {}


@pytest.mark.parametrize("text", ["[" * 100_000, "\ufeff{}", '{"catalogue": {}, "models": {"ease": 1}}', "9" * 5000])
def test_a_manifest_of_any_text_is_an_artifact_error(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ArtifactError):
        ArtifactStore(folder).load("ease")


def rewritten(folder: Path, name: str, **arrays: np.ndarray) -> ArtifactStore:
    """The store with other arrays in a file, whose checksum the manifest has."""
    path = folder / f"{name}.npz"
    np.savez(path, **dict(np.load(path)) | arrays)
    edit(folder, lambda content: content["models"].get(name, content.get(name)).update(sha256=sha256(path)))
    return ArtifactStore(folder)


SPOILED = {
    "a text": lambda array: np.array("x"),
    "texts": lambda array: np.full(array.shape, "x"),
    "one number": lambda array: np.array(5),
    "flat": lambda array: np.zeros(7),
    "complex": lambda array: array.astype(complex),
    "days": lambda array: np.full(array.shape, np.datetime64("2020-01-01")),
    "no numbers": lambda array: np.full(array.shape, np.nan),
    "bytes": lambda array: np.full(array.shape, b"x"),
    "records": lambda array: np.zeros(array.shape, dtype=[("a", "f4")]),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("baseline", "item_bias"), ("film-mean", "film_means"), ("popularity", "counts"), ("svd", "item_factors"),
        ("knn", "similarity"), ("ease", "weights"), ("ranker", "counts"), ("dae", "outputs"), ("bmf", "item_biases"),
        ("interview", "aim"),
    ],
)  # fmt: skip
def test_weights_of_a_wrong_type_are_an_artifact_error(folder, name, array, spoil):
    whole = np.load(folder / f"{name}.npz")[array]
    store = rewritten(folder, name, **{array: SPOILED[spoil](whole)})
    with pytest.raises(ArtifactError, match=f"{name}.npz (is damaged|was written by another version)"):
        store.load(name)


@pytest.mark.parametrize(("name", "array"), [("knn", "nearest"), ("ease", "columns")])
@pytest.mark.parametrize("place", [-1, 14, 10**6])
def test_an_index_outside_of_a_matrix_is_refused_before_memory_is_read_there(folder, name, array, place):
    columns = np.load(folder / f"{name}.npz")[array].astype(np.int64)
    columns[3, 0] = place
    with pytest.raises(ArtifactError, match=f"{name}.npz was written by another version"):
        rewritten(folder, name, **{array: columns}).load(name)


@pytest.mark.parametrize("settings", ["[]", "3", '{"reg": "x"}', '{"reg": null}', '{"what": 3}', "{", "[" * 9_000])
def test_settings_of_a_wrong_type_are_an_artifact_error(folder, settings):
    with pytest.raises(ArtifactError):
        rewritten(folder, "svd", settings=np.array(settings)).load("svd")
