import numpy as np
import pytest
from scipy.sparse import csr_array

from reelrec.data.history import History
from reelrec.models.lists.ease import EASE
from reelrec.models.lists.item_item import ItemItem


@pytest.fixture
def by_hand() -> ItemItem:
    """Two items; a rating of five stars has the value 1, one of half a star 0."""
    model = ItemItem()
    model.floor, model.power, model.seen_stars, model.liked_stars = 0.0, 1.0, 2.75, 5.0
    model._weights = csr_array(np.float32([[0.0, 0.5], [0.25, 0.0]]))
    return model


def test_the_value_of_an_item_grows_with_its_stars():
    model = EASE(floor=0.1, power=2.0)
    values = model.value(np.float32([0.5, 2.75, 5.0]))
    np.testing.assert_allclose(values, [0.1, 0.1 + 0.9 / 4, 1.0], rtol=1e-6)


def test_items_without_stars_have_the_value_of_seen_or_of_liked_ones():
    model = EASE(floor=0.0, power=1.0, seen_stars=3.5, liked_stars=4.5)
    history = History.of([0, 1, 2], [np.nan, np.nan, 0.5], [False, True, True])
    np.testing.assert_allclose(model.values(history), [3 / 4.5, 4 / 4.5, 0.0], rtol=1e-6)


def test_the_score_is_the_sum_of_the_contributions_by_hand(by_hand):
    history = History.of([0, 1], [5.0, np.nan])
    np.testing.assert_allclose(by_hand.score(history), [0.125, 0.5])
    np.testing.assert_allclose(
        by_hand.contributions(history, np.array([1, 0]), np.arange(2)), [[0.5, 0.0], [0.0, 0.125]]
    )
    np.testing.assert_allclose(by_hand.score(History.of([1], [np.nan], [True])), [0.25, 0.0])
    assert by_hand.score(History.empty()).tolist() == [0.0, 0.0]
