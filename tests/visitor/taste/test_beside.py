"""Ratings beside everybody's: what is expected, and how much of the rest may be chance."""

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.beside import beside


def test_what_is_expected_follows_everybody_by_the_visitors_own_slope(make_film):
    """Stars 1 and 5 where others give 2 and 4: b = (4 + 7) / (2 + 7), around a mean of 3."""
    films = Catalogue([make_film(0, mean=2.0), make_film(1, mean=4.0)])
    found = beside({0: 1.0, 1: 5.0}, films)
    assert found.expected.tolist() == pytest.approx([3 - 11 / 9, 3 + 11 / 9])
    assert found.residuals.tolist() == pytest.approx([-2 + 11 / 9, 2 - 11 / 9])


def test_films_without_a_mean_are_left_out_and_the_order_stays(make_film):
    films = Catalogue([make_film(0), make_film(1, mean=None, n_ratings=0), make_film(2)])
    assert beside({2: 4.0, 1: 5.0, 0: 3.0}, films).numbers.tolist() == [2, 0]


def test_noise_is_larger_for_films_that_divide_people_and_for_means_of_few_ratings(make_film):
    """Two ratings a film, 1.25 from the mean: (2 * 1.25^2 + 20 * .7) / 22 * 1.5; and 20 that agree: 14 / 40 * 1.05."""
    divides = make_film(0, mean=2.75, n_ratings=2, histogram=(0, 0, 1, 0, 0, 0, 0, 1, 0, 0))
    agrees = make_film(1, mean=3.0, n_ratings=20, histogram=(0, 0, 0, 0, 0, 20, 0, 0, 0, 0))
    noise = beside({0: 3.0, 1: 3.0}, Catalogue([divides, agrees])).noise
    assert noise[0] / noise[1] == pytest.approx((17.125 / 22 * 1.5) / (14 / 40 * 1.05))


def test_noise_is_that_of_the_visitor_and_of_what_is_usual_for_few_films(make_film):
    films = Catalogue(make_film(number, mean=3.0) for number in range(40))
    steady = beside(dict.fromkeys(range(40), 3.0), films)
    wild = beside({number: 1.0 + number % 2 * 4 for number in range(40)}, films)
    assert steady.noise.tolist() == pytest.approx([10 * 0.58 / 50] * 40)
    assert wild.noise.tolist() == pytest.approx([(40 * 4 + 10 * 0.58) / 50] * 40)
