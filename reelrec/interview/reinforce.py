"""Training of the learned policy with torch: REINFORCE on replayed interviews.

    grad J = E[ sum_t (R_t - b_t) grad log p(screen_t | state_t) ],        p: Plackett-Luce

From each state ROLLOUTS screens are drawn and answered (the "vine" of Schulman et al., "Trust Region Policy
Optimization", ICML 2015). The baseline b_t of a screen is the mean reward of the others (leave-one-out: Kool, van Hoof
and Welling, "Buy 4 REINFORCE Samples, Get a Baseline for Free!", ICLR 2019 workshop). The interview goes on from one of
the screens. A screen is drawn by adding Gumbel noise to the values and taking the highest (Yellott, 1977), so that its
probability is exact.

The reward of a screen is (1 - e) I + e L, each divided by its standard deviation.
I: the gain in log likelihood of the hidden ratings, times the person's share of all hidden ratings, as `evaluate
interview` pools them. Its sum over an interview is the gain of the whole interview.
L: the stars above 3.5 of the seen films of the screen, added up and divided by the number of all its films.
e, the enjoyment, is drawn for each person: 0 with probability one half, else uniform from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import nn

from reelrec.data.half_stars import LIKED_STARS, half_star_places
from reelrec.data.history import History
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE, SetPolicy, features
from reelrec.interview.replay import FILMS, SCREENS, answers, halves, interview
from reelrec.interview.state import State

WIDTH = 32
PEOPLE, ROLLOUTS = 64, 6  # in an update
HIDDEN = 64  # hidden ratings of a person that enter the reward, at most
LEARNING_RATE, ENTROPY = 1e-3, 0.003
AVERAGE = 0.98  # decay of the moving average of the weights, which is what ships
SCALE = 4.0  # of the index at the start; a larger one draws screens closer to those of `a_optimal`
THIN = 5  # roll-outs use one in so many draws of bmf
EVERY = 20  # updates between two validations


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """B people who take part in replayed interviews.

    stars: (B, K) their answers, of `answers`. items, ratings: (B, HIDDEN) hidden ratings, padded with NaN. shares: (B,)
    of all hidden ratings, with mean 1.
    """

    stars: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    shares: np.ndarray

    def at(self, people: np.ndarray) -> Learners:
        """These people, in their order; a person may be named more than once."""
        return Learners(
            stars=self.stars[people], items=self.items[people], ratings=self.ratings[people], shares=self.shares[people]
        )


class Look(NamedTuple):
    """What training had come to after so many updates.

    reward: nats that a drawn screen taught on average since the last look. area: the validation area, under the
    policy's best screens, which are not drawn.
    """

    updates: int
    reward: float
    area: float


class Net(nn.Module):
    """The network of `SetPolicy`. random_start: with random weights and without the index of `a_optimal`."""

    def __init__(self, random_start: bool = False) -> None:
        super().__init__()
        self.scale = torch.tensor(0.0 if random_start else SCALE)
        self.linear = nn.Parameter(torch.zeros(OF_FILMS + OF_PEOPLE))
        self.first = nn.Linear(OF_FILMS + OF_PEOPLE, WIDTH)
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
    tell: Callable[[Look], object] = lambda look: None,
) -> tuple[SetPolicy, list[Look]]:
    """The policy with the least validation area, and all looks. No gradient comes from the validation users.

    people, validation: histories in random order. tell: called with each look.
    """
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    learners = _learners(interviewer, people, rng)
    held_out = _learners(interviewer, validation, np.random.default_rng(0))  # the same for every seed
    net, quick = Net(random_start), interviewer.thinned(THIN)
    looks: list[Look] = []
    rewards: list[float] = []
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    for update in range(updates + 1):
        if update % EVERY == 0:
            policy = cast("Net", average.module).policy()
            area = validation_area(interviewer, policy, held_out)
            if not looks or area < min(look.area for look in looks):
                kept = policy
            looks.append(Look(update, float(np.mean(rewards)) if rewards else 0.0, area))
            tell(looks[-1])
            rewards = []
        chosen = rng.choice(len(people), min(PEOPLE, len(people)), replace=False)
        loss, reward = _loss(quick, net, learners.at(chosen), rng)
        rewards.append(reward)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(net)
    return kept, looks


def validation_area(interviewer: Interviewer, policy: SetPolicy, people: Learners) -> float:
    """The mean negative log likelihood of the hidden ratings, averaged over the states after 1 to SCREENS screens."""
    states = interview(interviewer, policy, people.stars, np.random.default_rng(0))
    return float(np.mean([-(people.shares * log_likelihood(interviewer, state, people)).mean() for state in states]))


def log_likelihood(interviewer: Interviewer, state: State, people: Learners) -> np.ndarray:
    """(B,) the mean log likelihood of each person's hidden ratings."""
    expected = state.belief.expected(interviewer.model, people.items)
    flat = expected._replace(mean=expected.mean.ravel(), sd=expected.sd.ravel())
    known = ~np.isnan(people.ratings)
    places = half_star_places(np.where(known, people.ratings, LIKED_STARS)).ravel()
    chances = interviewer.model.probabilities(flat)[np.arange(len(places)), places].reshape(known.shape)
    return (np.log(np.maximum(chances, 1e-9)) * known).sum(axis=1) / known.sum(axis=1)


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


def _learners(interviewer: Interviewer, people: Sequence[History], rng: np.random.Generator) -> Learners:
    """These people, with half of their ratings hidden; at most HIDDEN hidden ratings of a person are kept."""
    shown, hidden = zip(*(halves(person) for person in people), strict=True)
    items = np.zeros((len(people), HIDDEN), dtype=np.int64)
    ratings = np.full((len(people), HIDDEN), np.nan)
    for row, history in enumerate(hidden):
        some = rng.permutation(len(history))[:HIDDEN]
        items[row, : len(some)], ratings[row, : len(some)] = history.items[some], history.ratings[some]
    sizes = np.array([len(history) for history in hidden])
    return Learners(stars=answers(interviewer.pool, shown), items=items, ratings=ratings, shares=sizes / sizes.mean())


def _loss(interviewer: Interviewer, net: Net, people: Learners, rng: np.random.Generator) -> tuple[torch.Tensor, float]:
    """The loss of one update, and the mean reward I of its screens."""
    n = len(people.stars)
    enjoyment = np.where(rng.random(n) < 0.5, 0.0, rng.random(n))
    each = np.repeat(np.arange(n), ROLLOUTS)
    branched = people.at(each)
    state, loss, gains = interviewer.begin(n, enjoyment), torch.zeros(()), []
    before = log_likelihood(interviewer, state, people)
    for _ in range(SCREENS):
        index, x = (torch.from_numpy(part.astype(np.float32)) for part in features(state, FILMS))
        values, free = net(index, x)[each], torch.from_numpy(state.free[each])
        gumbel = torch.from_numpy(rng.gumbel(size=values.shape).astype(np.float32))
        places = (values.detach() + gumbel).masked_fill(~free, -torch.inf).topk(FILMS, dim=1).indices
        chance, entropy = log_probability(values, free, places)
        stars = np.take_along_axis(branched.stars, places.numpy(), axis=1)
        state = interviewer.after_screen(state.at(each), places.numpy(), stars)
        after = log_likelihood(interviewer, state, branched)
        learned, loved = branched.shares * (after - before[each]), np.nansum(stars - LIKED_STARS, axis=1) / FILMS
        advantage = (1.0 - enjoyment[each]) * _advantage(learned) + enjoyment[each] * _advantage(loved)
        loss = loss - (chance * torch.from_numpy(advantage.astype(np.float32))).mean() - ENTROPY * entropy.mean()
        gains.append(learned.mean())
        onwards = np.arange(n) * ROLLOUTS + rng.integers(ROLLOUTS, size=n)
        state, before = state.at(onwards), after[onwards]
    return loss / SCREENS, float(np.mean(gains))


def _advantage(rewards: np.ndarray) -> np.ndarray:
    """(B,) each reward less the mean of the same person's other rewards, divided by the standard deviation of all."""
    rewards = rewards.reshape(-1, ROLLOUTS)
    others = (rewards.sum(axis=1, keepdims=True) - rewards) / (ROLLOUTS - 1)
    advantage = (rewards - others).ravel()
    return advantage / (advantage.std() + 1e-9)
