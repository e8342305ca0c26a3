import numpy as np
import pytest
from scipy.stats import norm

from reelrec.models import predictive
from reelrec.models.base import Prediction


def test_probabilities_are_those_between_the_thresholds():
    prediction = Prediction(mean=np.float32([3.0, 0.5]), sd=np.float32([0.5, 0.2]))
    chances = predictive.half_star_probabilities(prediction)
    edges = [-np.inf, *predictive.MIDPOINTS, np.inf]
    np.testing.assert_allclose(chances[0], np.diff(norm.cdf(edges, 3.0, 0.5)), atol=1e-6)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0, rtol=1e-6)
    assert chances[1, 0] == pytest.approx(norm.cdf(0.75, 0.5, 0.2), rel=1e-5)
    assert chances.dtype == np.float32


def test_a_range_is_clipped_to_the_scale():
    low, high = predictive.interval(Prediction(mean=np.float32([3.0, 4.8]), sd=np.float32([0.5, 1.0])), 0.8)
    np.testing.assert_allclose(low, [3.0 - 1.28155 * 0.5, 4.8 - 1.28155], rtol=1e-5)
    np.testing.assert_allclose(high, [3.0 + 1.28155 * 0.5, 5.0], rtol=1e-5)


def test_the_median_and_the_chance_of_liking_by_hand():
    chances = np.zeros((2, 10))
    chances[0, [3, 5, 6, 8]] = [0.3, 0.2, 0.3, 0.2]  # 2, 3, 3.5 and 4.5 stars
    chances[1, 9] = 1.0
    assert predictive.median(chances).tolist() == [3.0, 5.0]
    np.testing.assert_allclose(predictive.chance_of_liking(chances), [0.5, 1.0])


def test_the_habit_of_a_user_who_never_gives_halves_lowers_their_probability():
    expected = np.tile(np.full(10, 0.1), (40, 1))
    whole = np.tile(np.float32([2, 3, 4, 5]), 10)
    habit = predictive.habit(expected, whole, 20.0)
    np.testing.assert_allclose(habit[[0, 2, 4, 6, 8]], 20 / 60)  # halves: 20 expected ratings stand against 60
    np.testing.assert_allclose(habit[[3, 5, 7, 9]], (10 + 2) / 6)
    np.testing.assert_array_equal(predictive.habit(expected[:0], whole[:0], 20.0), 1.0)
    prediction = Prediction(mean=np.full(1, 3.3), sd=np.full(1, 0.6))
    plain = predictive.half_star_probabilities(prediction)
    own = predictive.half_star_probabilities(prediction._replace(habit=habit))
    np.testing.assert_allclose(own.sum(), 1.0, rtol=1e-6)
    assert own[0, 6] < plain[0, 6]
    assert own[0, 7] > plain[0, 7]


def test_a_prediction_at_some_items_takes_habits_by_item_and_leaves_one_habit_whole():
    mean, items = np.arange(4.0), np.array([3, 1])
    of_one_user = Prediction(mean=mean, sd=mean + 1, habit=np.arange(10.0)).at(items)
    assert (of_one_user.mean.tolist(), of_one_user.sd.tolist()) == ([3.0, 1.0], [4.0, 2.0])
    assert of_one_user.habit.tolist() == list(range(10))
    by_item = Prediction(mean=mean, sd=mean, habit=np.arange(40.0).reshape(4, 10)).at(items)
    np.testing.assert_array_equal(by_item.habit[:, 0], [30.0, 10.0])
    assert Prediction(mean=mean, sd=mean).at(items).habit == 1.0
