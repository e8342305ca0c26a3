"""The item's mean rating, equal for every user: the row "no personalisation" in every table of stars."""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import ArrayModel
from reelrec.models.lists.popularity import shrunk_means


class FilmMean(ArrayModel):
    """`shrink`: how many ratings at the overall mean are added to those of every item."""

    name = "film-mean"
    unit = "stars"
    adds_up = True
    arrays = ("film_means",)

    def __init__(self, shrink: float = 5.0) -> None:
        self.shrink = shrink

    def fit(self, dataset: Dataset) -> Self:
        self.keep(film_means=shrunk_means(dataset, self.shrink).astype(np.float32))
        return self

    def keep(self, *, film_means: np.ndarray) -> None:
        """film_means: (n_items,) float32 stars."""
        self.film_means_ = film_means

    def score(self, history: History) -> np.ndarray:
        return self.film_means_.copy()
