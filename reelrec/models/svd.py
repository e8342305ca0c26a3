"""Biased matrix factorisation by stochastic gradient descent ("SVD"), fitted by Surprise, with a fold-in for new users.

    r_ui  ~  mu + b_u + b_i + p_u . q_i

Source: Koren, Bell and Volinsky, "Matrix Factorization Techniques for Recommender Systems", IEEE Computer 42(8), 2009;
the solver is Surprise's. How we differ: a user is never looked up. [b_u, p_u] is the ridge solution for a history,
    min  sum_i (r_ui - mu - b_i - [1, q_i] . x)^2  +  penalty . x^2.
With a penalty of reg x (number of ratings) this is the optimum that training converges to. New users have fewer ratings
than train users, and for them that penalty is too weak a prior. Theirs is tuned on the tune users.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.linalg import solve

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.shared import shared
from reelrec.models.arrays import ArrayModel, Arrays

if TYPE_CHECKING:
    import surprise


class SVD(ArrayModel):
    """Hyperparameters of training, then of the fold-in.

    bias_penalty, factor_penalty: the ridge penalty of a new user's bias and factors.
    """

    name = "svd"
    unit = "stars"
    arrays = ("mean", "item_bias", "item_factors")

    def __init__(
        self,
        embedding_dim: int = 100,
        epochs: int = 30,
        learning_rate: float = 0.005,
        reg: float = 0.1,
        seed: int = 42,
        bias_penalty: float = 5.0,
        factor_penalty: float = 5.0,
    ) -> None:
        self.embedding_dim = embedding_dim
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.reg = reg
        self.seed = seed
        self.bias_penalty = bias_penalty
        self.factor_penalty = factor_penalty

    def fit(self, dataset: Dataset) -> Self:
        import surprise

        from reelrec.models.surprise_data import trainset

        fitted = surprise.SVD(
            n_factors=self.embedding_dim,
            n_epochs=self.epochs,
            lr_all=self.learning_rate,
            reg_all=self.reg,
            random_state=self.seed,
        ).fit(trainset(dataset))
        return self.take(fitted)

    def take(self, fitted: surprise.SVD) -> Self:
        """Keep what Surprise learned about items, whose inner ids are our indices; of users, keep nothing."""
        self.mean_ = float(fitted.trainset.global_mean)
        self.item_bias_ = fitted.bi.astype(np.float32)  # (n_items,)
        self.item_factors_ = fitted.qi.astype(np.float32)  # (n_items, embedding_dim)
        return self

    def score(self, history: History) -> np.ndarray:
        user = self.fold_in(history, self.penalty())
        scores: np.ndarray = self.mean_ + self.item_bias_ + user[0] + self.item_factors_ @ user[1:]
        return scores

    def penalty(self) -> np.ndarray:
        """(1 + embedding_dim,) the ridge penalty for a new user."""
        penalty: np.ndarray = np.r_[self.bias_penalty, np.full(self.item_factors_.shape[1], self.factor_penalty)]
        return penalty

    def fold_in(self, history: History, penalty: np.ndarray) -> np.ndarray:
        """(1 + embedding_dim,) float32: the user's bias, then their factors."""
        items, ratings = history.stars()
        design = np.column_stack([np.ones(len(items), dtype=np.float32), self.item_factors_[items]])
        return ridge(design, ratings - self.mean_ - self.item_bias_[items], penalty)

    def learned(self) -> Arrays:
        """mean: stars. item_bias: (n_items,) float32 stars. item_factors: (n_items, embedding_dim) float16."""
        factors = self.item_factors_.astype(np.float16)
        return {"mean": self.mean_, "item_bias": self.item_bias_, "item_factors": factors}

    def keep(self, *, mean: float, item_bias: np.ndarray, item_factors: np.ndarray) -> None:
        self.mean_, self.item_bias_ = float(np.float32(mean)), item_bias
        self.item_factors_ = shared("vectors", lambda: item_factors.astype(np.float32))


def ridge(design: np.ndarray, target: np.ndarray, penalty: np.ndarray) -> np.ndarray:
    """The x that minimises |target - design @ x|^2 + penalty . x^2.

    design: (n, k). target: (n,). penalty: (k,), positive. Returns (k,) float32; zeros for n = 0.
    """
    gram = (design.T @ design).astype(np.float64)  # (k, k)
    gram[np.diag_indices_from(gram)] += penalty
    solution = solve(gram, design.T @ target, assume_a="pos", check_finite=False)
    return np.asarray(solution, dtype=np.float32)
