"""The protocol `backtest`, on people and models made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation.protocols import backtest

N = 240
ROOT = Path(__file__).parents[3]
STARS = [1.0, 2.0, 3.0, 4.0, 5.0] * 12


class Fixed:
    """The same scores for everybody."""

    def __init__(self, scores: np.ndarray, unit: str = "stars") -> None:
        self.name, self.unit, self.scores = "fixed", unit, np.asarray(scores, dtype=np.float32)

    def score(self, history: History) -> np.ndarray:
        return self.scores


PEOPLE = [([*range(start, start + 60)], STARS) for start in (0, 60)] * 6
TRUTH = np.tile([1.0, 2.0, 3.0, 4.0, 5.0], N // 5)


def values(report) -> dict:
    return {(row.model, row.metric): row.value for row in report.rows}


def test_a_model_that_knows_all_and_one_that_is_a_star_too_high(data_of):
    knows = backtest.run(data_of(*PEOPLE, model=Fixed(TRUTH)), ["knows"])
    assert values(knows) == {
        ("knows", "rmse"): 0.0, ("knows", "mae"): 0.0, ("knows", "like_accuracy"): 1.0, ("knows", "concordance"): 1.0
    }  # fmt: skip
    high = values(backtest.run(data_of(*PEOPLE, model=Fixed(TRUTH + 1)), ["high"]))
    assert high["high", "mae"] == pytest.approx(0.8)  # fives stay fives
    assert high["high", "rmse"] == pytest.approx(0.8**0.5)
    assert high["high", "like_accuracy"] == pytest.approx(0.8)  # threes are taken for likes


def test_a_maker_of_lists_has_an_order_only(data_of):
    found = values(backtest.run(data_of(*PEOPLE, model=Fixed(-TRUTH, "preference")), ["lists"]))
    assert found == {("lists", "concordance"): 0.0}


def test_the_shipped_error_stands_beside_and_whether_it_lies_within(data_of):
    data = data_of(*PEOPLE, model=Fixed(TRUTH + 0.5))
    rmse = values(backtest.run(data, ["half"]))["half", "rmse"]
    for told, within in ((rmse, True), (rmse + 0.2, False)):
        row = {"model": "half", "metric": "rmse", "k": "all", "value": told}
        (entry,) = backtest.run(data, ["half"], {"rows": [row, row | {"k": 20, "value": 9.0}]}).details["new_users"]
        assert (entry["new_users"], entry["within"]) == (told, within)
    assert backtest.run(data, ["half"]).details["new_users"] == []


def test_users_by_their_number_of_ratings_and_the_floor(data_of):
    report = backtest.run(data_of(*PEOPLE, model=Fixed(TRUTH + 1)), ["one"])
    (group,) = report.details["by_size"]
    assert (group["least"], group["most"], group["people"]) == (60, 149, 12)
    assert group["mae"] == pytest.approx(0.8)
    assert group["deciles"] == pytest.approx([0.8] * 9)
    (floor,) = report.details["floor"]
    assert (floor["low"], floor["high"]) == pytest.approx((0.557**2 / 2 / 0.8, 0.8156**2 / 2 / 0.8))
    json.loads(report.to_json())


def test_the_verdicts_count_people(data_of):
    data = data_of(*PEOPLE)
    models = {"good": Fixed(TRUTH), "bad": Fixed(TRUTH[::-1]), "good-too": Fixed(TRUTH)}
    report = backtest.run(data.__class__(users=data.users, histories=data.histories, model=models.__getitem__,
                                         n_ratings=data.n_ratings), list(models))  # fmt: skip
    best = report.details["verdicts"]["best"]
    assert (best["users"], best["noise"]) == (12, 12)
    counted = {entry["model"]: (entry["first"], entry["sure"], entry["may_be_best"]) for entry in best["models"]}
    assert counted == {"good": (12, 0, 12), "good-too": (0, 0, 12)}


def test_the_command_runs_on_a_file(command, tiny_artifacts, ratings_file, films):
    slugs = [film.slug for film in films.films if film.same_as is None][:12]
    rows = [f"{user},{slug},{1 + (place + user) % 5}" for user in range(3) for place, slug in enumerate(slugs)]
    code, _, err = command(
        "evaluate", "backtest", "--ratings", ratings_file("user_id,film_id,rating\n" + "\n".join(rows))
    )
    assert code == 2  # fewer than 60 ratings each
    assert "60 ratings" in err


def test_the_documents_say_what_was_measured():
    measured = json.loads((ROOT / "artifacts" / "metrics" / "backtest.json").read_text())
    text = (
        (ROOT / "docs" / "results.md").read_text().partition("### How much is noise")[2].partition("**Other data**")[0]
    )
    by_metric = {
        metric: [f"{row['value']:.4f}".removeprefix("0") for row in measured["rows"] if row["metric"] == metric]
        for metric in ("rmse", "mae", "like_accuracy", "concordance")
    }
    assert {metric: len(values) for metric, values in by_metric.items()} == {
        "rmse": 8, "mae": 8, "like_accuracy": 8, "concordance": 13
    }  # fmt: skip
    for values in by_metric.values():
        assert all(f"| {value} " in text for value in values)
    best = measured["verdicts"]["best"]
    assert f"**Which model is best for one person is noise** for {best['noise']} of {best['users']} users" in text
    (floor,) = (entry for entry in measured["floor"] if entry["model"] == "stack")
    assert f"{100 * floor['low']:.0f} to {100 * floor['high']:.0f} % of the stack's" in text.replace("\n", " ")
    assert all(entry["within"] for entry in measured["new_users"])
    assert f"{measured['dataset']['people']} test users ({measured['dataset']['ratings']:,} ratings)" in text
