"""The learned policy's training from start to end, on invented people: what it keeps, and what it goes by."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.interview.learned_policy import ARRAYS, SetPolicy
from reelrec.interview.policies import a_optimal
from reelrec.interview.rewards import Known, gained, ndcg

pytestmark = pytest.mark.train


def test_every_so_often_the_validation_users_are_asked_and_each_look_is_told(reinforce, eighty, taking_part, histories):
    told = []
    people, validation = taking_part(histories[:8]), taking_part(histories[8:])
    policy, looks = reinforce.train(eighty, people, validation, 5, seed=1, tell=told.append)
    assert [look.updates for look in looks] == [0, 2, 4]
    assert looks == told
    assert looks[0].reward == 0.0
    assert all(look.reward for look in looks[1:])
    unit, gain = (gained(eighty, choose, validation) for choose in (a_optimal, policy))
    assert reinforce.mixed(gain, unit) == pytest.approx(max(look.utility for look in looks))
    assert looks[0].utility == pytest.approx(1.0)


@pytest.fixture
def validated(reinforce, monkeypatch):
    """The policies that were validated, in a list; the utilities are those that are given."""
    policies: list[SetPolicy] = []

    def give(*utilities: float) -> list[SetPolicy]:
        policies.clear()
        left = iter(utilities)

        def gained(who, choose, people, of_list=ndcg) -> Known:
            if choose is a_optimal:
                return Known(np.array(1.0), np.array(1.0))
            policies.append(choose)
            return Known(*[np.array(next(left))] * 2)

        monkeypatch.setattr(reinforce, "gained", gained)
        return policies

    return give


def test_the_policy_that_is_kept_is_that_of_the_look_with_the_highest_utility(
    reinforce, eighty, taking_part, histories, validated
):
    for utilities, best in (((1.0, 3.0, 2.0), 1), ((2.0, 2.0, 1.0), 0), ((1.0, 2.0, 3.0), 2)):
        policies = validated(*utilities)
        kept, looks = reinforce.train(eighty, taking_part(histories[:8]), taking_part(histories[8:]), 4, seed=1)
        assert [look.utility for look in looks] == list(utilities)
        assert kept is policies[best]


def test_the_weights_change_by_the_seed_alone_and_the_validation_users_teach_nothing(
    reinforce, eighty, taking_part, histories, others, validated
):
    def weights(validation: list[History], seed: int) -> list[np.ndarray]:
        policies = validated(3.0, 2.0, 1.0)
        reinforce.train(eighty, taking_part(histories[:8]), taking_part(validation), 4, seed)
        return [policy.weights_[name] for policy in policies for name in ARRAYS]

    one, same = weights(histories[8:], 1), weights(others[9:], 1)
    other = weights(histories[8:], 2)
    for part, again in zip(one, same, strict=True):
        np.testing.assert_array_equal(part, again)
    start, later, last = one[:5], one[5:10], one[10:]
    assert start[0] == later[0] == last[0]  # the scale is no parameter
    for place in (1, 4):
        assert not start[place].any()
        assert later[place].all()
        assert (last[place] != later[place]).all()
        assert (other[10 + place] != last[place]).all()


def test_what_ships_is_a_moving_average_of_the_weights(
    reinforce, eighty, taking_part, histories, validated, monkeypatch
):
    import torch

    monkeypatch.setattr(reinforce, "EVERY", 1)
    steps, step = [], torch.optim.AdamW.step

    def keeping(self, *given):
        step(self, *given)
        steps.append(self.param_groups[0]["params"][0].detach().clone().numpy())

    monkeypatch.setattr(torch.optim.AdamW, "step", keeping)
    policies = validated(3.0, 2.0, 1.0, 0.0)
    reinforce.train(eighty, taking_part(histories[:8]), taking_part(histories[8:]), 3, seed=1)
    average = steps[0]
    for after, policy in zip(steps[1:], policies[2:], strict=False):
        average = reinforce.AVERAGE * average + (1 - reinforce.AVERAGE) * after
        np.testing.assert_allclose(policy.weights_["linear"], average, rtol=1e-5, atol=1e-8)


def test_it_learns_to_do_what_is_rewarded(reinforce, eighty, taking_part, histories, validated, monkeypatch):
    """Were the fame of all that was asked the reward, it would ask about famous films; were it the reverse, others."""
    for name, value in {"LEARNING_RATE": 0.05, "EVERY": 20, "AVERAGE": 0.5}.items():
        monkeypatch.setattr(reinforce, name, value)
    fame, asked = eighty.pool.fame, {}
    for sign in (1, -1):

        def taught(who, state, people, of_list, sign=sign) -> Known:
            return Known(*[sign * fame[state.asked].sum(axis=1)] * 2)

        monkeypatch.setattr(reinforce, "known", taught)
        policies = validated(1.0, 0.0)
        reinforce.train(eighty, taking_part(histories), taking_part(histories[:1]), 20, seed=1, random_start=True)
        asked[sign] = [fame[policy(eighty.begin(1), 12, None)[0]].mean() for policy in policies]
    assert asked[-1][1] < asked[-1][0] == asked[1][0] < asked[1][1]
    assert asked[1][1] - asked[-1][1] > fame.std()


def test_each_update_asks_other_people_and_everybody_in_time(reinforce, eighty, taking_part, histories, monkeypatch):
    """Four of eight on average."""
    asked, loss = [], reinforce._loss
    monkeypatch.setattr(reinforce, "_loss", lambda *given: asked.append(given[2].keys.tolist()) or loss(*given))
    reinforce.train(eighty, taking_part(histories[:8]), taking_part(histories[8:]), 20, seed=1)
    assert {key for keys in asked for key in keys} == {*range(8)}
    assert len({tuple(keys) for keys in asked}) > 10
    assert np.mean([len(keys) for keys in asked]) == pytest.approx(4, abs=1)


def test_a_gradient_is_cut_to_the_longest_that_is_allowed(
    reinforce, eighty, taking_part, histories, validated, monkeypatch
):
    monkeypatch.setattr(reinforce, "MAX_GRADIENT", 0.0)
    policies = validated(3.0, 2.0, 1.0)
    reinforce.train(eighty, taking_part(histories[:8]), taking_part(histories[8:]), 4, seed=1)
    for policy in policies:
        assert not policy.weights_["linear"].any()
