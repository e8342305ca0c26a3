import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.svd import SVD, ridge


@pytest.fixture
def three_items() -> SVD:
    model = SVD(embedding_dim=1, bias_penalty=1.0, factor_penalty=1.0)
    model.mean_, model.item_bias_ = 3.0, np.float32([0.0, 0.5, -1.0])
    model.item_factors_ = np.float32([[1.0], [2.0], [-1.0]])
    return model


def test_the_score_by_hand(three_items):
    # film 0 gets 4 stars, 1 above mu + b_i: ([1 1; 1 1] + I) x = [1 1], so x = [1/3, 1/3]
    score = three_items.score(History.of([0, 2], [4.0, np.nan]))
    np.testing.assert_allclose(score, [3 + 2 / 3, 3.5 + 1 / 3 + 2 / 3, 2 + 1 / 3 - 1 / 3], rtol=1e-6)


def test_the_bias_and_the_factors_have_different_penalties(three_items):
    three_items.bias_penalty, three_items.factor_penalty = 1.0, 3.0
    # [2 1; 1 4] x = [1 1]: det 7, x = [3/7, 1/7]
    user = three_items.fold_in(History.of([0], [4.0]), three_items.penalty())
    np.testing.assert_allclose(user, [3 / 7, 1 / 7], rtol=1e-6)


def test_without_stars_a_user_is_the_average_user(three_items):
    for history in (History.empty(), History.of([1], [np.nan], [True])):
        np.testing.assert_allclose(three_items.score(history), [3.0, 3.5, 2.0])


def test_ridge_by_hand():
    # X'X + penalty = [2 2; 2 4] + [1 0; 0 2] = [3 2; 2 6]; X'y = [4 6]; det 14
    solution = ridge(np.float32([[1, 2], [1, 0]]), np.float32([3, 1]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(solution, [12 / 14, 10 / 14], rtol=1e-6)
    assert solution.dtype == np.float32


def test_ridge_without_rows_is_zero():
    assert ridge(np.empty((0, 3), np.float32), np.empty(0, np.float32), np.ones(3)).tolist() == [0, 0, 0]


def test_ridge_is_where_the_gradient_is_zero():
    rng = np.random.default_rng(3)
    x, y, penalty = rng.normal(size=(30, 5)), rng.normal(size=30), rng.uniform(0.5, 3, 5)
    solution = ridge(x, y, penalty).astype(np.float64)
    np.testing.assert_allclose(x.T @ (x @ solution - y) + penalty * solution, 0, atol=1e-5)


@pytest.mark.train
def test_a_train_users_ratings_give_back_their_training_predictions(people):
    """With the penalty of training, reg x number of ratings. Bound: .05 stars RMS, what SGD leaves of the optimum."""
    surprise = pytest.importorskip("surprise")
    from reelrec.models.surprise_data import trainset

    ours = SVD(embedding_dim=8, epochs=400, reg=0.1).fit(people)
    theirs = surprise.SVD(n_factors=8, n_epochs=400, lr_all=0.005, reg_all=0.1, random_state=42).fit(trainset(people))
    errors, differences = [], []
    for user, history in enumerate(people.histories()):
        folded_in = ours.fold_in(history, np.full(9, ours.reg * len(history)))
        ours_stars = ours.mean_ + ours.item_bias_ + folded_in[0] + ours.item_factors_ @ folded_in[1:]
        trained = ours.mean_ + theirs.bi + theirs.bu[user] + theirs.qi @ theirs.pu[user]
        errors.append(ours_stars - trained)
        differences.append(trained - ours.mean_ - theirs.bi)
    assert np.sqrt(np.mean(np.square(differences))) > 0.3  # users differ here, so the bound says something
    assert np.sqrt(np.mean(np.square(errors))) < 0.05


@pytest.mark.train
def test_equal_seeds_learn_equal_weights_and_other_seeds_others(people):
    pytest.importorskip("surprise")
    first, again, other = (SVD(embedding_dim=4, epochs=3, seed=seed).fit(people).item_factors_ for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
