"""Training of the learned policy with torch: REINFORCE on replayed interviews.

    grad J = E[ sum_t (R_t - b_t) grad log p(screen_t | state_t) ],        p: Plackett-Luce

From each state ROLLOUTS screens are drawn and answered (the "vine" of Schulman et al., "Trust Region Policy
Optimization", ICML 2015). The baseline b_t of a screen is the mean reward of the others (leave-one-out: Kool, van Hoof
and Welling, "Buy 4 REINFORCE Samples, Get a Baseline for Free!", ICLR 2019 workshop). The interview goes on from one of
the screens. A screen is drawn by adding Gumbel noise to the values and taking the highest (Yellott, 1977), so that its
probability is exact.

The reward of a screen is what its answers tell (`rewards.py`), half of it by the hidden stars and half by the list,
each divided by what `a_optimal` gains in a whole interview. Who would rather enjoy than teach is asked by more of the
index and less of the network, which needs no training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import nn

from reelrec.data.history import History
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE, SetPolicy, features
from reelrec.interview.policies import a_optimal
from reelrec.interview.replay import FILMS, SCREENS
from reelrec.interview.rewards import Known, Learners, ListReward, gained, known, ndcg

WIDTH = 64
PEOPLE, ROLLOUTS = 64, 6  # in an update
LEARNING_RATE, ENTROPY = 4e-3, 0.003
AVERAGE = 0.98  # decay of the moving average of the weights, which is what ships
SCALE = 4.0  # of the index at the start; a larger one draws screens closer to those of `a_optimal`
LISTS = 0.5  # lambda: the part of the list in the reward
THIN = 5  # roll-outs use one in so many draws of bmf
EVERY = 40  # updates between two validations


class Look(NamedTuple):
    """What training had come to after so many updates.

    reward: of a drawn screen on average since the last look. utility: what whole interviews of the validation users
    gain, half in stars and half in the NDCG of the list, as a multiple of what `a_optimal` gains; their screens are the
    policy's best, which are not drawn.
    """

    updates: int
    reward: float
    utility: float


class Net(nn.Module):
    """The network of `SetPolicy`, for no enjoyment. n_features: of x.

    random_start: with random weights and without the index of `a_optimal`.
    """

    def __init__(self, n_features: int, random_start: bool = False) -> None:
        super().__init__()
        self.scale = torch.tensor(0.0 if random_start else SCALE)
        self.linear = nn.Parameter(torch.zeros(n_features))
        self.first = nn.Linear(n_features, WIDTH)
        self.second = nn.Linear(WIDTH, 1, bias=False)
        if not random_start:
            nn.init.zeros_(self.second.weight)

    def forward(self, index: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        """(B, K) values. index: (B, K). x: (B, K, features)."""
        return self.scale * index + x @ self.linear + self.second(torch.relu(self.first(x)))[..., 0]

    def policy(self) -> SetPolicy:
        """The policy with these weights, which needs no torch."""
        weights = (self.scale, self.linear, self.first.weight, self.first.bias, self.second.weight[0])
        return SetPolicy({name: part.detach().numpy().copy() for name, part in zip(ARRAYS, weights, strict=True)})


def train(
    interviewer: Interviewer,
    people: Sequence[History],
    validation: Sequence[History],
    updates: int,
    seed: int,
    random_start: bool = False,
    of_list: ListReward = ndcg,
    tell: Callable[[Look], object] = lambda look: None,
) -> tuple[SetPolicy, list[Look]]:
    """The policy with the highest utility for the validation users, and all looks. They give no gradient.

    people, validation: histories in random order. of_list: what is rewarded of the list. tell: called with each look.
    """
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    learners = Learners.of(interviewer, people, rng)
    held_out = Learners.of(interviewer, validation, np.random.default_rng(0))  # the same for every seed
    by_ndcg, unit = (gained(interviewer, a_optimal, held_out, reward) for reward in (ndcg, of_list))
    net = Net(interviewer.pool.centres.shape[1] - 1 + OF_FILMS + OF_PEOPLE, random_start)
    quick = interviewer.thinned(THIN)
    looks: list[Look] = []
    rewards: list[float] = []
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    for update in range(updates + 1):
        if update % EVERY == 0:
            policy = cast("Net", average.module).policy()
            utility = float(mixed(gained(interviewer, policy, held_out), by_ndcg))
            if not looks or utility > max(look.utility for look in looks):
                kept = policy
            looks.append(Look(update, float(np.mean(rewards)) if rewards else 0.0, utility))
            tell(looks[-1])
            rewards = []
        chosen = rng.choice(len(people), min(PEOPLE, len(people)), replace=False)
        loss, reward = _loss(quick, net, learners.at(chosen), of_list, unit, rng)
        rewards.append(reward)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(net)
    return kept, looks


def mixed(gain: Known, unit: Known) -> np.ndarray:
    """Gains in stars and in the list as one number, of the same shape. unit: what each is counted in."""
    return (1 - LISTS) * gain.stars / unit.stars + LISTS * gain.lists / unit.lists


def log_probability(
    values: torch.Tensor, free: torch.Tensor, places: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """(B,) the log probability of screens under Plackett-Luce, and (B,) the entropy of their first film.

    values: (B, K). free: (B, K) bool. places: (B, n) of the screens.
    """
    left = values.masked_fill(~free, -torch.inf)
    entropy = torch.distributions.Categorical(logits=left).entropy()
    total = torch.zeros(len(values))
    for place in places.T:
        total = total + values.gather(1, place[:, None])[:, 0] - torch.logsumexp(left, dim=1)
        left = left.scatter(1, place[:, None], -torch.inf)
    return total, entropy


def _loss(
    interviewer: Interviewer, net: Net, people: Learners, of_list: ListReward, unit: Known, rng: np.random.Generator
) -> tuple[torch.Tensor, float]:
    """The loss of one update, and the mean reward of its screens. unit: as in `mixed`."""
    n = len(people.stars)
    each = np.repeat(np.arange(n), ROLLOUTS)
    branched = people.at(each)
    state, loss, rewards = interviewer.begin(n), torch.zeros(()), []
    before = known(interviewer, state, people, of_list)
    for _ in range(SCREENS):
        index, x = (torch.from_numpy(part.astype(np.float32)) for part in features(state, FILMS))
        values, free = net(index, x)[each], torch.from_numpy(state.free[each])
        gumbel = torch.from_numpy(rng.gumbel(size=values.shape).astype(np.float32))
        places = (values.detach() + gumbel).masked_fill(~free, -torch.inf).topk(FILMS, dim=1).indices
        chance, entropy = log_probability(values, free, places)
        stars = np.take_along_axis(branched.stars, places.numpy(), axis=1)
        state = interviewer.after_screen(state.at(each), places.numpy(), stars)
        after, start = known(interviewer, state, branched, of_list), before.take(each)
        reward = mixed(Known(after.stars - start.stars, after.lists - start.lists), unit)
        advantage = torch.from_numpy(_advantage(reward).astype(np.float32))
        loss = loss - (chance * advantage).mean() - ENTROPY * entropy.mean()
        rewards.append(reward.mean())
        onwards = np.arange(n) * ROLLOUTS + rng.integers(ROLLOUTS, size=n)
        state, before = state.at(onwards), after.take(onwards)
    return loss / SCREENS, float(np.mean(rewards))


def _advantage(rewards: np.ndarray) -> np.ndarray:
    """(B,) each reward less the mean of the same person's other rewards, divided by the standard deviation of all."""
    rewards = rewards.reshape(-1, ROLLOUTS)
    others = (rewards.sum(axis=1, keepdims=True) - rewards) / (ROLLOUTS - 1)
    advantage = (rewards - others).ravel()
    return advantage / (advantage.std() + 1e-9)
