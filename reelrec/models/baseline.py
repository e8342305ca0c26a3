"""Item and user bias.

    r_ui  ~  mu + b_i + b_u

    b_i = sum_u (r_ui - mu - b_u) / (reg_item + n_i)        b_u = sum_i (r_ui - mu - b_i) / (reg_user + n_u)

The two formulas alternate, starting from zero. Source: Koren, "Factor in the Neighbors", TKDD 4(1), 2010, section 2.1;
the same steps and constants as Surprise's BaselineOnly with ALS. A new user's b_u is the second formula, which is also
a train user's last step.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import ArrayModel


class Baseline(ArrayModel):
    """`reg_item`, `reg_user`: regularisation of the biases, as a number of ratings."""

    name = "baseline"
    unit = "stars"
    adds_up = True
    arrays = ("mean", "item_bias")

    def __init__(self, reg_item: float = 10.0, reg_user: float = 15.0, epochs: int = 10) -> None:
        self.reg_item = reg_item
        self.reg_user = reg_user
        self.epochs = epochs

    def fit(self, dataset: Dataset) -> Self:
        users, items = dataset.users, dataset.items
        mean = dataset.mean()
        residuals = dataset.ratings.astype(np.float64) - mean  # (n,)
        item_counts, user_counts = dataset.counts(), np.diff(dataset.start)
        user_bias = np.zeros(dataset.n_users)
        for _ in range(self.epochs):
            item_sums = dataset.workers.add(np.bincount(items, residuals - user_bias[users], dataset.n_items))
            item_bias = item_sums / (self.reg_item + item_counts)
            user_sums = np.bincount(users, residuals - item_bias[items], dataset.n_users)
            user_bias = user_sums / (self.reg_user + user_counts)
        self.keep(mean=mean, item_bias=item_bias.astype(np.float32))
        return self

    def score(self, history: History) -> np.ndarray:
        return np.asarray(self.mean_ + self.item_bias_ + self.fold_in(history), dtype=np.float32)

    def fold_in(self, history: History) -> float:
        """The user's bias in stars."""
        items, ratings = history.stars()
        return float(np.sum(ratings - self.mean_ - self.item_bias_[items]) / (self.reg_user + len(items)))

    def keep(self, *, mean: float, item_bias: np.ndarray) -> None:
        """mean: of all ratings, stars. item_bias: (n_items,) float32 stars."""
        self.mean_, self.item_bias_ = float(mean), item_bias
