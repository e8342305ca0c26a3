"""Models from a ratings file, and the users that each model is fitted on."""

from typing import ClassVar

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.errors import OptionError, RatingsFileError
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.film_map import FilmMap
from reelrec.models.lists.popularity import Popularity
from reelrec.models.registry import MODELS
from reelrec.training import fitting
from reelrec.training.ratings import Ratings
from reelrec.training.settings import SETTINGS, SMALL_DATA


def test_a_model_is_trained_on_a_ratings_file(tiny_artifacts, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n2,night-ferry,4\n2,the-harbour,3\n2,unknown,1\n")
    out = tmp_path / "out"
    seconds = fitting.train("popularity", ArtifactStore(out), Ratings(file=path))
    assert seconds >= 0
    entry = ArtifactStore(out).manifest().content["models"]["popularity"]
    assert entry["data"] | {"sha256": ""} == {"name": "mine", "sha256": "", "people": 2, "ratings": 3}
    model = ArtifactStore(out).load("popularity")
    assert model.counts_.tolist() == [0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert "mine" not in (tiny_artifacts / "manifest.json").read_text()


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_file_without_a_known_film_trains_nothing(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,unknown,5\n")
    with pytest.raises(RatingsFileError, match=r"mine.csv rates no film of the catalogue"):
        fitting.train("popularity", ArtifactStore(tmp_path / "out"), Ratings(file=path))
    assert not (tmp_path / "out").exists()


def test_settings_name_models_and_their_own_options():
    for settings in (SETTINGS, SMALL_DATA):
        for name, values in settings.items():
            made = FilmMap(**values) if name == FilmMap.name else fitting.new_model(name, {name: values})
            assert values.items() <= vars(made).items()
    assert set(SETTINGS) <= {*MODELS, FilmMap.name}  # the map is fitted from models and predicts nothing


class Learner(Corrector):
    """A correction that keeps the data sets it was fitted on."""

    name, arrays = "deepfm", ("nothing",)
    datasets: ClassVar[list] = []

    def fit(self, *datasets):
        self.datasets[:] = datasets
        self.keep(nothing=np.zeros(1))
        return self


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_correction_is_fitted_on_train_users_and_validated_on_tune_users(sources, tmp_path, monkeypatch):
    sources({"night-ferry": {}}, [(user, "night-ferry", 4.0) for user in range(10, 30)])
    monkeypatch.setitem(MODELS, "deepfm", Learner)
    store = ArtifactStore(tmp_path)
    fitting.train("deepfm", store)
    dataset, validation = Learner.datasets
    assert set(dataset.user_ids % 10) == set(range(8))
    assert set(validation.user_ids) == {18, 28}
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n")
    fitting.train("deepfm", store, Ratings(file=path))
    assert len(Learner.datasets) == 1


@pytest.mark.usefixtures("tiny_artifacts")
def test_the_stack_is_fitted_on_tune_users_alone(sources, tmp_path, monkeypatch):
    sources({"night-ferry": {}}, [(user, "night-ferry", 4.0) for user in range(10, 30)])
    fitted_on = []
    monkeypatch.setattr(MODELS["stack"], "fit", lambda self, *datasets: fitted_on.extend(datasets))
    monkeypatch.setattr(ArtifactStore, "save", lambda *_: None)
    fitting.train("stack", ArtifactStore(tmp_path))
    assert [set(dataset.user_ids) for dataset in fitted_on] == [{18, 28}]


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_new_model_builds_on_what_ships_each_loaded_once():
    stack = fitting.new_model("stack")
    assert stack.bmf is stack.deepfm.bmf is stack.gpt.bmf
    assert stack.knn.name == "knn"


def test_a_model_and_its_parts_are_fitted_on_the_same_users_except_for_the_stack(people, monkeypatch):
    fitted_on = {}

    class Fake:
        def __init__(self, *parts, **settings):
            self.models = parts

        def fit(self, dataset):
            fitted_on[self] = set(dataset.user_ids)
            return self

    for name, kind in MODELS.items():
        declared = {"parts": kind.parts, "learns_from": kind.learns_from}
        monkeypatch.setitem(MODELS, name, type(name, (Fake,), declared))
    gpt = fitting.fitted("gpt", people)
    assert fitted_on[gpt] == fitted_on[gpt.models[0]] == set(people.user_ids)
    stack = fitting.fitted("stack", people)
    bmf, knn, deepfm, gpt = stack.models
    assert deepfm.models == gpt.models == (bmf,)
    assert fitted_on[bmf] == fitted_on[knn] == fitted_on[deepfm] == fitted_on[gpt]
    assert not fitted_on[stack] & fitted_on[bmf]
    assert len(fitted_on[stack]) == 12  # of 60


def test_an_unknown_model_cannot_be_made():
    with pytest.raises(OptionError, match=r"no model called 'bmff'. Did you mean 'bmf'"):
        fitting.new_model("bmff")


def test_a_model_without_its_package_names_what_to_install(tiny_artifacts, tmp_path, monkeypatch):
    class NeedsMore(Popularity):
        def fit(self, dataset):
            raise ModuleNotFoundError("No module named 'surprise'", name="surprise")

    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n")
    monkeypatch.setitem(MODELS, "popularity", NeedsMore)
    with pytest.raises(
        OptionError, match=r"Training popularity needs surprise. Run: pip install -r requirements-train.txt"
    ):
        fitting.train("popularity", ArtifactStore(tmp_path), Ratings(file=path))
    assert np.isfinite(shipped_store().load("popularity").means_).all()
