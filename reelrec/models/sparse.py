"""Read-only sparse matrices, which all visitors of a process share."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.shared import shared


def by_row(columns: np.ndarray, values: np.ndarray) -> csr_array:
    """A square sparse matrix whose row i holds values[i] in columns[i]; read-only.

    columns: (n, width) item indices, ascending in each row. values: (n, width). Entries are float32.
    """
    n, width = columns.shape
    start = np.arange(0, n * width + 1, width, dtype=np.int32)
    return frozen(csr_array((values.ravel().astype(np.float32), columns.ravel().astype(np.int32), start), shape=(n, n)))


def frozen(matrix: csr_array) -> csr_array:
    """The matrix itself, with its arrays made read-only. Raises ValueError where an index lies outside of it.

    scipy's loops trust the indices, and would write past the end of their memory.
    """
    matrix.check_format(full_check=True)
    for array in (matrix.data, matrix.indices, matrix.indptr):
        array.setflags(write=False)
    return matrix


def shared_csr(name: str, shape: tuple[int, int], make: Callable[[], csr_array]) -> csr_array:
    """The sparse matrix of this shape that make() returns, or the shared one; read-only, its indices checked."""
    once = functools.cache(make)

    def part(which: str) -> np.ndarray:
        return shared(f"{name}.{which}", lambda: getattr(once(), which))

    return frozen(csr_array((part("data"), part("indices"), part("indptr")), shape=shape))
