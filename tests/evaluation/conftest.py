"""Evaluation data made by hand: 240 films in the order of their fame, people with known ratings."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.evaluation.users import EvaluationData
from reelrec.models.lists.popularity import Popularity
from reelrec.sources import registry


@pytest.fixture
def data_of(many_films):
    """Evaluation data of these histories, (items, stars) each, in this order.

    Every name gives the model given here, but for the two that judge lists: one expects three stars of every film, the
    other says how alike films are.
    """

    n_items = len(many_films)
    alike = np.eye(n_items)[None] + np.eye(n_items)[None, np.arange(n_items) // 2 * 2]  # films 0 and 1, 2 and 3 …
    judges = {"stack": Remembers(n_items), "bmf": SimpleNamespace(item_factors_=alike)}

    def make(*people: tuple[list[int], list[float]], model=None) -> EvaluationData:
        rows = [(u, i, s) for u, (items, stars) in enumerate(people) for i, s in zip(items, stars, strict=True)]
        frame = pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])
        dataset = Dataset.from_frame("by hand", frame, range(len(many_films)))
        histories = tuple(History.of(items, stars) for items, stars in people)
        return EvaluationData(
            users=dataset,
            histories=histories,
            model=lambda name: judges.get(name, model),
            n_ratings=many_films.n_ratings,
            notes=("a note",),
        )

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
def notebooks_data():
    """MovieLens latest-small and what the notebook's models need; without them the test is skipped."""
    pytest.importorskip("surprise")
    pytest.importorskip("sklearn")
    if registry.source("ml-latest-small").folder is None:
        pytest.skip("MovieLens latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")


@pytest.fixture
def invented_movielens(make_people, tmp_path, monkeypatch) -> pd.DataFrame:
    """30 people with 20 ratings each of films 0-39, in the place of ml-latest-small; its ratings.

    Film 0 is nobody's at TMDB, film 1 has no year, and nobody rated film 40.
    """
    ratings = make_people(30, [*range(40)], 20).assign(timestamp=range(600))
    films = pd.DataFrame({"movieId": range(41), "title": [f"Film {i:02d} ({1980 + i})" for i in range(41)]})
    films.loc[1, "title"] = "Film 01"
    links = pd.DataFrame({"movieId": range(41), "imdbId": range(41), "tmdbId": [None, *range(501, 541)]})
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.json").write_bytes((registry.DATA / "sources.json").read_bytes())
    folder = tmp_path / "copies" / "ml-latest-small"
    folder.mkdir(parents=True)
    tables = {
        "ratings": ratings.rename(columns={"user_id": "userId", "film_id": "movieId"}),
        "movies": films.assign(genres="Drama"),
        "links": links.astype({"tmdbId": "Int64"}),
        "tags": ratings.iloc[::3].rename(columns={"user_id": "userId", "film_id": "movieId"}).assign(tag="a tag"),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    monkeypatch.setattr(registry, "DATA", tmp_path / "data")
    monkeypatch.setenv("REELREC_DATA", str(tmp_path / "copies"))
    return ratings


@pytest.fixture
def remembers(many_films) -> Remembers:
    return Remembers(len(many_films))
