"""Most popular: the same list for every user, ordered by the number of ratings of each item.

    score_i  =  log(1 + n_i) + mean_i / 100

n_i is the number of ratings. mean_i is the item's mean, shrunk towards the mean of all ratings as if the item had
`shrink` more ratings at that mean. The mean only decides between items with nearly equal numbers of ratings. This model
is the lower bound in every table of lists.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import ArrayModel, Arrays


class Popularity(ArrayModel):
    """`shrink`: how many ratings at the overall mean are added to those of every item."""

    name = "popularity"
    unit = "preference"
    adds_up = True
    arrays = ("counts", "means")

    def __init__(self, shrink: float = 50.0) -> None:
        self.shrink = shrink

    def fit(self, dataset: Dataset) -> Self:
        self.keep(counts=dataset.counts(), means=shrunk_means(dataset, self.shrink))
        return self

    def score(self, history: History) -> np.ndarray:
        return np.asarray(np.log1p(self.counts_) + self.means_ / 100, dtype=np.float32)

    def learned(self) -> Arrays:
        """counts: (n_items,) int32 ratings of each item. means: (n_items,) float32 stars."""
        return {"counts": self.counts_.astype(np.int32), "means": self.means_.astype(np.float32)}

    def keep(self, *, counts: np.ndarray, means: np.ndarray) -> None:
        if counts.ndim != 1 or counts.shape != means.shape:
            raise ValueError(f"{counts.shape} counts and {means.shape} means do not go together")
        self.counts_, self.means_ = counts, means


def shrunk_means(dataset: Dataset, shrink: float) -> np.ndarray:
    """(n_items,) float64 stars: each item's mean with `shrink` ratings at the overall mean added."""
    return (dataset.sums() + shrink * dataset.mean()) / (dataset.counts() + shrink)
