import numpy as np
import pytest

from reelrec.data.half_stars import HALF_STARS, LIKED_PLACE, LIKED_STARS, are_half_stars, half_star, half_star_places
from reelrec.errors import RatingError


@pytest.mark.parametrize("rating", [0, 0.25, 3.3, 5.5, -1, float("nan"), float("inf")])
def test_what_is_no_half_star_is_refused_with_its_value(rating):
    with pytest.raises(RatingError, match=f"^{rating:g} is not a rating"):
        half_star(rating)


def test_every_half_star_is_accepted():
    assert [half_star(half / 2) for half in range(1, 11)] == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]


def test_half_stars_of_an_array_are_those_that_are_accepted_one_by_one():
    numbers = np.r_[np.arange(0, 25) / 4, 3.3, -1.0, np.nan, np.inf]
    assert numbers[are_half_stars(numbers)].tolist() == HALF_STARS.tolist()


def test_places_are_those_in_the_scale():
    assert half_star_places(HALF_STARS).tolist() == list(range(10))
    assert HALF_STARS[LIKED_PLACE] == LIKED_STARS


@pytest.mark.parametrize("rating", [10**400, -(10**400), float("inf"), float("nan")])
def test_a_number_of_any_size_that_is_no_rating_is_a_rating_error(rating):
    with pytest.raises(RatingError, match="is not a rating"):
        half_star(rating)
