"""How somebody gives stars, worked by hand, and beside other people."""

import numpy as np
import pytest

from reelrec.visitor.taste.habits import Habits, habits, share_below, shares_below

RISING = [place / 100 for place in range(101)]


def test_generosity_is_drawn_towards_nothing_for_few_films():
    assert habits(np.array([4.0, 5.0]), np.array([3.0, 4.0])).generosity == pytest.approx(2 / (2 + 5))
    assert habits(np.full(45, 4.0), np.full(45, 3.0)).generosity == pytest.approx(45 / 50)


def test_spread_and_agreement_of_ten_films_are_those_of_the_textbook():
    stars, others = np.array([1.0, 5.0] * 5), np.array([2.0, 4.0] * 5)
    assert habits(stars, others) == Habits(pytest.approx(0.0), pytest.approx(2.0), pytest.approx(1.0))
    assert habits(6 - stars, others).agreement == pytest.approx(-1.0)


def test_few_films_or_equal_stars_tell_no_agreement():
    assert habits(np.array([]), np.array([])) == Habits(None, None, None)
    assert habits(np.array([1.0, 5.0]), np.array([2.0, 4.0])).agreement is None
    alike = habits(np.full(20, 4.0), np.linspace(2, 4, 20))
    assert (alike.spread, alike.agreement) == (0.0, None)


def test_the_share_of_people_with_less_lies_between_the_quantiles():
    assert share_below(0.305, RISING) == pytest.approx(0.305)
    assert (share_below(-9.0, RISING), share_below(9.0, RISING)) == (0.0, 1.0)


@pytest.mark.parametrize(
    "broken",
    [None, [], RISING[:-1], RISING[::-1], ["a"] * 101, [float("nan")] * 101, {"a": 1}, [[0.1]] * 101, [10**400] * 101],
)
def test_quantiles_that_are_none_tell_nothing(broken):
    assert share_below(0.3, broken) is None


def test_nobody_is_set_beside_others_by_few_films():
    person, people = Habits(0.4, 0.5, 0.6), {"generosity": RISING, "spread": RISING}
    assert shares_below(person, 19, people) == Habits(None, None, None)
    assert shares_below(person, 20, people) == Habits(pytest.approx(0.4), pytest.approx(0.5), None)
