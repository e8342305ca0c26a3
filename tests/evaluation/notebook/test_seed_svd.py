"""The notebook's numbers, on its own split. The hold-out only: the cross-validation takes minutes."""

import json
import sys
from itertools import pairwise

import numpy as np
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.evaluation.notebook import recipe, seed_svd
from reelrec.models.base import Prediction
from reelrec.models.baseline import Baseline
from reelrec.models.predictive import half_star_probabilities
from reelrec.models.registry import MODELS
from reelrec.training.settings import SMALL_DATA


@pytest.mark.train
@pytest.mark.usefixtures("notebooks_data")
@pytest.mark.parametrize(("name", "rmse", "mae"), [("svd", 0.8754, 0.6700), ("knn", 0.8592, 0.6527)])
def test_the_hold_out_gives_the_notebooks_errors_to_four_decimals(name, rmse, mae):
    error = seed_svd.hold_out(name)["error"]
    assert len(error) == 20_168
    assert round(float(np.sqrt((error**2).mean())), 4) == rmse
    assert round(float(error.abs().mean()), 4) == mae


@pytest.mark.train
@pytest.mark.usefixtures("notebooks_data")
def test_no_test_rating_is_a_training_rating():
    fitting, test = recipe.split()
    seen = {(user, film) for user, film, *_ in fitting.raw_ratings}
    assert len(seen) == 80_668
    assert len(test) == 20_168
    assert not seen & {(user, film) for user, film, _ in test}


@pytest.fixture
def unsure(monkeypatch):
    """A model that knows its uncertainty and learns a bias from side information, in the place of bmf."""

    class Genres(Baseline):
        name = "bmf"

        def fit(self, dataset):
            super().fit(dataset)
            fitted.append(dataset)
            for block in dataset.features.values():
                self.item_bias_ = self.item_bias_ + np.float32(0.1) * block.sum(axis=1)
            return self

        def predict(self, history, items):
            return Prediction(self.score(history), np.full(len(self.item_bias_), 0.8, dtype=np.float32)).at(items)

        def probabilities(self, prediction):
            return half_star_probabilities(prediction)

    fitted: list[Dataset] = []
    monkeypatch.setitem(MODELS, "bmf", Genres)
    monkeypatch.delitem(SMALL_DATA, "bmf")
    return fitted


@pytest.mark.usefixtures("invented_movielens")
def test_with_our_model_come_its_controls_each_beside_what_it_is_compared_with(unsure):
    pytest.importorskip("sklearn")
    report = seed_svd.run(["film-mean", "bmf"])
    models = list(dict.fromkeys(row.model for row in report.rows))
    assert models == ["film-mean", "bmf-permuted", "bmf-plain", "bmf", "bmf-tags"]
    blocks = [tuple(dataset.features) for dataset in unsure]
    assert blocks == [("genre", "year"), (), ("genre", "year"), ("genre", "year", "tag")]
    moved, _, whole, _ = (dataset.features for dataset in unsure)
    assert (moved["year"] != whole["year"]).nnz
    assert {(one.than, one.model) for one in report.differences if one.metric == "rmse"} == set(pairwise(models))
    value = {(row.model, row.metric): row.value for row in report.rows}
    assert value["bmf", "rmse"] != value["bmf-plain", "rmse"]
    assert value["bmf", "mae"] != value["bmf", "mae_mean"]  # of the median half-star, and of the mean
    assert ("film-mean", "mae_mean") not in value
    assert all(row.n == 120 and row.k is None for row in report.rows)


@pytest.mark.usefixtures("invented_movielens", "unsure")
def test_the_command_prints_our_model_and_writes_nothing_for_the_dashboards(command, tmp_path, use_artifacts):
    pytest.importorskip("sklearn")
    folder = use_artifacts(tmp_path / "shipped")
    code, out, _ = command("evaluate", "seed-svd", "--models", "bmf", "--json", tmp_path / "out.json")
    assert code == 0
    assert "bmf-permuted" in out
    assert not folder.exists()
    rows = json.loads((tmp_path / "out.json").read_text())["rows"]
    assert {row["metric"] for row in rows} == {"rmse", "mae", "mae_mean"}


@pytest.mark.parametrize(("name", "says"), [("nope", "no model called 'nope'"), ("ease", "predicts no stars")])
def test_a_model_that_has_no_error_in_stars_is_refused(name, says):
    with pytest.raises(OptionError, match=says):
        seed_svd.run(["film-mean", name])


@pytest.mark.train
@pytest.mark.usefixtures("invented_movielens")
def test_the_notebooks_models_keep_their_rows_and_svd_brings_its_cross_validation():
    pytest.importorskip("surprise")
    pytest.importorskip("sklearn")
    report = seed_svd.run(["svd", "film-mean"])
    rows = {(row.model, row.metric): row for row in report.rows}
    assert set(rows) == {
        *((model, metric) for model in ("svd", "film-mean") for metric in ("rmse", "mae")),
        *(("svd-tuned-cv", metric) for metric in ("rmse", "mae", "cv_rmse", "cv_mae")),
    }
    error = seed_svd.hold_out("svd")["error"]
    assert rows["svd", "rmse"].value == pytest.approx(np.sqrt((error**2).mean()))
    assert {(one.model, one.than) for one in report.differences} == {("film-mean", "svd")}


@pytest.mark.train
@pytest.mark.usefixtures("invented_movielens")
def test_the_grid_has_every_setting_once_with_its_error(monkeypatch):
    pytest.importorskip("surprise")
    pytest.importorskip("sklearn")
    small = {"n_factors": (2, 3), "n_epochs": (1, 20), "lr_all": (0.005,), "reg_all": (0.02, 0.1)}
    monkeypatch.setattr(seed_svd, "GRID", small)
    report = seed_svd.search()
    content = json.loads(report.to_json())
    assert (content["protocol"], content["rows"]) == ("seed-svd-grid", [])
    assert all(set(entry) == {*small, "rmse"} for entry in content["grid"])
    assert len({tuple(entry[name] for name in small) for entry in content["grid"]}) == len(content["grid"]) == 8
    best = min(content["grid"], key=lambda entry: entry["rmse"])
    assert (
        f"Best RMSE of 8 settings by three folds: {best['rmse']:.5f} for n_factors={best['n_factors']}"
        in (report.notes[0])
    )
    assert best["n_epochs"] == 20  # one epoch learns next to nothing


def test_the_notebooks_grid_has_36_settings_and_the_tuned_one_is_among_them():
    assert np.prod([len(values) for values in seed_svd.GRID.values()]) == 36
    assert all(seed_svd.TUNED[name] in values for name, values in seed_svd.GRID.items())


@pytest.mark.usefixtures("invented_movielens")
@pytest.mark.parametrize("missing", ["surprise", "sklearn.model_selection"])
def test_without_the_notebooks_libraries_a_sentence_says_what_to_install(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(OptionError, match=r"is not installed.*pip install -r requirements-train.txt"):
        recipe.split()
