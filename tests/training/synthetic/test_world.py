"""Invented people are like the train users in what is known of these: sums that ship, and the model."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.training.synthetic.world import COUNTS, SHARES, STEERING, TOGETHER, Ratings, World, first, race_weights
from tests.fakes import corrections

N_ITEMS = 2500


@pytest.fixture(scope="module")
def world():
    """Of a small model; popularity falls like that of real films."""
    return World.of(corrections.random_bmf(N_ITEMS), 1_000_000 // (50 + np.arange(N_ITEMS)), seed=1)


def drawn(world: World, n_people: int, begin: int = 0) -> Ratings:
    ends = range(begin, begin + n_people, TOGETHER)
    pieces = [world.ratings(np.arange(end, min(end + TOGETHER, begin + n_people))) for end in ends]
    return Ratings(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def test_the_first_of_a_race_are_those_with_the_least_times():
    assert first(np.array([3.0, 1.0, 2.0, 9.0]), 2).tolist() == [1, 2]
    assert first(np.array([3.0, 1.0, 2.0]), 3).tolist() == [1, 2, 0]


def test_a_person_is_the_same_whoever_is_drawn_beside_them(world):
    alone, among = world.ratings(np.array([7])), drawn(world, 3 * TOGETHER)
    own = among.users == 7
    assert (alone.users == 7).all()
    np.testing.assert_array_equal(alone.items, among.items[own])
    np.testing.assert_array_equal(alone.stars, among.stars[own])


def test_another_seed_makes_other_people(world):
    one, other = world.ratings(np.arange(4)), replace(world, seed=2).ratings(np.arange(4))
    assert len(one.items) != len(other.items) or (one.items != other.items).any()


def test_nobody_rates_a_film_twice_and_stars_are_half_stars(world):
    found = drawn(world, 200)
    assert len(np.unique(found.users * N_ITEMS + found.items)) == len(found.items)
    assert {*np.unique(2 * found.stars).tolist()} == set(range(1, 11))
    assert (found.items.dtype, found.stars.dtype) == (np.int32, np.float32)


def test_films_that_nobody_rated_stay_unrated_by_whoever_saw_all_others():
    n_ratings = np.r_[np.full(40, 5), 0, 0]
    found = drawn(World.of(corrections.random_bmf(42), n_ratings, seed=1), 60)
    assert np.bincount(found.items, minlength=42)[40:].tolist() == [0, 0]
    assert np.bincount(found.users).max() == 40


def test_a_race_lets_each_film_be_seen_as_often_as_it_should():
    n_ratings = 1_000_000 // (200 + np.arange(2_000))
    weights = race_weights(n_ratings)
    rng = np.random.default_rng(3)
    counts = np.interp(rng.random(4_000), SHARES, COUNTS).astype(int)
    seen = np.zeros(2_000)
    for n in counts:
        seen[first(rng.standard_exponential(2_000) / weights, n)] += 1
    wanted = counts.mean() * n_ratings / n_ratings.sum() * len(counts)
    assert 0.7 < wanted.max() / len(counts) < 0.95  # so popular that a race in proportion to n_ratings would miss it
    np.testing.assert_allclose(seen[:300], wanted[:300], rtol=0.1)
    assert np.abs(seen[:300] / wanted[:300] - 1).mean() < 0.02


def test_what_would_be_too_much_for_one_film_goes_to_the_others():
    weights = race_weights(np.r_[1_000_000, np.full(999, 100)])
    assert 0 < weights[1] < weights[0] < np.inf
    assert weights[1:] == pytest.approx(weights[1])


def test_who_sees_a_film_likes_it_more_than_others_by_the_steering_times_the_variance_of_taste(world):
    rare = np.arange(N_ITEMS) > 500
    vectors = world.vectors.T[:, 1:]
    expected = STEERING * 0.5 * (vectors**2).sum(axis=1)  # of the small model: covariance is half the identity
    found = drawn(world, 3_000)
    latent = 3.5 + np.bincount(found.items, found.stars - world.levels[found.items], N_ITEMS) / np.maximum(
        np.bincount(found.items, minlength=N_ITEMS), 1
    )
    inner = rare & (np.abs(world.levels - 3.0) < 0.5)  # where the ends of the scale cut little
    assert np.average((latent - 3.5)[inner]) == pytest.approx(expected[inner].mean(), abs=0.12)


@pytest.fixture(scope="module")
def shipped():
    """960 people of the model that ships, its films, and what the manifest says of the train users."""
    store = shipped_store()
    films = store.load_catalogue()
    n_ratings = films.n_ratings[: films.n_items]
    trained_on = store.manifest().entry("bmf")["data"]
    return drawn(World.of(store.load("bmf"), n_ratings, seed=42), 960), films, trained_on


def test_people_have_as_many_ratings_as_train_users(shipped):
    found, _, trained_on = shipped
    grid = np.interp((np.arange(1000) + 0.5) / 1000, SHARES, COUNTS)
    assert grid.mean() == pytest.approx(trained_on["ratings"] / trained_on["people"], rel=0.01)
    counts = np.bincount(found.users)
    np.testing.assert_allclose(np.quantile(counts, [0.1, 0.5, 0.9]), np.quantile(grid, [0.1, 0.5, 0.9]), rtol=0.15)


def test_films_are_as_popular_as_in_the_catalogue(shipped):
    found, films, trained_on = shipped
    wanted = films.n_ratings[: films.n_items] / trained_on["people"]
    seen = np.bincount(found.items, minlength=films.n_items) / 960
    assert np.corrcoef(seen, wanted)[0, 1] > 0.99
    ranks = [0, 9, 99, 999]
    np.testing.assert_allclose(np.sort(seen)[::-1][ranks], np.sort(wanted)[::-1][ranks], rtol=0.15)


def test_stars_are_given_as_train_users_give_them(shipped):
    found, films, _ = shipped
    shares = np.bincount(np.rint(2 * found.stars).astype(int), minlength=11)[1:] / len(found.stars)
    assert np.abs(shares - films.histogram / films.histogram.sum()).sum() < 0.06
    counts = np.bincount(found.items, minlength=films.n_items)
    often = counts > 100
    means = np.bincount(found.items, found.stars, films.n_items)[often] / counts[often]
    assert np.corrcoef(means, films.mean[: films.n_items][often])[0, 1] > 0.95
