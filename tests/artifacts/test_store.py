import errno
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.errors import ArtifactError, OptionError
from reelrec.models.registry import MODELS
from reelrec.paths import sha256


@pytest.fixture
def folder(_tiny_folder, tmp_path):
    """A copy of the small artifacts, to break."""
    return shutil.copytree(_tiny_folder, tmp_path / "artifacts")


def test_what_was_saved_is_loaded(folder, films, small_models):
    loaded = ArtifactStore(folder).load_catalogue()
    assert loaded.fingerprint == films.fingerprint
    assert ArtifactStore(folder).models() == list(MODELS)  # in the agreed order, whatever was trained first
    history = History.of([1, 3], [5.0, 2.0])
    for model in small_models(films)[1]:
        loaded_model = ArtifactStore(folder).load(model.name)
        np.testing.assert_allclose(loaded_model.score(history), model.score(history), atol=2e-3)


def test_the_manifest_says_what_each_file_is_and_what_it_was_made_of(folder, films, small_models):
    entry = ArtifactStore(folder).manifest().content["models"]["ease"]
    data, _ = small_models(films)
    assert entry["bytes"] == (folder / "ease.npz").stat().st_size
    assert entry["films"] == 14
    assert entry["settings"]["reg"] == 5.0
    assert not [name for name in entry["settings"] if name.endswith("_")]  # settings, not what was learned
    expected = {"name": "invented", "sha256": data.sha256, "people": 50, "ratings": len(data.items)}
    assert entry["data"] == expected
    assert ArtifactStore(folder).manifest().content["catalogue"]["films"] == 14


def test_scores_are_written_beside_the_models_that_ship(folder):
    ArtifactStore(folder).save_metrics("top-n", {"ease": {"ndcg@10": 0.5}, "oracle": {"ndcg@10": 0.9}})
    ArtifactStore(folder).save_metrics("new-users", {"svd": {"rmse@all": 0.8}})
    models = ArtifactStore(folder).manifest().content["models"]
    assert models["ease"]["metrics"] == {"top-n": {"ndcg@10": 0.5}}
    assert models["svd"]["metrics"] == {"new-users": {"rmse@all": 0.8}}
    assert "oracle" not in models


def test_a_model_is_refused_when_what_it_builds_on_was_trained_again(folder, films):
    assert ArtifactStore(folder).load("deepfm").bmf.score(History.empty()).shape == (len(films),)
    content, path = ArtifactStore(folder).manifest().content, folder / "bmf.npz"
    assert content["models"]["deepfm"]["built_on"] == {"bmf": sha256(path)}
    np.savez(path, **dict(np.load(path)) | {"freedom": 7.0})
    content["models"]["bmf"]["sha256"] = sha256(path)
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match=r"deepfm.npz was made for another bmf.*python -m reelrec train deepfm"):
        ArtifactStore(folder).load("deepfm")


def test_what_a_model_builds_on_can_be_given_so_that_it_is_held_once(folder, films):
    held = {name: ArtifactStore(folder).load(name) for name in ("bmf", "knn")}
    held |= {name: ArtifactStore(folder).load(name, held.__getitem__) for name in ("deepfm", "gpt")}
    stack = ArtifactStore(folder).load("stack", held.__getitem__)
    assert stack.bmf is stack.gpt.bmf is held["bmf"]


def test_a_missing_model_names_the_command_that_trains_it(folder, films):
    (folder / "ease.npz").unlink()
    with pytest.raises(ArtifactError, match=r"ease.npz is missing.*python -m reelrec train ease"):
        ArtifactStore(folder).load("ease")


def test_a_model_that_was_never_trained_names_the_command_that_trains_it(folder, films):
    content = ArtifactStore(folder).manifest().content
    del content["models"]["knn"]
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match=r"knn is not in artifacts/manifest.json. Run: python -m reelrec train knn"):
        ArtifactStore(folder).load("knn")


def test_a_name_that_is_no_model_is_a_mistake_in_the_call(folder, films):
    known = "popularity, film-mean, baseline, knn, svd, bmf, ease, ranker"
    with pytest.raises(OptionError, match=rf"no model called 'nope'. Known: {known}"):
        ArtifactStore(folder).load("nope")


def test_other_bytes_than_the_manifests_are_refused(folder, films):
    content = bytearray((folder / "ease.npz").read_bytes())
    content[-1] ^= 1
    (folder / "ease.npz").write_bytes(content)
    with pytest.raises(ArtifactError, match=r"not the file of the manifest.*python -m reelrec train ease"):
        ArtifactStore(folder).load("ease")


def test_weights_for_another_catalogue_are_refused_with_both_numbers(folder, films):
    ArtifactStore(folder).save_catalogue(Catalogue(films.films[:13]))
    with pytest.raises(ArtifactError, match=r"made for 14 films, but the catalogue has 13.*train svd"):
        ArtifactStore(folder).load("svd")


def test_weights_of_another_version_are_refused(folder, films):
    """svd.npz as it will be when it has a third penalty."""
    with np.load(folder / "svd.npz") as file:
        arrays = dict(file)
    np.savez(
        folder / "svd.npz",
        **arrays | {"settings": json.dumps(json.loads(str(arrays["settings"])) | {"third_penalty": 1.0})},
    )
    content = ArtifactStore(folder).manifest().content
    content["models"]["svd"]["sha256"] = sha256(folder / "svd.npz")
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match=r"another version.*python -m reelrec train svd"):
        ArtifactStore(folder).load("svd")


def test_a_model_that_this_version_does_not_have_yet_is_an_error_of_ours(folder, films):
    content = ArtifactStore(folder).manifest().content
    content["models"]["oracle"] = content["models"]["ease"]
    shutil.copyfile(folder / "ease.npz", folder / "oracle.npz")
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises((ArtifactError, OptionError)):
        ArtifactStore(folder).load("oracle")


def test_without_a_manifest_nothing_is_shipped(tmp_path, films):
    assert ArtifactStore(tmp_path).models() == []
    with pytest.raises(ArtifactError, match="train ease"):
        ArtifactStore(tmp_path).load("ease")


def test_the_shipped_artifacts_load_and_are_what_the_manifest_says():
    if not (shipped_store().folder / "manifest.json").exists():
        pytest.skip("There is no artifacts/manifest.json: nothing was trained or fetched here yet.")
    films = shipped_store().load_catalogue()
    content = shipped_store().manifest().content
    assert content["catalogue"]["fingerprint"] == films.fingerprint
    assert content["catalogue"]["sha256"] == sha256(shipped_store().folder / "catalogue.parquet")
    assert set(content["models"]) <= set(MODELS)
    assert np.isfinite(shipped_store().load("reviews").predict(["a lovely film", ""]).mean).all()
    for name, entry in content["models"].items():
        assert entry["sha256"] == sha256(shipped_store().folder / f"{name}.npz")
        score = shipped_store().load(name).score(History.of([0, 5], [5.0, 2.0]))
        assert score.shape == (films.n_items,)
        assert np.isfinite(score).all()


def test_the_shipped_artifacts_are_smaller_than_60_megabytes():
    files = [path for path in shipped_store().folder.rglob("*") if path.is_file()]
    if not files:
        pytest.skip("There are no artifacts here yet.")
    assert sum(path.stat().st_size for path in files) < 60_000_000


def test_a_catalogue_that_is_not_the_manifests_is_refused(folder):
    path = folder / "catalogue.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ArtifactError, match=r"catalogue.parquet is damaged or not the file of the manifest"):
        ArtifactStore(folder).load_catalogue()


def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(folder, monkeypatch):
    store = ArtifactStore(folder)
    model, before = store.load("popularity"), (folder / "popularity.npz").read_bytes()

    def save(path: Path) -> None:
        path.write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(model, "save", save)
    with pytest.raises(ArtifactError, match=r"popularity.npz could not be written into .* \(No space left on device\)"):
        store.save(model, {"name": "x"}, 1.0)
    assert (folder / "popularity.npz").read_bytes() == before
    assert not [path for path in folder.iterdir() if "unfinished" in path.name]
    assert store.load("popularity").counts_.tolist() == model.counts_.tolist()
