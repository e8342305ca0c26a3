"""What was said by the stars given, and the worst misses; and the people with as many ratings."""

import pytest

from reelrec.serving.portrait.backtest import Backtest
from reelrec.serving.portrait.misses import Miss, OfStars, by_stars, misses
from reelrec.serving.portrait.peers import Peers, peers

RESULT = Backtest(
    films=(3, 5, 8, 9), stars=(5.0, 1.0, 5.0, 3.0), models=(), left_out=(), best=None, best_order=None
)  # fmt: skip
SAID = (4.0, 2.5, 2.0, 3.0)
DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
REPORT = {
    "by_size": [
        {"least": 60, "most": 149, "people": 20, "mae": 0.52, "deciles": DECILES},
        {"least": 150, "most": None, "people": 30, "mae": 0.5, "deciles": DECILES},
    ]
}


def test_the_guesses_by_stars_from_the_fewest_on():
    ones, threes, fives = by_stars(RESULT, SAID)
    assert ones == OfStars(1.0, 1, 2.5, 2.5, 2.5)
    assert threes.stars == 3.0
    assert (fives.n, fives.mean) == (2, 3.0)
    assert (fives.low, fives.high) == pytest.approx((2.2, 3.8))


def test_the_worst_misses_come_first():
    assert misses(RESULT, SAID, 2) == (Miss(8, 5.0, 2.0), Miss(5, 1.0, 2.5))


def test_people_of_the_same_size_and_how_many_of_them_are_harder_to_guess():
    assert peers(REPORT, 100, 0.45) == Peers(mae=0.52, people=20, least=60, most=149, harder=pytest.approx(5 / 9))
    assert peers(REPORT, 4000, 0.05).harder == 1.0
    assert peers(REPORT, 4000, 0.95).harder == 0.0
    assert peers(REPORT, 4000, 0.95).most is None


@pytest.mark.parametrize(
    "report", [None, {}, {"by_size": 3}, {"by_size": []}, {"by_size": [{"least": 1}]}, {"by_size": [{"least": "x"}]}]
)
def test_a_report_of_another_shape_has_no_peers(report):
    assert peers(report, 100, 0.4) is None


def test_nobody_with_so_few_ratings_was_measured():
    assert peers(REPORT, 59, 0.4) is None
