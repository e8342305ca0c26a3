import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models import predictive
from reelrec.models.bmf.model import BMF

STEADY = 1e9  # degrees of freedom with which all users are equally steady


@pytest.fixture
def three_items() -> BMF:
    """One factor, two draws that agree, unit noise, a prior of unit variance that seeing an item moves by .5."""
    model = BMF()
    d = 2
    moved = np.zeros((1 + d, d))
    moved[1] = [1.0, 0.0]
    model.keep(
        mean=3.0,
        item_biases=np.float16([[0.0, 0.5, -1.0]] * 2),
        item_factors=np.float16([[[1.0], [2.0], [-1.0]]] * 2),
        precisions=np.ones(3, dtype=np.float32),
        selection=np.float32([0.2, 0.0, 0.0]),
        seen=np.float16([[0.0, 0.0], [0.5, 0.0], [0.0, 0.0]]),
        prior_sizes=np.array([0, 1]),
        prior_weights=np.float32([np.zeros((1 + d, d)), moved]),
        prior_covariances=np.float32([np.eye(d), np.eye(d)]),
        freedom=STEADY,
        thresholds=predictive.MIDPOINTS,
    )
    return model


def test_the_mean_and_the_sd_by_hand(three_items):
    # item 0 gets 4 stars: C = inv([1 1; 1 1] + I) = [2/3 -1/3; -1/3 2/3], x = C [1 1] = [1/3 1/3]
    prediction = three_items.predict(History.of([0], [4.0]))
    # unknown for z = [1 q]: z C z = 2/3, 2/3 - 4/3 + 8/3 = 2, 2/3 + 2/3 + 2/3 = 2; before any rating 2, 5, 2
    mean = [3 + 2 / 3 + 0.2 * (2 / 3) / 2, 3.5 + 1 / 3 + 2 / 3, 2 + 1 / 3 - 1 / 3]
    np.testing.assert_allclose(prediction.mean, mean, rtol=1e-5)
    np.testing.assert_allclose(prediction.sd, np.sqrt([2 / 3 + 1, 2 + 1, 2 + 1]), rtol=1e-5)


def test_an_empty_history_gives_the_mean_of_an_items_own_raters(three_items):
    prediction = three_items.predict(History.empty())
    np.testing.assert_allclose(prediction.mean, [3.2, 3.5, 2.0], rtol=1e-3)
    np.testing.assert_allclose(prediction.sd, np.sqrt([3, 6, 3]), rtol=1e-5)


def test_an_item_seen_without_stars_moves_the_prior_alone(three_items):
    prediction = three_items.predict(History.of([1], [np.nan]))
    np.testing.assert_allclose(prediction.mean - three_items.predict(History.empty()).mean, 0.5, rtol=1e-3)
    np.testing.assert_allclose(prediction.sd, np.sqrt([3, 6, 3]), rtol=1e-5)


def test_between_two_sizes_the_prior_is_interpolated_in_the_logarithm(three_items):
    three_items.prior_sizes_ = np.array([0, 3])
    centre, _ = three_items.prior(np.array([1]))
    np.testing.assert_allclose(centre, [0.5 * np.log(2) / np.log(4), 0.0], rtol=1e-3)


def test_the_variance_between_draws_is_part_of_the_sd(three_items):
    before = three_items.predict(History.empty()).sd
    three_items._biases = three_items._biases + np.float32([[1.0], [-1.0]])
    np.testing.assert_allclose(three_items.predict(History.empty()).sd ** 2, before**2 + 1.0, rtol=1e-5)


def test_a_thinned_model_has_fewer_draws_and_says_so(three_items):
    fewer = three_items.thinned(2)
    assert (len(fewer.item_biases_), fewer.settings()["samples"]) == (1, 1)
    assert (len(three_items.item_biases_), three_items.settings()["samples"]) == (2, 14)
    history = History.of([0], [4.0])
    np.testing.assert_allclose(fewer.score(history), three_items.score(history), rtol=1e-5)  # the draws agree


@pytest.mark.train
def test_the_order_of_a_history_changes_nothing(fitted_small):
    items, ratings = [3, 9, 1, 20], [4.0, 1.5, np.nan, 5.0]
    forward = fitted_small.predict(History.of(items, ratings))
    backward = fitted_small.predict(History.of(items[::-1], ratings[::-1]))
    np.testing.assert_allclose(forward.mean, backward.mean, atol=1e-5)
    np.testing.assert_allclose(forward.sd, backward.sd, atol=1e-5)


@pytest.mark.train
def test_true_stars_of_unrated_items_are_recovered(truth, fitted_small):
    dataset, stars = truth
    errors, outside, n = [], 0, 0
    for user in range(dataset.n_users):
        history = dataset.history(user)
        prediction = fitted_small.predict(history)
        others = np.setdiff1d(np.arange(60), history.items)
        errors.append(np.clip(prediction.mean[others], 0.5, 5) - np.clip(stars[user, others], 0.5, 5))
        noisy = np.clip(stars[user, others] + np.random.default_rng(user).normal(0, 0.5, len(others)), 0.5, 5)
        low, high = predictive.interval(prediction.at(others), 0.9)
        outside += ((noisy < low) | (noisy > high)).sum()
        n += len(others)
    assert np.sqrt((np.concatenate(errors) ** 2).mean()) < 0.3  # the bias alone leaves .7
    assert 0.05 < outside / n < 0.14


@pytest.mark.train
def test_ranges_narrow_with_the_number_of_ratings(truth, fitted_small):
    history = truth[0].history(0)
    means = [fitted_small.predict(history.head(k)).sd.mean() for k in (0, 3, 10, 30)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 1.2 * means[-1]


@pytest.mark.train
def test_the_habit_of_a_history_reaches_the_probabilities(fitted_small):
    items = np.arange(30)
    halves, wholes = (History.of(items, np.resize(stars, 30)) for stars in ([2.5, 3.5, 4.5], [2.0, 3.0, 4.0, 5.0]))
    of_halves, of_wholes = (fitted_small.probabilities(fitted_small.predict(h))[:, ::2].sum() for h in (halves, wholes))
    assert of_halves > 1.2 * of_wholes


@pytest.mark.train
def test_the_rough_means_are_nearly_the_means(fitted_small):
    history = History.of([0, 4, 9], [5.0, 2.0, 4.5])
    rough = fitted_small.rough_means(fitted_small.fold_in(history))
    assert np.corrcoef(rough, fitted_small.score(history))[0, 1] > 0.98
