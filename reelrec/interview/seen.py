"""P(seen | answers): the chance that a person has seen each film, given which of the films asked about they had seen.

    x ~ N(m, S),        E[x_j | x_A] = m_j + S_jA inv(S_AA + REG I) (x_A - m_A)

x_j is 1 where film j is in a person's history, else 0. x is not Gaussian, but its best linear prediction needs only its
first two moments. A history is a part of the films a person has seen, so the chances are too low; only their order is
used.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.ratings.dataset import Dataset

LEAST, MOST = 0.01, 0.99
REG = 0.2  # chosen on tune users (LOG.md)


class Seen(NamedTuple):
    """The moments of x. mean: (K,) the share of users with each film. covariance: (K, K)."""

    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def fit(cls, dataset: Dataset, items: np.ndarray) -> Self:
        """The moments over the users of all workers, for these items. items: (K,)."""
        place = np.full(dataset.n_items, -1)
        place[items] = np.arange(len(items))
        both = np.zeros((len(items), len(items)))  # users who have seen the one and the other
        for part in dataset.blocks():
            kept = place[part.items] >= 0
            seen = np.zeros((part.n_users, len(items)), dtype=np.float32)
            seen[part.users[kept], place[part.items[kept]]] = 1.0
            both += seen.T @ seen
        shares = dataset.workers.add(both) / dataset.all_users()
        mean = np.diagonal(shares).copy()
        return cls(mean, shares - np.outer(mean, mean))

    def chances(self, places: np.ndarray, had: np.ndarray) -> np.ndarray:
        """(B, K) P(seen). places: (B, n) of the films asked about. had: (B, n) bool, which of them were seen."""
        away = had - self.mean[places]  # (B, n)
        among = self.covariance[places[:, :, None], places[:, None, :]] + REG * np.eye(places.shape[1])  # (B, n, n)
        weights = np.linalg.solve(among, away[..., None])  # (B, n, 1)
        if not places.shape[1]:
            return np.tile(np.clip(self.mean, LEAST, MOST), (len(places), 1))
        expected = self.mean + (weights.swapaxes(1, 2) @ self.covariance[places])[:, 0]
        return np.clip(expected, LEAST, MOST)
