"""Relevance as a Gaussian, as the linear list models see it: which films say most about what belongs on the list.

    x ~ N(0, C),    x_j = 1 where film j is relevant to the person, less the share of people to whom it is
    gain_j  =  A_jj / (C_jj + reg / p_j),      A = sum over all films i of C_ji C_ij / ratings_i

EASE and the ranker predict by the conditional mean of such a Gaussian. gain_j is the drop in the variance of x over all
films, each divided by its number of ratings, when film j is answered about with probability p_j: the A-optimal design.
After films with an answer C and A are those that are left (Schur complements). Chosen one after another, with no
answers, the films are those of greedy SLIM (Proissl, Vatic and Waldschmidt, arXiv 2406.06061).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.ratings.dataset import Dataset

REG = 0.1  # the variance of one answer; chosen on tune users (LOG.md)


@dataclass(frozen=True)
class Relevance:
    """The moments of x for K films. covariance, aim: (K, K) C and A of the formula, or (B, K, K) of B people."""

    covariance: np.ndarray
    aim: np.ndarray

    @classmethod
    def fit(cls, dataset: Dataset, items: np.ndarray) -> Self:
        """The moments over the users of all workers, for these items. items: (K,)."""
        both = np.zeros((len(items), dataset.n_items))  # users to whom both are relevant
        each = np.zeros(dataset.n_items)
        for part in dataset.blocks():
            x = part.matrix((part.ratings >= RELEVANT_STARS).astype(np.float32))
            both += (x.T @ x[:, items].toarray()).T
            each += x.sum(axis=0)
        counts, users = dataset.counts(), dataset.all_users()
        mean = dataset.workers.add(each) / users
        covariance = dataset.workers.add(both) / users - np.outer(mean[items], mean)  # (K, n_items)
        aimed = covariance / np.sqrt(np.maximum(counts, 1) / max(counts.mean(), 1))
        return cls(covariance[:, items].astype(np.float32), (aimed @ aimed.T).astype(np.float32))

    def gains(self, chances: np.ndarray) -> np.ndarray:
        """(..., K) the gain of each film. chances: (..., K) of an answer."""
        left, reach = (np.diagonal(part, axis1=-2, axis2=-1) for part in (self.covariance, self.aim))
        gains: np.ndarray = reach / (np.maximum(left, 0.0) + REG / chances)
        return gains

    def after(self, places: np.ndarray, chances: np.ndarray) -> Relevance:
        """The moments of B people after answers. places: (B, n) of films. chances: (B, n) with which each is answered.

        self: the moments before any answer, (K, K).
        """
        noise = (REG / chances[..., None] * np.eye(places.shape[1])).astype(self.covariance.dtype)
        covariance, aim = self.covariance[places], self.aim[places]  # (B, n, K)
        rows, columns = places[:, :, None], places[:, None, :]
        weights = np.linalg.solve(self.covariance[rows, columns] + noise, covariance)  # (B, n, K)
        told = weights.swapaxes(1, 2)
        crossed = told @ aim
        left = self.aim - crossed - crossed.swapaxes(1, 2) + told @ (self.aim[rows, columns] @ weights)
        return Relevance(self.covariance - covariance.swapaxes(1, 2) @ weights, left)

    def supposing(self, places: np.ndarray, chances: np.ndarray) -> Relevance:
        """The moments of B people when one more film may be answered about. places, chances: (B,)."""
        people = np.arange(len(places))
        covariance, aim = self.covariance[people, places], self.aim[people, places]  # (B, K)
        noise = (REG / chances).astype(covariance.dtype)
        scale = 1.0 / (np.maximum(covariance[people, places], 0.0) + noise)[:, None]
        shift = scale * aim - 0.5 * scale**2 * aim[people, places][:, None] * covariance
        moved = covariance[:, :, None] * shift[:, None, :]
        return Relevance(
            self.covariance - (scale * covariance)[:, :, None] * covariance[:, None, :],
            self.aim - moved - moved.swapaxes(1, 2),
        )

    @cached_property
    def order(self) -> np.ndarray:
        """(K,) places, in the order of greedy SLIM. self: the moments before any answer."""
        left, free = Relevance(self.covariance[None], self.aim[None]), np.ones(len(self.aim), dtype=bool)
        order = np.empty(len(self.aim), dtype=np.int64)
        for place in range(len(order)):
            order[place] = np.where(free, left.gains(np.ones(len(free)))[0], -np.inf).argmax()
            free[order[place]] = False
            left = left.supposing(order[place : place + 1], np.ones(1))
        order.setflags(write=False)
        return order
