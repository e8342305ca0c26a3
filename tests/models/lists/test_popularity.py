import numpy as np
import pandas as pd
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.lists.popularity import Popularity, shrunk_means


@pytest.fixture
def five_ratings() -> Dataset:
    """Film 0: 4 and 5 stars; film 1: 1 and 1; film 2: 3; film 3: none. All together 14 / 5 = 2.8."""
    rows = [("a", 0, 4.0), ("a", 1, 1.0), ("b", 0, 5.0), ("b", 1, 1.0), ("b", 2, 3.0)]
    return Dataset.from_frame("five", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(4))


def test_means_are_pulled_to_the_mean_of_all_ratings(five_ratings):
    # one more rating of 2.8 each: (9 + 2.8) / 3, (2 + 2.8) / 3, (3 + 2.8) / 2, 2.8 / 1
    expected = [11.8 / 3, 1.6, 2.9, 2.8]
    np.testing.assert_allclose(shrunk_means(five_ratings, 1.0), expected)


def test_the_score_by_hand(five_ratings):
    score = Popularity(shrink=1.0).fit(five_ratings).score(History.empty())
    expected = [np.log(3) + 0.118 / 3, np.log(3) + 0.016, np.log(2) + 0.029, 0.028]
    np.testing.assert_allclose(score, expected, rtol=1e-6)


def test_of_equally_known_films_the_better_liked_comes_first_and_fame_beats_liking(five_ratings):
    score = Popularity().fit(five_ratings).score(History.empty())
    assert list(np.argsort(-score)) == [0, 1, 2, 3]


def test_the_list_is_the_same_for_everybody(five_ratings):
    model = Popularity().fit(five_ratings)
    np.testing.assert_array_equal(model.score(History.of([1], [5.0])), model.score(History.empty()))
