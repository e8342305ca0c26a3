"""EASE: an item-item linear autoencoder in closed form; it makes the list.

    score  =  x B,        P = (X'X + reg I)^-1,        B_ij = -P_ij / P_jj,   B_jj = 0

Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019. How we differ: X is not 0/1; a film
enters with a value that grows with its stars, so that one matrix learns what people watch and what they love. And only
the strongest weights of each history film are kept (`width`), in float16, which costs a little accuracy for a file
twenty times smaller.
"""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from scipy.linalg import lapack

from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.sparse import by_row

USERS_AT_ONCE = 2000


class EASE(ArrayModel):
    """Hyperparameters.

    reg: added to the diagonal of X'X. width: weights kept of each film. floor, power: a film of r stars enters with
    floor + (1 - floor) ((r - 0.5) / 4.5)^power. seen_stars, liked_stars: the stars that stand in for a film without.
    """

    name = "ease"
    unit = "preference"
    arrays: ClassVar[tuple[str, ...]] = ("columns", "weights")

    def __init__(
        self,
        reg: float = 800.0,
        width: int = 200,
        floor: float = 0.1,
        power: float = 1.0,
        seen_stars: float = 3.5,
        liked_stars: float = 4.5,
    ) -> None:
        self.reg = reg
        self.width = width
        self.floor = floor
        self.power = power
        self.seen_stars = seen_stars
        self.liked_stars = liked_stars

    def fit(self, dataset: Dataset) -> Self:
        gram = self._gram(dataset)
        columns, weights = strongest(item_weights(gram, self.reg), self.width)
        self.keep(columns=columns, weights=weights)
        return self

    def _gram(self, dataset: Dataset) -> np.ndarray:
        """X'X, (n_items, n_items) float32, summed over blocks of people."""
        values = self.value(dataset.ratings)
        gram = np.zeros((dataset.n_items, dataset.n_items), dtype=np.float32)
        for first in range(0, dataset.n_users, USERS_AT_ONCE):
            last = min(first + USERS_AT_ONCE, dataset.n_users)
            start = dataset.start[first : last + 1]
            part = slice(start[0], start[-1])
            dense = np.zeros((last - first, dataset.n_items), dtype=np.float32)
            dense[np.repeat(np.arange(last - first), np.diff(start)), dataset.items[part]] = values[part]
            gram += dense.T @ dense
        return gram

    def value(self, ratings: np.ndarray) -> np.ndarray:
        """What a film with these stars enters with, (n,) float32."""
        return (self.floor + (1 - self.floor) * ((ratings - LOWEST) / (HIGHEST - LOWEST)) ** self.power).astype(
            np.float32
        )

    def values(self, history: History) -> np.ndarray:
        """(n,) float32: what each film of a history enters with, stars or not."""
        stand_in = np.where(history.liked, self.liked_stars, self.seen_stars)
        return self.value(np.where(np.isfinite(history.ratings), history.ratings, stand_in))

    def score(self, history: History) -> np.ndarray:
        return self._weights[history.items].T @ self.values(history)

    def contributions(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n, len(items)) float32: what each film of the history adds to the score of each item."""
        return self._weights[history.items][:, items].toarray() * self.values(history)[:, None]

    def learned(self) -> Arrays:
        """columns: (n_items, width) uint16, items. weights: (n_items, width) float16, of the same items."""
        return {"columns": self.columns_.astype(np.uint16), "weights": self.weights_}

    def keep(self, columns: np.ndarray, weights: np.ndarray) -> None:
        self.columns_, self.weights_ = columns, weights
        self._weights = by_row(columns, weights)


def item_weights(gram: np.ndarray, reg: float) -> np.ndarray:
    """B of the formula, (n_items, n_items) float32: row the film in the history, column the film scored."""
    gram[np.diag_indices_from(gram)] += reg
    inverted = inverse(gram)
    weights = inverted / -np.diag(inverted)
    np.fill_diagonal(weights, 0.0)
    return weights


def inverse(gram: np.ndarray) -> np.ndarray:
    """Of a symmetric positive definite float32 matrix, which is used up."""
    triangle, _ = lapack.spotrf(gram, lower=1, overwrite_a=1)
    inverted, _ = lapack.spotri(triangle, lower=1, overwrite_c=1)
    inverted = np.tril(inverted)
    inverted += np.tril(inverted, -1).T
    return inverted


def strongest(weights: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row's `width` weights of largest size, in the order of their columns: (n, width) twice, float16 values."""
    width = min(width, weights.shape[1] - 1)
    columns = np.empty((len(weights), width), dtype=np.int64)
    for first in range(0, len(weights), USERS_AT_ONCE):  # in blocks: a copy of all would double the memory
        block = np.abs(weights[first : first + USERS_AT_ONCE])
        columns[first : first + USERS_AT_ONCE] = np.argpartition(-block, width, axis=1)[:, :width]
    columns.sort(axis=1)
    return columns, np.take_along_axis(weights, columns, axis=1).astype(np.float16)
