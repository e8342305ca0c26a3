"""The stars under which no film is offered."""

import pytest

from reelrec.serving.page.liking import liking_cut
from reelrec.visitor.profile import Profile


def test_without_ratings_it_is_what_rounds_to_a_liked_film():
    assert liking_cut(Profile(), 10) == 3.25
    assert liking_cut(Profile(seen=frozenset({1}), liked=frozenset({2})), 10) == 3.25


def test_a_low_mean_counts_with_five_ratings_of_three_and_a_half_beside_it():
    # (1 + 2 + 5 * 3.5) / 7
    assert liking_cut(Profile(ratings={1: 1.0, 2: 2.0}), 10) == pytest.approx(20.5 / 7)
    assert liking_cut(Profile(ratings=dict.fromkeys(range(995), 0.5)), 1000) == pytest.approx(0.515)


def test_generous_visitors_are_offered_no_less():
    assert liking_cut(Profile(ratings=dict.fromkeys(range(9), 5.0)), 10) == 3.25
    assert liking_cut(Profile(ratings={1: 3.0}), 10) == 3.25  # the mean is 3.42


def test_films_that_no_model_knows_do_not_count():
    assert liking_cut(Profile(ratings={12: 0.5, 13: 0.5}), 10) == 3.25
