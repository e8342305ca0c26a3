"""The film's mean, whoever asks: what "no personalisation" means in every table of stars."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.arrays import read_arrays, write_arrays
from reelrec.models.popularity import shrunk_means


class FilmMean:
    """`shrink`: ratings at the overall mean that every film is given beforehand."""

    name = "film-mean"
    unit = "stars"

    def __init__(self, shrink: float = 5.0) -> None:
        self.shrink = shrink

    def fit(self, dataset: Dataset) -> Self:
        self.means_ = shrunk_means(dataset, self.shrink).astype(np.float32)
        return self

    def score(self, history: History) -> np.ndarray:
        return self.means_.copy()

    def save(self, path: Path) -> None:
        write_arrays(path, film_means=self.means_)

    @classmethod
    def load(cls, path: Path) -> Self:
        model = cls()
        (model.means_,) = read_arrays(path, "film_means")
        return model
