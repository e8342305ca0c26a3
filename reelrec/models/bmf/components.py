"""Principal components of which items each user has seen, and of who has rated each item.

They need no matrix of items by items: each worker multiplies its users with a vector, the products are added up, and
Lanczos' method does the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

ACCURACY = 1e-6  # of a component, relative to its size
Add = Callable[[Any], Any]  # of `Workers`


def directions_of(rows: csr_array, n: int, components: int, add: Add, seed: int) -> np.ndarray:
    """(n_columns, components) float32 directions: rows @ directions has about unit variance in every column.

    rows: those of this worker. n: of all workers.
    """
    sizes, vectors = principal(rows, n, components, add, seed)
    return np.asarray(vectors / sizes * np.sqrt(n), dtype=np.float32)


def components_of(rows: csr_array, n: int, components: int, add: Add, seed: int) -> np.ndarray:
    """(n_columns, components) float32 principal components of the columns, with about unit variance each.

    rows: those of this worker. n: of all workers.
    """
    _, vectors = principal(rows, n, components, add, seed)
    return np.asarray(vectors * np.sqrt(rows.shape[1]), dtype=np.float32)


def principal(rows: csr_array, n: int, components: int, add: Add, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The largest singular values of all workers' rows together, (k,), and their right vectors, (n_columns, k).

    rows: those of this worker, in float64. n: of all workers. k is smaller than components for small data.
    """
    width = rows.shape[1]
    components = min(components, min(n, width) // 4)
    if components < 1:
        return np.ones(0), np.zeros((width, 0))

    def product(vector: np.ndarray) -> np.ndarray:
        total: np.ndarray = add(rows.T @ (rows @ vector.ravel()))
        return total

    squares = LinearOperator((width, width), matvec=product, dtype=np.float64)
    values, vectors = eigsh(squares, components, v0=np.random.default_rng(seed).standard_normal(width), tol=ACCURACY)
    sizes = np.sqrt(np.maximum(values, 0.0))
    large = sizes > 1e-3 * sizes.max()
    return sizes[large], vectors[:, large]
