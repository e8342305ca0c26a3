"""Answers about films, as a profile takes them."""

import pytest

from reelrec.errors import RatingError
from reelrec.visitor.profile import MARKS, Profile

SOME = Profile(ratings={1: 4.0, 2: 3.0}, seen=frozenset({3}), set_aside=frozenset({4}), unseen=frozenset({5}))


def test_a_film_rated_anew_keeps_its_place_and_a_new_one_comes_last():
    assert list(SOME.rated(1, 0.5).ratings.items()) == [(1, 0.5), (2, 3.0)]
    assert list(SOME.rated(9, 5.0).ratings) == [1, 2, 9]


@pytest.mark.parametrize("film", [3, 4, 5])
def test_stars_take_the_place_of_a_mark(film):
    rated = SOME.rated(film, 2.5)
    assert rated.answer(film) == 2.5
    assert not [mark for mark in MARKS if film in getattr(rated, mark)]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("film", [1, 3, 4, 5, 9])
def test_a_mark_takes_the_place_of_stars_and_of_other_marks(film, mark):
    marked = SOME.marked(film, mark)
    assert marked.answer(film) == mark
    assert film not in marked.ratings
    assert [other for other in MARKS if film in getattr(marked, other)] == [mark]


@pytest.mark.parametrize("film", [1, 3, 4, 5])
def test_an_answer_can_be_taken_back(film):
    assert SOME.answer(film) is not None
    assert SOME.unanswered(film).answer(film) is None
    assert SOME.unanswered(9) == SOME


def test_a_rating_that_is_no_half_star_is_refused():
    with pytest.raises(RatingError):
        SOME.rated(1, 3.3)


def test_films_without_an_answer_become_unseen_and_the_others_stay():
    left = SOME.not_seen([8, 9])
    assert left.unseen == {5, 8, 9}
    assert (left.ratings, left.seen, left.set_aside) == (SOME.ratings, SOME.seen, SOME.set_aside)


def test_a_profile_is_empty_until_something_is_known():
    assert Profile().is_empty
    assert not Profile(unseen=frozenset({1})).is_empty
