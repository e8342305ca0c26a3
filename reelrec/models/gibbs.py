"""The blocked Gibbs sampler behind `bmf`: people and items by turns, each exactly, given the others.

    r_ui ~ N(mu + b_u + b_i + p_u . q_i, 1 / (alpha v_u w_i))
    x_u = [b_u, p_u] ~ N(C_u B, inv(L)),   y_i = [b_i, q_i] likewise with the items' C, B and L
    v_u ~ Gamma(nu/2, nu/2),   w_i likewise

C holds a 1 and what is known of a row beside ratings; the prior's mean B and precision L are drawn together from their
normal-Wishart conditional, and each block of C has a strength of its own. Source: Salakhutdinov and Mnih, "Bayesian
Probabilistic Matrix Factorization using MCMC", ICML 2008; side information in the prior's mean: Simm et al., "Macau",
2015. How we differ: noise has a factor for each person and each item (so a rating's error is Student's t), because
people are unequally steady: on ml-latest-small it is worth .013 RMSE. Written in torch, in batches of rows of like
length, so that the same code runs on two cores and on a GPU.
"""

from __future__ import annotations

import math

import numpy as np
import torch

from reelrec.data.dataset import Dataset

RATINGS_AT_ONCE = 300_000
LONGEST_BY_SHORTEST = 1.25  # rows in one batch
INTERCEPT_STRENGTH = 1e-3  # of the prior's mean itself: hardly any
SETTLING = (3, 6, 10, 15, 20, 30, 40)  # sweeps after which the blocks' strengths are drawn again, then kept


class Side:
    """One side's ratings, by row, in batches of rows of like length.

    rows, columns: (n,) whose rating of what. values: (n,) stars from the mean. shape: rows and columns there are.
    """

    def __init__(
        self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int], device: torch.device
    ) -> None:
        self.n, self.padding = shape
        order = np.argsort(rows, kind="stable")
        sizes = np.bincount(rows, minlength=self.n)
        start = np.r_[0, np.cumsum(sizes)]
        self.sizes = torch.tensor(sizes, dtype=torch.float32, device=device)
        self.batches = [
            tuple(
                torch.from_numpy(array).to(device) for array in self._padded(ids, sizes, start, order, columns, values)
            )
            for ids in alike(sizes)
        ]

    def _padded(self, ids, sizes, start, order, columns, values) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """ids (b,), columns (b, longest) with `padding` where a row is shorter, values (b, longest)."""
        longest = max(1, int(sizes[ids].max()))
        filled = np.arange(longest) < sizes[ids][:, None]
        places = order[(start[ids][:, None] + np.arange(longest))[filled]]
        which = np.full((len(ids), longest), self.padding, dtype=np.int32)
        stars = np.zeros((len(ids), longest), dtype=np.float32)
        which[filled], stars[filled] = columns[places], values[places]
        return ids, which, stars

    def draw(
        self, other: torch.Tensor, weights: torch.Tensor, scale: torch.Tensor, prior: Prior, noise: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Every row's vector from its conditional, (n, d), and its weighted squares of errors, (n,).

        other: (n_columns, d) the other side's vectors, the bias first. weights: (n_columns,) of the other side's noise.
        scale: (n,) alpha times the row's own.
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
    """The Gaussian of one side's vectors: mean C B, (n, d), and precision (d, d), drawn given the vectors.

    blocks: each (n, width), what is known of the rows. B's rows of a block are N(0, inv(strength x precision)).
    """

    def __init__(self, n: int, d: int, blocks: list[np.ndarray], noise: torch.Generator, device: torch.device) -> None:
        known = [np.ones((n, 1), dtype=np.float32), *(block for block in blocks if block.shape[1])]
        self.widths = [block.shape[1] for block in known]
        self.strengths = [INTERCEPT_STRENGTH, *(3.0 for _ in known[1:])]
        self.noise = noise
        self.design = torch.from_numpy(np.hstack(known)).to(device)
        self.gram = self.design.T @ self.design
        self.precision = 3.0 * torch.eye(d, device=device)
        self.mean = torch.zeros(n, d, device=device)
        self._solve()

    def _solve(self) -> None:
        self.ridge = torch.repeat_interleave(
            torch.tensor(self.strengths, device=self.gram.device), torch.tensor(self.widths, device=self.gram.device)
        )
        self.factor = torch.linalg.cholesky(self.gram + torch.diag(self.ridge))

    def draw(self, vectors: torch.Tensor, settling: bool) -> None:
        """Mean and precision given the vectors (n, d); where settling, the strengths too."""
        n, d = vectors.shape
        spread = torch.linalg.inv(
            torch.linalg.cholesky(self.precision)
        )  # rows of (..) @ spread have cov inv(precision)
        start = _normal((len(self.ridge), d), self.noise, vectors.device) @ spread / self.ridge.sqrt()[:, None]
        away = vectors - self.design @ start - _normal((n, d), self.noise, vectors.device) @ spread
        weights = start + torch.cholesky_solve(self.design.T @ away, self.factor)  # B, (width, d)
        self.mean = self.design @ weights
        rest = vectors - self.mean
        scatter = rest.T @ rest + (weights * self.ridge[:, None]).T @ weights + 0.1 * d * torch.eye(d).to(rest)
        self.precision = wishart(scatter, n + len(self.ridge) + d, self.noise)
        if settling:
            sizes = ((weights @ self.precision) * weights).sum(dim=1).split(self.widths)
            for block, (width, size) in enumerate(zip(self.widths, sizes, strict=True)):
                if block:
                    shape = torch.tensor(1.0 + width * d / 2, dtype=torch.float64)
                    gamma = torch._standard_gamma(shape, generator=self.noise)
                    self.strengths[block] = float(gamma) / (1.0 + float(size.sum()) / 2)
            self._solve()


class Chain:
    """The state of the sampler; `sweep` moves it on. Row u of `people` is [b_u, p_u], row i of `films` [b_i, q_i]."""

    def __init__(
        self,
        dataset: Dataset,
        embedding_dim: int,
        known_of_people: list[np.ndarray],
        known_of_films: list[np.ndarray],
        seed: int,
    ) -> None:
        """What is known beside ratings comes in blocks, (n_users, width) and (n_items, width)."""
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.noise = torch.Generator().manual_seed(seed)
        self.global_mean = float(dataset.ratings.mean(dtype=np.float64))
        users, items, d = dataset.users, dataset.items, embedding_dim + 1
        values = dataset.ratings - np.float32(self.global_mean)
        shape = dataset.n_users, dataset.n_items
        self.by_person = Side(users, items, values, shape, device)
        self.by_film = Side(items, users, values, shape[::-1], device)
        self.person_prior = Prior(shape[0], d, known_of_people, self.noise, device)
        self.film_prior = Prior(shape[1], d, known_of_films, self.noise, device)
        self.people, self.films = (0.1 * _normal((n, d), self.noise, device) for n in shape)
        self.people[:, 0] = self.films[:, 0] = 0.0
        self.person_weights, self.film_weights = (torch.ones(n, device=device) for n in shape)
        self.precision, self.n = 1.5, len(values)
        self.person_freedom = self.film_freedom = 10.0
        self.sweeps = 0

    def sweep(self) -> None:
        """Draw everything once."""
        settling = self.sweeps in SETTLING
        self.people, squares = self.by_person.draw(
            self.films, self.film_weights, self.precision * self.person_weights, self.person_prior, self.noise
        )
        self.person_weights, self.person_freedom = self._weights(self.by_person, squares, self.person_freedom)
        self.person_prior.draw(self.people, settling)
        self.films, squares = self.by_film.draw(
            self.people, self.person_weights, self.precision * self.film_weights, self.film_prior, self.noise
        )
        self.film_weights, self.film_freedom = self._weights(self.by_film, squares, self.film_freedom)
        self.film_prior.draw(self.films, settling)
        squares = float((squares.double() * self.film_weights).sum())
        shape = torch.tensor(self.n / 2, dtype=torch.float64)
        self.precision = float(torch._standard_gamma(shape, generator=self.noise)) / (squares / 2)
        self.sweeps += 1

    def _weights(self, side: Side, squares: torch.Tensor, freedom: float) -> tuple[torch.Tensor, float]:
        """The factors of one side's precision, and then their degrees of freedom."""
        shape = ((freedom + side.sizes) / 2).cpu()
        weights = torch._standard_gamma(shape, generator=self.noise).to(squares)
        weights = weights / ((freedom + self.precision * squares) / 2)
        scale = float(weights.mean())  # the same model with a mean of 1, which the chain alone would find slowly
        self.precision *= scale
        return weights / scale, degrees_of_freedom((weights / scale).cpu().double(), self.noise)


def alike(sizes: np.ndarray) -> list[np.ndarray]:
    """Row numbers in batches: none much longer than the shortest beside it, none with too many ratings in all."""
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
    drawn = torch.linalg.cholesky(torch.linalg.inv(scatter.double())) @ lower
    return (drawn @ drawn.T).to(scatter)


FREEDOMS = torch.exp(torch.linspace(math.log(2.0), math.log(200.0), 80, dtype=torch.float64))


def degrees_of_freedom(weights: torch.Tensor, noise: torch.Generator) -> float:
    """One draw of nu given weights ~ Gamma(nu/2, nu/2), from a grid that is even in its logarithm."""
    half = FREEDOMS / 2
    n = len(weights)
    log = n * (half * half.log() - torch.lgamma(half)) + (half - 1) * weights.log().sum() - half * weights.sum()
    return float(FREEDOMS[torch.multinomial(torch.softmax(log, dim=0), 1, generator=noise)])


def _normal(shape: tuple[int, ...], noise: torch.Generator, device: torch.device) -> torch.Tensor:
    """Drawn on the processor, so that a seed means the same everywhere."""
    return torch.randn(shape, generator=noise).to(device)
