import numpy as np
import pytest

from reelrec.evaluation import calibration, stars
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.models.base import Prediction
from reelrec.models.predictive import half_star_probabilities
from tests.fakes.unsure import Unsure

RNG = np.random.default_rng(11)
N = 4_000
SD = RNG.uniform(0.3, 1.2, N).astype(np.float32)
MEAN = RNG.uniform(1.5, 4.8, N).astype(np.float32)
GIVEN = np.clip(np.round(2 * RNG.normal(MEAN, SD)) / 2, 0.5, 5.0).astype(np.float32)
TARGETS = Targets(user=np.repeat(np.arange(40), 100), items=np.arange(N), ratings=GIVEN, n_users=40)
N_RATINGS = np.repeat([0, 99, 100, 5_000], 1_000)


def forecast(sd: np.ndarray) -> Forecast:
    return Forecast.of(Unsure(None), Prediction(MEAN, sd))


def covered(sd: np.ndarray) -> dict[int, float]:
    return {row["share"]: row["covered"] for row in calibration.coverage("m", 20, TARGETS, forecast(sd))}


def test_ranges_of_an_honest_model_hold_what_they_promise():
    shares = covered(SD)
    assert shares[80] == pytest.approx(0.8, abs=0.03)
    assert shares[90] == pytest.approx(0.9, abs=0.02)


def test_ranges_of_a_boaster_hold_less_and_of_a_doubter_more():
    assert covered(0.6 * SD)[90] < 0.8
    assert covered(1.6 * SD)[90] > 0.97


def test_the_ends_of_a_range_belong_to_it_and_it_is_cut_at_the_last_half_star():
    forecast_of_three = Forecast.of(Unsure(None), Prediction(np.float32([4.9, 4.0, 0.4]), np.float32([0.5, 0.5, 0.5])))
    assert forecast_of_three.covers(90, np.float32([5.0, 5.0, 0.5])).tolist() == [True, False, True]


def test_coverage_by_popularity_adds_up_to_that_of_all():
    rows = calibration.coverage_by_popularity("m", 20, TARGETS, forecast(SD), N_RATINGS)
    assert [(row["band"], row["n"]) for row in rows if row["share"] == 90] == [
        ("0-99", 2_000), ("100-999", 1_000), ("5,000+", 1_000),
    ]  # fmt: skip
    whole = sum(row["covered"] * row["n"] for row in rows if row["share"] == 90) / N
    assert whole == pytest.approx(covered(SD)[90])


def test_the_squared_errors_by_popularity_add_up_to_those_of_the_row():
    rows = calibration.by_popularity("m", 20, TARGETS, forecast(SD), N_RATINGS)
    whole = sum(row["rmse"] ** 2 * row["n"] for row in rows) / N
    assert whole == pytest.approx(stars.measures("m", 20, TARGETS, forecast(SD))[0].value ** 2)


def test_of_films_with_a_chance_of_seven_in_ten_seven_in_ten_are_liked():
    rows = calibration.reliability("m", 20, TARGETS, forecast(SD))
    assert [row["low"] for row in rows] == [place / 10 for place in range(10)]
    assert sum(row["n"] for row in rows) == N
    for row in rows:
        assert row["low"] <= row["predicted"] <= row["high"]
        assert row["liked"] == pytest.approx(row["predicted"], abs=4 * np.sqrt(0.25 / row["n"]))


def test_a_chance_of_one_falls_into_the_last_bin_and_empty_bins_are_left_out():
    sure = Forecast.of(Unsure(None), Prediction(np.full(N, 5.0, np.float32), np.full(N, 0.01, np.float32)))
    (only,) = calibration.reliability("m", 20, TARGETS, sure)
    assert (only["low"], only["high"], only["n"]) == (0.9, 1.0, N)
    assert only["predicted"] == pytest.approx(1)


def test_one_sd_is_the_best_there_is():
    best = stars.one_sd(20, TARGETS, forecast(SD))
    for sd in (0.5, 0.7, 0.75, 0.8, 0.85, 1.0):
        chances = half_star_probabilities(Prediction(MEAN, np.full(N, sd, np.float32)))
        assert best.value <= stars.log_loss(chances, GIVEN).mean() + 1e-6
    assert (best.model, best.metric, best.row().n) == ("one-sd", "nll", N)


def test_a_half_star_that_was_held_to_be_impossible_costs_much_and_not_everything():
    chances = np.eye(10, dtype=np.float32)[[0, 9]]
    assert stars.log_loss(chances, np.float32([0.5, 4.5])) == pytest.approx([0, -np.log(1e-6)])
