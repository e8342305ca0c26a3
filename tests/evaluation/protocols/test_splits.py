"""The splits of ml-latest-small, on invented people in its place."""

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.evaluation import users
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.protocols import splits
from reelrec.evaluation.users import movielens_dataset

NAMES = ["seed", "random-1", "random-2", "random-3", "random-4", "random-5", "last-20", "new-people"]


@pytest.fixture
def ratings(invented_movielens, monkeypatch) -> pd.DataFrame:
    """20 ratings each of 30 people, who are enough here; a time is shared by two ratings."""
    pytest.importorskip("sklearn")
    monkeypatch.setattr(users, "MIN_RATINGS", 20)
    return invented_movielens


@pytest.fixture
def by_name(ratings) -> dict[str, splits.Split]:
    return {split.name: split for split in splits.splits(movielens_dataset("ml-latest-small"))}


def pairs(split) -> set[tuple[int, int]]:
    return {
        (int(user), int(item))
        for user, (_, items, _) in zip(split.user_ids, split.held_out, strict=True)
        for item in items
    }


def test_every_way_holds_its_share_out_and_no_two_draws_are_alike(by_name):
    assert list(by_name) == NAMES
    for name in NAMES[:-1]:
        assert (len(pairs(by_name[name])), len(by_name[name].training.items)) == (120, 480)
    assert len({frozenset(pairs(split)) for split in by_name.values()}) == len(NAMES)


def test_the_seed_split_is_that_of_the_notebook(by_name):
    _, test = recipe.frames()
    assert pairs(by_name["seed"]) == set(zip(test["user_id"], test["film_id"], strict=True))


def test_the_last_fifth_of_everybody_by_date_is_asked():
    times = [5, 3, 3, 9, 1, 7, 8, 2, 6, 4]
    rows = [(2, film, 3.0, 100 - film) for film in range(3)]
    rows += [(1, film, 3.0, time) for film, time in enumerate(times)]
    ratings = pd.DataFrame(rows, columns=["user_id", "film_id", "rating", "timestamp"])
    known, test = splits.by_date(ratings)
    assert sorted(zip(test["user_id"], test["film_id"], strict=True)) == [(1, 3), (1, 6), (2, 0)]
    assert len(known) == 10


def test_ratings_of_one_time_keep_the_files_order():
    rows = [(1, film, 3.0, 50) for film in (4, 2, 9, 7, 1)]
    _, test = splits.by_date(pd.DataFrame(rows, columns=["user_id", "film_id", "rating", "timestamp"]))
    assert test["film_id"].tolist() == [1]


def test_new_people_are_in_nobodys_training_and_show_seventy_percent(by_name):
    split = by_name["new-people"]
    assert split.user_ids.tolist() == [8, 9, 18, 19, 28, 29]
    assert set(split.training.user_ids % 10) == set(range(8))
    assert {(len(known), len(items)) for known, items, _ in split.held_out} == {(14, 6)}


def test_the_report_has_every_model_on_every_split_and_says_what_sets_them_apart(ratings):
    report = splits.run(("film-mean", "baseline"))
    value = {(row.model, row.metric, row.k): row for row in report.rows}
    each = [value["baseline", "rmse", f"random-{number}"].value for number in range(1, 6)]
    assert value["baseline", "rmse", "random"].value == pytest.approx(np.sqrt(np.mean(np.square(each))))
    assert value["baseline", "rmse_sd", "random"].value == pytest.approx(np.std(each, ddof=1))
    assert value["baseline", "rmse", "random"].n == 600
    apart = {entry.k: entry for entry in report.differences}
    assert {(entry.model, entry.than) for entry in report.differences} == {("baseline", "film-mean")}
    assert set(apart) == {*NAMES, "random"}
    difference = value["baseline", "rmse", "seed"].value - value["film-mean", "rmse", "seed"].value
    assert apart["seed"].value == pytest.approx(difference)


def test_the_command_prints_the_table_and_writes_the_json_of_a_whole_run_only(
    command, ratings, tmp_path, use_artifacts, monkeypatch
):
    folder = use_artifacts(tmp_path / "shipped")
    code, out, _ = command("evaluate", "splits", "--models", "film-mean, baseline")
    assert code == 0
    assert "last-20" in out
    assert not folder.exists()
    monkeypatch.setattr(splits, "MODELS", ("film-mean",))
    assert command("evaluate", "splits")[0] == 0
    content = json.loads((folder / "metrics" / "splits.json").read_text())
    assert (content["protocol"], content["dataset"]["ratings"]) == ("splits", 600)


def test_a_mistaken_name_is_said_before_anything_is_fitted(command, ratings):
    code, _, err = command("evaluate", "splits", "--models", "baseline,nope")
    assert code == 2
    assert "no model called 'nope'" in " ".join(err.split())
