"""Side information on the rows of one side of the sampler: C in the formulas, with an intercept first.

Some of it is dense and some sparse, such as who directed a film. Products are sums in float64.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import torch
from scipy.sparse import csr_array, hstack

AT_ONCE = 100_000  # numbers of the dense columns in float64: they fit a cache


class SideInformation:
    """C, (n, width): an intercept, then the dense blocks, then the sparse ones. widths: of the blocks, in order."""

    def __init__(self, n: int, dense: Sequence[np.ndarray], sparse: Sequence[csr_array], device: torch.device) -> None:
        """dense, sparse: blocks of n rows; those without a column are left out."""
        columns = [np.ones((n, 1), dtype=np.float32), *(block for block in dense if block.shape[1])]
        others = [block for block in sparse if block.shape[1]]
        self.n, self.device = n, device
        self.widths = [block.shape[1] for block in (*columns, *others)]
        self.dense = torch.from_numpy(np.hstack(columns)).to(device)
        self.rows_at_once = max(1, AT_ONCE // self.dense.shape[1])
        together = hstack([csr_array((n, 0)), *others], format="csr", dtype=np.float64)
        self.sparse, self.transposed = (_tensor(block, device) for block in (together, together.T.tocsr()))

    def products(self, values: torch.Tensor) -> torch.Tensor:
        """(width, k) float64 C' values. values: (n, k)."""
        total = torch.zeros(self.dense.shape[1], values.shape[1], dtype=torch.float64, device=self.device)
        for columns, part in zip(self.dense.split(self.rows_at_once), values.split(self.rows_at_once), strict=True):
            total += columns.double().T @ part.double()
        return torch.cat([total, self.transposed @ values.double()]) if self.sparse.shape[1] else total

    def times(self, weights: torch.Tensor) -> torch.Tensor:
        """(n, d) C weights. weights: (width, d) float64."""
        dense, sparse = weights.split([self.dense.shape[1], self.sparse.shape[1]])
        total: torch.Tensor = self.sparse @ sparse
        for columns, part in zip(self.dense.split(self.rows_at_once), total.split(self.rows_at_once), strict=True):
            part.addmm_(columns.double(), dense)
        return total

    def gram(self) -> torch.Tensor:
        """(width, width) C'C."""
        return torch.cat([self.products(self.dense), self.products(self.sparse.to_dense())], dim=1)


def _tensor(block: csr_array, device: torch.device) -> torch.Tensor:
    parts = [torch.from_numpy(part) for part in (block.indptr, block.indices, block.data)]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta")
        return torch.sparse_csr_tensor(*parts, block.shape, check_invariants=True).to(device)
