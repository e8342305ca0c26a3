import numpy as np
import pandas as pd
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.baseline import Baseline

ROWS = [("a", 0, 4.0), ("a", 1, 1.0), ("b", 0, 5.0), ("b", 1, 1.0), ("b", 2, 3.0)]
DATA = Dataset.from_frame("five", pd.DataFrame(ROWS, columns=["user_id", "film_id", "rating"]), range(4))


def test_one_step_by_hand():
    # mu = 2.8; film 0: (1.2 + 2.2) / (1 + 2), film 1: (-1.8 - 1.8) / (1 + 2), film 2: 0.2 / (1 + 1), film 3: 0
    model = Baseline(reg_item=1.0, reg_user=1.0, epochs=1).fit(DATA)
    np.testing.assert_allclose(model.item_bias_, [3.4 / 3, -1.2, 0.1, 0.0], rtol=1e-6)
    # a new user gives item 0 three stars: b_u = (3 - 2.8 - 3.4 / 3) / (1 + 1)
    bias = (0.2 - 3.4 / 3) / 2
    history = History.of([0, 3], [3.0, np.nan])
    assert model.fold_in(history) == pytest.approx(bias, rel=1e-6)
    expected = 2.8 + bias + np.array([3.4 / 3, -1.2, 0.1, 0.0])
    np.testing.assert_allclose(model.score(history), expected, rtol=1e-6)


def test_two_steps_by_hand():
    # a after step 1: (1.2 - 3.4/3 - 1.8 + 1.2) / 3; b: (2.2 - 3.4/3 - 1.8 + 1.2 + 0.2 - 0.1) / 4
    a, b = (0.6 - 3.4 / 3) / 3, (1.7 - 3.4 / 3) / 4
    model = Baseline(reg_item=1.0, reg_user=1.0, epochs=2).fit(DATA)
    np.testing.assert_allclose(model.item_bias_, [(3.4 - a - b) / 3, (-3.6 - a - b) / 3, (0.2 - b) / 2, 0], rtol=1e-6)


def test_without_ratings_it_is_the_mean_and_the_item_bias(fitted):
    model = fitted("baseline")
    np.testing.assert_allclose(model.score(History.empty()), model.mean_ + model.item_bias_, rtol=1e-6)


def test_who_gives_more_stars_is_predicted_more_stars_for_every_film(fitted):
    model = fitted("baseline")
    strict, kind = (model.score(History.of(range(10), [stars] * 10)) for stars in (2.0, 4.0))
    # ten ratings two stars apart move the bias by 20 / (15 + 10)
    np.testing.assert_allclose(kind - strict, 0.8, rtol=1e-5)


@pytest.mark.train
def test_its_scores_are_those_of_surprise_for_every_user_and_item(people):
    surprise = pytest.importorskip("surprise")
    from reelrec.models.surprise_data import trainset

    theirs = surprise.BaselineOnly(verbose=False).fit(trainset(people))
    ours = Baseline().fit(people)
    for user, history in enumerate(people.histories()):
        expected = [theirs.predict(user, item, clip=False).est for item in range(people.n_items)]
        np.testing.assert_allclose(ours.score(history), expected, atol=1e-5)
