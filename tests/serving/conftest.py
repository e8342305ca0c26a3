"""An engine whose lists and stars a test writes down itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.history import History
from reelrec.models.base import Prediction, Ranked
from reelrec.models.lists.popularity import Popularity
from reelrec.models.predictive import half_star_probabilities
from reelrec.serving.engine import Engine, top

SD = 0.5  # of each prediction


class Written(Popularity):
    """Every visitor gets the same scores and stars. At the specific end of the dial the order is the reverse.

    scores, stars, close: (n_items,). close: how close each item is to whatever film is loved.
    """

    def __init__(self, scores: Sequence[float], stars: Sequence[float], close: Sequence[float]) -> None:
        self.scores, self.stars, self.close = (np.float32(values) for values in (scores, stars, close))

    @property
    def stars_model(self) -> Written:
        return self

    def score(self, history: History) -> np.ndarray:
        return self.scores.copy()

    def ranked(self, history: History, allowed: np.ndarray, n: int, place: float = 0.5) -> Ranked:
        items = top(self.scores if place < 1 else -self.scores, allowed, n)
        return Ranked(items=items, scores=self.scores[items], stars=self.predict(history, items), explain=self.explain)

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        stars = self.stars if items is None else self.stars[items]
        return Prediction(mean=stars, sd=np.full_like(stars, SD))

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        return half_star_probabilities(prediction)

    def vectors(self, items: np.ndarray) -> np.ndarray:
        return np.zeros((len(items), 2), dtype=np.float32)  # no film is like another

    def explain(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        return np.ones((len(places), len(items)), dtype=np.float32)

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        return np.tile(self.close[items], (len(places), 1))


@pytest.fixture(scope="session")
def written() -> Callable[..., Engine]:
    """An engine over these films, listed in their order; stars: of each, 4 by default; close: 0 by default."""

    def make(films: Sequence[Film], stars: Sequence[float] = (), close: Sequence[float] = ()) -> Engine:
        n = len(films)
        model = Written(np.linspace(10, 0, n), stars or [4.0] * n, close or [0.0] * n)
        return Engine(Catalogue(films), {name: model for name in ("blend", "ranker", "stack")}.__getitem__)

    return make
