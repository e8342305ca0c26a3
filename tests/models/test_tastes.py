"""Two tastes: half of the users love items with even indices and hate odd ones, the other half the reverse."""

import numpy as np
import pytest

from reelrec.data.history import History

PERSONAL = [
    "ease",
    "ranker",
    pytest.param("knn", marks=pytest.mark.train),
    pytest.param("svd", marks=pytest.mark.train),
]
EVEN_FAN = [5.0, 1.0, 5.0, 1.0, 5.0, 1.0]
UNSEEN = range(6, 20)


def ranked(model, ratings: list[float]) -> list[int]:
    """The items from index 6 on, best first, for a user who gave the first ones these stars."""
    score = model.score(History.of(range(len(ratings)), ratings))
    return sorted(UNSEEN, key=lambda item: -score[item])


@pytest.mark.parametrize("name", PERSONAL)
def test_a_user_who_loves_even_items_gets_all_even_items_first(name, fitted):
    assert {item % 2 for item in ranked(fitted(name, "two tastes"), EVEN_FAN)[:7]} == {0}


@pytest.mark.parametrize("name", PERSONAL)
def test_opposite_ratings_of_the_same_items_give_opposite_lists(name, fitted):
    opposite = [6.0 - stars for stars in EVEN_FAN]
    assert {item % 2 for item in ranked(fitted(name, "two tastes"), opposite)[:7]} == {1}


@pytest.mark.parametrize("name", PERSONAL)
def test_one_item_is_enough_to_tell_the_tastes_apart(name, fitted):
    assert {item % 2 for item in ranked(fitted(name, "two tastes"), [5.0])[:7]} == {0}


@pytest.mark.parametrize("name", ["baseline", *PERSONAL[2:]])
def test_predicted_stars_separate_liked_items_from_disliked_ones(name, fitted):
    model = fitted(name, "two tastes")
    score = model.score(History.of(range(6), EVEN_FAN))
    even, odd = score[6::2], score[7::2]
    if name == "baseline":  # sees equally good items, and no taste
        assert np.abs(even.mean() - odd.mean()) < 0.5
    else:
        assert even.min() - odd.max() > 1.5
