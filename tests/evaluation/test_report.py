import json
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from reelrec.evaluation.report import Report, Row, Sums, describe, differences, mean_row

RNG = np.random.default_rng(3)
COUNTS = RNG.integers(5, 50, 200)
SUMS = RNG.gamma(2.0, 0.4, 200) * COUNTS


def test_the_value_is_pooled_over_ratings_and_the_interval_holds_it():
    row = sums("m", SUMS).row()
    assert row.value == pytest.approx(SUMS.sum() / COUNTS.sum())
    assert row.low < row.value < row.high
    assert (row.model, row.metric, row.k, row.n) == ("m", "mae", 5, COUNTS.sum())


def test_the_root_is_taken_of_the_value_and_of_its_interval():
    plain, root = (sums("m", SUMS, root=root).row() for root in (False, True))
    assert [root.value, root.low, root.high] == pytest.approx(np.sqrt([plain.value, plain.low, plain.high]))


def test_the_interval_is_as_wide_as_drawing_people_again_makes_it():
    # people of equal weight: the standard error of a mean, 1.96 to either side
    values = RNG.normal(1.0, 0.3, 400)
    row = mean_row("m", "ndcg", 10, values)
    error = values.std() / np.sqrt(400)
    assert (row.high - row.low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    assert row.n == 400


def test_people_are_drawn_whole():
    """One person with a thousand bad ratings is in or out; a rating at a time would give a narrow interval."""
    errors, counts = np.array([0.0] * 9 + [1000.0]), np.array([10] * 9 + [1000])
    row = Sums(model="m", metric="mae", k=5, sums=errors, counts=counts).row()
    assert row.low == 0
    assert row.high > 0.9


def test_two_models_are_judged_on_the_same_draws_of_people():
    one, twice = sums("a", SUMS).row(), sums("b", 2 * SUMS).row()
    assert (twice.low, twice.high) == pytest.approx((2 * one.low, 2 * one.high))
    assert sums("a", SUMS).row() == one


def sums(model: str, values: np.ndarray, k: int = 5, metric: str = "mae", **more) -> Sums:
    return Sums(model=model, metric=metric, k=k, sums=values, counts=COUNTS, **more)


def test_the_interval_of_a_mean_is_that_of_scipy():
    values = RNG.gamma(2.0, 0.4, 300)
    row = mean_row("m", "ndcg", 10, values)
    theirs = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=4000, rng=1).confidence_interval
    assert (row.low, row.high) == pytest.approx(tuple(theirs), abs=0.08 * (row.high - row.low))


def test_the_interval_of_a_difference_is_that_of_the_differences_of_each_person():
    one, other = RNG.normal(3.0, 1.0, 400), RNG.normal(0.0, 0.1, 400)
    above, below = (
        Sums(model=model, metric="m", k=5, sums=values, counts=np.ones(400))
        for model, values in (("a", one), ("b", one + other + 0.02))
    )
    difference = below.minus(above)
    error = 1.96 * other.std() / np.sqrt(400)
    assert difference.value == pytest.approx((other + 0.02).mean())
    expected = difference.value - error, difference.value + error
    assert (difference.low, difference.high) == pytest.approx(expected, abs=0.15 * error)


def test_a_small_difference_that_everybody_has_shows_where_the_two_intervals_overlap():
    above, below = sums("a", SUMS), sums("b", SUMS - 0.01 * COUNTS)
    assert below.row().high > above.row().low
    difference = below.minus(above)
    assert (difference.model, difference.than, difference.metric, difference.k) == ("b", "a", "mae", 5)
    assert (difference.value, difference.low, difference.high) == pytest.approx((-0.01,) * 3)
    assert difference.different


def test_a_difference_that_chance_makes_is_none():
    luck = sums("b", SUMS + COUNTS * RNG.normal(0, 0.1, 200)).minus(sums("a", SUMS))
    assert luck.low < 0 < luck.high
    assert not luck.different
    assert not sums("b", SUMS).minus(sums("a", SUMS)).different  # equal numbers


def test_the_difference_of_roots_is_not_the_root_of_a_difference():
    one, four = sums("a", COUNTS.astype(float), root=True), sums("b", 4.0 * COUNTS, root=True)
    difference = four.minus(one)
    assert (difference.value, difference.low, difference.high) == pytest.approx((1, 1, 1))


def test_each_model_is_compared_with_the_last_one_above_it_that_has_the_measure():
    table = [sums("a", SUMS), sums("a", SUMS, k=9), sums("b", SUMS, metric="nll"), sums("c", 2 * SUMS), sums("d", SUMS)]
    compared = [(entry.model, entry.than, entry.metric, entry.k) for entry in differences(table)]
    assert compared == [("c", "a", "mae", 5), ("d", "c", "mae", 5)]


def test_people_who_count_for_nothing_are_no_fault():
    """Of two people one has nothing to count; draws without the other have no value."""
    row = Sums(model="m", metric="stars10", k=5, sums=np.array([4.0, 0.0]), counts=np.array([1, 0])).row()
    assert (row.value, row.low, row.high, row.n) == (4, 4, 4, 1)


@pytest.fixture
def report(people) -> Report:
    rows = (
        Row(model="svd", metric="rmse", k=5, value=0.81236, low=0.8, high=0.82, n=90),
        Row(model="svd", metric="rmse", k="all", value=0.7, low=0.69, high=0.71, n=90),
        Row(model="svd", metric="coverage", k=None, value=0.5, n=9),
    )
    return Report(protocol="new-users", dataset=describe(people), rows=rows, seconds=12.34, notes=("n",))


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


def test_differences_stand_in_the_json_beside_the_rows(report):
    compared = differences([sums("a", SUMS), sums("b", SUMS + 0.5 * COUNTS)])
    content = json.loads(replace(report, differences=compared).to_json())
    assert list(content)[2:4] == ["rows", "differences"]
    assert content["differences"] == [
        {"model": "b", "than": "a", "metric": "mae", "k": 5, "different": True}
        | {key: pytest.approx(0.5) for key in ("value", "low", "high")}
    ]


def test_headlines_are_one_metric_by_model_and_cut(report):
    assert report.headlines("rmse") == {"svd": {"rmse@5": 0.8124, "rmse@all": 0.7}}
    assert report.headlines("ndcg") == {}
