from dataclasses import fields

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.interview import pool
from reelrec.interview.pool import BEST_KNOWN, SIZE, Pool, candidates
from tests.fakes import corrections


@pytest.fixture
def one_kind_and_others(make_film) -> Catalogue:
    """130 well-known dramas of one director and decade, and 20 lesser known films of other decades and directors."""
    same = [make_film(i, n_ratings=5000 - i, year=2004, genres=("Drama",), director="Ada Moss") for i in range(130)]
    others = [make_film(130 + i, n_ratings=2000 - i, year=1920 + 4 * i, director=f"Nr. {i}") for i in range(20)]
    return Catalogue([*same, *others])


def test_the_most_rated_come_first_and_twins_never(films):
    found = candidates(films)
    assert 9 not in found  # film 0 under a second address
    assert len(found) == 13
    assert sorted(found) == [number for number in range(14) if number != 9]
    assert (np.diff(films.n_ratings[found]) <= 0).all()


def test_there_are_as_many_as_wanted_each_once(many_films):
    for n in (5, BEST_KNOWN, 170):
        assert len(set(candidates(many_films, n).tolist())) == len(candidates(many_films, n)) == n
    assert candidates(many_films, 5).tolist() == [0, 1, 2, 3, 4]
    assert len(candidates(many_films, SIZE)) == 240  # all there are


def test_the_best_known_are_in_whatever_they_are_and_the_others_are_of_other_kinds(one_kind_and_others):
    found = candidates(one_kind_and_others, BEST_KNOWN + 15)
    assert found[:BEST_KNOWN].tolist() == list(range(BEST_KNOWN))
    assert min(found[BEST_KNOWN:]) >= 130  # none of the thirty better known dramas
    years = [one_kind_and_others.films[number].year for number in found[BEST_KNOWN:]]
    assert len({year // 10 for year in years}) == 8  # of 1920 to 1996


def test_a_rare_film_is_not_asked_about_however_different_it_is(one_kind_and_others, monkeypatch):
    monkeypatch.setattr(pool, "BEST_KNOWN", 10)
    monkeypatch.setattr(pool, "REACH", 131)
    found = candidates(one_kind_and_others, 20)
    assert 130 in found
    assert found.max() == 130


def test_what_is_known_of_each_film_by_hand(make_film):
    model = corrections.bmf(np.array([0.0, 0.5]), np.array([[1.0], [-2.0]]), mean=3.0)
    model._items = model._items + np.float32([[[0, 0.5], [0, 0]], [[0, -0.5], [0, 0]]])  # of the first film, 1 ± 0.5
    one, split = (0, 0, 0, 0, 0, 8, 0, 0, 0, 0), (3, 0, 0, 0, 0, 0, 0, 0, 0, 3)
    films = Catalogue([make_film(0, n_ratings=8, histogram=one), make_film(1, n_ratings=6, histogram=split)])
    found = Pool.of(model, films, np.array([1, 0]))
    assert found.items.tolist() == [1, 0]
    np.testing.assert_allclose(found.centres, [[1, -2], [1, 1]])
    np.testing.assert_allclose(found.draws, [[[1, -2], [1, 1.5]], [[1, -2], [1, 0.5]]])
    np.testing.assert_allclose(found.levels, [[3.4, 2.9], [3.6, 3.1]], rtol=1e-3)
    np.testing.assert_allclose(found.noise, [1 / 1.5] * 2)
    np.testing.assert_allclose(found.unclear, [np.zeros((2, 2)), [[0, 0], [0, 0.25]]])
    np.testing.assert_allclose(found.fame, np.log([7, 9]))
    np.testing.assert_allclose(found.doubt, [np.log(2), 0.0], atol=1e-6)


def test_a_part_of_it_is_the_pool_of_these_films(many_films):
    model, items = corrections.random_bmf(240), np.array([4, 80, 7, 200])
    part = Pool.of(model, many_films, items).at(np.array([3, 1]))
    expected = Pool.of(model, many_films, np.array([200, 80]))
    for name in (field.name for field in fields(Pool)):
        np.testing.assert_array_equal(getattr(part, name), getattr(expected, name))
