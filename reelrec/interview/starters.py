"""The fixed first screen: well-known films spread over decades and genres.

Greedy: the next film is the one with the highest fame, less a discount for each film already taken that shares its
decade, a genre, its language, its director or its series. Fame is the logarithm of the number of ratings.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film

POOL = 600  # the best known films, from which the screen is taken
DISCOUNT = {"decade": 0.22, "genre": 0.16, "language": 0.02, "director": 1.5, "series": 1.5}


def starters(films: Catalogue, n: int) -> tuple[Film, ...]:
    """The first n films to ask about: the same for every visitor."""
    return tuple(itertools.islice(ordered(films), n))


def ordered(films: Catalogue, best_known: int = POOL) -> Iterator[Film]:
    """The `best_known` films in the order of asking. Each next film costs a pass over all films that are left."""
    pool = list(films.best_known(best_known))
    fame = {film.number: float(np.log1p(film.n_ratings)) for film in pool}
    taken: Counter[tuple[str, str]] = Counter()
    while pool:
        best = max(pool, key=lambda film: fame[film.number] - _discount(film, taken))
        pool.remove(best)
        taken.update(_traits(best))
        yield best


def _discount(film: Film, taken: Counter[tuple[str, str]]) -> float:
    return sum(DISCOUNT[kind] * taken[kind, name] for kind, name in _traits(film))


def _traits(film: Film) -> list[tuple[str, str]]:
    """Kinds and values that a discount is for."""
    series = film.title.split(":")[0].rstrip("0123456789IV ")
    traits = [("language", film.language), ("director", film.director), ("series", series)]
    traits += [("decade", str(film.year // 10) if film.year else None)]
    traits += [("genre", genre) for genre in film.genres[:3]]
    return [(kind, name) for kind, name in traits if name]
