"""Most-popular: the same list for everybody, in the order of how many people rated each film.

    score_i  =  log(1 + n_i) + mean_i / 100

n_i is the number of ratings and mean_i the film's mean, shrunk towards the mean of all ratings as if every film had
had `shrink` more ratings at that mean; the mean only separates films of nearly equal fame. The floor in every table.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel, Arrays


class Popularity(ArrayModel):
    """`shrink`: ratings' worth of pull of a film's mean towards the overall mean."""

    name = "popularity"
    unit = "preference"
    arrays = ("counts", "means")

    def __init__(self, shrink: float = 50.0) -> None:
        self.shrink = shrink

    def fit(self, dataset: Dataset) -> Self:
        self.keep(counts=dataset.counts(), means=shrunk_means(dataset, self.shrink))
        return self

    def score(self, history: History) -> np.ndarray:
        return (np.log1p(self.counts_) + self.means_ / 100).astype(np.float32)

    def learned(self) -> Arrays:
        """counts: (n_items,) int32 ratings of each film. means: (n_items,) float32 stars."""
        return {"counts": self.counts_.astype(np.int32), "means": self.means_.astype(np.float32)}


def shrunk_means(dataset: Dataset, shrink: float) -> np.ndarray:
    """(n_items,) float64 stars: each film's mean with `shrink` ratings at the overall mean added."""
    overall = float(dataset.ratings.mean(dtype=np.float64))
    return (dataset.sums() + shrink * overall) / (dataset.counts() + shrink)
