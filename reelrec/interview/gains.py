"""What asking about a film would bring.

A rating of film j turns the covariance C of a person's vector into C - C z z'C / (s + z'Cz), whatever the rating is:
s is its variance, z the film's vector. A-optimal: by how much that lowers the variance of all predictions, each
weighted with its film's fame, z'C W C z / (s + z'Cz) with W = sum_i fame_i z_i z_i' (Chaloner and Verdinelli,
"Bayesian Experimental Design: A Review", 1995). Information gain: log(1 + z'Cz / s) / 2 (the D-optimal design).

How we differ: what is unknown of the film itself counts as noise of its rating, and films of one screen are chosen one
after another, each as if those before it had been answered in the share in which people like this have seen them.
"""

from __future__ import annotations

import numpy as np

from reelrec.interview.state import State


class Gains:
    """Of the films of a state, for each of B people.

    Films that are supposed to be answered leave the covariance C - sum_p a_p c_p c_p', c_p = C z_p at that moment. What
    is kept of each is a_p, the films' z'c_p and L'c_p; so that no covariance is worked out again.
    """

    def __init__(self, state: State) -> None:
        pool, belief = state.pool, state.belief
        covariance = belief.covariance.astype(np.float32)
        self._films = pool.centres.astype(np.float32)  # (K, d)
        self._told = self._films @ covariance  # (B, K, d)
        self._aimed = self._told @ state.aim.astype(np.float32)
        self._spread = (self._told * self._films).sum(axis=2)
        self._reach = (self._aimed**2).sum(axis=2)  # z'C W C z
        unclear = np.einsum("bde,kde->bk", belief.covariance, pool.unclear, optimize=True)
        self._noise = pool.noise / belief.steadiness[:, None] + unclear
        self._left = np.einsum("de,bdf,fe->b", state.aim, belief.covariance, state.aim, optimize=True)
        self._supposed: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def a_optimal(self) -> np.ndarray:
        """(B, K) stars squared."""
        return self._reach / (self._noise + self._spread)

    def information(self) -> np.ndarray:
        """(B, K) nats."""
        return 0.5 * np.log1p(self._spread / self._noise)

    def left(self) -> np.ndarray:
        """(B,) stars squared: the mean variance of a prediction that comes from what is unknown of the person."""
        return self._left

    def suppose(self, places: np.ndarray, chances: np.ndarray) -> None:
        """Go on as if each person had answered about one film in that share. places, chances: (B,)."""
        people = np.arange(len(places))
        scale = 1.0 / (self._noise[people, places] / chances + self._spread[people, places])
        shared = (self._told @ self._films[places][..., None])[..., 0]  # (B, K) z'C z_i
        aimed = self._aimed[people, places]  # (B, d) L'C z_i
        for before, earlier, towards in self._supposed:
            step = before * earlier[people, places]
            shared = shared - step[:, None] * earlier
            aimed = aimed - step[:, None] * towards
        crossed = (self._aimed @ aimed[..., None])[..., 0]  # (B, K) z'C W C z_i
        for before, earlier, towards in self._supposed:
            crossed = crossed - (before * (towards * aimed).sum(axis=1))[:, None] * earlier
        weight = (aimed**2).sum(axis=1)
        self._reach = self._reach - scale[:, None] * shared * (2 * crossed - (scale * weight)[:, None] * shared)
        self._spread = self._spread - scale[:, None] * shared**2
        self._left = self._left - scale * weight
        self._supposed.append((scale, shared, aimed))
