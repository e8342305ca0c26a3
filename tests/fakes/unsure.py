"""A model of stars that knows how far off it may be, made of one that does not."""

from __future__ import annotations

import numpy as np

from reelrec.data.history import History
from reelrec.models.base import Prediction, Recommender
from reelrec.models.lists.popularity import Popularity
from reelrec.models.predictive import half_star_probabilities


class Unsure(Popularity):
    """Expects what `of` scores; films with an odd number are harder to tell, and ratings narrow it. Counts its work."""

    unit = "stars"

    def __init__(self, of: Recommender) -> None:
        self.of, self.predicted, self.asked = of, 0, []

    def fold_in(self, history: History) -> History:
        return history

    def rough_means(self, user: History) -> np.ndarray:
        return self.of.score(user)

    def predict(self, history: History, items: np.ndarray | None = None, user: History | None = None) -> Prediction:
        self.predicted += 1
        mean = self.of.score(history)
        odd = np.arange(len(mean), dtype=np.float32) % 2
        told = Prediction(mean, 0.6 + 0.2 * odd + np.float32(0.4 / (1 + len(history))))
        return told if items is None else told.at(items)

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        self.asked.append(len(prediction.mean))
        return half_star_probabilities(prediction)
