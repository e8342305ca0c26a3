"""The users that the interview is trained on: no user has two roles, and the manifest names the role."""

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role, has_role, validates_policy
from reelrec.interview.learned_policy import SetPolicy
from reelrec.interview.screens import DEFAULT_POLICY
from reelrec.sources import registry
from reelrec.training.interview import MIN_RATINGS, VARIANTS, Trained, Variant, _named, random_histories


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


def test_histories_are_those_of_users_with_enough_ratings(dataset):
    expected = [user_id for user_id in dataset.user_ids.tolist() if user_id % 3]
    histories = random_histories(dataset)
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
    first, second = dataset.history(1), dataset.history(2)  # user 0 has rated too little
    assert everybody[0].items.tolist() != first.items.tolist()
    assert sorted(everybody[0].items.tolist()) == sorted(first.items.tolist())
    order = [first.items.tolist().index(item) for item in everybody[0].items.tolist()]
    assert order != [second.items.tolist().index(item) for item in everybody[1].items.tolist()]


def test_items_and_ratings_stay_together():
    rows = [(18, film, 0.5 + film % 10 / 2) for film in range(70)]
    dataset = Dataset.from_frame("one user", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(70))
    (history,) = random_histories(dataset)
    np.testing.assert_array_equal(history.ratings, 0.5 + history.items % 10 / 2)
    assert history.items.tolist() != [*range(70)]


def trained(name: str, seed: int, utility: float) -> Trained:
    return Trained(variant=Variant(name=name, seed=seed), policy=SetPolicy({}), utility=utility, seconds=1.0, looks=[])


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
    by_name = _named(
        [Trained(variant=variant, policy=SetPolicy({}), utility=1.0, seconds=1.0, looks=[]) for variant in VARIANTS]
    )
    assert list(by_name) == ["policy", "policy-2", "policy-3", "policy-cold", "policy-blind", "policy-likelihood"]
    ablations = {
        name: (result.variant.random_start, result.variant.without_seen, result.variant.by_likelihood)
        for name, result in by_name.items()
    }
    assert ablations["policy"] == ablations["policy-2"] == ablations["policy-3"] == (False, False, False)
    assert ablations["policy-cold"] == (True, False, False)
    assert ablations["policy-blind"] == (False, True, False)
    assert ablations["policy-likelihood"] == (False, False, True)


@pytest.fixture(scope="module")
def real_ids() -> np.ndarray:
    """The ids of all users in the Letterboxd files."""
    source = registry.source("letterboxd")
    if source.folder is None:
        pytest.skip("The Letterboxd files are not on this machine.")
    return np.unique(pd.read_parquet(source.path("ratings.parquet"), columns=["user_id"])["user_id"])


def test_no_user_has_two_roles(real_ids):
    counts = [has_role(real_ids, role).sum() for role in Role]
    assert all(counts)
    assert sum(counts) == len(real_ids) == 44_447
    assert 0.2 < validates_policy(real_ids).sum() / has_role(real_ids, Role.TUNE).sum() < 0.3


@pytest.mark.parametrize(("name", "role"), [("bmf", Role.TRAIN), ("interview", Role.TRAIN), ("policy", Role.TUNE)])
def test_the_manifest_names_the_role_of_the_users_that_an_artifact_was_trained_on(name, role):
    content = shipped_store().manifest().content
    entry = content["models"].get(name) or content.get(name)
    if entry is None:
        pytest.skip(f"{name} is not among the artifacts. Run: python -m reelrec train {name}")
    assert entry["data"]["name"] == f"letterboxd {role} users"


def test_the_manifest_counts_all_users_of_that_role(real_ids):
    content = shipped_store().manifest().content
    if "interview" not in content:
        pytest.skip("interview is not among the artifacts. Run: python -m reelrec train interview")
    train_users = has_role(real_ids, Role.TRAIN).sum()
    assert content["models"]["bmf"]["data"]["people"] == content["interview"]["data"]["people"] == train_users
    if "policy" in content:
        assert content["policy"]["data"]["people"] == has_role(real_ids, Role.TUNE).sum()


def test_the_default_policy_is_the_one_of_the_verdict():
    path = shipped_store().metrics_path("interview")
    if not path.exists():
        pytest.skip("The policies are not measured here. Run: python -m reelrec evaluate interview")
    assert json.loads(path.read_text(encoding="utf-8"))["verdict"]["default"] == DEFAULT_POLICY
