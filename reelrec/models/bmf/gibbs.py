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

Several workers run one chain (`data.ratings.workers`). Each draws its own users, and all draw every item, from the sum
of what their ratings say. Random numbers follow the ids of users and the indices of items, so that the number of
workers changes nothing but rounding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from scipy.sparse import csr_array

from reelrec.data.half_stars import half_star_places
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import ALONE, State, Workers
from reelrec.models.bmf.noise import Noise
from reelrec.models.bmf.prior import Prior
from reelrec.models.bmf.ratings_side import Others, RatingsSide
from reelrec.models.bmf.side_information import SideInformation

SETTLING = (3, 6, 10, 15, 20, 30, 40)  # sweeps after which the strengths of the blocks are drawn again; then they stay
FREEDOMS = torch.exp(torch.linspace(math.log(2.0), math.log(200.0), 80, dtype=torch.float64))  # a grid even in ln(nu)
USERS, ITEMS, NOISE = range(3)  # whose random numbers
VECTORS, PRIOR, WEIGHTS, FREEDOM = range(4)  # and of what


class Half:
    """The users of the chain, or its items.

    vectors: (n, d), the bias first. weights: (n,) factors of the noise's precision. freedom: their degrees of freedom.
    workers: those that hold the other rows.
    """

    def __init__(self, side: RatingsSide, prior: Prior, workers: Workers, noise: Noise) -> None:
        self.side, self.prior, self.workers = side, prior, workers
        self.vectors = 0.1 * noise.at(VECTORS).rows(side.keys, len(prior.precision)).to(prior.mean)
        self.vectors[:, 0] = 0.0
        self.weights = torch.ones_like(self.vectors[:, 0])
        self.freedom = 10.0

    def draw(self, others: Half, mean: float, precision: float, settling: bool, noise: Noise) -> tuple[float, float]:
        """Draw all variables of this half given the others.

        mean: of all ratings. precision: alpha. Returns alpha for weights with a mean of 1, and the sum of the weighted
        squared errors.
        """
        given = Others(others.vectors, others.weights, mean)
        self.vectors, squares = self.side.draw(given, precision * self.weights, self.prior, noise.at(VECTORS))
        shapes = (self.freedom + self.side.sizes) / 2
        weights = noise.at(WEIGHTS).gamma(shapes, self.side.keys).to(squares)
        weights = weights / ((self.freedom + precision * squares) / 2)
        scale = self._sum(weights) / self.prior.all_rows  # an equal model; the chain alone would get there slowly
        self.weights = weights / scale
        self.freedom = self._draw_freedom(noise.at(FREEDOM))
        self.prior.draw(self.vectors, settling, noise.at(PRIOR))
        return precision * scale, self._sum(squares.double() * self.weights)

    def _draw_freedom(self, noise: Noise) -> float:
        """One draw of nu given weights ~ Gamma(nu/2, nu/2), from the grid FREEDOMS."""
        weights, half, n = self.weights.double(), FREEDOMS / 2, self.prior.all_rows
        logs, total = self._sum(weights.log()), self._sum(weights)
        log = n * (half * half.log() - torch.lgamma(half)) + (half - 1) * logs - half * total
        below = torch.cumsum(torch.softmax(log, dim=0), dim=0)
        place = int(torch.searchsorted(below, noise.uniform()))
        return float(FREEDOMS[min(place, len(FREEDOMS) - 1)])

    def _sum(self, values: torch.Tensor) -> float:
        """The sum over the rows of all workers. values: (n,)."""
        return self.workers.add(float(values.sum(dtype=torch.float64)))

    def state(self, name: str) -> dict[str, np.ndarray]:
        """What `restore` needs, by the name of this half."""
        scalars = np.array([self.freedom, *self.prior.strengths])
        tensors = (self.vectors, self.weights, self.prior.precision, self.prior.mean)
        return {f"{name}_{i}": part.cpu().numpy() for i, part in enumerate(tensors)} | {f"{name}_scalars": scalars}

    def restore(self, name: str, state: State) -> None:
        """Go on from the `state` of this name."""
        tensors = (torch.from_numpy(state[f"{name}_{i}"]).to(self.vectors) for i in range(4))
        self.vectors, self.weights, self.prior.precision, self.prior.mean = tensors
        self.freedom, *self.prior.strengths = state[f"{name}_scalars"].tolist()
        self.prior.solve()


class Chain:
    """The state of the sampler; `sweep` moves it on. precision: alpha of the formula. sweeps: made so far."""

    def __init__(
        self,
        dataset: Dataset,
        embedding_dim: int,
        *,
        user_components: np.ndarray,
        item_components: np.ndarray,
        features: Sequence[csr_array],
        seed: int,
    ) -> None:
        """user_components: (n_users, width) side information, and item_components and features (n_items, width)."""
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        workers, d = dataset.workers, embedding_dim + 1
        user_keys, item_keys = dataset.user_keys, np.arange(dataset.n_items)
        ratings = dataset.matrix(half_star_places(dataset.ratings, np.uint8))
        by_user = RatingsSide(ratings, user_keys, device, None)
        by_item = RatingsSide(ratings.T.tocsr(), item_keys, device, workers)
        user_prior = Prior(d, SideInformation(dataset.n_users, [user_components], [], device), workers)
        item_prior = Prior(d, SideInformation(dataset.n_items, [item_components], features, device), ALONE)
        self.seed, self.global_mean, self.n = seed, dataset.mean(), dataset.all_ratings()
        self.users = Half(by_user, user_prior, workers, Noise((seed, 0, USERS)))
        self.items = Half(by_item, item_prior, ALONE, Noise((seed, 0, ITEMS)))
        self.precision, self.sweeps = 1.5, 0

    def sweep(self) -> None:
        """Draw every variable once."""
        settling, squares = self.sweeps in SETTLING, 0.0
        self.sweeps += 1
        noise = Noise((self.seed, self.sweeps))
        for purpose, own, others in ((USERS, self.users, self.items), (ITEMS, self.items, self.users)):
            self.precision, squares = own.draw(others, self.global_mean, self.precision, settling, noise.at(purpose))
        gamma = noise.at(NOISE).gamma(torch.tensor([self.n / 2]), np.zeros(1, dtype=np.int64))
        self.precision = float(gamma[0]) / (squares / 2)

    def state(self) -> dict[str, np.ndarray]:
        """What `restore` needs to go on from here."""
        scalars = {"scalars": np.array([self.precision, self.sweeps])}
        return scalars | self.users.state("users") | self.items.state("items")

    def restore(self, state: State) -> None:
        """Go on from a `state`."""
        precision, sweeps = state["scalars"].tolist()
        self.precision, self.sweeps = precision, int(sweeps)
        self.users.restore("users", state)
        self.items.restore("items", state)
