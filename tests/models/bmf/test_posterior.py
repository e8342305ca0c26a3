import numpy as np
import pytest
from scipy.sparse import csr_array

from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import ALONE
from reelrec.models import predictive
from reelrec.models.base import Prediction
from reelrec.models.bmf.components import components_of, directions_of
from reelrec.models.bmf.draws import Draw
from reelrec.models.bmf.posterior import aligned, new_user_priors, random_places, selection, thresholds


def dataset_of(n_items: int, start: np.ndarray, items: np.ndarray, ratings: np.ndarray) -> Dataset:
    """The ratings of len(start) - 1 users."""
    return Dataset(
        name="invented",
        user_ids=np.arange(len(start) - 1),
        item_ids=np.arange(n_items),
        start=start,
        items=items.astype(np.int32),
        ratings=ratings.astype(np.float32),
    )


def draw_of(user_vectors: np.ndarray, item_vectors: np.ndarray) -> Draw:
    """A draw with equal noise for everything."""
    return Draw(
        user_vectors=user_vectors,
        item_vectors=item_vectors,
        user_weights=np.ones(len(user_vectors)),
        item_weights=np.ones(len(item_vectors)),
        precision=1.0,
        user_freedom=5.0,
    )


def test_an_aligned_draw_predicts_the_same_stars():
    rng = np.random.default_rng(1)
    users, items = rng.normal(size=(30, 4)).astype(np.float32), rng.normal(size=(20, 4)).astype(np.float32)
    draw = draw_of(users, items)
    moved = aligned(draw, rng.normal(size=(20, 4)), rng.uniform(1, 9, 20))
    stars = [either.item_vectors[:, 0] + either.user_vectors @ either.design().T for either in (draw, moved)]
    np.testing.assert_allclose(*stars, atol=2e-4)
    np.testing.assert_allclose(moved.user_vectors.mean(axis=0), 0, atol=1e-4)


def test_two_draws_that_differ_by_a_turn_are_equal_after_alignment():
    rng = np.random.default_rng(2)
    users, items = rng.normal(size=(50, 3)), rng.normal(size=(20, 3))
    turn = np.array([[0.0, 2.0], [-0.5, 1.0]])
    turned_items = np.column_stack([items[:, 0], items[:, 1:] @ turn])
    turned_users = np.column_stack([users[:, 0], users[:, 1:] @ np.linalg.inv(turn).T])
    first, second = (
        aligned(draw_of(*sides), np.c_[np.ones(20), items[:, 1:]], np.full(20, 1e6))
        for sides in ((users, items), (turned_users, turned_items))
    )
    np.testing.assert_allclose(first.item_vectors, second.item_vectors, atol=1e-4)
    np.testing.assert_allclose(first.user_vectors, second.user_vectors, atol=1e-4)


def test_thresholds_give_back_how_often_each_half_star_is_given():
    rng = np.random.default_rng(3)
    means, sds = rng.normal(3.4, 0.5, 20_000), np.full(20_000, 0.7)
    ratings = np.clip(np.round(rng.normal(means, sds)), 1, 5)  # of a user who never gives a half
    cuts = thresholds(means, sds, ratings)
    chances = predictive.half_star_probabilities(Prediction(mean=means, sd=sds), cuts).mean(axis=0)
    shares = np.array([(ratings == half / 2).mean() for half in range(1, 11)])
    np.testing.assert_allclose(chances, shares, atol=1e-3)


def test_selection_is_the_raters_mean_above_the_mean_users_and_less_where_few_rate():
    n = 40
    items, ratings = np.repeat([0, 1], [n, 2]), np.r_[np.tile([3.5, 4.5], n // 2), 4.5, 3.5]
    dataset = dataset_of(3, np.array([0, n + 2]), items, ratings)
    effect = selection(dataset, np.float32([3.0, 3.0, 3.0]))
    assert 0.8 < effect[0] < 1.0
    assert 0.2 < effect[1] < effect[0]
    assert effect[2] == 0.0


def test_principal_components_separate_two_kinds_of_users():
    rows, columns = np.divmod(np.arange(40 * 10), 10)
    cells = (rows, columns + 10 * (rows % 2))  # the two kinds see different items
    matrix = csr_array((np.full(400, 1 / np.sqrt(10), dtype=np.float32), cells), shape=(40, 20))
    components = matrix @ directions_of(matrix, 40, 2, ALONE.add, seed=0)
    np.testing.assert_allclose(components[::2], np.broadcast_to(components[0], (20, 2)), atol=1e-4)
    assert np.abs(components[0] - components[1]).max() > 1
    assert directions_of(matrix, 40, 0, ALONE.add, seed=0).shape == (20, 0)
    of_items = components_of(matrix, 40, 2, ALONE.add, seed=0)
    np.testing.assert_allclose(of_items.T @ of_items, 20 * np.eye(2), atol=1e-3)
    assert np.abs(of_items[0] - of_items[10]).max() > 1


def test_places_are_a_random_order_of_each_users_ratings():
    dataset = dataset_of(9, np.array([0, 5, 5, 12]), np.arange(12) % 9, np.ones(12))
    places = random_places(dataset, seed=0)
    assert sorted(places[:5].tolist()) == list(range(5))
    assert sorted(places[5:].tolist()) == list(range(7))
    assert places.tolist() != [*range(5), *range(7)]


def test_ratings_in_blocks_give_the_same_places_and_priors(people, monkeypatch):
    vectors = np.random.default_rng(0).normal(size=(people.n_users, 3))
    seen = np.random.default_rng(1).normal(size=(people.n_items, 3))

    def learned():
        places = random_places(people, seed=3)
        return [
            places,
            *new_user_priors(people, [vectors], seen, places),
            selection(people, np.full(people.n_items, 3.0)),
        ]

    whole = learned()
    blocks = Dataset.blocks
    monkeypatch.setattr(Dataset, "blocks", lambda self: blocks(self, 50))
    for one, other in zip(whole, learned(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6)


def test_places_beyond_the_last_size_are_one():
    dataset = dataset_of(900, np.array([0, 900]), np.arange(900), np.ones(900))
    places = random_places(dataset, seed=0)
    assert np.bincount(places).tolist() == [1] * 400 + [500]


def test_the_prior_of_a_new_user_is_narrower_the_more_items_they_have_seen():
    """Two kinds of users who see different items and whose vectors are 1 and -1."""
    rng = np.random.default_rng(4)
    kind = np.arange(200) % 2
    items = np.concatenate([rng.permutation(np.arange(30) + 30 * k * (rng.random(30) < 0.6)) for k in kind])
    dataset = dataset_of(60, np.arange(201) * 30, items, np.ones(6000))
    vectors = np.where(kind, 1.0, -1.0)[:, None]
    seen = np.where(np.arange(60) >= 30, 1.0, -1.0)[:, None]
    sizes, weights, covariances = new_user_priors(dataset, [vectors, vectors], seen, random_places(dataset, 0))
    assert sizes.tolist() == [0, 1, 2, 3, 5, 10, 20]
    assert weights.shape == (7, 2, 1)
    variances = covariances[:, 0, 0].tolist()
    assert variances[0] == pytest.approx(1.0)
    assert variances == sorted(variances, reverse=True)
    assert variances[-1] < 0.5
