"""The posterior of one user's vector under each draw of the items, in closed form.

    target  ~  N(design x, 1 / (v weights)),        x ~ N(inv(precision) pull, inv(precision)),
    v ~ Gamma(freedom / 2, freedom / 2)

x and v are solved by turns, each given the mean of the other (mean-field variational inference).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

ROUNDS = 3  # of solving for x and v by turns


class UserPosterior(NamedTuple):
    """A user's posterior under each draw.

    vectors: (draws, d) means of x. covariances: (draws, d, d) of x. steadiness: (draws,) means of v, the factor of the
    user's noise precision: 1 is usual, less is a user whose ratings scatter more.
    """

    vectors: np.ndarray
    covariances: np.ndarray
    steadiness: np.ndarray


def solve_user(
    *,
    design: np.ndarray,
    target: np.ndarray,
    weights: np.ndarray,
    precision: np.ndarray,
    pull: np.ndarray,
    freedom: float,
) -> UserPosterior:
    """The posterior of the formula.

    design: (draws, n, d). target: (draws, n). weights: (n,). precision: (d, d). pull: (d,).
    """
    weighted = design * weights[:, None]
    gram = (weighted.transpose(0, 2, 1) @ design).astype(np.float64)  # (draws, d, d)
    right = (weighted.transpose(0, 2, 1) @ target[..., None]).astype(np.float64)  # (draws, d, 1)
    total = (weights * target**2).sum(axis=1)
    steadiness = np.ones(len(design))
    for _ in range(ROUNDS if len(weights) else 1):
        by = steadiness[:, None, None]
        covariances = np.linalg.inv(precision + by * gram)
        vectors = covariances @ (pull[:, None] + by * right)
        fitted = (vectors * (gram @ vectors - 2 * right)).sum(axis=(1, 2))
        squares = total + fitted + (gram * covariances).sum(axis=(1, 2))
        steadiness = (freedom + len(weights)) / (freedom + squares)
    return UserPosterior(vectors=vectors[..., 0], covariances=covariances, steadiness=steadiness)
