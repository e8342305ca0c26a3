"""Intervals of shares and means against those of scipy, of Newcombe's paper and of the textbooks."""

import numpy as np
import pytest
from scipy import stats

from reelrec.evaluation import intervals
from reelrec.evaluation.intervals import VisitMean


def test_the_interval_of_a_share_is_that_of_scipy():
    for hits, n in ((0, 20), (7, 20), (20, 20), (31, 1000)):
        theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
        assert intervals.wilson(hits / n, n) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def share(hits: int, n: int) -> VisitMean:
    return VisitMean(value=hits / n, spread=np.sqrt(hits / n * (1 - hits / n)), n=n, share=True)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_the_interval_of_a_difference_is_newcombes(one, other, low, high):
    """Table II of his paper, method 10."""
    assert intervals.difference(share(*one), share(*other)) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_two_means_is_the_normal_one():
    one = VisitMean(value=2.0, spread=1.5, n=100, share=False)
    other = VisitMean(value=1.4, spread=1.0, n=80, share=False)
    half = 1.96 * np.sqrt(1.5**2 / 100 + 1.0**2 / 80)
    assert intervals.difference(one, other) == pytest.approx((0.6 - half, 0.6 + half), abs=1e-4)


def test_the_visits_still_needed_are_the_textbooks():
    """0.5 against 0.6 needs 385 in each arm by the unpooled formula, at 5 % and with a power of 80 %."""
    assert intervals.visits_needed(share(60, 100), share(50, 100)) == 385
    assert intervals.visits_needed(share(50, 100), share(60, 100)) == 385
    assert intervals.visits_needed(share(50, 100), share(5, 10)) is None


def test_with_the_visits_needed_8_of_10_experiments_find_the_difference():
    need = intervals.visits_needed(share(20, 100), share(30, 100))
    rng = np.random.default_rng(4)
    hits = rng.binomial(need, (0.2, 0.3), size=(1000, 2))
    differs = [intervals.difference(share(int(b), need), share(int(a), need))[0] > 0 for a, b in hits]
    assert np.mean(differs) == pytest.approx(0.8, abs=0.04)
