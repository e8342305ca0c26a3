"""The Gaussian prior of one side of the sampler: its mean follows side information, and its precision is drawn too.

All is computed in float64. Side information overlaps, so that in float32 a rounding error of 1e-7 would become one of
2e-5 in the vectors, and two numbers of workers would drift apart.
"""

from __future__ import annotations

import numpy as np
import torch

from reelrec.data.ratings.workers import Workers
from reelrec.models.bmf.noise import Noise
from reelrec.models.bmf.side_information import SideInformation

INTERCEPT_STRENGTH = 1e-3  # of the intercept in the prior's mean: hardly any
FIRST_STRENGTH, FIRST_PRECISION = 3.0, 3.0  # of the side information and of the prior, before the first draw
WEIGHTS, PRECISION, STRENGTHS = range(3)  # purposes of random numbers


class Prior:
    """The prior of n rows: mean C B, (n, d), and precision (d, d), drawn given the rows' vectors.

    information: C, of these rows. B's rows of a block of C are N(0, inv(strength x precision)). workers: those that
    hold the other rows.
    """

    def __init__(self, d: int, information: SideInformation, workers: Workers) -> None:
        self.information, self.workers, self.all_rows = information, workers, workers.add(information.n)
        self.strengths = [INTERCEPT_STRENGTH, *(FIRST_STRENGTH for _ in information.widths[1:])]
        self.gram = workers.add(information.gram())
        self.precision = FIRST_PRECISION * torch.eye(d, device=information.device)
        self.mean = torch.zeros(information.n, d, device=information.device)
        self.solve()

    def solve(self) -> None:
        """Prepare the draws of B for the strengths as they are."""
        self.ridge = torch.repeat_interleave(
            torch.tensor(self.strengths, device=self.gram.device, dtype=torch.float64),
            torch.tensor(self.information.widths, device=self.gram.device),
        )
        self.factor = torch.linalg.cholesky(self.gram + torch.diag(self.ridge))

    def draw(self, vectors: torch.Tensor, settling: bool, noise: Noise) -> None:
        """Draw mean and precision given the vectors (n, d), and while settling the strengths too."""
        d, width, widths = vectors.shape[1], len(self.ridge), self.information.widths
        crossed = self.workers.add(self.information.products(vectors))
        spread = torch.linalg.inv(
            torch.linalg.cholesky(self.precision.double())
        )  # rows of z @ spread have cov inv(precision)
        noises = noise.at(WEIGHTS).rows(np.arange(width), d).to(spread) @ spread
        half = torch.linalg.solve_triangular(self.factor, crossed, upper=False) + noises
        weights = torch.linalg.solve_triangular(self.factor.T, half, upper=True)  # B, (width, d)
        mean = self.information.times(weights)
        self.mean = mean.to(self.mean)
        errors = vectors - mean
        scatter = self.workers.add(errors.T @ errors)
        scatter = scatter + (weights * self.ridge[:, None]).T @ weights + 0.1 * d * torch.eye(d).to(scatter)
        precision = wishart(scatter, self.all_rows + width + d, noise.at(PRECISION))
        self.precision = precision.to(self.precision)
        if settling:
            sizes = ((weights @ precision) * weights).sum(dim=1).split(widths)
            shapes = 1.0 + torch.tensor(widths) * d / 2
            gammas = noise.at(STRENGTHS).gamma(shapes, np.arange(len(widths))).tolist()
            drawn = [gamma / (1.0 + float(size.sum()) / 2) for gamma, size in zip(gammas, sizes, strict=True)]
            self.strengths[1:] = drawn[1:]  # the intercept keeps its strength
            self.solve()


def wishart(scatter: torch.Tensor, freedom: float, noise: Noise) -> torch.Tensor:
    """One draw of a precision, (d, d): Wishart with scale inv(scatter), by Bartlett's decomposition."""
    d = len(scatter)
    lower = noise.rows(np.arange(d), d).to(scatter).double().tril(-1)
    gammas = noise.at(d).gamma((freedom - torch.arange(d, dtype=torch.float64)) / 2, np.arange(d))
    lower.diagonal().copy_(torch.sqrt(2 * gammas))
    root = torch.linalg.cholesky(torch.linalg.inv(scatter.double())) @ lower
    precision: torch.Tensor = (root @ root.T).to(scatter)
    return precision
