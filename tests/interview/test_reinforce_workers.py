"""Several workers teach the policy that one alone would."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.interview.learned_policy import ARRAYS, OF_PEOPLE
from reelrec.training import policy as training
from reelrec.training.policy import VARIANTS, learners
from tests.fakes.workers import CutOff, together

pytestmark = pytest.mark.train
N_UPDATES = 6


@pytest.fixture
def few_ratings(monkeypatch):
    """People with few ratings take part too."""
    monkeypatch.setattr(training, "MIN_RATINGS", 30)


def share_trains(reinforce, eighty):
    """Trains a policy on people of a data set, of whom every third validates."""

    def train(dataset: Dataset):
        validates = dataset.user_ids % 3 == 0
        people, validation = (learners(eighty, dataset.only(mask)) for mask in (~validates, validates))
        return reinforce.train(eighty, people, validation, N_UPDATES, seed=1, random_start=True)

    return train


@pytest.mark.parametrize("n", [2, 3])
def test_workers_teach_the_same_policy_as_one_alone(reinforce, eighty, crowd, few_ratings, n):
    """What is linear in a fact of the person is the same for all films: its gradient is a rounding error."""
    train = share_trains(reinforce, eighty)
    policy, looks = train(crowd)
    assert len(looks) == N_UPDATES // reinforce.EVERY + 1
    for other, seen in together(n, crowd, train):
        np.testing.assert_allclose(np.array(seen), np.array(looks), rtol=1e-4)
        for name in ARRAYS:
            one, same = policy.weights_[name], other.weights_[name]
            if name == "linear":
                one, same = one[:-OF_PEOPLE], same[:-OF_PEOPLE]
            np.testing.assert_allclose(same, one, rtol=1e-3, atol=1e-5)


def test_a_training_that_is_cut_off_goes_on_from_what_was_kept(reinforce, eighty, crowd, few_ratings):
    train, kept = share_trains(reinforce, eighty), {}
    whole, looks = together(2, crowd, train)[0]
    with pytest.raises(CutOff):
        together(2, crowd, train, kept, cut_off_at=3)
    again, seen = together(2, crowd, train, kept)[0]
    assert looks == seen
    for name in ARRAYS:
        np.testing.assert_array_equal(again.weights_[name], whole.weights_[name])


def test_trainings_that_are_over_are_not_made_again(reinforce, eighty, crowd, few_ratings, monkeypatch):
    """Cut off where the third of three begins, all are the same in the end."""
    monkeypatch.setattr(training, "VARIANTS", VARIANTS[2:5])
    monkeypatch.setattr(training, "validates_policy", lambda user_ids: user_ids % 3 == 0)
    made, make = [], training._trained

    def train(share, last=None):
        def trained(variant, *given):
            if variant.name == last:
                raise CutOff
            made.append(variant.name)
            return make(variant, *given)

        monkeypatch.setattr(training, "_trained", trained)
        return training._by_workers(eighty, share, 3)

    whole, kept = together(2, crowd, train)[0], {}
    assert [one.variant.name for one in whole] == ["policy", "policy-cold", "policy-blind"]
    with pytest.raises(CutOff):
        together(2, crowd, lambda share: train(share, last="policy-blind"), kept)
    made.clear()
    again = together(2, crowd, train, kept)[0]
    assert sorted(made) == ["policy-blind"] * 2 + ["policy-cold"] * 2  # this one had ended, but not been told so
    for one, other in zip(whole, again, strict=True):
        assert one.looks == other.looks
        assert all((one.policy.weights_[name] == other.policy.weights_[name]).all() for name in ARRAYS)
    assert whole[0].looks != whole[1].looks
