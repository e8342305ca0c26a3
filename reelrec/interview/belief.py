"""What is believed of people while they are asked: the posterior of `bmf` over each one's vector, many at a time.

`BMF.fold_in` solves a system the size of the vector. Somebody who is being asked has given fewer ratings than a vector
has numbers, so here the system is as large as the ratings are many (Woodbury's identity); the result is the same.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.history import History
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF, ROUNDS, UserPosterior

NOBODY = -1  # fills a row of items up


class Belief(NamedTuple):
    """Of B people. vectors: (B, draws, d). covariance: (B, d, d), mean over draws. steadiness: (B,)."""

    vectors: np.ndarray
    covariance: np.ndarray
    steadiness: np.ndarray

    @classmethod
    def of(cls, model: BMF, history: History) -> Self:
        """Of one person, whatever their history."""
        person = model.fold_in(history)
        vectors, covariance = person.vectors[None], person.covariances.mean(axis=0)[None]
        return cls(vectors, covariance, person.steadiness.mean(keepdims=True))

    @classmethod
    def after(cls, model: BMF, items: np.ndarray, ratings: np.ndarray) -> Self:
        """Of people who rated these. items: (B, n), filled up with NOBODY. ratings: (B, n) stars."""
        given = items != NOBODY
        centre, covariance = _prior(model, items, given)
        vectors, levels = model.vectors(items), model.levels(items)  # (draws, B, n, d), (draws, B, n)
        scale = np.sqrt(np.where(given, model.precisions_[items], 0.0))
        design = vectors * scale[..., None]
        off = scale * (np.where(given, ratings, 0.0) - levels - np.einsum("sbnd,bd->sbn", vectors, centre))
        told = design @ covariance  # (draws, B, n, d)
        gram = told @ design.swapaxes(2, 3)
        counts, freedom, one = given.sum(axis=1), model.freedom_, np.eye(items.shape[1])
        steadiness = np.ones(gram.shape[:2])
        for _ in range(ROUNDS):
            by = steadiness[..., None, None]
            inverse = np.linalg.inv(one + by * gram)  # (draws, B, n, n)
            left = (inverse @ off[..., None])[..., 0]
            squares = (left**2).sum(axis=2) + (inverse * gram).sum(axis=(2, 3))
            steadiness = np.where(counts > 0, (freedom + counts) / (freedom + squares), 1.0)
        moved = by * told.swapaxes(2, 3)  # (draws, B, d, n)
        people = centre + (moved @ left[..., None])[..., 0]
        shrunk = (moved @ inverse @ told).mean(axis=0)
        return cls(people.swapaxes(0, 1), covariance - shrunk, steadiness.mean(axis=0))

    def take(self, people: np.ndarray | slice) -> Belief:
        """The belief about these people, in their order, one as often as named."""
        return Belief(self.vectors[people], self.covariance[people], self.steadiness[people])

    def at(self, place: int) -> Belief:
        """The belief about one person, B = 1."""
        return self.take(slice(place, place + 1))

    def person(self, place: int) -> UserPosterior:
        """One person as `BMF` folds people in."""
        return UserPosterior(self.vectors[place], self.covariance[place][None], self.steadiness[place : place + 1])

    def expected(self, model: BMF, items: np.ndarray) -> Prediction:
        """`BMF.expected` of each person's items, (B, n)."""
        films = model.vectors(items)  # (draws, B, n, d)
        means = model.levels(items) + (films @ self.vectors.swapaxes(0, 1)[..., None])[..., 0]
        rows, columns = np.triu_indices(self.covariance.shape[1])
        triangles = self.covariance[:, rows, columns].astype(np.float32)  # (B, d (d + 1) / 2)
        spread = (model.moments(items) @ triangles[..., None])[..., 0]
        return model.over_draws(items, means, spread, self.steadiness[:, None])


def _prior(model: BMF, items: np.ndarray, given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`BMF.prior` of each: (B, d) and (B, d, d)."""
    found = [model.prior(row[known]) for row, known in zip(items, given, strict=True)]
    centres, covariances = zip(*found, strict=True)
    return np.stack(centres), np.stack(covariances)
