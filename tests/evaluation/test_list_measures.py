"""What a list is worth, by hand: 400 films, film i with 1000 - i ratings, so films 0-299 are the famous ones."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation import list_measures
from reelrec.evaluation.held_out import HeldOut
from reelrec.evaluation.list_measures import ListMeasures

N = 400
MEASURES = ListMeasures.of(1000 - np.arange(N), np.eye(N))


def in_order(*first: int) -> np.ndarray:
    """Scores that rank these films first, and then all others by number."""
    score = -np.arange(N, dtype=np.float32)
    score[list(first)] = 1000 - np.arange(len(first))
    return score


def measured(score, shown, items, ratings) -> dict[str, float]:
    user = HeldOut(History.of(shown, [3.0] * len(shown)), np.array(items), np.array(ratings))
    return MEASURES.measure(score, user.history, user)[1]


def test_only_liked_films_outside_the_famous_count_as_new_and_only_such_films_are_ranked():
    score = in_order(*range(20), 350)  # 350 is the first of those outside, though the 21st of all
    assert measured(score, [1], [350, 399, 0, 360], [4.0, 4.0, 5.0, 3.5])["novel20"] == 0.5  # 399 is the last of all
    assert np.isnan(measured(score, [1], [0, 360], [5.0, 3.5])["novel20"])


def test_a_shown_film_takes_no_place():
    score = in_order(350, *range(301, 320))
    assert measured(score, [350], [300], [4.0])["novel20"] == 1.0  # the twentieth, once 350 is left out


def test_disliked_films_are_counted_among_the_first_twenty_of_the_hidden_ones():
    hidden = [*range(30)]
    stars = [1.0, 2.5, *[3.0] * 18, *[0.5] * 9, 4.0]
    assert measured(in_order(), [100], hidden, stars)["disliked20"] == pytest.approx(2 / 20)
    assert measured(-in_order(), [100], hidden, stars)["disliked20"] == pytest.approx(9 / 20)


def test_fame_is_the_mean_number_of_ratings_of_the_first_ten():
    assert measured(in_order(), [0], [50], [4.0])["fame10"] == 1000 - np.mean(np.arange(1, 11))


def test_equal_films_are_alike_and_films_that_share_nothing_are_not():
    same, apart = np.ones((10, 3)), np.eye(10)
    assert list_measures.alike(list_measures.unit(same)) == pytest.approx(1.0)
    assert list_measures.alike(list_measures.unit(apart)) == pytest.approx(0.0)
    half = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    assert list_measures.alike(half) == pytest.approx(1 / 3)


class Expects:
    """Stars by film number: 3.2 for films below 5, and 3.25 for the others."""

    def score(self, history: History) -> np.ndarray:
        return np.where(np.arange(N) < 5, 3.2, 3.25)


def test_below_is_the_share_of_films_that_do_not_round_to_liked_ones():
    lists = np.array([[1, 2, 3, 9], [9, 8, 7, 6]])
    np.testing.assert_allclose(list_measures.below(Expects(), History.empty(), lists), [0.75, 0.0])
