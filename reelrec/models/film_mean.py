"""The film's mean, whoever asks: what "no personalisation" means in every table of stars."""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel
from reelrec.models.popularity import shrunk_means


class FilmMean(ArrayModel):
    """`shrink`: ratings at the overall mean that every film is given beforehand."""

    name = "film-mean"
    unit = "stars"
    arrays = ("film_means",)

    def __init__(self, shrink: float = 5.0) -> None:
        self.shrink = shrink

    def fit(self, dataset: Dataset) -> Self:
        self.keep(film_means=shrunk_means(dataset, self.shrink).astype(np.float32))
        return self

    def score(self, history: History) -> np.ndarray:
        return self.film_means_.copy()
