"""The map of films, projected from the vectors of two models.

    v_i     =  (o_i,  alike * q_i),     o_i, q_i of length 1
    places  =  t-SNE of v to two dimensions, turned so that films are newer to the right

o are the output vectors of `dae`, which say whose lovers two films share; q the mean item vectors of `bmf`, which say
what stars they get from whom. Sources: van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 2008; van der
Maaten, "Accelerating t-SNE using Tree-Based Algorithms", JMLR 2014, as scikit-learn has it. It begins with the first
two principal components, so that far parts of the map are placed by more than chance.

Two trainings with one seed give the same map on one machine with the same versions of numpy and scikit-learn. Elsewhere
sums are rounded otherwise, and small differences grow: neighbours stay, places do not.
"""

from __future__ import annotations

import time

import numpy as np

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.models.bmf.model import BMF
from reelrec.models.film_map import SIZE, FilmMap
from reelrec.models.lists.dae import DAE
from reelrec.training.packages import needs_packages
from reelrec.training.regions import regions
from reelrec.training.settings import SETTINGS

LEAST_FILMS = 8  # with fewer there is no map to speak of


def train(store: ArtifactStore) -> float:
    """Make the map and write it. Returns seconds. Raises ArtifactError, or OptionError without scikit-learn.

    What it builds on is taken from the store; what the store lacks is copied there from the artifacts that ship.
    """
    store.copy_missing(FilmMap.builds_on, source=shipped_store())
    part, films = store.loader(), store.load_catalogue()
    began = time.perf_counter()
    with needs_packages(FilmMap.name):
        made = fitted(FilmMap(**SETTINGS.get(FilmMap.name, {})), part("dae"), part("bmf"), films)
    seconds = time.perf_counter() - began
    store.save(made, {"name": "catalogue", "sha256": store.manifest().catalogue["sha256"]}, seconds)
    return seconds


def fitted(film_map: FilmMap, dae: DAE, bmf: BMF, films: Catalogue) -> FilmMap:
    """The map with what it learned. Needs scikit-learn."""
    shown = np.flatnonzero(films.shown[: films.n_items])
    projected = projection(vectors(dae, bmf, shown, film_map.alike), film_map.perplexity, film_map.seed)
    places = np.zeros((films.n_items, 2), dtype=np.float64)
    places[shown] = upright(projected, films.year[shown])
    places = places[films.canonical[: films.n_items]].astype(np.float16)
    region, names = regions(films, places.astype(np.float64), film_map.regions, film_map.seed)
    film_map.keep(places=places, region=region, names=np.array(names))
    return film_map


def vectors(dae: DAE, bmf: BMF, items: np.ndarray, alike: float) -> np.ndarray:
    """(n, d) float32: v of the formula."""
    factors = bmf.vectors(items)[:, :, 1:].mean(axis=0)  # (n, embedding_dim)
    lengths = np.maximum(np.linalg.norm(factors, axis=1, keepdims=True), np.float32(1e-9))
    joined: np.ndarray = np.hstack([dae.vectors(items), np.float32(alike) * factors / lengths])
    return joined


def projection(space: np.ndarray, perplexity: float, seed: int) -> np.ndarray:
    """(n, 2): t-SNE on one thread, so that it is the same each time. space: (n, d)."""
    from sklearn.manifold import TSNE

    n = len(space)
    if n < LEAST_FILMS:
        return np.random.default_rng(seed).normal(size=(n, 2))
    tsne = TSNE(perplexity=min(perplexity, (n - 1) / 3), init="pca", random_state=seed, n_jobs=1)
    placed: np.ndarray = tsne.fit_transform(space).astype(np.float64)
    return placed


def upright(places: np.ndarray, year: np.ndarray) -> np.ndarray:
    """The places turned so that films are newer to the right, in the middle, and scaled to -SIZE … SIZE.

    places: (n, 2). year: (n,), 0 where unknown.
    """
    centred = places - places.mean(axis=0)
    dated = year > 0
    years = year[dated].astype(np.float64)
    newer = (years - years.mean()) @ centred[dated] if dated.any() else np.zeros(2)  # (2,)
    angle = np.arctan2(newer[1], newer[0])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: np.ndarray = centred @ turn
    return turned * (SIZE / max(float(np.abs(turned).max(initial=0.0)), 1e-9))
