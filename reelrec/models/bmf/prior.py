"""The Gaussian prior of one side of the sampler: its mean follows side information, and its precision is drawn too.

All is computed in float64. Side information overlaps, so that in float32 a rounding error of 1e-7 would become one of
2e-5 in the vectors, and two numbers of workers would drift apart.
"""

from __future__ import annotations

import numpy as np
import torch

from reelrec.data.workers import Workers
from reelrec.models.bmf.noise import Noise

INTERCEPT_STRENGTH = 1e-3  # of the intercept in the prior's mean: hardly any
FIRST_STRENGTH, FIRST_PRECISION = 3.0, 3.0  # of the side information and of the prior, before the first draw
ROWS_AT_ONCE = 20_000  # of side information in float64
START, ROWS, PRECISION, STRENGTHS = range(4)  # purposes of random numbers


class Prior:
    """The prior of n rows: mean C B, (n, d), and precision (d, d), drawn given the rows' vectors.

    blocks: (n, width) each, the side information of the rows. B's rows of a block are N(0, inv(strength x precision)).
    keys: (n,) what the random numbers of each row follow from. workers: those that hold the other rows.
    """

    def __init__(
        self, d: int, blocks: list[np.ndarray], keys: np.ndarray, device: torch.device, workers: Workers
    ) -> None:
        columns = [np.ones((len(keys), 1), dtype=np.float32), *(block for block in blocks if block.shape[1])]
        self.keys, self.workers, self.all_rows = keys, workers, workers.add(len(keys))
        self.widths = [block.shape[1] for block in columns]
        self.strengths = [INTERCEPT_STRENGTH, *(FIRST_STRENGTH for _ in columns[1:])]
        self.design = torch.from_numpy(np.hstack(columns)).to(device)
        self.gram = workers.add(self._products(self.design))
        self.precision = FIRST_PRECISION * torch.eye(d, device=device)
        self.mean = torch.zeros(len(keys), d, device=device)
        self.solve()

    def solve(self) -> None:
        """Prepare the draws of B for the strengths as they are."""
        self.ridge = torch.repeat_interleave(
            torch.tensor(self.strengths, device=self.gram.device, dtype=torch.float64),
            torch.tensor(self.widths, device=self.gram.device),
        )
        self.factor = torch.linalg.cholesky(self.gram + torch.diag(self.ridge))

    def draw(self, vectors: torch.Tensor, settling: bool, noise: Noise) -> None:
        """Draw mean and precision given the vectors (n, d), and while settling the strengths too."""
        d, width = vectors.shape[1], len(self.ridge)
        spread = torch.linalg.inv(
            torch.linalg.cholesky(self.precision.double())
        )  # rows of z @ spread have cov inv(precision)
        start = noise.at(START).rows(np.arange(width), d).to(spread) @ spread / self.ridge.sqrt()[:, None]
        rest = vectors - noise.at(ROWS).rows(self.keys, d).to(spread) @ spread - self._means(start)
        weights = start + torch.cholesky_solve(self.workers.add(self._products(rest)), self.factor)  # B, (width, d)
        mean = self._means(weights)
        self.mean = mean.to(self.mean)
        errors = vectors - mean
        scatter = self.workers.add(errors.T @ errors)
        scatter = scatter + (weights * self.ridge[:, None]).T @ weights + 0.1 * d * torch.eye(d).to(errors)
        precision = wishart(scatter, self.all_rows + width + d, noise.at(PRECISION))
        self.precision = precision.to(self.precision)
        if settling:
            sizes = ((weights @ precision) * weights).sum(dim=1).split(self.widths)
            shapes = 1.0 + torch.tensor(self.widths) * d / 2
            gammas = noise.at(STRENGTHS).gamma(shapes, np.arange(len(self.widths))).tolist()
            drawn = [gamma / (1.0 + float(size.sum()) / 2) for gamma, size in zip(gammas, sizes, strict=True)]
            self.strengths[1:] = drawn[1:]  # the intercept keeps its strength
            self.solve()

    def _products(self, values: torch.Tensor) -> torch.Tensor:
        """(width, k) float64 C' values, of this worker's rows. values: (n, k)."""
        parts = zip(self.design.split(ROWS_AT_ONCE), values.split(ROWS_AT_ONCE), strict=True)
        zero = torch.zeros(self.design.shape[1], values.shape[1], dtype=torch.float64, device=values.device)
        return sum((part.double().T @ value.double() for part, value in parts), start=zero)

    def _means(self, weights: torch.Tensor) -> torch.Tensor:
        """(n, d) float64 C B. weights: B, (width, d)."""
        return torch.cat([part.double() @ weights for part in self.design.split(ROWS_AT_ONCE)])


def wishart(scatter: torch.Tensor, freedom: float, noise: Noise) -> torch.Tensor:
    """One draw of a precision, (d, d): Wishart with scale inv(scatter), by Bartlett's decomposition."""
    d = len(scatter)
    lower = noise.rows(np.arange(d), d).to(scatter).double().tril(-1)
    gammas = noise.at(d).gamma((freedom - torch.arange(d, dtype=torch.float64)) / 2, np.arange(d))
    lower.diagonal().copy_(torch.sqrt(2 * gammas))
    root = torch.linalg.cholesky(torch.linalg.inv(scatter.double())) @ lower
    precision: torch.Tensor = (root @ root.T).to(scatter)
    return precision
