"""The vectors and settings of the map of films, measured on the catalogue alone. LOG.md keeps the results.

python -m experiments.tune_map [NAME ...]    by default all of SPACES; one to eight minutes each

Of the 10 films nearest in the space itself, and of the 10 that the film page would call similar (`ranker`), the share
that is among the 50 nearest on the map; of the 10 nearest on the map, how far they share genres (Jaccard), lie within
five years, and have the film's language where it is not English.
"""

from __future__ import annotations

import sys

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.serving.engine import SIMILAR_FAME
from reelrec.training.film_map import projection, vectors
from reelrec.training.settings import SEED

# How much bmf's vectors count beside dae's (1e3: alone), and the perplexity.
SPACES = {
    "dae": (0.0, 30.0), "bmf": (1e3, 30.0), "0.6": (0.6, 30.0), "0.8": (0.8, 30.0), "1": (1.0, 30.0),
    "0.8, perplexity 50": (0.8, 50.0), "1.5, perplexity 50": (1.5, 50.0),
}  # fmt: skip
NEAR, ON_MAP, YEARS = 10, 50, 5
AT_ONCE = 1_000  # films


def main(names: list[str]) -> None:
    """Print a line for each space."""
    store = shipped_store()
    part, films = store.loader(), store.load_catalogue()
    items = np.flatnonzero(films.shown[: films.n_items])
    alike = similar(part("ranker"), films, items)
    print(f"{'space':>20} {'own':>6} {'similar':>8} {'genres':>7} {'years':>6} {'language':>9}")
    for name in names or SPACES:
        weight, perplexity = SPACES[name]
        space = vectors(part("dae"), part("bmf"), items, weight)
        places = projection(space, perplexity, SEED)
        near = nearest(places, ON_MAP)
        own = kept(nearest(space, NEAR), near)
        print(
            f"{name:>20} {own:6.3f} {kept(alike, near):8.3f} {{:7.3f}} {{:6.3f}} {{:9.3f}}".format(
                *agreement(films, items, near[:, :NEAR])
            ),
            flush=True,
        )


def nearest(points: np.ndarray, k: int) -> np.ndarray:
    """(n, k) the places of the k nearest points of each, the nearest first. points: (n, d)."""
    squares, found = (points**2).sum(axis=1), []
    for start in range(0, len(points), AT_ONCE):
        some = points[start : start + AT_ONCE]
        apart = squares - 2 * some @ points.T
        apart[np.arange(len(some)), np.arange(start, start + len(some))] = np.inf
        first = np.argpartition(apart, k, axis=1)[:, :k]
        order = np.argsort(np.take_along_axis(apart, first, axis=1), axis=1)
        found.append(np.take_along_axis(first, order, axis=1))
    return np.concatenate(found)


def similar(ranker, films: Catalogue, items: np.ndarray) -> np.ndarray:
    """(n, NEAR) the places among the items of those that lovers of each love most for their fame; -1 for none."""
    weights, place = ranker._weights, np.full(films.n_items, -1)
    place[items] = np.arange(len(items))
    fame = np.maximum(films.n_ratings[: films.n_items], 1) ** SIMILAR_FAME
    found = np.full((len(items), NEAR), -1)
    for row, item in enumerate(items.tolist()):
        part = slice(weights.indptr[item], weights.indptr[item + 1])
        others = weights.indices[part]
        score = np.where(place[others] >= 0, weights.data[part] / fame[others], 0.0)
        best = np.argsort(-score)[: min(NEAR, int((score > 0).sum()))]
        found[row, : len(best)] = place[others[best]]
    return found


def kept(wanted: np.ndarray, near: np.ndarray) -> float:
    """The share of the wanted films that are near. wanted: (n, k), -1 for none. near: (n, m)."""
    return float((wanted[:, :, None] == near[:, None]).any(axis=2)[wanted >= 0].mean())


def agreement(films: Catalogue, items: np.ndarray, near: np.ndarray) -> tuple[float, float, float]:
    """How far near films share genres, years, and the language of films that are not in English."""
    genres = np.array([mask[items] for mask in films.genres.values()]).T
    both = (genres[:, None] & genres[near]).sum(axis=2)
    either = (genres[:, None] | genres[near]).sum(axis=2)
    year = films.year[items].astype(int)
    close = (np.abs(year[:, None] - year[near]) <= YEARS) & (year[near] > 0)
    language = np.full(len(items), -1)
    for code, (name, mask) in enumerate(films.languages.items()):
        language[mask[items]] = -1 if name == "en" else code
    same = language[:, None] == language[near]
    return (
        float((both / np.maximum(either, 1))[genres.any(axis=1)].mean()),
        float(close[year > 0].mean()),
        float(same[language >= 0].mean()),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
