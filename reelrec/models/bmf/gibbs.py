"""The blocked Gibbs sampler behind `bmf`: all users, then all items, each exactly given the others.

    r_ui ~ N(mu + b_u + b_i + p_u . q_i, 1 / (alpha v_u w_i))
    x_u = [b_u, p_u] ~ N(C_u B, inv(L)),   y_i = [b_i, q_i] likewise with the items' C, B and L
    v_u ~ Gamma(nu/2, nu/2),   w_i likewise

C holds a 1 and side information on each row. The prior's mean B and precision L are drawn together from their
normal-Wishart conditional, and each block of C has a strength of its own. Sources: Salakhutdinov and Mnih, "Bayesian
Probabilistic Matrix Factorization using MCMC", ICML 2008; side information in the prior's mean: Simm et al., "Macau",
2015. How we differ: the noise has a factor for each user and each item, so that a rating's error is Student's t. On
ml-latest-small this gains .013 RMSE. Written in torch, in batches of rows of similar length, so that the same code runs
on two cores and on a GPU.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import torch

from reelrec.data.dataset import Dataset

RATINGS_AT_ONCE = 300_000
LONGEST_BY_SHORTEST = 1.25  # rows in one batch
INTERCEPT_STRENGTH = 1e-3  # of the intercept in the prior's mean: hardly any
FIRST_STRENGTH, FIRST_PRECISION = 3.0, 3.0  # of the side information and of the prior, before the first draw
SETTLING = (3, 6, 10, 15, 20, 30, 40)  # sweeps after which the strengths of the blocks are drawn again; then they stay
FREEDOMS = torch.exp(torch.linspace(math.log(2.0), math.log(200.0), 80, dtype=torch.float64))  # a grid even in ln(nu)


class Batch(NamedTuple):
    """Rows of similar length. ids: (b,). columns, values: (b, longest), padded where a row is shorter."""

    ids: torch.Tensor
    columns: torch.Tensor
    values: torch.Tensor


class Side:
    """The ratings of one side, by row, in batches of rows of similar length.

    rows, columns: (n,) row and column of each rating. values: (n,) stars minus the mean. shape: numbers of rows and
    columns.
    """

    def __init__(
        self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int], device: torch.device
    ) -> None:
        self.n, self.padding = shape
        order = np.argsort(rows, kind="stable")
        sizes = np.bincount(rows, minlength=self.n)
        start = np.r_[0, np.cumsum(sizes)]
        self.sizes = torch.tensor(sizes, dtype=torch.float32, device=device)
        self.batches: list[Batch] = []
        for ids in length_batches(sizes):
            longest = max(1, int(sizes[ids].max()))
            filled = np.arange(longest) < sizes[ids][:, None]
            places = order[(start[ids][:, None] + np.arange(longest))[filled]]
            padded_columns = np.full((len(ids), longest), self.padding, dtype=np.int32)
            padded_values = np.zeros((len(ids), longest), dtype=np.float32)
            padded_columns[filled], padded_values[filled] = columns[places], values[places]
            tensors = (torch.from_numpy(array).to(device) for array in (ids, padded_columns, padded_values))
            self.batches.append(Batch(*tensors))

    def draw(
        self, other: torch.Tensor, weights: torch.Tensor, scale: torch.Tensor, prior: Prior, noise: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw every row's vector from its conditional: vectors (n, d), and weighted sums of squared errors (n,).

        other: (n_columns, d) vectors of the other side, the bias first. weights: (n_columns,) of the other side's
        noise. scale: (n,) alpha times the row's own weight.
        """
        d = other.shape[1]
        root = weights.sqrt()
        table = other.new_zeros(len(other) + 1, d + 2)  # the last row is the padding
        table[:-1, 0], table[:-1, 1:d] = root, other[:, 1:] * root[:, None]
        table[:-1, d], table[:-1, d + 1] = other[:, 0] * root, root
        drawn, squares = other.new_empty(self.n, d), other.new_empty(self.n)
        pull = prior.mean @ prior.precision
        for ids, columns, values in self.batches:
            design = table[columns.long()]  # (b, longest, d + 2)
            design[..., d] = values * design[..., d + 1] - design[..., d]
            design = design[..., : d + 1]
            gram = design.transpose(1, 2) @ design  # (b, d + 1, d + 1), target last
            by = scale[ids][:, None, None]
            factor = torch.linalg.cholesky(gram[:, :d, :d] * by + prior.precision)
            right = gram[:, :d, d:] * by + pull[ids][..., None]
            half = torch.linalg.solve_triangular(factor, right, upper=False)
            half = half + _normal(half.shape, noise, half.device)
            vectors = torch.linalg.solve_triangular(factor.transpose(1, 2), half, upper=True)  # (b, d, 1)
            drawn[ids] = vectors[..., 0]
            ends = torch.cat([vectors, -torch.ones_like(vectors[:, :1])], dim=1)
            squares[ids] = (ends.transpose(1, 2) @ gram @ ends)[:, 0, 0].clamp_min(0.0)
        return drawn, squares


class Prior:
    """The Gaussian prior of one side's vectors: mean C B, (n, d), and precision (d, d), drawn given the vectors.

    blocks: (n, width) each, the side information of the rows. B's rows of a block are N(0, inv(strength x precision)).
    """

    def __init__(self, n: int, d: int, blocks: list[np.ndarray], noise: torch.Generator, device: torch.device) -> None:
        columns = [np.ones((n, 1), dtype=np.float32), *(block for block in blocks if block.shape[1])]
        self.widths = [block.shape[1] for block in columns]
        self.strengths = [INTERCEPT_STRENGTH, *(FIRST_STRENGTH for _ in columns[1:])]
        self.noise = noise
        self.design = torch.from_numpy(np.hstack(columns)).to(device)
        self.gram = self.design.T @ self.design
        self.precision = FIRST_PRECISION * torch.eye(d, device=device)
        self.mean = torch.zeros(n, d, device=device)
        self._solve()

    def _solve(self) -> None:
        self.ridge = torch.repeat_interleave(
            torch.tensor(self.strengths, device=self.gram.device), torch.tensor(self.widths, device=self.gram.device)
        )
        self.factor = torch.linalg.cholesky(self.gram + torch.diag(self.ridge))

    def draw(self, vectors: torch.Tensor, settling: bool) -> None:
        """Draw mean and precision given the vectors (n, d), and while settling the strengths too."""
        n, d = vectors.shape
        spread = torch.linalg.inv(torch.linalg.cholesky(self.precision))  # rows of z @ spread have cov inv(precision)
        start = _normal((len(self.ridge), d), self.noise, vectors.device) @ spread / self.ridge.sqrt()[:, None]
        rest = vectors - self.design @ start - _normal((n, d), self.noise, vectors.device) @ spread
        weights = start + torch.cholesky_solve(self.design.T @ rest, self.factor)  # B, (width, d)
        self.mean = self.design @ weights
        errors = vectors - self.mean
        scatter = errors.T @ errors + (weights * self.ridge[:, None]).T @ weights + 0.1 * d * torch.eye(d).to(errors)
        self.precision = wishart(scatter, n + len(self.ridge) + d, self.noise)
        if settling:
            sizes = ((weights @ self.precision) * weights).sum(dim=1).split(self.widths)
            for block, (width, size) in enumerate(zip(self.widths, sizes, strict=True)):
                if block:  # the intercept keeps its strength
                    shape = torch.tensor(1.0 + width * d / 2, dtype=torch.float64)
                    gamma = torch._standard_gamma(shape, generator=self.noise)
                    self.strengths[block] = float(gamma) / (1.0 + float(size.sum()) / 2)
            self._solve()


class Chain:
    """The state of the sampler; `sweep` moves it on.

    user_vectors: (n_users, d) rows [b_u, p_u]. item_vectors: (n_items, d) rows [b_i, q_i]. user_weights, item_weights:
    v and w of the formula. precision: alpha.
    """

    def __init__(
        self,
        dataset: Dataset,
        embedding_dim: int,
        *,
        user_blocks: list[np.ndarray],
        item_blocks: list[np.ndarray],
        seed: int,
    ) -> None:
        """user_blocks, item_blocks: side information, (n_users, width) and (n_items, width) each."""
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.noise = torch.Generator().manual_seed(seed)
        self.global_mean = float(dataset.ratings.mean(dtype=np.float64))
        users, items, d = dataset.users, dataset.items, embedding_dim + 1
        values = dataset.ratings - np.float32(self.global_mean)
        shape = dataset.n_users, dataset.n_items
        self.user_side = Side(users, items, values, shape, device)
        self.item_side = Side(items, users, values, shape[::-1], device)
        self.user_prior = Prior(shape[0], d, user_blocks, self.noise, device)
        self.item_prior = Prior(shape[1], d, item_blocks, self.noise, device)
        self.user_vectors, self.item_vectors = (0.1 * _normal((n, d), self.noise, device) for n in shape)
        self.user_vectors[:, 0] = self.item_vectors[:, 0] = 0.0
        self.user_weights, self.item_weights = (torch.ones(n, device=device) for n in shape)
        self.precision, self.n = 1.5, len(values)
        self.user_freedom = self.item_freedom = 10.0
        self.sweeps = 0

    def sweep(self) -> None:
        """Draw every variable once."""
        settling = self.sweeps in SETTLING
        user_scale = self.precision * self.user_weights
        self.user_vectors, squares = self.user_side.draw(
            self.item_vectors, self.item_weights, user_scale, self.user_prior, self.noise
        )
        self.user_weights, self.user_freedom = self._weights(self.user_side, squares, self.user_freedom)
        self.user_prior.draw(self.user_vectors, settling)
        item_scale = self.precision * self.item_weights
        self.item_vectors, squares = self.item_side.draw(
            self.user_vectors, self.user_weights, item_scale, self.item_prior, self.noise
        )
        self.item_weights, self.item_freedom = self._weights(self.item_side, squares, self.item_freedom)
        self.item_prior.draw(self.item_vectors, settling)
        total = float((squares.double() * self.item_weights).sum())
        shape = torch.tensor(self.n / 2, dtype=torch.float64)
        self.precision = float(torch._standard_gamma(shape, generator=self.noise)) / (total / 2)
        self.sweeps += 1

    def _weights(self, side: Side, squares: torch.Tensor, freedom: float) -> tuple[torch.Tensor, float]:
        """Draw the weights of one side, and then their degrees of freedom."""
        shape = ((freedom + side.sizes) / 2).cpu()
        weights = torch._standard_gamma(shape, generator=self.noise).to(squares)
        weights = weights / ((freedom + self.precision * squares) / 2)
        scale = float(weights.mean())  # an equal model with a mean weight of 1; the chain alone would get there slowly
        self.precision *= scale
        return weights / scale, degrees_of_freedom((weights / scale).cpu().double(), self.noise)


def length_batches(sizes: np.ndarray) -> list[np.ndarray]:
    """Row indices in batches: lengths within a batch are similar, and its number of ratings is bounded.

    sizes: (n,) the length of each row.
    """
    order = np.argsort(sizes, kind="stable")
    ascending, batches, first = sizes[order], [], 0
    while first < len(order):
        longest = max(8, int(LONGEST_BY_SHORTEST * ascending[first]))
        last = int(np.searchsorted(ascending, longest, side="right"))
        last = min(last, first + max(1, RATINGS_AT_ONCE // max(1, int(ascending[last - 1]))))
        batches.append(order[first:last])
        first = last
    return batches


def wishart(scatter: torch.Tensor, freedom: float, noise: torch.Generator) -> torch.Tensor:
    """One draw of a precision, (d, d): Wishart with scale inv(scatter), by Bartlett's decomposition."""
    d = len(scatter)
    lower = _normal((d, d), noise, scatter.device).double().tril(-1)
    shapes = (freedom - torch.arange(d, dtype=torch.float64)) / 2
    lower.diagonal().copy_(torch.sqrt(2 * torch._standard_gamma(shapes, generator=noise)))
    root = torch.linalg.cholesky(torch.linalg.inv(scatter.double())) @ lower
    precision: torch.Tensor = (root @ root.T).to(scatter)
    return precision


def degrees_of_freedom(weights: torch.Tensor, noise: torch.Generator) -> float:
    """One draw of nu given weights ~ Gamma(nu/2, nu/2), from the grid FREEDOMS."""
    half = FREEDOMS / 2
    n = len(weights)
    log = n * (half * half.log() - torch.lgamma(half)) + (half - 1) * weights.log().sum() - half * weights.sum()
    return float(FREEDOMS[torch.multinomial(torch.softmax(log, dim=0), 1, generator=noise)])


def _normal(shape: tuple[int, ...], noise: torch.Generator, device: torch.device) -> torch.Tensor:
    """Standard normal, drawn on the CPU, so that a seed gives equal numbers on every machine."""
    return torch.randn(shape, generator=noise).to(device)
