"""The rewards of the learned policy: what answers tell of a person's hidden ratings, and of their list.

Stars: the log likelihood of the hidden ratings under `bmf`, times the person's share of all hidden ratings, as
`evaluate interview` pools them. Lists: the NDCG of the list of `dae`, without the films that the person has seen, at
the hidden relevant ones; or the log likelihood of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from reelrec.data.half_stars import LIKED_STARS, RELEVANT_STARS, half_star_places
from reelrec.data.history import History
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import Choice
from reelrec.interview.replay import answers, halves, interview
from reelrec.interview.state import State
from reelrec.models.predictive import LEAST_CHANCE

HIDDEN = 64  # hidden ratings of a person that enter the reward, at most
DEPTH = 100  # of the list
BATCH = 128  # people who are asked together


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """B people who take part in replayed interviews.

    keys: (B,) uint64, from which their random numbers follow. stars: (B, K) their answers, of `answers`. items,
    ratings: (B, HIDDEN) hidden ratings, padded with NaN. shares: (B,) of all hidden ratings, with mean 1. seen,
    relevant: of each person, the items of the half that answers, and the relevant ones of the hidden half. workers:
    those who train together, each with people of its own.
    """

    keys: np.ndarray
    stars: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    shares: np.ndarray
    seen: tuple[np.ndarray, ...]
    relevant: tuple[np.ndarray, ...]
    workers: Workers = ALONE

    @classmethod
    def of(
        cls, interviewer: Interviewer, keys: np.ndarray, people: Sequence[History], workers: Workers = ALONE
    ) -> Learners:
        """These people, with half of their ratings hidden; at most HIDDEN hidden ratings of a person are kept.

        people: histories in random order.
        """
        parts = [halves(person) for person in people]
        shown, hidden = [part[0] for part in parts], [part[1] for part in parts]
        items = np.zeros((len(people), HIDDEN), dtype=np.int64)
        ratings = np.full((len(people), HIDDEN), np.nan)
        for row, history in enumerate(hidden):
            some = history.head(HIDDEN)
            items[row, : len(some)], ratings[row, : len(some)] = some.items, some.ratings
        sizes = np.array([len(history) for history in hidden], dtype=np.float64)
        return cls(
            keys=keys,
            stars=answers(interviewer.pool, shown),
            items=items,
            ratings=ratings,
            shares=sizes * workers.add(len(sizes)) / workers.add(float(sizes.sum())),
            seen=tuple(history.items for history in shown),
            relevant=tuple(history.items[history.ratings >= RELEVANT_STARS] for history in hidden),
            workers=workers,
        )

    def __len__(self) -> int:
        return len(self.keys)

    def at(self, people: np.ndarray) -> Learners:
        """These people, in their order; a person may be named more than once."""
        return replace(
            self,
            keys=self.keys[people],
            stars=self.stars[people],
            items=self.items[people],
            ratings=self.ratings[people],
            shares=self.shares[people],
            seen=tuple(self.seen[person] for person in people),
            relevant=tuple(self.relevant[person] for person in people),
        )


class Known(NamedTuple):
    """What is known of B people after their answers. stars: (B,) nats. lists: (B,) of a ListReward."""

    stars: np.ndarray
    lists: np.ndarray

    def take(self, people: np.ndarray) -> Known:
        """What is known of these people, in their order; a person may be named more than once."""
        return Known(self.stars[people], self.lists[people])


class Look(NamedTuple):
    """What training had come to after so many updates.

    reward: of a drawn screen on average since the last look. utility: what whole interviews of the validation users
    gain, half in stars and half in the NDCG of the list, as a multiple of what `a_optimal` gains; their screens are the
    policy's best, which are not drawn.
    """

    updates: int
    reward: float
    utility: float

    @classmethod
    def rows(cls, looks: np.ndarray) -> list[Self]:
        """Looks from an array with a row for each."""
        return [cls(int(updates), reward, utility) for updates, reward, utility in looks.tolist()]


ListReward = Callable[[np.ndarray, np.ndarray], float]  # of scores without seen items, (n_items,), and relevant items


def known(interviewer: Interviewer, state: State, people: Learners, of_list: ListReward) -> Known:
    """What is known of these people in this state; of the list 0 without a relevant hidden item."""
    scores, lists = interviewer.lister.scores(state.list_belief.hidden), np.zeros(len(people))
    for person, (score, seen, relevant) in enumerate(zip(scores, people.seen, people.relevant, strict=True)):
        score[seen] = -np.inf
        if len(relevant):
            lists[person] = of_list(score, relevant)
    return Known(people.shares * log_likelihood(interviewer, state, people), lists)


def log_likelihood(interviewer: Interviewer, state: State, people: Learners) -> np.ndarray:
    """(B,) the mean log likelihood of each person's hidden ratings."""
    expected = state.belief.expected(interviewer.model, people.items)
    flat = expected._replace(mean=expected.mean.ravel(), sd=expected.sd.ravel())
    rated = ~np.isnan(people.ratings)
    places = half_star_places(np.where(rated, people.ratings, LIKED_STARS)).ravel()
    chances = interviewer.model.probabilities(flat)[np.arange(len(places)), places].reshape(rated.shape)
    likelihood: np.ndarray = (np.log(np.maximum(chances, LEAST_CHANCE)) * rated).sum(axis=1) / rated.sum(axis=1)
    return likelihood


def ndcg(score: np.ndarray, relevant: np.ndarray) -> float:
    """The NDCG of the first DEPTH items."""
    depth = min(DEPTH, len(score))
    first = np.sort(-np.partition(-score, depth - 1)[:depth])  # ascending
    ranks = depth - np.searchsorted(first, score[relevant], side="right")
    discounts = 1.0 / np.log2(np.arange(2, depth + 2))
    return float(discounts[ranks[ranks < depth]].sum() / discounts[: len(relevant)].sum())


def list_log_likelihood(score: np.ndarray, relevant: np.ndarray) -> float:
    """The mean log likelihood of the relevant items, in nats."""
    highest = score.max()
    return float(score[relevant].mean() - highest - np.log(np.exp(score - highest).sum()))


def gained(interviewer: Interviewer, choose: Choice, people: Learners, of_list: ListReward = ndcg) -> Known:
    """What whole interviews bring, from having no answer at all, on average over all workers' people and over screens.

    choose: draws no random numbers. Shapes ().
    """
    total = np.zeros(2)
    for start in range(0, len(people), BATCH):
        part = people.at(np.arange(start, min(start + BATCH, len(people))))
        states = interview(interviewer, choose, part.stars, np.random.default_rng(start))
        begun = interviewer.begin(len(part))
        before, *after = (known(interviewer, state, part, of_list) for state in (begun, *states))
        total += (np.mean(after, axis=0) - before).sum(axis=1)  # of (2, people of the part)
    return Known(*people.workers.add(total) / people.workers.add(len(people)))
