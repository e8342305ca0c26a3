"""A model that is sure everybody likes the films with odd numbers."""

from __future__ import annotations

import numpy as np

from reelrec.data.history import History
from reelrec.models.base import Prediction
from reelrec.models.lists.popularity import Popularity
from reelrec.models.predictive import half_star_probabilities


class LikesOdd(Popularity):
    """Keeps the histories that it is shown."""

    unit = "stars"

    def __init__(self, n_items: int) -> None:
        self.n_items, self.shown = n_items, []

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        self.shown.append(history)
        items = np.arange(self.n_items) if items is None else items
        return Prediction(np.where(items % 2, 4.5, 1.0).astype(np.float32), np.full(len(items), 0.3, np.float32))

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        return half_star_probabilities(prediction)
