"""Bayesian matrix factorisation: predicted stars with their uncertainty.

    r_ui  ~  N(mu + b_i + [1, q_i] . x_u, 1 / (v_u w_i)),        x_u ~ N(m_n, C_n),        v_u ~ Gamma(nu/2, nu/2)

Items are kept as draws of their posterior (`gibbs.py` makes them). A user is solved in closed form under each draw
(`user_posterior.py`), and the draws are averaged. Sources: Salakhutdinov and Mnih, "Bayesian Probabilistic Matrix
Factorization using MCMC", ICML 2008; the history in the user's prior: Rendle, Zhang and Koren, "On the Difficulty of
Evaluating Baselines", 2019.

How we differ. 1. The prior m_n, C_n depends on which items the user has seen and on how many: three seen items say less
than three hundred. 2. Noise differs between users (v_u, their steadiness) and is solved together with x_u. 3. Users
choose to see what they expect to like. The raters of an item therefore like it more than a random user would (selection
effect, or exposure bias). The difference is added in proportion to the variance that is still unknown, so that an empty
history gives the item's mean.
"""

from __future__ import annotations

import copy
from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.shared import shared
from reelrec.models import predictive
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction
from reelrec.models.bmf.user_posterior import UserPosterior, solve_user

HABIT_WEIGHT = 100.0  # `weight` of `predictive.habit`; tuned on the tune users
MAX_LEVERAGE = 0.95  # of one rating on its own prediction; a larger one would divide by nearly nothing
DRAWN = ("item_biases", "item_factors")  # the arrays with one row for each draw


class BMF(ArrayModel):
    """Hyperparameters.

    embedding_dim: factors. components: principal components of which items each user has seen, for the prior of users.
    rater_components: the same of who rated each item, for the prior of items. samples: draws kept, one every `thin`
    sweeps after `burn_in` sweeps.
    """

    name = "bmf"
    unit = "stars"
    adds_up = True
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
        from reelrec.models.bmf.draws import SamplerSettings
        from reelrec.models.bmf.posterior import fitted_arrays  # needs scipy's sparse solvers and torch

        settings = SamplerSettings(
            embedding_dim=self.embedding_dim,
            components=self.components,
            rater_components=self.rater_components,
            samples=self.samples,
            burn_in=self.burn_in,
            thin=self.thin,
            seed=self.seed,
        )
        self.keep(**fitted_arrays(dataset, settings))
        return self

    def keep(
        self,
        *,
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
        """Hold what was learned, each array as it ships, and the item vectors in the form that the arithmetic needs.

        item_biases: (draws, n_items). item_factors: (draws, n_items, embedding_dim). precisions: (n_items,) of one
        rating. selection: (n_items,) stars, the selection effect. seen: (n_items, d), d = embedding_dim + 1.
        prior_sizes: (sizes,). prior_weights: (sizes, 1 + d, d). prior_covariances: (sizes, d, d). thresholds: (9,)
        between half-stars.
        """
        self.mean_, self.freedom_ = float(mean), float(freedom)
        self.item_biases_ = item_biases
        self.precisions_, self.selection_, self.seen_ = precisions, selection, seen
        self.prior_sizes_, self.prior_weights_ = prior_sizes, prior_weights
        self.prior_covariances_, self.thresholds_ = prior_covariances, thresholds
        self._biases = shared("levels", lambda: self.mean_ + item_biases.astype(np.float32))
        self._items = shared("vectors", lambda: item_vectors(item_factors))  # (draws, n_items, d)
        self._noise = 1.0 / precisions
        self._squares = shared("squares", lambda: second_moments(self._items))
        self._unknown = self._spread(prior_covariances[0])
        self._mean_items = shared("mean_vectors", lambda: self._items.mean(axis=0))
        self._mean_biases = self._biases.mean(axis=0)
        for array in (
            self._biases, self._items, self._noise, self._squares, self._unknown, self._mean_items, self._mean_biases,
        ):  # fmt: skip
            array.setflags(write=False)

    @property
    def item_factors_(self) -> np.ndarray:
        """(draws, n_items, embedding_dim) float16, as it ships; held only once, in `_items`."""
        return self._items[:, :, 1:].astype(np.float16)

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(draws, *items.shape, d) float32: [1, q_i] of these items under each draw."""
        return self._items[:, items]

    def levels(self, items: np.ndarray) -> np.ndarray:
        """(draws, *items.shape) float32 stars: mu + b_i."""
        levels: np.ndarray = self._biases[:, items]
        return levels

    def moments(self, items: np.ndarray) -> np.ndarray:
        """(*items.shape, d (d + 1) / 2): `second_moments` of these items."""
        moments: np.ndarray = self._squares[items]
        return moments

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these items, or of every item."""
        user = self.fold_in(history)
        rated, ratings = history.stars()
        return self.expected(user, items)._replace(habit=self.habit(ratings, self.expected(user, rated)))

    def expected(self, user: UserPosterior, items: np.ndarray | None = None) -> Prediction:
        """The prediction for a user who is folded in, of these items or of every item, with a habit of 1."""
        part = slice(None) if items is None else items
        means = self._biases[:, part] + (self._items[:, part] @ user.vectors[:, :, None])[..., 0]  # (draws, n)
        spread = self._spread(user.covariances.mean(axis=0), part)
        return self.over_draws(part, means, spread, user.steadiness.mean())

    def rough_means(self, user: UserPosterior) -> np.ndarray:
        """(n_items,) float32 stars of a user who is folded in, from the mean of all draws: fast, and nearly right."""
        means: np.ndarray = self._mean_biases + self._mean_items @ user.vectors.mean(axis=0).astype(np.float32)
        return means

    def over_draws(
        self, items: np.ndarray | slice, means: np.ndarray, spread: np.ndarray, steadiness: np.ndarray | float
    ) -> Prediction:
        """The prediction averaged over draws.

        items, and steadiness where it is an array: broadcast to n. means: (draws, *n) stars. spread: (*n,) variance
        that comes from what is unknown of the user.
        """
        mean = means.mean(axis=0) + self.selection_[items] * np.minimum(spread / self._unknown[items], 1.0)
        variance = means.var(axis=0) + spread + self._noise[items] / steadiness
        return Prediction(mean=mean.astype(np.float32), sd=np.sqrt(variance, dtype=np.float32))

    def habit(self, ratings: np.ndarray, own: Prediction) -> np.ndarray:
        """(10,) the `habit` of `Prediction`. ratings: (n,) that were folded in. own: the predictions for them."""
        return predictive.habit(self.probabilities(own), ratings, HABIT_WEIGHT)

    def residuals(self, user: UserPosterior, items: np.ndarray, ratings: np.ndarray, own: Prediction) -> np.ndarray:
        """(n,) float32: the standardised leave-one-out residual of each rating that was folded in.

        (r - m) / (1 - h), divided by its standard deviation, sqrt(noise / (1 - h)). m is the prediction with the rating
        folded in and h its leverage. own: the predictions m.
        """
        noise = self._noise[items] / user.steadiness.mean()
        leverage = np.minimum(self._spread(user.covariances.mean(axis=0), items) / noise, MAX_LEVERAGE)
        errors = ratings - own.mean
        return np.asarray(errors / np.sqrt(noise * (1.0 - leverage)), dtype=np.float32)

    def influence(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n_rated, len(items)) stars by which the predictions of these items fall without each rating, nearly."""
        return self.leave_one_out(history, self._mean_items[items])

    def leave_one_out(self, history: History, vectors: np.ndarray) -> np.ndarray:
        """(n_rated, m) stars: z . (x - x without rating i) = w_i (z' C z_i) (r_i - m_i) / (1 - h_i), for each vector z.

        m_i is the prediction with the rating folded in, h_i its leverage, w_i its precision, C the covariance of the
        user. Exact for one draw whose prior and steadiness stay; here of the mean draw. vectors: (m, d).
        """
        user = self.fold_in(history)
        rated, ratings = history.stars()
        covariance = user.covariances.mean(axis=0).astype(np.float32)
        noise = self._noise[rated] / user.steadiness.mean()
        leverage = np.minimum(self._spread(covariance, rated) / noise, MAX_LEVERAGE)
        pull = (ratings - self.expected(user, rated).mean) / ((1.0 - leverage) * noise)
        shared = self._mean_items[rated] @ covariance @ vectors.T  # (n_rated, m)
        return np.asarray(pull[:, None] * shared, dtype=np.float32)

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star."""
        return predictive.half_star_probabilities(prediction, self.thresholds_)

    def fold_in(self, history: History) -> UserPosterior:
        """The posterior of a user under each draw, given their history and the items."""
        items, ratings = history.stars()
        centre, covariance = self.prior(history.items)
        precision = np.linalg.inv(covariance)
        return solve_user(
            design=self._items[:, items],
            target=ratings - self._biases[:, items],
            weights=self.precisions_[items],
            precision=precision,
            pull=precision @ centre,
            freedom=self.freedom_,
        )

    def prior(self, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean (d,) and covariance (d, d) of a user of whom only the items they have seen are known.

        seen: (n,) items. Between two of `prior_sizes`, the prior is interpolated in ln(1 + n).
        """
        sums = self.seen_[seen].astype(np.float32).sum(axis=0) / np.sqrt(max(len(seen), 1))
        place = np.interp(np.log1p(len(seen)), np.log1p(self.prior_sizes_), np.arange(len(self.prior_sizes_)))
        low = min(int(place), max(len(self.prior_sizes_) - 2, 0))
        high, share = min(low + 1, len(self.prior_sizes_) - 1), place - low
        weights = (1 - share) * self.prior_weights_[low] + share * self.prior_weights_[high]
        covariance = (1 - share) * self.prior_covariances_[low] + share * self.prior_covariances_[high]
        return np.r_[1.0, sums] @ weights, covariance

    def _spread(self, covariance: np.ndarray, part: slice | np.ndarray = slice(None)) -> np.ndarray:
        """(n,) variance of these items' stars that comes from what is unknown of the user. covariance: (d, d).

        All draws share one coordinate system and have nearly equal covariances, so their mean stands for each.
        """
        spread: np.ndarray = self._squares[part] @ covariance[np.triu_indices(len(covariance))].astype(np.float32)
        return spread

    def thinned(self, every: int) -> BMF:
        """A model with every `every`-th draw only: faster, and less certain about the items."""
        arrays = {name: array[::every] if name in DRAWN else array for name, array in self.learned().items()}
        fewer = copy.copy(self)
        fewer.samples = len(arrays["item_biases"])
        fewer.keep(**arrays)
        return fewer


def item_vectors(factors: np.ndarray) -> np.ndarray:
    """(draws, n_items, d) float32: [1, q_i]. factors: (draws, n_items, embedding_dim)."""
    ones = np.ones((*factors.shape[:2], 1), dtype=np.float32)
    return np.concatenate([ones, factors], axis=2, dtype=np.float32)


def second_moments(items: np.ndarray) -> np.ndarray:
    """(n_items, d (d + 1) / 2): the upper triangle of z z', averaged over draws, off-diagonal entries doubled.

    items: (draws, n_items, d), the vectors z.
    """
    rows, columns = np.triu_indices(items.shape[2])
    moments = np.empty((len(rows), items.shape[1]), dtype=np.float32)
    by_entry = np.ascontiguousarray(items.transpose(2, 0, 1))  # (d, draws, n_items), so that sums run over neighbours
    for row in range(items.shape[2]):  # a row at a time, since all at once would take half a gigabyte
        moments[rows == row] = np.einsum("sn,dsn->dn", by_entry[row], by_entry[row:])
    moments /= len(items)
    moments[rows != columns] *= 2
    return np.ascontiguousarray(moments.T)
