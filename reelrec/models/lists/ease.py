"""EASE: an item-item linear autoencoder in closed form. It makes lists.

    score  =  x B,        P = (X'X + reg I)^-1,        B_ij = -P_ij / P_jj,   B_jj = 0

Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019. How we differ: X is not 0/1. An item
enters with a value that grows with its stars, so that one matrix learns what users watch and what they love. And only
the strongest weights of each item of the history are kept (`width`), in float16. This costs a little accuracy and makes
the file twenty times smaller.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.linalg import lapack

from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import Arrays
from reelrec.models.lists.item_item import ItemItem
from reelrec.models.sparse import by_row, shared_csr

ROWS_AT_ONCE = 2000  # of a dense matrix


class EASE(ItemItem):
    """Hyperparameters.

    reg: added to the diagonal of X'X. width: weights kept for each item. floor, power, seen_stars, liked_stars: see
    `ItemItem`.
    """

    name = "ease"
    adds_up = True
    arrays = ("columns", "weights")

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
        solved = dataset.workers.once(lambda: item_weights(gram, self.reg), gram.shape)
        columns, weights = strongest(solved, self.width)
        self.keep(columns=columns, weights=weights)
        return self

    def _gram(self, dataset: Dataset) -> np.ndarray:
        """X'X, (n_items, n_items) float32, summed over blocks of users and over the workers."""
        values = self.value(dataset.ratings)
        gram = np.zeros((dataset.n_items, dataset.n_items), dtype=np.float32)
        for first in range(0, dataset.n_users, ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, dataset.n_users)
            start = dataset.start[first : last + 1]
            part = slice(start[0], start[-1])
            dense = np.zeros((last - first, dataset.n_items), dtype=np.float32)
            dense[np.repeat(np.arange(last - first), np.diff(start)), dataset.items[part]] = values[part]
            gram += dense.T @ dense
        return dataset.workers.add(gram)

    def learned(self) -> Arrays:
        """columns: (n_items, width) uint16 item indices. weights: (n_items, width) float16, of the same items."""
        return {"columns": self.columns_.astype(np.uint16), "weights": self.weights_}

    def keep(self, *, columns: np.ndarray, weights: np.ndarray) -> None:
        self.columns_, self.weights_ = columns, weights
        self._weights = shared_csr("by_item", (len(columns), len(columns)), lambda: by_row(columns, weights))


def item_weights(gram: np.ndarray, reg: float) -> np.ndarray:
    """B of the formula, (n_items, n_items) float32: row the item of the history, column the item scored.

    gram: X'X, overwritten.
    """
    gram[np.diag_indices_from(gram)] += reg
    inverted = inverse(gram)
    weights = inverted / -np.diag(inverted)
    np.fill_diagonal(weights, 0.0)
    return weights


def inverse(gram: np.ndarray) -> np.ndarray:
    """The inverse of a symmetric positive definite float32 matrix, which is overwritten."""
    triangle, _ = lapack.spotrf(gram, lower=1, overwrite_a=1)
    inverted, _ = lapack.spotri(triangle, lower=1, overwrite_c=1)
    return mirrored(inverted)


def mirrored(matrix: np.ndarray) -> np.ndarray:
    """The symmetric matrix with this lower triangle. matrix: (n, n), overwritten."""
    for first in range(0, len(matrix), ROWS_AT_ONCE):  # in blocks: a triangle of its own would double the memory
        rows = slice(first, first + ROWS_AT_ONCE)
        matrix[:first, rows] = matrix[rows, :first].T
        square = np.tril(matrix[rows, rows])
        matrix[rows, rows] = square + np.tril(square, -1).T
    return matrix


def strongest(weights: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row's `width` weights of largest absolute value, by ascending column.

    weights: (n, n). Returns columns (n, width) and weights (n, width) float16.
    """
    width = min(width, weights.shape[1] - 1)
    columns = np.empty((len(weights), width), dtype=np.int64)
    for first in range(0, len(weights), ROWS_AT_ONCE):  # in blocks: a copy of all would double the memory
        block = np.abs(weights[first : first + ROWS_AT_ONCE])
        columns[first : first + ROWS_AT_ONCE] = np.argpartition(-block, width, axis=1)[:, :width]
    columns.sort(axis=1)
    return columns, np.take_along_axis(weights, columns, axis=1).astype(np.float16)
