"""Training of the learned policy, with torch: REINFORCE on replayed interviews.

    grad J = E[ sum_t (R_t - b_t) grad log p(screen_t | state_t) ],        p: Plackett-Luce

From every state that a person comes to, ROLLOUTS screens are drawn and answered (the "vine" of Schulman et al., "Trust
Region Policy Optimization", ICML 2015); b_t is the mean reward of the others (leave-one-out: Kool, van Hoof and
Welling, "Buy 4 REINFORCE Samples, Get a Baseline for Free!", ICLR 2019 workshop), and the interview goes on from one
of them. A screen is drawn by adding Gumbel noise to the numbers and taking the highest (Yellott, 1977); its
probability is exact.

The reward of a screen is (1 - e) I + e L, each in units of its spread. I: the log likelihood of the hidden ratings
after it, less that before, times the person's share of all hidden ratings, as `evaluate interview` pools them. Over an
interview it adds up to what was learned. L: by how much the films on it that the person had seen were above 3.5 stars,
over all films on it. e is drawn for each person: 0 for half of them, else anything up to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
PEOPLE, ROLLOUTS = 64, 6  # of an update
HIDDEN = 64  # ratings of a person that reward a screen, at most
LEARNING_RATE, ENTROPY = 1e-3, 0.003
AVERAGE = 0.98  # of the weights of an update that the moving average, which is what ships, keeps
SCALE = 4.0  # of the index at the start: how sharply screens are drawn around those of `a_optimal`
THIN = 5  # one in so many draws of the model is used in roll-outs
EVERY = 20  # updates between two looks at the validation users


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """B people. stars: (B, K) they answer with. items, ratings: (B, HIDDEN) hidden, NaN where fewer.

    shares: (B,) of all hidden ratings, mean 1.
    """

    stars: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    shares: np.ndarray

    def at(self, people: np.ndarray) -> Learners:
        """These people, one as often as named."""
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
    """The network of `SetPolicy`. random_start: started at random, without the index of `a_optimal` beside it."""

    def __init__(self, random_start: bool = False) -> None:
        super().__init__()
        self.scale = torch.tensor(0.0 if random_start else SCALE)
        self.linear = nn.Parameter(torch.zeros(OF_FILMS + OF_PEOPLE))
        self.first = nn.Linear(OF_FILMS + OF_PEOPLE, WIDTH)
        self.second = nn.Linear(WIDTH, 1, bias=False)
        if not random_start:
            nn.init.zeros_(self.second.weight)

    def forward(self, index: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        return self.scale * index + x @ self.linear + self.second(torch.relu(self.first(x)))[..., 0]

    def policy(self) -> SetPolicy:
        found = (self.scale, self.linear, self.first.weight, self.first.bias, self.second.weight[0])
        return SetPolicy({name: part.detach().numpy().copy() for name, part in zip(ARRAYS, found, strict=True)})


def train(
    interviewer: Interviewer,
    people: Sequence[History],
    validation: Sequence[History],
    updates: int,
    seed: int,
    random_start: bool = False,
    tell: Callable[[Look], object] = lambda look: None,
) -> tuple[SetPolicy, list[Look]]:
    """The policy of the look with the least validation area, and all looks. The validation users teach nothing."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    learners = _learners(interviewer, people, rng)
    held_out = _learners(interviewer, validation, np.random.default_rng(0))  # the same for every seed
    net, quick, looks, rewards, kept = Net(random_start), interviewer.thinned(THIN), [], [], None
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    for update in range(updates + 1):
        if update % EVERY == 0:
            policy = average.module.policy()
            area = validation_area(interviewer, policy, held_out)
            kept = policy if not looks or area < min(look.area for look in looks) else kept
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
    """The area under the negative log likelihood of hidden ratings: its mean after 1 to SCREENS screens."""
    states = interview(interviewer, policy, people.stars, np.random.default_rng(0))
    return float(np.mean([-(people.shares * log_likelihood(interviewer, state, people)).mean() for state in states]))


def log_likelihood(interviewer: Interviewer, state: State, people: Learners) -> np.ndarray:
    """(B,) mean over each person's hidden ratings."""
    told = state.belief.expected(interviewer.model, people.items)
    flat = told._replace(mean=told.mean.ravel(), sd=told.sd.ravel())
    known = ~np.isnan(people.ratings)
    places = half_star_places(np.where(known, people.ratings, LIKED_STARS)).ravel()
    chances = interviewer.model.probabilities(flat)[np.arange(len(places)), places].reshape(known.shape)
    return (np.log(np.maximum(chances, 1e-9)) * known).sum(axis=1) / known.sum(axis=1)


def log_probability(
    values: torch.Tensor, free: torch.Tensor, places: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Of screens under Plackett-Luce, (B,), and the entropy of their first film, (B,). values, free: (B, K)."""
    left = values.masked_fill(~free, -torch.inf)
    entropy = torch.distributions.Categorical(logits=left).entropy()
    total = torch.zeros(len(values))
    for place in places.T:
        total = total + values.gather(1, place[:, None])[:, 0] - torch.logsumexp(left, dim=1)
        left = left.scatter(1, place[:, None], -torch.inf)
    return total, entropy


def _learners(interviewer: Interviewer, people: Sequence[History], rng: np.random.Generator) -> Learners:
    """Half of each one's ratings are hidden; of those at most HIDDEN are kept."""
    shown, hidden = zip(*(halves(person) for person in people), strict=True)
    items = np.zeros((len(people), HIDDEN), dtype=np.int64)
    ratings = np.full((len(people), HIDDEN), np.nan)
    for row, history in enumerate(hidden):
        some = rng.permutation(len(history))[:HIDDEN]
        items[row, : len(some)], ratings[row, : len(some)] = history.items[some], history.ratings[some]
    sizes = np.array([len(history) for history in hidden])
    return Learners(stars=answers(interviewer.pool, shown), items=items, ratings=ratings, shares=sizes / sizes.mean())


def _loss(interviewer: Interviewer, net: Net, people: Learners, rng: np.random.Generator) -> tuple[torch.Tensor, float]:
    """Of one update, and what a screen taught on average."""
    n = len(people.stars)
    wish = np.where(rng.random(n) < 0.5, 0.0, rng.random(n))
    each = np.repeat(np.arange(n), ROLLOUTS)
    branched = people.at(each)
    state, loss, taught = interviewer.begin(n, wish), torch.zeros(()), []
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
        advantage = (1.0 - wish[each]) * _ahead(learned) + wish[each] * _ahead(loved)
        loss = loss - (chance * torch.from_numpy(advantage.astype(np.float32))).mean() - ENTROPY * entropy.mean()
        taught.append(learned.mean())
        onwards = np.arange(n) * ROLLOUTS + rng.integers(ROLLOUTS, size=n)
        state, before = state.at(onwards), after[onwards]
    return loss / SCREENS, float(np.mean(taught))


def _ahead(rewards: np.ndarray) -> np.ndarray:
    """(B,) each reward less the mean of the same person's others, in units of the spread of all that."""
    rewards = rewards.reshape(-1, ROLLOUTS)
    others = (rewards.sum(axis=1, keepdims=True) - rewards) / (ROLLOUTS - 1)
    advantage = (rewards - others).ravel()
    return advantage / (advantage.std() + 1e-9)
