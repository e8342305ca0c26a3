import json
from dataclasses import replace

import numpy as np
import pytest

from reelrec.evaluation.report import Report, Row, describe, ratio_row

RNG = np.random.default_rng(3)
COUNTS = RNG.integers(5, 50, 200)
SUMS = RNG.gamma(2.0, 0.4, 200) * COUNTS


def test_the_value_is_pooled_over_ratings_and_the_interval_holds_it():
    row = ratio_row("m", "mae", 5, SUMS, COUNTS)
    assert row.value == pytest.approx(SUMS.sum() / COUNTS.sum())
    assert row.low < row.value < row.high
    assert (row.model, row.metric, row.k, row.n) == ("m", "mae", 5, COUNTS.sum())


def test_the_root_is_taken_of_the_value_and_of_its_interval():
    plain, root = (ratio_row("m", "rmse", 5, SUMS, COUNTS, root) for root in (False, True))
    assert [root.value, root.low, root.high] == pytest.approx(np.sqrt([plain.value, plain.low, plain.high]))


def test_the_interval_is_as_wide_as_drawing_people_again_makes_it():
    # people of equal weight: the standard error of a mean, 1.96 to either side
    sums, ones = RNG.normal(1.0, 0.3, 400), np.ones(400)
    row = ratio_row("m", "ndcg", 10, sums, ones)
    error = sums.std() / np.sqrt(400)
    assert (row.high - row.low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    assert row.n == 400


def test_people_are_drawn_whole():
    """One person with a thousand bad ratings is in or out; a rating at a time would give a narrow interval."""
    sums, counts = np.array([0.0] * 9 + [1000.0]), np.array([10] * 9 + [1000])
    row = ratio_row("m", "mae", 5, sums, counts)
    assert row.low == 0
    assert row.high > 0.9


def test_two_models_are_judged_on_the_same_draws_of_people():
    one, twice = ratio_row("a", "mae", 5, SUMS, COUNTS), ratio_row("b", "mae", 5, 2 * SUMS, COUNTS)
    assert (twice.low, twice.high) == pytest.approx((2 * one.low, 2 * one.high))
    assert ratio_row("a", "mae", 5, SUMS, COUNTS) == one
    assert ratio_row("a", "mae", 5, SUMS, COUNTS, seed=1).low != one.low


@pytest.fixture
def report(people) -> Report:
    rows = (Row("svd", "rmse", 5, 0.81236, 0.8, 0.82, 90), Row("svd", "rmse", "all", 0.7, 0.69, 0.71, 90))
    return Report(
        "new-users", describe(people), (*rows, Row("svd", "coverage", None, 0.5, None, None, 9)), 12.34, ("n",)
    )


def test_the_json_has_the_keys_that_the_dashboards_read(report, people, tmp_path):
    report.write(tmp_path / "deep" / "report.json")
    content = json.loads((tmp_path / "deep" / "report.json").read_text())
    assert set(content) == {"protocol", "dataset", "rows", "seconds", "created"}
    assert content["dataset"] == {"name": "people", "sha256": people.sha256, "people": 60, "ratings": 1500}
    assert set(content["rows"][0]) == {"model", "metric", "k", "value", "low", "high", "n"}
    assert [row["k"] for row in content["rows"]] == [5, "all", None]
    assert content["seconds"] == 12.3


def test_details_become_keys_of_the_json_between_the_rows_and_the_time(report):
    content = json.loads(replace(report, details={"grid": [{"rmse": 0.5}]}).to_json())
    assert list(content) == ["protocol", "dataset", "rows", "grid", "seconds", "created"]
    assert content["grid"] == [{"rmse": 0.5}]


def test_headlines_are_one_metric_by_model_and_cut(report):
    assert report.headlines("rmse") == {"svd": {"rmse@5": 0.8124, "rmse@all": 0.7}}
    assert report.headlines("ndcg") == {}
