"""A small catalogue and small models of it, as files in a folder that is removed at the end of the process."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from reelrec.artifacts.store import ArtifactStore
from reelrec.data import boxd
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.ratings.dataset import Dataset
from reelrec.interview.interviewer import Interviewer
from reelrec.models.baseline import Baseline
from reelrec.models.film_mean import FilmMean
from reelrec.models.knn import KNN, nearest
from reelrec.models.lists.ease import EASE
from reelrec.models.lists.popularity import Popularity
from reelrec.models.lists.ranker import Ranker
from reelrec.models.svd import SVD
from tests.fakes import corrections, list_models
from tests.fakes.feeds import FILMS
from tests.fakes.film_maps import by_decade


@functools.cache
def films() -> Catalogue:
    """45 invented films, with ids and codes."""
    rows = []
    for number, (title, year, tmdb_id, slug) in enumerate(FILMS):
        facts = {
            "slug": slug, "letterboxd_id": 5_000 + number, "title": title, "year": year,
            "other_titles": (f"{title} II",) * (number % 2), "other_years": (1990,) * (number % 3 == 0),
            "kind": "series" if number == 7 else "film", "genres": ("Drama",), "runtime": 100, "language": "en",
            "countries": ("France",), "director": "Ada Moss", "cast": ("Ben Hale",), "tmdb_id": tmdb_id,
            "imdb_id": 100 + number, "movielens_id": None, "n_ratings": 900 - number, "mean": 3.5,
            "histogram": (1,) * 10, "same_as": 0 if number == 9 else None,
        }  # fmt: skip
        rows.append(Film(number, **facts))
    return Catalogue(rows)


@functools.cache
def codes() -> list[str]:
    """The code of each film."""
    return [boxd.code(5_000 + number) for number in range(len(films()))]


def _models(dataset: Dataset) -> list:
    n = dataset.n_items
    rng = np.random.default_rng(4)
    baseline = Baseline().fit(dataset)
    svd = SVD(embedding_dim=4)
    svd.keep(mean=baseline.mean_, item_bias=baseline.item_bias_, item_factors=rng.normal(0, 0.3, (n, 4)))
    knn = KNN(neighbours=5)
    columns, similarity = nearest(rng.uniform(-1, 1, (n, n)) * (1 - np.eye(n)), knn.neighbours)
    knn.keep(mean=baseline.mean_, item_bias=baseline.item_bias_, nearest=columns, similarity=similarity)
    ranker = Ranker(reg=5.0).fit(dataset)
    simple = [model.fit(dataset) for model in (Popularity(), FilmMean(), EASE(reg=5.0))]
    bmf = corrections.bmf(svd.item_bias_, svd.item_factors_, svd.mean_)
    deepfm, gpt = corrections.random_deepfm(bmf), corrections.random_gpt(bmf)
    stack, dae = corrections.even_stack(bmf, knn, deepfm, gpt), list_models.cold_dae(n)
    blend = list_models.blend(dae, ranker, stack)
    return [*simple, ranker, baseline, svd, knn, bmf, deepfm, gpt, stack, dae, blend]


@functools.cache
def folder() -> Path:
    """A folder with the catalogue, every model, an interviewer and a map."""
    path = Path(tempfile.mkdtemp(prefix="reelrec-fuzz-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    catalogue, rng = films(), np.random.default_rng(2)
    rows = [
        (user, slug, rng.integers(1, 11) / 2) for user in range(40) for slug in rng.permutation(catalogue.slugs)[:15]
    ]
    dataset = Dataset.from_frame("fuzz", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), catalogue.slugs)
    store = ArtifactStore(path)
    store.save_catalogue(catalogue)
    models = _models(dataset)
    by_name = {model.name: model for model in models}
    interviewer = Interviewer.fit(dataset, by_name["bmf"], by_name["dae"], catalogue)
    for model in (*models, interviewer, by_decade(catalogue)):
        store.save(model, dataset.describe(), 1.0)
    return path
