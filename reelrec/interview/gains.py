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
    """Of the films of a state, for each of B people."""

    def __init__(self, state: State) -> None:
        pool, belief = state.pool, state.belief
        self._films = pool.centres
        self._left = np.einsum("de,bdf,fe->b", state.aim, belief.covariance, state.aim, optimize=True)
        self._told = pool.centres @ belief.covariance  # (B, K, d)
        self._aimed = self._told @ state.aim
        self._spread = np.einsum("bkd,kd->bk", self._told, pool.centres)
        unclear = np.einsum("bde,kde->bk", belief.covariance, pool.unclear, optimize=True)
        self._noise = pool.noise / belief.steadiness[:, None] + unclear

    def a_optimal(self) -> np.ndarray:
        """(B, K) stars squared."""
        return (self._aimed**2).sum(axis=2) / (self._noise + self._spread)

    def information(self) -> np.ndarray:
        """(B, K) nats."""
        return 0.5 * np.log1p(self._spread / self._noise)

    def left(self) -> np.ndarray:
        """(B,) stars squared: the mean variance of a prediction that comes from what is unknown of the person."""
        return self._left

    def suppose(self, places: np.ndarray, chances: np.ndarray) -> None:
        """Go on as if each person had answered about one film in that share. places, chances: (B,)."""
        people = np.arange(len(places))
        told, aimed = self._told[people, places], self._aimed[people, places]  # (B, d)
        shared = told @ self._films.T  # (B, K) covariance of each film's stars with the asked one's
        scale = 1.0 / (self._noise[people, places] / chances + self._spread[people, places])
        self._left -= (aimed**2).sum(axis=1) * scale
        step = shared * scale[:, None]
        self._told -= step[..., None] * told[:, None]
        self._aimed -= step[..., None] * aimed[:, None]
        self._spread -= step * shared
