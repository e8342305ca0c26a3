"""The recipe of the live leader among Letterboxd recommenders: Surprise's SVD on points, with its way to fold in.

    r_ui  ~  mu + b_u + b_i + p_u . q_i        r = 2 x stars, in points from 1 to 10

It is measured beside ours and does not ship. Settings and steps are the published recipe; the code is ours.

Training: the recipe samples about a million ratings, of whole accounts with at most 300 ratings each. Here users come
in a seeded random order, with at most 300 ratings each, drawn at random, until there are a million.

Fold-in: p_u solves a ridge regression of r_ui - mu - b_i on q_i with penalty reg_user x (number of ratings + factors),
and is shortened to the median length of the train users' vectors. b_u is then the shrunk mean of the residuals. The
recipe leaves the shrinkage open: we add reg_user_bias x (number of ratings + 1) to the count, as the ridge does. An
item that is not in the sample scores mu + b_u, and a rating of it is left out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from scipy.linalg import solve

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError

POINTS = 2.0  # in a star
FACTORS, EPOCHS, LEARNING_RATE, INIT_SD = 244, 49, 0.010585, 0.0958
REG_USER_BIAS, REG_ITEM_BIAS, REG_USER, REG_ITEM = 0.0564, 0.2195, 0.04755, 0.04679


class Leader:
    """sample_size: ratings it learns from. per_user: at most so many of one user."""

    name = "leader"
    unit = "stars"

    def __init__(
        self,
        embedding_dim: int = FACTORS,
        epochs: int = EPOCHS,
        sample_size: int = 1_000_000,
        per_user: int = 300,
        seed: int = 42,
    ) -> None:
        self.embedding_dim = embedding_dim
        self.epochs = epochs
        self.sample_size = sample_size
        self.per_user = per_user
        self.seed = seed

    def fit(self, dataset: Dataset) -> Self:
        import surprise

        from reelrec.models.surprise_data import trainset

        sampled = sample(dataset, self.sample_size, self.per_user, self.seed)
        fitted = surprise.SVD(
            n_factors=self.embedding_dim,
            n_epochs=self.epochs,
            init_std_dev=INIT_SD,
            lr_all=LEARNING_RATE,
            reg_bu=REG_USER_BIAS,
            reg_bi=REG_ITEM_BIAS,
            reg_pu=REG_USER,
            reg_qi=REG_ITEM,
            random_state=self.seed,
        ).fit(trainset(sampled, POINTS))
        self.mean_ = float(fitted.trainset.global_mean)
        self.known_ = sampled.counts() > 0  # (n_items,)
        self.item_bias_ = np.where(self.known_, fitted.bi, 0.0).astype(np.float32)
        self.item_factors_ = np.where(self.known_[:, None], fitted.qi, 0.0).astype(np.float32)  # (n_items, dim)
        self.longest_ = float(np.median(np.linalg.norm(fitted.pu, axis=1)))
        return self

    def score(self, history: History) -> np.ndarray:
        bias, vector = self.fold_in(history)
        return (self.mean_ + bias + self.item_bias_ + self.item_factors_ @ vector) / np.float32(POINTS)

    def fold_in(self, history: History) -> tuple[np.float32, np.ndarray]:
        """The user's bias in points, and their vector, (embedding_dim,) float32."""
        items, ratings = history.stars()
        known = self.known_[items]
        factors = self.item_factors_[items[known]]  # (n, dim)
        target = POINTS * ratings[known] - self.mean_ - self.item_bias_[items[known]]
        n, dim = factors.shape
        gram = factors.T @ factors + np.diag(np.full(dim, REG_USER * (n + dim), dtype=np.float32))  # (dim, dim)
        vector = solve(gram, factors.T @ target, assume_a="pos", check_finite=False)
        length = np.linalg.norm(vector)
        if length > self.longest_:
            vector *= self.longest_ / length
        residuals = target - factors @ vector
        return np.float32(residuals.sum() / (n + REG_USER_BIAS * (n + 1))), vector

    def save(self, path: Path) -> None:
        """Raises OptionError: the weights are a peer's recipe and go nowhere."""
        raise OptionError(f"{self.name} is fitted to be measured and is not saved.")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises OptionError, as nothing is saved."""
        raise OptionError(f"{cls.name} is fitted to be measured and is not saved.")


def sample(dataset: Dataset, size: int, per_user: int, seed: int) -> Dataset:
    """The first users of a random order who have `size` ratings together, at most `per_user` of one user."""
    rng = np.random.default_rng(seed)
    users, sizes = rng.permutation(dataset.n_users), np.diff(dataset.start)
    total = np.cumsum(np.minimum(sizes, per_user)[users])
    chosen = np.sort(users[: np.searchsorted(total, size) + 1])
    places = [
        dataset.start[user] + np.sort(rng.choice(sizes[user], min(sizes[user], per_user), replace=False))
        for user in chosen
    ]
    kept = np.concatenate(places)
    return replace(
        dataset,
        user_ids=dataset.user_ids[chosen],
        start=np.r_[0, np.cumsum([len(own) for own in places])],
        items=dataset.items[kept],
        ratings=dataset.ratings[kept],
    )
