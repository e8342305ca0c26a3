"""The orders of a shelf for several people, by cases worked by hand and by what holds for any stars."""

import numpy as np
import pytest

from reelrec.serving.together import orders

NAN = np.nan
#                   X    Y    Z    V
STARS = np.array([[5.0, 2.0, 3.0, 4.0], [2.0, 4.5, 3.5, 3.0], [4.0, 4.0, 3.5, NAN]])


def order(score) -> list[int]:
    return orders.best_first(score(STARS), STARS).tolist()


def test_average_least_misery_and_most_loved_by_hand():
    assert orders.average(STARS).round(3).tolist() == [3.667, 3.5, 3.333, 3.5]
    assert orders.least(STARS).tolist() == [2.0, 2.0, 3.0, 3.0]
    assert orders.most(STARS).tolist() == [5.0, 4.5, 3.5, 4.0]
    assert order(orders.average) == [0, 1, 3, 2]
    assert order(orders.least) == [3, 2, 0, 1]  # of equals the higher average first
    assert order(orders.most) == [0, 1, 3, 2]


def test_what_is_not_known_never_counts_as_no_stars():
    stars = np.array([[3.0, NAN, NAN], [3.0, 4.0, NAN]])
    assert orders.best_first(orders.average(stars), stars).tolist() == [1, 0, 2]
    assert orders.best_first(orders.least(stars), stars).tolist() == [1, 0, 2]
    assert orders.fair_evenings(stars, 3).places.tolist() == [1, 0]  # of the third film nothing is known


def test_evenings_in_turn_by_hand():
    """Two people of opposite taste: the first evening is the one's, and then the other weighs four times as much."""
    stars = np.array([[5.0, 2.0, 3.0, 4.5], [2.0, 5.0, 3.0, 2.5]])
    made = orders.fair_evenings(stars, 4)
    # averages 3.5 3.5 3.0 3.5; then (2 + 4 * 5) / 5 = 4.4 against 3.0 and 2.9; then weights 3.5 and 4: 3.0 and 3.43
    assert made.places.tolist() == [0, 1, 3, 2]
    assert made.short[:2].tolist() == [[0.0, 3.0], [2.5, 0.0]]
    assert made.short[2:].tolist() == [[0.0, 0.5], [0.0, 0.0]]


def test_who_gives_few_stars_to_anything_is_not_who_gives_in():
    stars = np.array([[5.0, 4.0, 3.0], [2.0, 1.5, 1.0]])
    assert orders.fair_evenings(stars, 3).short.tolist() == [[0.0, 0.0]] * 3


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_stars_are(seed):
    rng = np.random.default_rng(seed)
    stars = rng.uniform(0.5, 5.0, size=(rng.integers(2, 7), 40))
    least = orders.best_first(orders.least(stars), stars)
    assert stars[:, least[0]].min() == stars.min(axis=0).max()
    assert stars[:, orders.best_first(orders.most(stars), stars)[0]].max() == stars.max()
    average = orders.best_first(orders.average(stars), stars)
    content = np.vstack([stars, np.full(40, 5.0)])  # one more, who loves everything
    assert orders.best_first(orders.average(content), content).tolist() == average.tolist()
    assert orders.best_first(orders.least(content), content)[0] == least[0]
    by_name = stars[::-1]  # in whatever order people come
    assert orders.best_first(orders.average(by_name), by_name).tolist() == average.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_over_evenings_nobody_is_always_the_one_who_gives_in(seed):
    """Half of the films are loved by the one, half by the other."""
    rng = np.random.default_rng(seed)
    loved, other = rng.uniform(4.0, 5.0, size=(2, 10)), rng.uniform(1.0, 3.0, size=(2, 10))
    stars = np.vstack([np.concatenate([loved[0], other[0]]), np.concatenate([other[1], loved[1]]) - 0.5])
    made = orders.fair_evenings(stars, 6)
    assert {int(np.argmax(row)) for row in made.short} == {0, 1}
    assert abs(np.diff(made.short.sum(axis=0))[0]) <= 4.5  # no more than one evening can cost


def test_the_first_evening_is_the_average_s_first_film():
    stars = np.random.default_rng(3).uniform(0.5, 5.0, size=(4, 30))
    first = orders.best_first(orders.average(stars), stars)[0]
    assert orders.fair_evenings(stars, 5).places[0] == first


def test_there_are_no_more_evenings_than_films():
    assert sorted(orders.fair_evenings(STARS, 99).places.tolist()) == [0, 1, 2, 3]
    assert orders.fair_evenings(np.empty((2, 0)), 3).short.shape == (0, 2)
