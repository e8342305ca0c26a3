from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models import stack
from reelrec.models.knn import KNN
from reelrec.models.stack import MEMBERS, Forecasts, Stack, best_scale, blend, cost_without, members_kept
from tests.fakes import corrections

N_ITEMS = 40


@pytest.fixture
def members():
    """The last two are networks with random weights, to which a stack should give no weight."""
    base = corrections.random_bmf(N_ITEMS)
    knn = KNN()
    rng = np.random.default_rng(0)
    knn.keep(
        mean=base.mean_,
        item_bias=base.item_biases_.astype(np.float32).mean(axis=0),
        nearest=np.sort(rng.permuted(np.tile(np.arange(N_ITEMS), (N_ITEMS, 1)), axis=1)[:, :5]),
        similarity=np.full((N_ITEMS, 5), 0.2),
    )
    return [base, knn, corrections.random_deepfm(base), corrections.random_gpt(base)]


@pytest.fixture
def trial():
    """The first member has errors of sd 1, the second independent ones of sd 2; the others add nothing."""
    rng = np.random.default_rng(1)
    truth = rng.normal(3, 1, 20_000)
    first, second = truth + rng.normal(0, 1, truth.size), truth + rng.normal(0, 2, truth.size)
    means = np.stack([first, second, first + rng.normal(0, 1, truth.size), first + 3], axis=1)
    sds = np.full(means.shape, 0.5, np.float32)
    return Forecasts(means=means, sds=sds, habits=np.ones((truth.size, 10)), ratings=truth)


def test_weights_are_those_of_least_squares_by_hand(trial):
    # two independent errors are best weighted by the inverse of their variances: 1 / 1 and 1 / 4
    np.testing.assert_allclose(blend(trial, [0, 1]), [0.8, 0.2, 0, 0], atol=0.02)
    weights = blend(trial, [0, 1, 2, 3])
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(weights, [0.8, 0.2, 0, 0], atol=0.03)


def test_a_member_that_adds_nothing_is_left_out_and_the_cost_of_each_is_known(trial):
    assert members_kept([trial]) == [0, 1]
    costs = [cost_without([trial], range(4), member)[0] for member in range(4)]
    assert costs[0] > costs[1] > 0.05
    assert costs[1] == pytest.approx(1 - np.sqrt(0.8), abs=0.02)  # from sd sqrt(.8) back to 1
    assert costs[2] < stack.MIN_GAIN
    assert costs[3] < stack.MIN_GAIN


def test_the_sd_is_scaled_to_the_errors(trial):
    rng, n = np.random.default_rng(2), 50_000
    mean = rng.uniform(2, 4, n)
    ratings = np.clip(np.rint(2 * (mean + rng.normal(0, 0.55, n))) / 2, 0.5, 5.0)
    sds = np.full((n, 1), 0.5, np.float32)
    forecasts = Forecasts(means=mean[:, None], sds=sds, habits=np.ones((n, 10)), ratings=ratings)
    assert best_scale(forecasts, np.ones(1), np.arange(0.75, 5, 0.5)) == pytest.approx(1.1, abs=0.011)


def test_the_blend_by_hand(members):
    history, some = History.of([3, 8, 15], [4.0, 1.5, 5.0]), np.array([7, 2, 30])
    model = Stack(*members)
    weights = np.array([[1.0, 0.0, 0.0, 0.0], [0.5, 0.25, 0.25, 0.0]])
    model.keep(sizes=np.array([0, 15]), weights=weights, scales=np.array([1.0, 1.2]), costs=np.zeros((4, 2)))
    bmf, knn, deepfm, _ = members
    before = bmf.predict(History.empty(), some)
    np.testing.assert_allclose(model.predict(History.empty(), some).mean, before.mean)
    # 3 ratings lie half way between 0 and 15 on the logarithmic scale: ln 4 = ln 16 / 2
    blended, alone = model.predict(history, some), bmf.predict(history, some)
    mean = 0.75 * alone.mean + 0.125 * knn.score(history)[some] + 0.125 * deepfm.predict(history, some).mean
    np.testing.assert_allclose(blended.mean, mean, rtol=1e-5)
    sd = (0.75 * alone.sd + 0.125 * deepfm.predict(history, some).sd) / 0.875  # knn has none
    np.testing.assert_allclose(blended.sd, 1.1 * sd, rtol=1e-5)
    np.testing.assert_array_equal(blended.habit, alone.habit)
    assert model.weighted_members == MEMBERS[:3]


def test_the_sd_is_that_of_the_members_that_have_one():
    sds, first = np.float32([[0.5, np.nan, 0.8]]), np.float32([0.5])
    assert stack.blended_sd(sds, np.float32([0.2, 0.5, 0.1]), first) == pytest.approx(0.6, rel=1e-5)
    assert stack.blended_sd(sds, np.float32([0.0, 1.0, 0.0]), first) == pytest.approx(0.5)


def test_a_blend_of_knn_alone_has_the_sd_of_bmf(members):
    model, history, some = Stack(*members), History.of([3, 8], [4.0, 1.5]), np.array([7, 2])
    model.keep(sizes=np.array([0]), weights=np.array([[0.0, 1.0, 0.0, 0.0]]), scales=np.ones(1), costs=np.zeros((4, 1)))
    np.testing.assert_allclose(model.predict(history, some).sd, members[0].predict(history, some).sd, rtol=1e-5)


def test_a_member_without_weight_is_not_computed(members, monkeypatch):
    model = Stack(*members)
    model.keep(sizes=np.array([0]), weights=np.array([[1.0, 0.0, 0.0, 0.0]]), scales=np.ones(1), costs=np.zeros((4, 1)))
    monkeypatch.setattr(model.gpt, "correct", lambda *_: pytest.fail("it was computed"))
    model.predict(History.of([3], [4.0]))


def test_fit_prefers_the_member_that_predicts_best(members, people):
    """The users rate as `bmf` predicts; the other members add noise."""
    rng, base = np.random.default_rng(3), members[0]
    vectors = rng.normal(0, 0.7, (people.n_users, 3)).astype(np.float32)
    stars = base._biases.mean(axis=0)[people.items] + (base._items[0][people.items] * vectors[people.users]).sum(axis=1)
    ratings = np.clip(np.rint(2 * stars + rng.normal(0, 0.3, len(stars))) / 2, 0.5, 5.0).astype(np.float32)
    model = Stack(*members).fit(replace(people, ratings=ratings))
    assert model.weighted_members[0] == "bmf"
    assert model.weights_[:, 0].min() > 0.7
    assert model.sizes_.tolist() == [0, 3, 5, 10]
    np.testing.assert_allclose(model.weights_.sum(axis=1), 1)
    assert model.costs_.shape == (len(MEMBERS), 4)
    assert model.costs_[0, 1:].min() > 0.1 > model.costs_[1:].max()


def test_the_order_in_which_films_were_rated_changes_nothing(members):
    model = corrections.even_stack(*members)
    items, ratings = np.array([15, 3, 31, 8, 22]), np.array([4.0, 1.5, 5.0, 3.0, 2.5])
    first, second = (
        model.predict(History.of(items[order], ratings[order])) for order in ([0, 1, 2, 3, 4], [4, 2, 0, 3, 1])
    )
    for part, same in zip(first, second, strict=True):
        np.testing.assert_allclose(part, same, rtol=1e-5)
