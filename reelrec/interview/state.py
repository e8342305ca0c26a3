"""What a policy sees when it chooses: people, what is believed of them, and the films that may still be asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reelrec.interview.belief import Belief
from reelrec.interview.pool import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """B people who are asked at once, about the same K films or fewer.

    aim: (d, d) lower triangle L of the target, L L' = the weighted sum over films of z z'. belief: of each person.
    chances: (B, K) of having seen a film. free: (B, K) bool, may be asked about. asked: (B, n) places of the films
    asked about, had: (B, n) bool, which of them they had seen. items, ratings: (B, m) what they answered, as
    `Belief.after` takes it. enjoyment: (B,) 0 for learning to 1 for showing what they will love. screens: how many
    they have had.
    """

    pool: Pool
    aim: np.ndarray
    belief: Belief
    chances: np.ndarray
    free: np.ndarray
    asked: np.ndarray
    had: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    enjoyment: np.ndarray
    screens: int

    def at(self, people: np.ndarray) -> State:
        """These people, one as often as named."""
        return replace(
            self,
            belief=self.belief.take(people),
            chances=self.chances[people],
            free=self.free[people],
            asked=self.asked[people],
            had=self.had[people],
            items=self.items[people],
            ratings=self.ratings[people],
            enjoyment=self.enjoyment[people],
        )

    def expected(self) -> np.ndarray:
        """(B, K) stars."""
        people = self.belief.vectors  # (B, draws, d)
        n, draws, d = people.shape
        films = self.pool.draws.transpose(0, 2, 1).reshape(draws * d, -1)
        return people.reshape(n, draws * d) @ films / draws + self.pool.levels.mean(axis=0)


def best(index: np.ndarray, free: np.ndarray, n: int) -> np.ndarray:
    """(B, n) places of the highest index among the free films, best first; of equals the first. index: (B, K)."""
    return np.argsort(np.where(free, -index, np.inf), axis=1, kind="stable")[:, :n]
