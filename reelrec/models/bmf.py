"""Bayesian matrix factorisation: predicted stars that know how sure they are.

    r_ui  ~  N(mu + b_i + [1, q_i] . x_u, 1 / (v_u w_i)),        x_u ~ N(m_n, C_n),        v_u ~ Gamma(nu/2, nu/2)

Items are kept as draws of their posterior (`gibbs.py` makes them), a person is solved in closed form under each draw,
and the draws are averaged. Sources: Salakhutdinov and Mnih, "Bayesian Probabilistic Matrix Factorization using MCMC",
ICML 2008; history in the person's prior: Rendle, Zhang and Koren, "On the Difficulty of Evaluating Baselines", 2019.

How we differ. 1. m_n and C_n depend on the number of films a person has seen and on which: three seen films say less
than three hundred. 2. People are unequally steady (v_u), solved together with x_u by turns. 3. Those who see a film
expect to like it, so its raters' mean is above what a person drawn at random would give; the difference is added in the
share of the person's spread that is still unknown, so that nothing known gives the film's mean.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction
from reelrec.models.predictive import habit, half_star_probabilities

HABIT = 100.0  # ratings' worth of pull towards the habits of everybody; tuned on people 8
MOST_LEVERAGE = 0.95  # of one rating on its own prediction; more would divide by next to nothing
ROUNDS = 3  # by turns for a person's vector and their steadiness


class UserPosterior(NamedTuple):
    """A person under each draw. vectors: (draws, d). covariances: (draws, d, d). steadiness: (draws,) mean of v_u."""

    vectors: np.ndarray
    covariances: np.ndarray
    steadiness: np.ndarray


class BMF(ArrayModel):
    """Hyperparameters.

    embedding_dim: factors. components: of what people saw, for their prior. rater_components: of who rated what, for
    the films'. samples: draws kept, one in `thin` sweeps after `burn_in`.
    """

    name = "bmf"
    unit = "stars"
    arrays = (
        "mean", "item_biases", "item_factors", "precisions", "selection", "seen", "prior_sizes", "prior_weights",
        "prior_covariances", "freedom", "thresholds",
    )  # fmt: skip

    def __init__(
        self,
        embedding_dim: int = 32,
        components: int = 192,
        rater_components: int = 0,
        samples: int = 14,
        burn_in: int = 80,
        thin: int = 4,
        seed: int = 42,
    ) -> None:
        self.embedding_dim = embedding_dim
        self.components = components
        self.rater_components = rater_components
        self.samples = samples
        self.burn_in = burn_in
        self.thin = thin
        self.seed = seed

    def fit(self, dataset: Dataset) -> Self:
        from reelrec.models.posterior import sampled  # needs scipy's sparse solvers and, for the sampler, torch

        self.keep(**sampled(dataset, **self.settings()))
        return self

    def keep(
        self,
        mean: float,
        item_biases: np.ndarray,
        item_factors: np.ndarray,
        precisions: np.ndarray,
        selection: np.ndarray,
        seen: np.ndarray,
        prior_sizes: np.ndarray,
        prior_weights: np.ndarray,
        prior_covariances: np.ndarray,
        freedom: float,
        thresholds: np.ndarray,
    ) -> None:
        """Hold what was learned, each as it ships, and the item vectors once more as the arithmetic wants them.

        item_biases: (draws, n_items). item_factors: (draws, n_items, embedding_dim). precisions: (n_items,) of one
        rating. selection: (n_items,) stars. seen: (n_items, d), d = embedding_dim + 1. prior_sizes: (sizes,).
        prior_weights: (sizes, 1 + d, d). prior_covariances: (sizes, d, d). thresholds: (9,) between half-stars.
        """
        self.mean_, self.freedom_ = float(mean), float(freedom)
        self.item_biases_ = item_biases
        self.precisions_, self.selection_, self.seen_ = precisions, selection, seen
        self.prior_sizes_, self.prior_weights_ = prior_sizes, prior_weights
        self.prior_covariances_, self.thresholds_ = prior_covariances, thresholds
        self._biases = self.mean_ + item_biases.astype(np.float32)
        ones = np.ones((*item_biases.shape, 1), dtype=np.float32)
        self._items = np.concatenate([ones, item_factors], axis=2, dtype=np.float32)  # (draws, n_items, d)
        self._noise = 1.0 / precisions
        self._squares = second_moments(self._items)
        self._unknown = self._spread(prior_covariances[0])
        for array in (self._biases, self._items, self._noise, self._squares, self._unknown):
            array.setflags(write=False)

    @property
    def item_factors_(self) -> np.ndarray:
        """(draws, n_items, embedding_dim) float16, as it ships; kept once, in `_items`."""
        return self._items[:, :, 1:].astype(np.float16)

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(draws, *items.shape, d) float32: [1, q_i] of these items under each draw."""
        return self._items[:, items]

    def levels(self, items: np.ndarray) -> np.ndarray:
        """(draws, *items.shape) float32 stars: mu + b_i."""
        return self._biases[:, items]

    def moments(self, items: np.ndarray) -> np.ndarray:
        """(*items.shape, d (d + 1) / 2): `second_moments` of these items."""
        return self._squares[items]

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """What the person would give these items, or all of them, and how sure that is."""
        person = self.fold_in(history)
        return self.expected(person, items)._replace(habit=self.habit(person, history))

    def expected(self, person: UserPosterior, items: np.ndarray | None = None) -> Prediction:
        """What somebody folded in would give these items, or all of them; their habits are left out."""
        part = slice(None) if items is None else items
        means = self._biases[:, part] + (self._items[:, part] @ person.vectors[:, :, None])[..., 0]  # (draws, n)
        spread = self._spread(person.covariances.mean(axis=0), part)
        return self.over_draws(part, means, spread, person.steadiness.mean())

    def over_draws(
        self, items: np.ndarray | slice, means: np.ndarray, spread: np.ndarray, steadiness: np.ndarray | float
    ) -> Prediction:
        """What the draws come to. means: (draws, *n) stars. spread: (*n,) variance from what is unknown of the person.

        items, and steadiness where it is no number: of a shape that goes with n.
        """
        mean = means.mean(axis=0) + self.selection_[items] * np.minimum(spread / self._unknown[items], 1.0)
        variance = means.var(axis=0) + spread + self._noise[items] / steadiness
        return Prediction(mean.astype(np.float32), np.sqrt(variance, dtype=np.float32))

    def habit(self, person: UserPosterior, history: History) -> np.ndarray:
        """(10,) of `Prediction`, of somebody folded in."""
        items, ratings = history.stars()
        return habit(self.probabilities(self.expected(person, items)), ratings, HABIT)

    def residuals(self, person: UserPosterior, items: np.ndarray, ratings: np.ndarray) -> np.ndarray:
        """(n,) by how many of its sds each rating that was folded in is off what the others alone would lead to.

        The residual of leaving one out, (r - m) / (1 - h), by its sd, sqrt(noise / (1 - h)); h is the leverage.
        """
        noise = self._noise[items] / person.steadiness.mean()
        leverage = np.minimum(self._spread(person.covariances.mean(axis=0), items) / noise, MOST_LEVERAGE)
        away = ratings - self.expected(person, items).mean
        return (away / np.sqrt(noise * (1.0 - leverage))).astype(np.float32)

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10): the chance of each half-star."""
        return half_star_probabilities(prediction, self.thresholds_)

    def fold_in(self, history: History) -> UserPosterior:
        """The posterior of a person under each draw, given their history and the items."""
        items, ratings = history.stars()
        centre, covariance = self.prior(history.items)
        precision = np.linalg.inv(covariance)
        return solved(
            self._items[:, items],
            ratings - self._biases[:, items],
            self.precisions_[items],
            precision,
            precision @ centre,
            self.freedom_,
        )

    def prior(self, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean (d,) and covariance (d, d) of somebody of whom nothing is known but the items they have seen.

        Between two sizes that were worked out, it goes with the logarithm of the number.
        """
        told = self.seen_[seen].astype(np.float32).sum(axis=0) / np.sqrt(max(len(seen), 1))
        place = np.interp(np.log1p(len(seen)), np.log1p(self.prior_sizes_), np.arange(len(self.prior_sizes_)))
        low = min(int(place), max(len(self.prior_sizes_) - 2, 0))
        high, share = min(low + 1, len(self.prior_sizes_) - 1), place - low
        weights = (1 - share) * self.prior_weights_[low] + share * self.prior_weights_[high]
        covariance = (1 - share) * self.prior_covariances_[low] + share * self.prior_covariances_[high]
        return np.r_[1.0, told] @ weights, covariance

    def _spread(self, covariance: np.ndarray, part: slice | np.ndarray = slice(None)) -> np.ndarray:
        """(n,) variance of these items' stars from what is unknown of the person; covariance: (d, d).

        The draws, in one coordinate system, leave nearly equal covariances, so that their mean stands for each.
        """
        return self._squares[part] @ covariance[np.triu_indices(len(covariance))].astype(np.float32)

    def thinned(self, every: int) -> BMF:
        """The same with one in so many draws: quicker, and less sure of the films."""
        fewer = BMF(**self.settings() | {"samples": len(self.item_biases_[::every])})
        drawn = ("item_biases", "item_factors")
        fewer.keep(**{name: part[::every] if name in drawn else part for name, part in self.learned().items()})
        return fewer


def second_moments(items: np.ndarray) -> np.ndarray:
    """(n_items, d (d + 1) / 2): z z' averaged over draws, above the diagonal doubled. items: (draws, n_items, d)."""
    rows, columns = np.triu_indices(items.shape[2])
    found = np.empty((items.shape[1], len(rows)), dtype=np.float32)
    for row in range(items.shape[2]):  # a row at a time, since all at once would take half a gigabyte
        found[:, rows == row] = np.einsum("sn,snd->nd", items[:, :, row], items[:, :, row:]) / len(items)
    found[:, rows != columns] *= 2
    return found


def solved(
    design: np.ndarray,
    target: np.ndarray,
    weights: np.ndarray,
    precision: np.ndarray,
    pull: np.ndarray,
    freedom: float,
) -> UserPosterior:
    """The posterior of x where target ~ N(design x, 1 / (v weights)), x ~ N(inv(precision) pull, inv(precision)).

    design: (draws, n, d). target: (draws, n). weights: (n,). precision: (d, d). pull: (d,). v ~ Gamma(freedom / 2,
    freedom / 2); x and v are solved by turns, each given the other's mean (mean-field).
    """
    weighted = design * weights[:, None]
    gram = (weighted.transpose(0, 2, 1) @ design).astype(np.float64)  # (draws, d, d)
    right = (weighted.transpose(0, 2, 1) @ target[..., None]).astype(np.float64)  # (draws, d, 1)
    total = (weights * target**2).sum(axis=1)
    steadiness = np.ones(len(design))
    for _ in range(ROUNDS if len(weights) else 1):
        by = steadiness[:, None, None]
        covariances = np.linalg.inv(precision + by * gram)
        vectors = covariances @ (pull[:, None] + by * right)
        fitted = (vectors * (gram @ vectors - 2 * right)).sum(axis=(1, 2))
        squares = total + fitted + (gram * covariances).sum(axis=(1, 2))
        steadiness = (freedom + len(weights)) / (freedom + squares)
    return UserPosterior(vectors[..., 0], covariances, steadiness)
