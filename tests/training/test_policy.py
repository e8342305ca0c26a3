"""Training of the learned policy: who takes part, how the trainings are named, what workers keep of them."""

from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import ALONE
from reelrec.interview.learned_policy import ARRAYS, SetPolicy
from reelrec.interview.rewards import Look
from reelrec.training import policy
from reelrec.training.policy import MIN_RATINGS, VARIANTS, Trained, Variant, _named, random_histories, who_take_part

LOOKS = [Look(0, 0.0, 1.0)]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """120 users, of whom every third has one rating too few; a user's stars depend on their id."""
    rng = np.random.default_rng(1)
    rows = [
        (user_id, film, 0.5 + user_id % 10 / 2)
        for user_id in range(120)
        for film in rng.permutation(99)[: MIN_RATINGS - (user_id % 3 == 0)]
    ]
    return Dataset.from_frame("roles", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(99))


def test_users_with_enough_ratings_take_part(dataset):
    expected = [user_id for user_id in dataset.user_ids.tolist() if user_id % 3]
    some = who_take_part(dataset)
    histories = random_histories(some)
    assert some.user_ids.tolist() == expected
    assert len(histories) == len(expected) > 0
    for history, user_id in zip(histories, expected, strict=True):
        assert len(history) == MIN_RATINGS
        whole = dataset.history(dataset.user_ids.tolist().index(user_id))
        assert set(history.items.tolist()) == set(whole.items.tolist())
        assert set(history.ratings.tolist()) == {0.5 + user_id % 10 / 2}


def test_a_user_s_order_is_random_and_does_not_depend_on_other_users(dataset):
    everybody, few = random_histories(dataset), random_histories(dataset.only(dataset.user_ids > 60))
    for history, same in zip(everybody[-len(few) :], few, strict=True):
        assert history.items.tolist() == same.items.tolist()
    first, second = dataset.history(1), dataset.history(2)
    assert everybody[1].items.tolist() != first.items.tolist()
    assert sorted(everybody[1].items.tolist()) == sorted(first.items.tolist())
    order = [first.items.tolist().index(item) for item in everybody[1].items.tolist()]
    assert order != [second.items.tolist().index(item) for item in everybody[2].items.tolist()]


def test_items_and_ratings_stay_together():
    rows = [(18, film, 0.5 + film % 10 / 2) for film in range(70)]
    dataset = Dataset.from_frame("one user", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(70))
    (history,) = random_histories(dataset)
    np.testing.assert_array_equal(history.ratings, 0.5 + history.items % 10 / 2)
    assert history.items.tolist() != [*range(70)]


def trained(name: str, seed: int, utility: float) -> Trained:
    looks = [*LOOKS, Look(40, 0.5, utility), Look(80, 0.6, 0.9)]
    return Trained(variant=Variant(name=name, seed=seed), policy=SetPolicy({}), seconds=1.0, looks=looks)


def test_the_seed_with_the_highest_utility_comes_first():
    by_name = _named(
        [
            trained("policy", 1, 1.1),
            trained("policy-cold", 1, 1.9),
            trained("policy", 2, 1.3),
            trained("policy", 3, 1.2),
        ]
    )
    assert list(by_name) == ["policy", "policy-2", "policy-3", "policy-cold"]
    assert [result.variant.seed for result in by_name.values()] == [2, 3, 1, 1]
    assert [result.utility for result in by_name.values()] == [1.3, 1.2, 1.1, 1.9]


def test_there_are_three_seeds_and_one_training_of_each_ablation():
    by_name = _named([Trained(variant=variant, policy=SetPolicy({}), seconds=1.0, looks=LOOKS) for variant in VARIANTS])
    assert list(by_name) == ["policy", "policy-2", "policy-3", "policy-cold", "policy-blind", "policy-likelihood"]
    ablations = {
        name: (result.variant.random_start, result.variant.without_seen, result.variant.by_likelihood)
        for name, result in by_name.items()
    }
    assert ablations["policy"] == ablations["policy-2"] == ablations["policy-3"] == (False, False, False)
    assert ablations["policy-cold"] == (True, False, False)
    assert ablations["policy-blind"] == (False, True, False)
    assert ablations["policy-likelihood"] == (False, False, True)


def test_the_arrays_of_a_checkpoint_are_the_training_again():
    weights = {name: np.full(3, place, np.float32) for place, name in enumerate(ARRAYS)}
    looks = [*LOOKS, Look(40, 0.25, 1.125)]
    training = Trained(variant=VARIANTS[3], policy=SetPolicy(weights), seconds=2.5, looks=looks)
    again = Trained.of(VARIANTS[3], training.arrays())
    assert (again.variant, again.seconds, again.looks, again.utility) == (VARIANTS[3], 2.5, looks, 1.125)
    assert all(again.policy.weights_[name] is weights[name] for name in ARRAYS)


class Worker:
    """One of n that Ray started."""

    def __init__(self, rank: int, n: int):
        self.rank, self.n = rank, n

    def add(self, part):
        return part


@pytest.mark.train
@pytest.mark.parametrize(
    ("worker", "side_by_side", "writes"),
    [(ALONE, True, True), (Worker(0, 1), False, True), (Worker(0, 2), False, True), (Worker(1, 2), False, False)],
)
def test_whoever_is_alone_trains_side_by_side_and_the_first_worker_writes(
    dataset, monkeypatch, worker, side_by_side, writes
):
    """A cluster's single worker has asked for one core."""
    pytest.importorskip("torch")
    results = [Trained(variant=variant, policy=SetPolicy({}), seconds=1.0, looks=LOOKS) for variant in VARIANTS]
    done, store = [], MagicMock()
    pool = MagicMock()
    pool.return_value.__enter__.return_value.map.side_effect = lambda *given: done.append("pool") or results
    monkeypatch.setattr(policy, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(policy, "_by_workers", lambda *given: done.append("workers") or results)
    monkeypatch.setattr(policy, "_write", lambda *given: done.append("written"))
    monkeypatch.setattr(policy, "letterboxd_users", lambda films, role: dataset)
    policy.train(store, worker)
    assert done == ["pool" if side_by_side else "workers", *["written"] * writes]
    assert store.copy_missing.called is writes
