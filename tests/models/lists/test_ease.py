import numpy as np
import pandas as pd

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.lists import ease
from reelrec.models.lists.ease import EASE, item_weights, strongest


def test_weights_by_hand():
    # ([2 1; 1 4] + I)^-1 = [5 -1; -1 3] / 14, so B_01 = (1/14) / (3/14) and B_10 = (1/14) / (5/14)
    weights = item_weights(np.float32([[2, 1], [1, 4]]), reg=1.0)
    np.testing.assert_allclose(weights, [[0, 1 / 3], [1 / 5, 0]], rtol=1e-5)


def test_weights_are_those_of_the_formula():
    rng = np.random.default_rng(0)
    x = rng.random((200, 30)) * (rng.random((200, 30)) < 0.4)
    inverse = np.linalg.inv(x.T @ x + 7.0 * np.eye(30))
    expected = -inverse / np.diag(inverse)  # B_ij = -P_ij / P_jj
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(item_weights((x.T @ x).astype(np.float32), 7.0), expected, atol=1e-5)


def test_the_score_by_hand():
    # values: 5 stars 1, 0.5 stars 0. X = [1 1; 0 1], so X'X + I = [2 1; 1 3], its inverse [3 -1; -1 2] / 5
    rows = [("a", 0, 5.0), ("a", 1, 5.0), ("b", 0, 0.5), ("b", 1, 5.0)]
    data = Dataset.from_frame("x", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(2))
    model = EASE(reg=1.0, floor=0.0, power=1.0).fit(data)
    np.testing.assert_allclose(model.score(History.of([0], [5.0])), [0, 1 / 2], atol=1e-3)  # float16 weights
    np.testing.assert_allclose(model.score(History.of([1], [2.5])), [1 / 3 * 2 / 4.5, 0], atol=1e-3)


def test_contributions_add_up_to_the_score(fitted, people):
    model = fitted("ease")
    history = History.of([3, 11, 0, 25, 7], [4.0, np.nan, 0.5, np.nan, 5.0], [False, True, False, False, True])
    score = model.score(history)
    assert np.abs(score).max() > 0.1
    parts = model.contributions(history, np.arange(people.n_items), np.arange(len(history)))
    assert parts.shape == (5, people.n_items)
    np.testing.assert_allclose(parts.sum(axis=0), score, atol=1e-6)
    some = model.contributions(history, np.array([30, 2]), np.array([4, 1]))
    np.testing.assert_array_equal(some, parts[[4, 1]][:, [30, 2]])


def test_an_item_adds_nothing_to_its_own_score(fitted):
    for item in (0, 5, 39):
        assert fitted("ease").score(History.of([item], [5.0]))[item] == 0


def test_strongest_keeps_the_largest_sizes_whatever_their_sign():
    weights = np.float32([[0, -3, 1, 2], [5, 0, 4, -6], [0.1, 0.2, 0, -0.3], [1, 2, -3, 0]])
    columns, values = strongest(weights, 2)
    assert columns.tolist() == [[1, 3], [0, 3], [1, 3], [1, 2]]
    np.testing.assert_allclose(values, np.float16([[-3, 2], [5, -6], [0.2, -0.3], [2, -3]]))
    assert values.dtype == np.float16


def test_with_fewer_items_than_the_width_all_others_are_kept(fitted, people):
    assert fitted("ease").columns_.shape == (people.n_items, people.n_items - 1)


def test_working_in_blocks_changes_nothing(people, monkeypatch):
    model = EASE(reg=5.0, width=10)
    gram = model._gram(people)
    columns, weights = strongest(item_weights(gram.copy(), 5.0), 10)
    monkeypatch.setattr(ease, "ROWS_AT_ONCE", 7)
    np.testing.assert_allclose(model._gram(people), gram, rtol=1e-5)
    in_blocks = strongest(item_weights(gram.copy(), 5.0), 10)
    np.testing.assert_array_equal(in_blocks[0], columns)
    np.testing.assert_array_equal(in_blocks[1], weights)


def test_a_narrow_model_scores_with_its_strongest_weights_alone(people):
    wide, narrow = EASE(reg=5.0).fit(people), EASE(reg=5.0, width=3).fit(people)
    dense = wide._weights.toarray()
    kept = np.zeros_like(dense)
    for row, weights in enumerate(dense):
        best = np.argsort(-np.abs(weights))[:3]
        kept[row, best] = weights[best]
    history = History.of([1, 2, 30], [5.0, 3.0, 4.0])
    np.testing.assert_allclose(narrow.score(history), kept[history.items].T @ wide.values(history), atol=1e-6)
