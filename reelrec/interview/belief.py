"""The belief about people during their interviews: the posterior of `bmf` over each person's vector, B people at once.

`BMF.fold_in` solves a system of the vector's size d. During an interview a person has given fewer than d ratings, so
that here the system has the size of the ratings (Woodbury's identity). The result is the same.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.history import History
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.bmf.user_posterior import ROUNDS, UserPosterior

NOBODY = -1  # pads a row of items


class Belief(NamedTuple):
    """The posterior of B people. vectors: (B, draws, d) means. covariance: (B, d, d), its mean over draws.

    steadiness: (B,) mean of v_u, by which the precision of a person's ratings is multiplied.
    """

    vectors: np.ndarray
    covariance: np.ndarray
    steadiness: np.ndarray

    @classmethod
    def of(cls, model: BMF, history: History) -> Self:
        """The belief about one person with this history, B = 1."""
        person = model.fold_in(history)
        vectors, covariance = person.vectors[None], person.covariances.mean(axis=0)[None]
        return cls(vectors, covariance, person.steadiness.mean(keepdims=True))

    @classmethod
    def after(cls, model: BMF, items: np.ndarray, ratings: np.ndarray) -> Self:
        """The belief after ratings. items: (B, n), padded with NOBODY. ratings: (B, n) stars."""
        given = items != NOBODY
        centre, covariance = _prior(model, items, given)
        vectors, levels = model.vectors(items), model.levels(items)  # (draws, B, n, d), (draws, B, n)
        scale = np.sqrt(np.where(given, model.precisions_[items], 0.0))
        design = vectors * scale[..., None]
        residual = scale * (np.where(given, ratings, 0.0) - levels - np.einsum("sbnd,bd->sbn", vectors, centre))
        gain = design @ covariance  # (draws, B, n, d)
        gram = gain @ design.swapaxes(2, 3)
        counts, freedom, unit = given.sum(axis=1), model.freedom_, np.eye(items.shape[1])
        steadiness = np.ones(gram.shape[:2])
        for _ in range(ROUNDS):
            by = steadiness[..., None, None]
            inverse = np.linalg.inv(unit + by * gram)  # (draws, B, n, n)
            left = (inverse @ residual[..., None])[..., 0]
            squares = (left**2).sum(axis=2) + (inverse * gram).sum(axis=(2, 3))
            steadiness = np.where(counts > 0, (freedom + counts) / (freedom + squares), 1.0)
        weights = by * gain.swapaxes(2, 3)  # (draws, B, d, n)
        means = centre + (weights @ left[..., None])[..., 0]  # (draws, B, d)
        reduction = (weights @ inverse @ gain).mean(axis=0)
        return cls(means.swapaxes(0, 1), covariance - reduction, steadiness.mean(axis=0))

    def take(self, people: np.ndarray | slice) -> Belief:
        """The belief about these people, in their order; a person may be named more than once."""
        return Belief(self.vectors[people], self.covariance[people], self.steadiness[people])

    def at(self, place: int) -> Belief:
        """The belief about one person, B = 1."""
        return self.take(slice(place, place + 1))

    def person(self, place: int) -> UserPosterior:
        """One person, in the form in which `BMF` folds people in."""
        return UserPosterior(self.vectors[place], self.covariance[place][None], self.steadiness[place : place + 1])

    def expected(self, model: BMF, items: np.ndarray) -> Prediction:
        """`BMF.expected` of each person's items. items: (B, n)."""
        films = model.vectors(items)  # (draws, B, n, d)
        means = model.levels(items) + (films @ self.vectors.swapaxes(0, 1)[..., None])[..., 0]
        rows, columns = np.triu_indices(self.covariance.shape[1])
        triangles = self.covariance[:, rows, columns].astype(np.float32)  # (B, d (d + 1) / 2)
        spread = (model.moments(items) @ triangles[..., None])[..., 0]
        return model.over_draws(items, means, spread, self.steadiness[:, None])


def _prior(model: BMF, items: np.ndarray, given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`BMF.prior` of each person: means (B, d) and covariances (B, d, d). given: (B, n) bool, which items count."""
    priors = [model.prior(row[known]) for row, known in zip(items, given, strict=True)]
    centres, covariances = zip(*priors, strict=True)
    return np.stack(centres), np.stack(covariances)
