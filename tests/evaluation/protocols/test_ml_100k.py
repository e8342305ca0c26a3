"""The official folds, on invented ratings in their place; and the baseline's published error on the real ones."""

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.evaluation.protocols import ml_100k
from reelrec.models.baseline import Baseline
from reelrec.models.registry import MODELS
from reelrec.sources import registry
from reelrec.sources.movielens import ml_100k as movielens_100k


@pytest.fixture
def folds(make_people, monkeypatch) -> dict[int, tuple[pd.DataFrame, pd.DataFrame]]:
    """20 people with 15 ratings each in whole stars; every fifth is a fold's test rating."""
    ratings = make_people(20, [*range(1, 26)], 15)
    ratings["rating"] = ratings["rating"].round().clip(1, 5)
    part = np.arange(len(ratings)) % 5
    made = {number: (ratings[part != number - 1], ratings[part == number - 1]) for number in movielens_100k.FOLDS}
    films = pd.DataFrame({"film_id": range(1, 26), "year": 1990, "genres": [["Drama"]] * 25})
    monkeypatch.setattr(movielens_100k, "read_fold", made.__getitem__)
    monkeypatch.setattr(movielens_100k, "read_films", lambda: films)
    return made


def test_each_fold_and_all_together_have_a_row(folds):
    report = ml_100k.run(("film-mean", "baseline"))
    value = {(row.model, row.k): row for row in report.rows}
    each = [value["baseline", f"u{number}"] for number in range(1, 6)]
    assert {row.n for row in each} == {60}
    assert value["baseline", "all"].n == 300
    assert value["baseline", "all"].value == pytest.approx(np.sqrt(np.mean([row.value**2 for row in each])))
    assert {entry.k for entry in report.differences} == {"u1", "u2", "u3", "u4", "u5", "all"}
    assert report.dataset["ratings"] == 300


def test_models_learn_from_the_base_ratings_of_the_fold_and_know_genres_and_years(folds, monkeypatch):
    fitted = []

    class Keeps(Baseline):
        def fit(self, dataset):
            fitted.append(dataset)
            return super().fit(dataset)

    monkeypatch.setitem(MODELS, "baseline", Keeps)
    ml_100k.run(("baseline",))
    assert [len(dataset.items) for dataset in fitted] == [240] * 5
    assert {tuple(dataset.features) for dataset in fitted} == {("genre", "year")}


def test_no_prediction_is_below_one_star(folds, monkeypatch):
    class Low(Baseline):
        def score(self, history):
            return np.zeros(25, dtype=np.float32)

    monkeypatch.setitem(MODELS, "baseline", Low)
    stars = folds[1][1]["rating"]
    first = next(row for row in ml_100k.run(("baseline",)).rows if row.k == "u1")
    assert first.value == pytest.approx(np.sqrt(((stars - 1) ** 2).mean()))


@pytest.mark.usefixtures("folds")
def test_the_command_prints_a_row_a_fold(command, tmp_path):
    code, out, _ = command("evaluate", "ml-100k", "--models", "film-mean", "--json", tmp_path / "out.json")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  u")] == ["u1", "u2", "u3", "u4", "u5"]
    assert json.loads((tmp_path / "out.json").read_text())["protocol"] == "ml-100k"


def test_the_baseline_has_the_error_that_surprise_publishes_for_five_folds():
    if registry.source("ml-100k").folder is None:
        pytest.skip("MovieLens 100K is not on this machine. Run: python -m reelrec data get ml-100k")
    rmse = next(row.value for row in ml_100k.run(("baseline",)).rows if row.k == "all")
    assert rmse == pytest.approx(0.944, abs=0.003)  # its folds are random ones
