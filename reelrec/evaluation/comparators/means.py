"""What can be said of a film that nobody has rated, without a model: nothing, the mean, or the mean of its genres."""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset

SEED = 42


class Chance:
    """A random order, another one for each user."""

    name = "chance"
    unit = "preference"

    def fit(self, dataset: Dataset) -> Self:
        self._rng = np.random.default_rng(SEED)
        self._n_items = dataset.n_items
        return self

    def score(self, history: History) -> np.ndarray:
        return self._rng.random(self._n_items, dtype=np.float32)


class GlobalMean:
    """The mean of all ratings, for every film and every user."""

    name = "global-mean"
    unit = "stars"

    def fit(self, dataset: Dataset) -> Self:
        self.stars_ = np.full(dataset.n_items, dataset.ratings.mean(dtype=np.float64), dtype=np.float32)
        return self

    def score(self, history: History) -> np.ndarray:
        return self.stars_


class GenreMean(GlobalMean):
    """The mean of the film's genres, each the mean of its ratings in training; the global mean without a genre."""

    name = "genre-mean"

    def fit(self, dataset: Dataset) -> Self:
        super().fit(dataset)
        has = (dataset.features["genre"] > 0).astype(np.float64)  # (n_items, n_genres)
        counts, sums = has.T @ dataset.counts(), has.T @ dataset.sums()
        means = np.divide(sums, counts, out=np.full(len(counts), float(self.stars_[0])), where=counts > 0)
        genres = has.sum(axis=1)
        self.stars_ = np.divide(has @ means, genres, out=self.stars_.astype(np.float64), where=genres > 0)
        return self
