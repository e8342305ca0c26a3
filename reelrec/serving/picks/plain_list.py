"""The list where the model that should make it is missing: by one model alone, with the stars of another beside it.

So rows, Tonight and the full list go on. What is lost is that predicted stars have a say in the order, that the dial
has a safe side, and that a list is mixed by how alike its films are.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.half_stars import clipped
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.base import ExplainingRecommender, Ranked, Recommender, UncertainRecommender
from reelrec.models.lists.blend import DEFAULT_PLACE
from reelrec.serving.picks.dial import towards_gems


class PlainList:
    """A ListMaker. ranker: orders the films. stars_model: predicts their stars. n_ratings: (n_items,)."""

    def __init__(self, ranker: Recommender, stars_model: UncertainRecommender, n_ratings: np.ndarray) -> None:
        self.ranker = ranker
        self.stars_model = stars_model
        self.n_ratings = n_ratings

    @property
    def name(self) -> str:
        """That of the model which orders the films."""
        return self.ranker.name

    @property
    def unit(self) -> str:
        return self.ranker.unit

    def fit(self, dataset: Dataset) -> Self:
        """Raises TypeError: its two models are fitted, each by itself."""
        raise TypeError("A plain list is made of models that are fitted already.")

    def score(self, history: History) -> np.ndarray:
        return self.ranker.score(history)

    def ranked(self, history: History, allowed: np.ndarray, n: int, place: float = DEFAULT_PLACE) -> Ranked:
        """The first n of the allowed items, and their stars. On the safe side of the dial the list is that of 0.5."""
        score = self.score(history)
        if place > DEFAULT_PLACE:
            stars = clipped(self.stars_model.score(history))
            gems = (place - DEFAULT_PLACE) / (1 - DEFAULT_PLACE)
            score = towards_gems(score, self.unit, stars, self.n_ratings, gems)
        candidates = np.flatnonzero(allowed)
        items = candidates[np.argsort(-score[candidates], kind="stable")[:n]]
        stars_of_items = self.stars_model.predict(history, items)
        return Ranked(items=items, scores=score[items], stars=stars_of_items, explain=self.contributions)

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(n, 1): zeros, because it does not know how alike films are."""
        return np.zeros((len(items), 1), dtype=np.float32)

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        """(len(places), len(items)) float32: those of the model that orders the films; zeros where it knows none."""
        if isinstance(self.ranker, ExplainingRecommender):
            return self.ranker.contributions(history, items, places)
        return np.zeros((len(places), len(items)), dtype=np.float32)
