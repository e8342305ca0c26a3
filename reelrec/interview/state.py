"""The state that a policy sees: two beliefs about people, and the films that may still be asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reelrec.interview.belief import Belief
from reelrec.interview.list_belief import ListBelief
from reelrec.interview.pool import Pool
from reelrec.interview.relevance import Relevance
from reelrec.models.lists.dae import DAE


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """B people at the same point of their interviews, with the K films of one pool.

    aim: (d, d) lower triangle L, L L' = the weighted sum over films of z z'. lister: makes the list. relevance: its
    moments among the pool's films, None for other pools than the interviewer's. belief: about each person's stars.
    list_belief: about each person's list. chances: (B, K) of having seen each film. free: (B, K) bool, whether it may
    be asked about. asked: (B, n) places of the films asked about. had: (B, n) bool, which of them the person had seen.
    items, ratings: (B, m) the answers, as `Belief.after` takes them. enjoyment: (B,) from 0 (learn most) to 1 (show
    films they will love). screens: answered so far.
    """

    pool: Pool
    aim: np.ndarray
    lister: DAE
    relevance: Relevance | None
    belief: Belief
    list_belief: ListBelief
    chances: np.ndarray
    free: np.ndarray
    asked: np.ndarray
    had: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    enjoyment: np.ndarray
    screens: int

    def at(self, people: np.ndarray) -> State:
        """The state of these people, in their order; a person may be named more than once."""
        return replace(
            self,
            belief=self.belief.take(people),
            list_belief=self.list_belief.take(people),
            chances=self.chances[people],
            free=self.free[people],
            asked=self.asked[people],
            had=self.had[people],
            items=self.items[people],
            ratings=self.ratings[people],
            enjoyment=self.enjoyment[people],
        )

    def expected(self) -> np.ndarray:
        """(B, K) expected stars of each film."""
        vectors = self.belief.vectors  # (B, draws, d)
        n, draws, d = vectors.shape
        films = self.pool.draws.transpose(0, 2, 1).reshape(draws * d, -1)  # (draws * d, K)
        return vectors.reshape(n, draws * d) @ films / draws + self.pool.levels.mean(axis=0)


def best(index: np.ndarray, free: np.ndarray, n: int) -> np.ndarray:
    """(B, n) places of the n free films with the highest index, best first; of equals the first. index: (B, K)."""
    return np.argsort(np.where(free, -index, np.inf), axis=1, kind="stable")[:, :n]
