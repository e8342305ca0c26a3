"""A linear item-item model: an item's score is a weighted sum over the items of the history.

score  =  x B        x: the value of each item of the history,  B: (n_items, n_items) sparse
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel


class ItemItem(ArrayModel):
    """What `ease` and `ranker` share: the values of a history, and scores and contributions from `_weights`.

    floor, power: an item rated r stars has the value floor + (1 - floor) ((r - 0.5) / 4.5)^power. seen_stars,
    liked_stars: the stars assumed for an item without stars, seen only or marked with a heart.
    """

    unit = "preference"

    floor: float
    power: float
    seen_stars: float
    liked_stars: float
    _weights: csr_array  # B of the formula, read-only: row the item of the history, column the item scored

    def value(self, ratings: np.ndarray) -> np.ndarray:
        """(n,) float32: the value of an item with each of these ratings."""
        share = (ratings - LOWEST) / (HIGHEST - LOWEST)
        return np.asarray(self.floor + (1 - self.floor) * share**self.power, dtype=np.float32)

    def values(self, history: History) -> np.ndarray:
        """(n,) float32: the value of each item of a history, with stars or without."""
        assumed = np.where(history.liked, self.liked_stars, self.seen_stars)
        return self.value(np.where(np.isfinite(history.ratings), history.ratings, assumed))

    def score(self, history: History) -> np.ndarray:
        scores: np.ndarray = self._weights[history.items].T @ self.values(history)
        return scores

    def contributions(
        self, history: History, items: np.ndarray, places: np.ndarray, dislike: float = 0.0
    ) -> np.ndarray:
        """(len(places), len(items)) float32: what these items of the history add to the score of each of these items.

        dislike: is taken from the value of each item of the history.
        """
        left_out = history.take(places)
        values = self.values(left_out) - np.float32(dislike)
        parts: np.ndarray = self._weights[left_out.items][:, items].toarray() * values[:, None]
        return parts
