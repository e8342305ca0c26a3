"""The map of films among the artifacts: its own entry, and the trial that it has to pass."""

import json
import shutil

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.errors import ArtifactError
from reelrec.paths import sha256
from tests.fakes.film_maps import by_decade


@pytest.fixture
def folder(_tiny_folder, films, tmp_path):
    copy = shutil.copytree(_tiny_folder, tmp_path / "artifacts")
    ArtifactStore(copy).save(by_decade(films), {"name": "catalogue"}, 2.0)
    return copy


def test_what_was_saved_is_loaded_and_the_manifest_says_what_it_was_made_of(folder, films):
    store = ArtifactStore(folder)
    np.testing.assert_array_equal(store.load("map").places, by_decade(films).places)
    entry = store.manifest().content["map"]
    assert entry["built_on"] == {name: sha256(store.path(name)) for name in ("dae", "bmf")}
    assert entry["films"] == len(films)
    assert "map" not in store.models()


def test_a_map_of_fewer_films_is_refused(folder):
    path = folder / "map.npz"
    with np.load(path) as file:
        arrays = dict(file)
    arrays |= {"places": arrays["places"][:-1], "region": arrays["region"][:-1]}
    np.savez(path, **arrays)
    content = json.loads((folder / "manifest.json").read_text())
    content["map"]["sha256"] = sha256(path)
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(
        ArtifactError, match=r"map.npz is damaged .*13, 2.* where .*14, 2.* python -m reelrec train map"
    ):
        ArtifactStore(folder).load("map")


def test_a_map_of_another_dae_is_refused(folder):
    content = json.loads((folder / "manifest.json").read_text())
    content["map"]["built_on"]["dae"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match=r"map.npz was made for another dae"):
        ArtifactStore(folder).load("map")
