"""Gains: the value of asking about each film, before the answer is known.

A rating of film j with the vector z and the variance s changes the covariance C of a person's vector to
C - C z z'C / (s + z'Cz), whatever the rating is. Two designs:
- A-optimal: the drop in the variance of all predictions, weighted by the films' fame, z'C W C z / (s + z'Cz), with
  W = sum_i fame_i z_i z_i' (Chaloner and Verdinelli, "Bayesian Experimental Design: A Review", 1995);
- D-optimal, the information gain: log(1 + z'Cz / s) / 2.

How we differ. 1. The uncertainty of the film's own vector counts as noise of its rating. 2. The films of a screen are
chosen one after another. Each choice supposes that the films before it are answered with probability P(seen).
"""

from __future__ import annotations

import numpy as np

from reelrec.interview.state import State


class Gains:
    """The gains of the K films of a state, for each of B people.

    After films p that are supposed to be answered, the covariance is C - sum_p a_p c_p c_p', with c_p = C z_p at that
    moment. For each p only a_p, the films' z'c_p and L'c_p are kept, so that no covariance is computed again.
    """

    def __init__(self, state: State) -> None:
        pool, belief = state.pool, state.belief
        covariance = belief.covariance.astype(np.float32)
        self._films = pool.centres.astype(np.float32)  # (K, d)
        self._projected = self._films @ covariance  # (B, K, d) C z
        self._aimed = self._projected @ state.aim.astype(np.float32)  # (B, K, d) L'C z
        self._spread = (self._projected * self._films).sum(axis=2)  # (B, K) z'Cz
        self._reach = (self._aimed**2).sum(axis=2)  # (B, K) z'C W C z
        unclear = np.einsum("bde,kde->bk", belief.covariance, pool.unclear, optimize=True)
        self._noise = pool.noise / belief.steadiness[:, None] + unclear
        self._left = np.einsum("de,bdf,fe->b", state.aim, belief.covariance, state.aim, optimize=True)
        self._supposed: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def a_optimal(self) -> np.ndarray:
        """(B, K) the A-optimal gain of each film, in stars squared."""
        return self._reach / (self._noise + self._spread)

    def information(self) -> np.ndarray:
        """(B, K) the information gain of each film, in nats."""
        return 0.5 * np.log1p(self._spread / self._noise)

    def left(self) -> np.ndarray:
        """(B,) stars squared: the mean variance of predictions that comes from the uncertainty about the person."""
        return self._left

    def suppose(self, places: np.ndarray, chances: np.ndarray) -> None:
        """Suppose that each person answers about one film with this probability. places, chances: (B,)."""
        people = np.arange(len(places))
        scale = 1.0 / (self._noise[people, places] / chances + self._spread[people, places])
        shared = (self._projected @ self._films[places][..., None])[..., 0]  # (B, K) z'C z_i
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
