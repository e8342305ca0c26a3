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

from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import partial
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import get_ema_multi_avg_fn

from reelrec.data.ratings.random_numbers import uniforms
from reelrec.data.ratings.workers import State
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE, SetPolicy, features
from reelrec.interview.policies import a_optimal
from reelrec.interview.replay import FILMS, SCREENS
from reelrec.interview.rewards import Known, Learners, ListReward, Look, gained, known, ndcg
from reelrec.models.gradient_steps import GradientSteps, draw_linear

WIDTH = 64
PEOPLE, ROLLOUTS = 64, 6  # in an update; people on average
LEARNING_RATE, ENTROPY = 4e-3, 0.003
AVERAGE = 0.98  # decay of the moving average of the weights, which is what ships
SCALE = 4.0  # of the index at the start; a larger one draws screens closer to those of `a_optimal`
LISTS = 0.5  # lambda: the part of the list in the reward
MAX_GRADIENT = 1.0  # the norm of a step's
THIN = 5  # roll-outs use one in so many draws of bmf
EVERY = 40  # updates between two validations
KEPT = "kept_"  # begins the names of the best weights in a checkpoint


class Purpose(IntEnum):
    """What a random number of a person decides in an update."""

    CHOSEN = 1  # whether the person takes part
    SCREEN = 2  # which films a screen has
    ONWARDS = 3  # from which of the screens the interview goes on


class _Screen(NamedTuple):
    """One screen of an interview, in ROLLOUTS ways: (B ROLLOUTS,) of `log_probability`, and the rewards of `mixed`."""

    chance: torch.Tensor
    entropy: torch.Tensor
    rewards: np.ndarray


class Net(nn.Module):
    """The network of `SetPolicy`, for no enjoyment. n_features: of x.

    random_start: with random weights and without the index of `a_optimal`. seed: of the weights.
    """

    def __init__(self, n_features: int, random_start: bool = False, seed: int = 0) -> None:
        super().__init__()
        self.scale = torch.tensor(0.0 if random_start else SCALE)
        self.linear = nn.Parameter(torch.zeros(n_features))
        self.first = nn.Linear(n_features, WIDTH)
        self.second = nn.Linear(WIDTH, 1, bias=False)
        draw_linear(self, torch.Generator().manual_seed(seed))
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
    people: Learners,
    validation: Learners,
    updates: int,
    seed: int,
    random_start: bool = False,
    of_list: ListReward = ndcg,
    tell: Callable[[Look], object] = lambda look: None,
) -> tuple[SetPolicy, list[Look]]:
    """The policy with the highest utility for the validation users, and all looks. They give no gradient.

    of_list: what is rewarded of the list. tell: called with each look.
    """
    workers = people.workers
    by_ndcg, unit = (gained(interviewer, a_optimal, validation, reward) for reward in (ndcg, of_list))
    net = Net(interviewer.pool.centres.shape[1] - 1 + OF_FILMS + OF_PEOPLE, random_start, seed)
    steps = GradientSteps(
        net, net.parameters(), learning_rate=LEARNING_RATE, weight_decay=0.0, steps=None,
        average=get_ema_multi_avg_fn(AVERAGE), max_gradient=MAX_GRADIENT,
    )  # fmt: skip
    quick, chance = interviewer.thinned(THIN), PEOPLE / workers.add(len(people))
    looks: list[Look] = []
    rewards: list[float] = []
    if state := workers.kept():
        steps.restore(state)
        looks, rewards = Look.rows(state["looks"]), state["rewards"].tolist()
        kept = SetPolicy({name: state[f"{KEPT}{name}"] for name in ARRAYS})
    for update in range(steps.done, updates + 1):
        if update % EVERY == 0:
            policy = cast("Net", steps.average.module).policy()
            utility = float(mixed(gained(interviewer, policy, validation), by_ndcg))
            if not looks or utility > max(look.utility for look in looks):
                kept = policy
            looks.append(Look(update, float(np.mean(rewards)) if rewards else 0.0, utility))
            tell(looks[-1])
            rewards = []
        chosen = np.flatnonzero(uniforms(seed, update, Purpose.CHOSEN, people.keys) < chance)
        loss, reward = _loss(quick, net, people.at(chosen), of_list, unit, (seed, update))
        rewards.append(reward)
        steps.step(loss, workers)
        steps.done = update + 1
        workers.keep(steps.done, partial(_checkpoint, steps, kept, looks, rewards))
    return kept, looks


def _checkpoint(steps: GradientSteps, kept: SetPolicy, looks: list[Look], rewards: list[float]) -> State:
    """What training needs to go on from here. kept: the best policy so far."""
    best = {f"{KEPT}{name}": part for name, part in kept.weights_.items()}
    return steps.state() | best | {"looks": np.array(looks), "rewards": np.array(rewards)}


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
    interviewer: Interviewer, net: Net, people: Learners, of_list: ListReward, unit: Known, update: tuple[int, int]
) -> tuple[torch.Tensor | None, float]:
    """The loss of one update, to be added up over the workers, and the mean reward of all their screens.

    The loss is None for a worker without people. unit: as in `mixed`. update: the keys of its random numbers.
    """
    screens = [*_screens(interviewer, net, people, of_list, unit, update)] if len(people) else []
    totals = np.zeros((SCREENS, 3))
    for row, screen in zip(totals, screens, strict=False):
        row[:] = len(screen.rewards), screen.rewards.sum(), (_ahead(screen.rewards) ** 2).sum()
    n, reward, square = people.workers.add(totals).T
    n = np.maximum(n, 1.0)
    loss = torch.zeros(())
    for screen, size, sd in zip(screens, n.tolist(), np.sqrt(square / n), strict=False):
        advantage = torch.from_numpy((_ahead(screen.rewards) / (sd + 1e-9)).astype(np.float32))
        loss = loss - (screen.chance * advantage + ENTROPY * screen.entropy).sum() / (size * SCREENS)
    return loss if screens else None, float((reward / n).mean())


def _screens(
    interviewer: Interviewer, net: Net, people: Learners, of_list: ListReward, unit: Known, update: tuple[int, int]
) -> Iterator[_Screen]:
    """The screens of an interview, each of ROLLOUTS ways to go on from the state before it."""
    n = len(people)
    each = np.repeat(np.arange(n), ROLLOUTS)
    branched, state = people.at(each), interviewer.begin(n)
    before = known(interviewer, state, people, of_list)
    for number in range(SCREENS):
        index, x = (torch.from_numpy(part.astype(np.float32)) for part in features(state, FILMS))
        values, free = net(index, x)[each], torch.from_numpy(state.free[each])
        gumbel = torch.from_numpy(_gumbel(values.shape, people.keys, *update, number))
        places = (values.detach() + gumbel).masked_fill(~free, -torch.inf).topk(FILMS, dim=1).indices
        chance, entropy = log_probability(values, free, places)
        stars = np.take_along_axis(branched.stars, places.numpy(), axis=1)
        state = interviewer.after_screen(state.at(each), places.numpy(), stars)
        after, start = known(interviewer, state, branched, of_list), before.take(each)
        yield _Screen(chance, entropy, mixed(Known(after.stars - start.stars, after.lists - start.lists), unit))
        onwards = (uniforms(*update, Purpose.ONWARDS, number, people.keys) * ROLLOUTS).astype(np.int64)
        onwards += np.arange(n) * ROLLOUTS
        state, before = state.at(onwards), after.take(onwards)


def _gumbel(shape: tuple[int, ...], keys: np.ndarray, seed: int, update: int, screen: int) -> np.ndarray:
    """(B ROLLOUTS, K) float32 noise. keys: (B,)."""
    rollouts, films = np.arange(ROLLOUTS)[:, None], np.arange(shape[1])
    drawn = uniforms(seed, update, Purpose.SCREEN, screen, keys[:, None, None], rollouts, films)
    return -np.log(-np.log(drawn)).reshape(shape).astype(np.float32)


def _ahead(rewards: np.ndarray) -> np.ndarray:
    """(B ROLLOUTS,) each reward less the mean of the same person's other rewards. They add up to zero."""
    rewards = rewards.reshape(-1, ROLLOUTS)
    others = (rewards.sum(axis=1, keepdims=True) - rewards) / (ROLLOUTS - 1)
    return (rewards - others).ravel()
