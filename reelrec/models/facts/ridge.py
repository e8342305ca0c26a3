"""Ridge regression with weighted rows, of many targets at once, by conjugate gradients.

    w  =  argmin  sum_j  weight_j |y_j - x_j w|^2  +  |w|^2

Source: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, section 11.5 (preconditioned by the diagonal). The
normal equations are never formed, so that a design of ten thousand columns needs no more memory than its entries.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from reelrec.models.sparse import shared_csr

ROUNDS = 60  # of conjugate gradients, at most
CLOSE = 1e-3  # the share of the first residual at which a target is solved
LEAST = 1e-30  # a divisor


class Ridge:
    """The regression for one design. It can be solved again and again, for other targets.

    design: (n, d) x of the formula. weights: (n,) of its rows, 0 or more.
    """

    def __init__(self, design: csr_array, weights: np.ndarray) -> None:
        n, d = design.shape
        self._design = shared_csr("rows", (n, d), lambda: design.astype(np.float32))
        self._transposed = shared_csr("columns", (d, n), lambda: design.T.tocsr().astype(np.float32))
        self._weights = weights.astype(np.float32)[:, None]
        squares = self._transposed.multiply(self._transposed).tocsr()
        self._diagonal = squares @ self._weights + np.float32(1.0)  # (d, 1), of the normal equations
        for array in (self._weights, self._diagonal):
            array.setflags(write=False)

    def solve(self, targets: np.ndarray) -> np.ndarray:
        """(d, k) float32: w of the formula. targets: (n, k)."""
        residual: np.ndarray = self._transposed @ (self._weights * targets.astype(np.float32))
        solution = np.zeros_like(residual)
        step = residual / self._diagonal
        size = first = np.einsum("dk,dk->k", residual, step)
        for _ in range(ROUNDS):
            if (size <= CLOSE**2 * first).all():
                break
            image = self._transposed @ (self._weights * (self._design @ step)) + step
            length = size / np.maximum(np.einsum("dk,dk->k", step, image), LEAST)
            solution += length * step
            residual = residual - length * image
            scaled, before = residual / self._diagonal, size
            size = np.einsum("dk,dk->k", residual, scaled)
            step = scaled + size / np.maximum(before, LEAST) * step
        return solution
