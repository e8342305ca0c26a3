"""The notebook's numbers, on its own split. The hold-out only: the cross-validation takes minutes."""

import json
import sys

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation import seed_svd


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
    training, test = seed_svd.split()
    seen = {(user, film) for user, film, *_ in training.raw_ratings}
    assert len(seen) == 80_668
    assert len(test) == 20_168
    assert not seen & {(user, film) for user, film, _ in test}


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
    with pytest.raises(OptionError, match=r"is not installed.*pip install -r requirements.txt"):
        seed_svd.split()
