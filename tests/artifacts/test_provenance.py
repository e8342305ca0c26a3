"""What the manifest says of an artifact is how it was trained: its settings, and what it was trained on."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.errors import ArtifactError
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.gpt import GPT
from reelrec.models.registry import MODELS
from reelrec.paths import sha256
from tests.fakes import corrections


def changed(value: float) -> float:
    """Another setting of the same type."""
    return value + 1


@pytest.mark.parametrize("name", MODELS)
def test_a_loaded_model_has_the_settings_that_it_was_trained_with(name, films, small_models, tmp_path):
    by_name = {model.name: model for model in small_models(films)[1]}
    parts = [by_name[part] for part in MODELS[name].parts]
    settings = {setting: changed(value) for setting, value in by_name[name].settings().items()}
    model = MODELS[name](*parts, **settings)
    model.keep(**by_name[name].learned())
    model.save(tmp_path / f"{name}.npz")
    loaded = MODELS[name].load(tmp_path / f"{name}.npz", *parts)
    assert loaded.settings() == settings
    loaded.save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / f"{name}.npz").read_bytes()


@pytest.mark.parametrize("name", MODELS)
def test_what_ships_was_trained_with_the_settings_of_the_manifest(name):
    store = shipped_store()
    if not store.has(name):
        pytest.skip(f"{name} is not among the artifacts. Run: python -m reelrec train {name}")
    assert store.load(name).settings() == store.manifest().models[name]["settings"]


def test_a_file_that_leaves_out_a_setting_is_refused(tiny_artifacts, tmp_path):
    bmf = ArtifactStore(tiny_artifacts).load("bmf")
    bmf.save(tmp_path / "bmf.npz")
    with np.load(tmp_path / "bmf.npz") as file:
        arrays = dict(file)
    arrays["settings"] = np.array(str(arrays["settings"]).replace('"burn_in": 80, ', ""))
    np.savez(tmp_path / "bmf.npz", **arrays)
    with pytest.raises(ValueError, match=r"bmf.npz does not say burn_in"):
        BMF.load(tmp_path / "bmf.npz")


@pytest.fixture
def trainings(monkeypatch):
    """Training of bmf and gpt in no time; the mean of the bmf that each gpt was fitted on is written down."""
    means = []

    def fit_bmf(self, dataset):
        other = corrections.random_bmf(dataset.n_items, seed=9)
        self.keep(**{**other.learned(), "mean": 2.25})
        return self

    def fit_gpt(self, dataset, validation=None):
        means.append(self.bmf.mean_)
        self.keep(**corrections.random_gpt(self.bmf).learned())
        return self

    monkeypatch.setattr(BMF, "fit", fit_bmf)
    monkeypatch.setattr(GPT, "fit", fit_gpt)
    return means


@pytest.fixture
def ratings(ratings_file):
    return ratings_file("user_id,film_id,rating\n1,night-ferry,5\n2,night-ferry,4\n2,the-harbour,3\n")


@pytest.mark.parametrize("names", [("bmf", "gpt"), ("gpt", "bmf")])
@pytest.mark.usefixtures("tiny_artifacts")
def test_what_is_trained_together_into_a_new_folder_builds_on_what_lies_there(
    command, trainings, ratings, tmp_path, names
):
    assert command("train", *names, "--ratings", ratings, "--out", tmp_path / "new")[0] == 0
    store = ArtifactStore(tmp_path / "new")
    assert trainings == [2.25] == [store.load("bmf").mean_]
    built_on = store.manifest().models["gpt"]["built_on"]
    assert built_on == {"bmf": sha256(store.path("bmf"))}
    assert built_on != {"bmf": sha256(shipped_store().path("bmf"))}
    assert store.load("gpt").bmf.mean_ == 2.25


@pytest.mark.usefixtures("tiny_artifacts")
def test_what_a_new_folder_lacks_is_copied_there_and_built_on(command, trainings, ratings, tmp_path):
    assert command("train", "gpt", "--ratings", ratings, "--out", tmp_path / "new")[0] == 0
    store, shipped = ArtifactStore(tmp_path / "new"), shipped_store()
    assert trainings == [shipped.load("bmf").mean_]
    assert store.path("bmf").read_bytes() == shipped.path("bmf").read_bytes()
    assert store.manifest().models["gpt"]["built_on"] == {"bmf": sha256(store.path("bmf"))}
    assert store.load_catalogue().fingerprint == shipped.load_catalogue().fingerprint


def test_nothing_is_saved_without_what_it_builds_on(films, small_models, tmp_path):
    dataset, models = small_models(films)
    (gpt,) = (model for model in models if model.name == "gpt")
    store = ArtifactStore(tmp_path)
    store.save_catalogue(films)
    with pytest.raises(ArtifactError, match=r"bmf is not in .*train bmf"):
        store.save(gpt, dataset.describe(), 1.0)
    assert not store.path("gpt").exists()


@pytest.mark.train
@pytest.mark.usefixtures("tiny_artifacts")
def test_two_models_that_are_really_trained_fit_together(command, make_people, films, tmp_path, monkeypatch):
    pytest.importorskip("torch")
    from reelrec.training import settings

    small = {"embedding_dim": 2, "components": 2, "samples": 2, "burn_in": 2, "thin": 1}
    monkeypatch.setitem(settings.SETTINGS, "bmf", small)
    monkeypatch.setitem(settings.SETTINGS, "gpt", {"embedding_dim": 8, "layers": 1, "passes": 1, "epochs": 1})
    path = tmp_path / "ratings.csv"
    make_people(40, [film.slug for film in films.films], 8).to_csv(path, index=False)
    assert command("train", "bmf", "gpt", "--ratings", path, "--out", tmp_path / "new")[0] == 0
    store = ArtifactStore(tmp_path / "new")
    gpt, bmf = store.load("gpt"), store.load("bmf")
    assert gpt.bmf.settings() == bmf.settings() == BMF(**small).settings()
    assert store.manifest().models["gpt"]["built_on"] == {"bmf": sha256(store.path("bmf"))}
    assert store.manifest().models["bmf"]["settings"]["burn_in"] == 2
