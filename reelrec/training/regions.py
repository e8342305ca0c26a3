"""Regions of the map: k-means of the places, each with a name that is true of what lies in it.

A region with a name of facts, such as "Horror, 1970s–90s", holds only films that the name is true of. A film that lies
there and is none goes to the nearest region whose name is true of it; "Around Fight Club" is true of any film. Names
are made once, when the map is trained, and ship with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.training.region_names import Name, Names

FAME = 0.7  # the power of its ratings by which a film counts in a region
ALIKE = 0.4  # of the films that one of two names is true of, that both are true of


def regions(films: Catalogue, places: np.ndarray, n_regions: int, seed: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """The region of each item, (n_items,) int16; and the regions' names, in the order of their ratings.

    places: (n_items, 2). Needs scikit-learn.
    """
    from sklearn.cluster import KMeans

    n = films.n_items
    weights = np.maximum(films.n_ratings[:n], 1).astype(np.float64) ** FAME
    means = KMeans(min(n_regions, len(np.unique(places, axis=0))), n_init=10, random_state=seed).fit(
        places, sample_weight=weights
    )
    totals = np.bincount(means.labels_, films.n_ratings[:n], minlength=means.n_clusters)
    order = np.argsort(-totals, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    cells = rank[means.labels_]
    away = np.linalg.norm(places[:, None] - means.cluster_centers_[order][None], axis=2)  # (n_items, regions)
    facts = Names(films, weights)
    names = distinct([facts.candidates(cells == place, away[:, place]) for place in range(len(order))])
    region = settled(away, cells, np.stack([name.true for name in names], axis=1))
    return region[films.canonical[:n]].astype(np.int16), tuple(name.words for name in names)


def settled(away: np.ndarray, cells: np.ndarray, true: np.ndarray) -> np.ndarray:
    """(n,) the region of each film: its cell where that one's name is true of it, else the nearest whose name is.

    A film that no name is true of stays in its cell. away: (n, regions) distances. cells: (n,). true: (n, regions).
    """
    nearest = np.where(true, away, np.inf).argmin(axis=1)
    stays = true[np.arange(len(cells)), cells] | ~true.any(axis=1)
    return np.where(stays, cells, nearest)


def distinct(candidates: Sequence[Sequence[Name]]) -> tuple[Name, ...]:
    """A name for each region: its first candidate that is like no name before it, else its first with a numeral.

    Two names are alike that have the same words, or that are true of mostly the same films, such as "Horror, 2010s" and
    "Horror, 2000s–2010s". A name after a film is alike to no other but by its words.
    """
    taken: list[Name] = []
    for names in candidates:
        free = [name for place, name in enumerate(names) if not any(_alike(name, other, not place) for other in taken)]
        words = {name.words for name in taken}
        taken.append(free[0] if free else names[0]._replace(words=_numbered(names[0].words, words)))
    return tuple(taken)


def _alike(name: Name, other: Name, first: bool) -> bool:
    if name.words == other.words:
        return True
    both, either = np.count_nonzero(name.true & other.true), np.count_nonzero(name.true | other.true)
    return first and not (name.true.all() or other.true.all()) and bool(both > ALIKE * either)


def _numbered(words: str, taken: Collection[str]) -> str:
    number = 2
    while f"{words} {number}" in taken:
        number += 1
    return f"{words} {number}"
