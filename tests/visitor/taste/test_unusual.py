"""The most unusual loves and dislikes."""

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HALF_STARS
from reelrec.visitor.taste.beside import beside
from reelrec.visitor.taste.unusual import unusual


@pytest.fixture
def found(make_film):
    """The titles of loves and of dislikes. rows: the stars given, and everybody's counts of 0.5 … 5.0 stars."""

    def of(*rows: tuple[float, list[int]]):
        films = Catalogue([
            make_film(number, histogram=tuple(counts), n_ratings=sum(counts),
                      mean=float(counts @ HALF_STARS / sum(counts)) if sum(counts) else None)
            for number, (_, counts) in enumerate(rows)
        ])  # fmt: skip
        return unusual(beside({number: stars for number, (stars, _) in enumerate(rows)}, films), films, 5)

    return of


#              .5  1 1.5  2 2.5  3  3.5  4 4.5  5
LOVED_BY_ALL = [1, 1, 1, 1, 1, 5, 10, 30, 80, 70]
DIVIDES = [14, 20, 10, 10, 6, 10, 20, 30, 30, 50]
PLAIN = [1, 2, 5, 10, 20, 60, 40, 20, 10, 2]
USUAL = [(3.0, PLAIN)] * 20


def test_a_film_that_all_love_is_a_stranger_dislike_than_one_that_divides(found):
    _, dislikes = found(*USUAL, (0.5, DIVIDES), (1.0, LOVED_BY_ALL))
    assert [film.film.number for film in dislikes] == [21, 20]
    assert dislikes[0].alike == pytest.approx(2 / 200)
    assert dislikes[1].alike == pytest.approx(14 / 200)
    assert (dislikes[0].stars, dislikes[0].others) == (1.0, pytest.approx(4.4375))


def test_a_love_is_far_above_what_others_give(found):
    loves, dislikes = found(*USUAL, (5.0, PLAIN), (5.0, LOVED_BY_ALL))
    assert [film.film.number for film in loves] == [20]
    assert loves[0].alike == pytest.approx(2 / 170)
    assert dislikes == ()


def test_few_ratings_of_others_make_nothing_unusual(found):
    assert found(*USUAL, (5.0, [0, 0, 0, 0, 0, 19, 0, 0, 0, 0])) == ((), ())
    few, many = [0, 0, 2, 4, 8, 8, 3, 0, 0, 0], [0, 0, 200, 400, 800, 800, 300, 0, 0, 0]
    loves, _ = found(*USUAL, (5.0, few), (5.0, many))
    assert [film.film.number for film in loves] == [21, 20]  # the same shape, and surer


def test_where_many_went_as_far_it_is_not_unusual(found):
    assert found(*USUAL, (5.0, [40, 20, 10, 10, 5, 5, 10, 10, 10, 30])) == ((), ())  # 30 of 150 people loved it too


def test_a_harsh_visitor_is_not_told_to_dislike_all(found):
    loves, dislikes = found(*[(1.5, PLAIN)] * 40)
    assert (loves, dislikes) == ((), ())


def test_one_film_can_be_unusual(found):
    loves, _ = found((5.0, PLAIN))
    assert [film.film.number for film in loves] == [0]


def test_nothing_rated_is_nothing_unusual(found):
    assert found((4.0, [0] * 10)) == ((), ())
