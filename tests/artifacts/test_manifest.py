import json
import os

import pytest

from reelrec.artifacts.manifest import Manifest
from reelrec.errors import ArtifactError
from reelrec.models.registry import MODELS

ENTRY = {"sha256": "of a file", "films": 14, "fingerprint": "of a catalogue"}


def test_a_folder_without_a_manifest_has_an_empty_one(tmp_path):
    manifest = Manifest.read(tmp_path)
    assert (manifest.catalogue, manifest.models) == ({}, {})
    assert manifest.entry("ease") is None
    assert manifest.entry("reviews") is None


def test_what_was_written_is_read(tmp_path):
    manifest = Manifest()
    manifest.put("ease", ENTRY)
    manifest.put("reviews", {"sha256": "é"})
    manifest.write(tmp_path)
    again = Manifest.read(tmp_path)
    assert again.content == manifest.content
    assert again.entry("ease") == ENTRY
    assert again.entry("reviews") == {"sha256": "é"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json"]


def test_recommenders_stay_in_the_agreed_order_and_others_stand_beside_them():
    manifest = Manifest()
    for name in (*reversed(MODELS), "reviews"):
        manifest.put(name, ENTRY)
    assert list(manifest.models) == list(MODELS)
    assert list(manifest.content) == ["catalogue", "models", "reviews"]


@pytest.mark.parametrize("entry", [None, [], {}, "x", {"films": 14}])
def test_a_broken_entry_is_none(entry):
    manifest = Manifest({"catalogue": {}, "models": {}, "reviews": entry})
    assert manifest.entry("reviews") is None


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"models": {}}', '"catalogue models"', "\x00"])
def test_what_is_no_manifest_is_an_artifact_error(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ArtifactError, match=r"manifest.json is .*from the release again"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    "models", [[], {"ease": {}}, {"ease": []}, {"ease": ENTRY | {"sha256": 1}, "svd": {"films": 1}}]
)
def test_recommenders_without_what_loading_needs_are_an_artifact_error(tmp_path, models):
    (tmp_path / "manifest.json").write_text(json.dumps({"catalogue": {}, "models": models}))
    with pytest.raises(ArtifactError, match="not a manifest of ReelRec"):
        Manifest.read(tmp_path)


def test_an_interruption_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    manifest = Manifest()
    manifest.write(tmp_path)
    before = (tmp_path / "manifest.json").read_text()

    def pull_the_plug(old: object, new: object) -> None:
        raise OSError("no power")

    monkeypatch.setattr(os, "replace", pull_the_plug)
    manifest.put("ease", ENTRY)
    with pytest.raises(OSError, match="no power"):
        manifest.write(tmp_path)
    assert (tmp_path / "manifest.json").read_text() == before
