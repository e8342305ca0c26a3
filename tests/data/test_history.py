import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.errors import RatingError


@pytest.mark.parametrize("rating", [0.0, 5.5, 3.3])
def test_a_history_refuses_a_rating_that_is_no_half_star(rating):
    with pytest.raises(RatingError, match="not a rating"):
        History.of([1, 2], [3.0, rating])


def test_a_history_refuses_infinite_stars():
    with pytest.raises(RatingError, match="not a rating"):
        History.of([1], [float("inf")])


def test_a_history_takes_films_without_stars():
    history = History.of([3, 1], [np.nan, 4.5], [True, False])
    items, ratings = history.stars()
    assert (items.tolist(), ratings.tolist()) == ([1], [4.5])
    assert history.liked.tolist() == [True, False]
    assert (history.items.dtype, history.ratings.dtype) == (np.int64, np.float32)


def test_a_history_refuses_a_film_twice():
    with pytest.raises(RatingError, match="twice"):
        History.of([1, 2, 1], [3.0, 3.0, 4.0])


def test_a_history_refuses_lists_of_different_lengths():
    with pytest.raises(ValueError, match="do not go together"):
        History.of([1, 2], [3.0])


def test_a_history_cannot_be_changed():
    history = History.of([1], [3.0])
    with pytest.raises(ValueError, match="read-only"):
        history.ratings[0] = 5.0


def test_the_head_of_a_history_is_its_first_films():
    history = History.of([5, 6, 7], [1.0, np.nan, 3.0], [False, True, False]).head(2)
    assert history.items.tolist() == [5, 6]
    assert history.liked.tolist() == [False, True]
    assert len(history) == 2


def test_a_history_without_films_keeps_the_others_whole():
    history = History.of([4, 2, 9], [1.0, 2.0, np.nan], [False, False, True])
    left = history.without([2])
    assert (left.items.tolist(), left.liked.tolist()) == ([4, 9], [False, True])
