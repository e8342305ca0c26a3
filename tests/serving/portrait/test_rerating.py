"""The noise of one rating, from films rated twice, by hand."""

import math

import pytest

from reelrec.serving.portrait.rerating import films_to_rate_again, noise, share_of_error, studied


def test_half_a_star_in_half_of_ten_films():
    """Five differences of .5: sum of squares 1.25, RMSE .3536, noise .25; chi-square with 10: 3.247 and 20.483."""
    found = noise([4.0] * 10, [4.5, 3.5, 4.5, 3.5, 4.5, 4.0, 4.0, 4.0, 4.0, 4.0])
    assert found.value == pytest.approx(0.25)
    assert found.low == pytest.approx(math.sqrt(1.25 / 20.483 / 2), abs=1e-4)
    assert found.high == pytest.approx(math.sqrt(1.25 / 3.247 / 2), abs=1e-4)


def test_ten_equal_pairs_do_not_say_that_there_is_no_noise():
    """With 97.5 % at most 30.85 % of such films change; were each half a star off: the root of .3085 * .25 / 2."""
    found = noise([3.0] * 10, [3.0] * 10)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(math.sqrt(0.3085 * 0.25 / 2), abs=1e-4)


def test_the_direction_of_a_change_does_not_matter_and_its_size_does():
    assert noise([4.0, 2.0], [3.0, 3.0]) == noise([3.0, 3.0], [4.0, 2.0])
    assert noise([4.0, 2.0], [3.0, 3.0]).value == pytest.approx(math.sqrt(0.5))


def test_one_pair_says_next_to_nothing():
    found = noise([4.0], [4.5])
    assert found.low < 0.2 < found.value < 0.4
    assert found.high > 5


@pytest.mark.parametrize(("first", "second"), [([], []), ([4.0], []), ([], [4.0])])
def test_what_are_no_pairs_is_refused(first, second):
    with pytest.raises(ValueError, match="make no pairs"):
        noise(first, second)


def test_the_study_in_noise_of_one_rating():
    assert studied() == pytest.approx((0.394, 0.577), abs=0.0006)


def test_the_share_of_our_error_ends_at_all_of_it():
    assert share_of_error(0.3, 0.6) == pytest.approx(0.25)
    assert share_of_error(0.7, 0.6) == 1.0
    assert share_of_error(0.0, 0.0) == 1.0
    assert share_of_error(0.0, 0.6) == 0.0


def test_ten_films_of_all_stars_in_no_order_and_the_same_for_a_visit():
    ratings = {film: (film % 10 + 1) / 2 for film in range(200)}
    films = films_to_rate_again(ratings, 7)
    assert len(set(films)) == 10
    assert sorted(ratings[film] for film in films) == [stars / 2 for stars in range(1, 11)]
    assert [ratings[film] for film in films] != sorted(ratings[film] for film in films)
    assert films_to_rate_again(dict(reversed(ratings.items())), 7) == films
    assert films_to_rate_again(ratings, 8) != films


@pytest.mark.parametrize("n", [0, 1, 9])
def test_of_few_films_all_are_asked(n):
    assert sorted(films_to_rate_again(dict.fromkeys(range(n), 4.0), 1)) == [*range(n)]
