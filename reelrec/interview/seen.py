"""P(seen | answers): which films somebody is likely to have seen, given which of those asked about they had.

    x ~ N(m, S),        E[x_j | x_A] = m_j + S_jA inv(S_AA + REG I) (x_A - m_A)

x is 1 for a film in a person's history and 0 otherwise. It is no Gaussian, but its best linear prediction needs no more
than two moments. A history is a sample of what a person has seen, so the chances are too low: their order counts.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.dataset import Dataset

LEAST, MOST = 0.01, 0.99
REG = 0.2  # tuned on people 8 (LOG.md)


class Seen(NamedTuple):
    """mean: (K,) share of people who have each film. covariance: (K, K) between films."""

    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def fit(cls, dataset: Dataset, items: np.ndarray) -> Self:
        """From who has which of these films."""
        place = np.full(dataset.n_items, -1)
        place[items] = np.arange(len(items))
        kept = place[dataset.items] >= 0
        have = np.zeros((dataset.n_users, len(items)), dtype=np.float32)
        have[dataset.users[kept], place[dataset.items[kept]]] = 1.0
        mean = have.mean(axis=0, dtype=np.float64)
        covariance = (have.T @ have).astype(np.float64) / dataset.n_users - np.outer(mean, mean)
        return cls(mean, covariance)

    def chances(self, places: np.ndarray, had: np.ndarray) -> np.ndarray:
        """(B, K). places: (B, n) of the films asked about. had: (B, n) bool, whether they had seen them."""
        off = had - self.mean[places]  # (B, n)
        among = self.covariance[places[:, :, None], places[:, None, :]] + REG * np.eye(places.shape[1])
        weights = np.linalg.solve(among, off[..., None])  # (B, n, 1)
        if not places.shape[1]:
            return np.tile(np.clip(self.mean, LEAST, MOST), (len(places), 1))
        found = self.mean + (weights.swapaxes(1, 2) @ self.covariance[places])[:, 0]
        return np.clip(found, LEAST, MOST)
