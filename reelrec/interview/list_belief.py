"""The belief about what people will want to see: the hidden layer of `dae` after their answers, B people at once.

`belief.py` says how they will rate films; this says which films they are likely to rate high at all. "Haven't seen" is
an answer here.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.half_stars import LOWEST, half_star_places
from reelrec.data.history import History
from reelrec.interview.belief import NOBODY
from reelrec.models.lists.dae import DAE
from reelrec.models.lists.levels import UNSEEN


class ListBelief(NamedTuple):
    """What the answers of B people come to in the network.

    entered: (B, d) float32, the sum of `DAE.entering` over the answers. n, m: (B,) films with stars, and all with an
    answer. hidden: (B, d) float32, of `DAE.hidden`.
    """

    entered: np.ndarray
    n: np.ndarray
    m: np.ndarray
    hidden: np.ndarray

    @classmethod
    def after(cls, model: DAE, items: np.ndarray, ratings: np.ndarray, unseen: np.ndarray) -> Self:
        """The belief after answers. items, unseen: (B, n) and (B, m), padded with NOBODY. ratings: (B, n) stars."""
        rated, told = items != NOBODY, unseen != NOBODY
        level = half_star_places(np.where(rated, ratings, LOWEST))
        stars = np.where(rated[..., None], model.entering(items, level), np.float32(0)).sum(axis=1)
        others = np.where(told[..., None], model.entering(unseen, np.full(unseen.shape, UNSEEN)), np.float32(0))
        entered, n = stars + others.sum(axis=1), rated.sum(axis=1)
        m = n + told.sum(axis=1)
        return cls(entered, n, m, model.hidden(entered, n, m))

    @classmethod
    def of(cls, model: DAE, history: History) -> Self:
        """The belief about one person with this history, B = 1."""
        entered = model.entered(history)
        total, n, m = entered.sum(axis=0, keepdims=True), np.array([len(history)]), np.array([len(entered)])
        return cls(total, n, m, model.hidden(total, n, m))

    def take(self, people: np.ndarray | slice) -> ListBelief:
        """The belief about these people, in their order; a person may be named more than once."""
        return ListBelief(*(part[people] for part in self))

    def supposing(self, model: DAE, entered: np.ndarray) -> np.ndarray:
        """(B, a, d) float32: the hidden layer after one more rating. entered: (B, a, d), what each answer adds."""
        people, answers, d = entered.shape
        after = (self.entered[:, None] + entered).reshape(-1, d)
        n, m = (np.repeat(part + 1, answers) for part in (self.n, self.m))
        return model.hidden(after, n, m).reshape(people, answers, d)
