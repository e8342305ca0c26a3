"""A trial made by hand: 240 films in the order of their fame, people with known ratings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reelrec.dataset import Dataset, History
from reelrec.evaluation.people import Trial
from reelrec.models.popularity import Popularity


@pytest.fixture
def trial_of(many_films):
    """A trial of these histories, (items, stars) each, in this order; every model asked for is the one given."""

    def make(*people: tuple[list[int], list[float]], model=None) -> Trial:
        rows = [(u, i, s) for u, (items, stars) in enumerate(people) for i, s in zip(items, stars, strict=True)]
        frame = pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])
        dataset = Dataset.from_frame("by hand", frame, range(len(many_films)))
        histories = tuple(History.of(items, stars) for items, stars in people)
        return Trial(dataset, histories, lambda name: model, many_films.n_ratings, ("a note",))

    return make


@pytest.fixture
def by_fame(many_films) -> Popularity:
    """Film 0 first, film 239 last."""
    model = Popularity()
    model.counts_, model.means_ = many_films.n_ratings, np.full(len(many_films), 3.0)
    return model


class Remembers:
    """A model of three stars for every film that keeps the histories it was shown."""

    name = "remembers"
    unit = "stars"

    def __init__(self, n_items: int) -> None:
        self.n_items = n_items
        self.shown: list[History] = []

    def score(self, history: History) -> np.ndarray:
        self.shown.append(history)
        return np.full(self.n_items, 3.0, dtype=np.float32)


@pytest.fixture
def remembers(many_films) -> Remembers:
    return Remembers(len(many_films))
