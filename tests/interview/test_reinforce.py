"""How the learned policy is taught, piece by piece: probabilities of screens, the network, rewards, the validation."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE
from reelrec.interview.replay import SCREENS
from reelrec.interview.rewards import Known, Learners, known, list_log_likelihood, ndcg

pytestmark = pytest.mark.train
FEATURES = OF_FILMS + OF_PEOPLE + 2  # the vectors of `random_bmf` have two factors
UNIT = Known(np.array(0.5), np.array(0.1))


def random_net(module: ModuleType, size: float = 1.0):
    import torch

    net = module.Net(FEATURES, random_start=True, seed=1)
    with torch.no_grad():
        net.linear += size * torch.randn(FEATURES, generator=torch.Generator().manual_seed(1))
        net.scale += 1.5
    return net


def chance_of(values: np.ndarray, screen: tuple[int, ...]) -> float:
    """Plackett-Luce: each film in its turn, of those that are left. values: of the free films."""
    left, chance = np.exp(values), 1.0
    for place in screen:
        chance *= left[place] / left.sum()
        left[place] = 0.0
    return chance


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_chances_of_all_screens_are_those_of_plackett_and_luce_and_add_up_to_one(reinforce, n):
    import torch

    values = torch.randn(5, generator=torch.Generator().manual_seed(3))
    free = torch.tensor([True, True, False, True, True])
    screens = list(itertools.permutations([0, 1, 3, 4], n))
    found, entropy = reinforce.log_probability(
        values.repeat(len(screens), 1), free.repeat(len(screens), 1), torch.tensor(screens)
    )
    brute = [chance_of(np.where(free, values, -np.inf), screen) for screen in screens]
    np.testing.assert_allclose(found.exp(), brute, rtol=1e-5)
    assert found.exp().sum() == pytest.approx(1.0, abs=1e-5)
    first = np.array([chance_of(np.where(free, values, -np.inf), (place,)) for place in (0, 1, 3, 4)])
    np.testing.assert_allclose(entropy, -(first * np.log(first)).sum(), rtol=1e-5)


def test_screens_are_drawn_as_often_as_their_probability_says(reinforce, eighty, histories, monkeypatch):
    """Of five films, of which one is closed, in screens of two."""
    few = replace(eighty, pool=eighty.pool.at(np.array([3, 11, 20, 40, 66])), seen=None)
    for name, value in {"ROLLOUTS": 20_000, "SCREENS": 1, "FILMS": 2}.items():
        monkeypatch.setattr(reinforce, name, value)
    begin = Interviewer.begin
    closed = np.array([[True, True, False, True, True]])
    monkeypatch.setattr(Interviewer, "begin", lambda *given: replace(begin(*given), free=closed))
    drawn, log_probability = [], reinforce.log_probability
    monkeypatch.setattr(reinforce, "log_probability", lambda *given: drawn.append(given) or log_probability(*given))
    people = Learners.of(few, np.array([7], dtype=np.uint64), histories[:1])
    reinforce._loss(few, random_net(reinforce, 0.3), people, ndcg, UNIT, (5, 0))
    ((values, free, places),) = drawn
    assert free.tolist()[0] == closed[0].tolist()
    numbers = np.where(free[0], values[0].detach(), -np.inf)
    counts = pd.Series(map(tuple, places.tolist())).value_counts()
    for screen in itertools.permutations([0, 1, 3, 4], 2):
        chance = chance_of(numbers, screen)
        assert abs(counts.get(screen, 0) / 20_000 - chance) < 4.5 * np.sqrt(chance / 20_000)
    assert counts.sum() == 20_000
    assert counts.max() < 18_000


@pytest.mark.parametrize("random_start", [False, True])
def test_the_network_is_what_the_policy_computes_without_torch(reinforce, random_start):
    import torch

    net = random_net(reinforce)
    if not random_start:
        net = reinforce.Net(FEATURES)
    rng = np.random.default_rng(8)
    index, x = rng.normal(size=(3, 20)), rng.normal(size=(3, 20, FEATURES))
    told = net(*(torch.from_numpy(part.astype(np.float32)) for part in (index, x))).detach()
    policy = net.policy()
    np.testing.assert_allclose(policy.values(index, x, np.zeros(3)), told, atol=1e-5)
    assert told.std() > 0.1
    assert all(isinstance(policy.weights_[name], np.ndarray) for name in ARRAYS)
    with torch.no_grad():
        net.linear += 1.0  # the policy keeps its own
    np.testing.assert_allclose(policy.values(index, x, np.zeros(3)), told, atol=1e-5)


def test_training_starts_from_a_optimal_unless_it_is_cold(reinforce):
    warm, cold = (reinforce.Net(FEATURES, cold).policy().weights_ for cold in (False, True))
    assert warm["scale"] == reinforce.SCALE > 0
    assert not warm["linear"].any()
    assert not warm["second_weight"].any()
    assert cold["scale"] == 0
    assert cold["second_weight"].all()


def test_a_reward_counts_by_how_far_it_is_above_the_same_person_s_others(reinforce):
    """Two people, three screens each: 1, 2, 6 less 4, 3.5, 1.5; and 5, 5, 2 less 3.5, 3.5, 5."""
    rewards = np.array([1.0, 2.0, 6.0, 5.0, 5.0, 2.0])
    ahead = [-3.0, -1.5, 4.5, 1.5, 1.5, -3.0]
    np.testing.assert_allclose(reinforce._ahead(rewards), ahead, rtol=1e-6)
    np.testing.assert_allclose(reinforce._ahead(rewards + 7), ahead, rtol=1e-6)
    assert not reinforce._ahead(np.full(6, 2.0)).any()


def test_advantages_count_in_the_standard_deviation_of_all_screens(reinforce, eighty, taking_part, histories):
    small = Known(UNIT.stars / 1000, UNIT.lists / 1000)
    (loss, reward), (same, larger) = (
        reinforce._loss(eighty, random_net(reinforce), taking_part(histories), ndcg, unit, (3, 0))
        for unit in (UNIT, small)
    )
    assert larger == pytest.approx(1000 * reward)
    assert float(same.detach()) == pytest.approx(float(loss.detach()), rel=1e-4)
    assert abs(float(loss.detach())) > 1e-3


def test_where_nothing_is_taught_screens_become_more_random(reinforce, eighty, taking_part, histories, monkeypatch):
    monkeypatch.setattr(reinforce, "known", lambda who, state, people, of_list: Known(*np.zeros((2, len(people)))))
    entropies, log_probability = [], reinforce.log_probability
    monkeypatch.setattr(
        reinforce, "log_probability", lambda *given: entropies.append(log_probability(*given)) or entropies[-1]
    )
    loss, _ = reinforce._loss(eighty, random_net(reinforce), taking_part(histories), ndcg, UNIT, (3, 0))
    mean = np.mean([entropy.detach().numpy() for _, entropy in entropies])
    assert mean > 0
    assert float(loss.detach()) == pytest.approx(-reinforce.ENTROPY * mean, rel=1e-5)


def test_noise_is_gumbel_s_and_other_for_each_person_roll_out_film_screen_and_update(reinforce):
    keys = np.array([5, 9], dtype=np.uint64)
    drawn = np.array(
        [reinforce._gumbel((6, 500), keys, 1, update, screen) for update in range(2) for screen in range(2)]
    )
    assert len(np.unique(drawn)) > 0.99 * drawn.size
    assert drawn.mean() == pytest.approx(np.euler_gamma, abs=0.05)
    assert drawn.std() == pytest.approx(np.pi / np.sqrt(6), abs=0.05)
    np.testing.assert_array_equal(reinforce._gumbel((3, 500), keys[1:], 1, 1, 0), drawn[2][3:])


def test_a_worker_without_people_has_no_loss(reinforce, eighty, taking_part, histories):
    nobody = taking_part(histories).at(np.arange(0))
    assert reinforce._loss(eighty, random_net(reinforce), nobody, ndcg, UNIT, (3, 0)) == (None, 0.0)


def test_a_hidden_rating_changes_rewards_and_nothing_that_is_seen(
    reinforce, eighty, taking_part, histories, others, monkeypatch
):
    seen, features = [], reinforce.features

    def keeping(state, n):
        index, x = features(state, n)
        seen[-1] += [index, x, state.items, state.ratings, state.chances, *state.belief, *state.list_belief]
        return index, x

    monkeypatch.setattr(reinforce, "features", keeping)
    found = []
    for people in (histories, others):
        seen.append([])
        given = random_net(reinforce), taking_part(people), ndcg, UNIT, (3, 0)
        loss, taught = reinforce._loss(eighty, *given)
        found.append((float(loss.detach()), taught))
    assert len(seen[0]) == len(seen[1]) == 12 * SCREENS
    for one, other in zip(*seen, strict=True):
        np.testing.assert_array_equal(one, other)
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]


@pytest.mark.parametrize("of_list", [ndcg, list_log_likelihood])
def test_what_screens_taught_adds_up_to_what_an_interview_did(
    reinforce, eighty, taking_part, histories, monkeypatch, of_list
):
    """With one roll-out there is nothing to choose from, so that the rewards are those of one interview."""
    monkeypatch.setattr(reinforce, "ROLLOUTS", 1)
    monkeypatch.setattr(reinforce, "_ahead", lambda rewards: rewards)
    learners, states = taking_part(histories), []
    after_screen = Interviewer.after_screen
    monkeypatch.setattr(Interviewer, "after_screen", lambda *given: states.append(after_screen(*given)) or states[-1])
    given = random_net(reinforce), learners, of_list, UNIT, (3, 0)
    _, taught = reinforce._loss(eighty, *given)
    first, last = (known(eighty, state, learners, of_list) for state in (eighty.begin(12), states[-1]))
    assert len(states) == SCREENS
    gain = (last.stars - first.stars) / UNIT.stars / 2 + (last.lists - first.lists) / UNIT.lists / 2
    assert taught == pytest.approx(gain.mean() / SCREENS)


def test_stars_and_the_list_count_half_each_in_their_units(reinforce):
    gain = Known(np.array([1.0, 0.0, -0.5]), np.array([0.0, 0.2, 0.1]))
    np.testing.assert_allclose(reinforce.mixed(gain, UNIT), [1.0, 1.0, 0.0])
