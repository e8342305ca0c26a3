"""Side information of films: what is known of a film before anybody rates it, as one sparse block per kind of fact.

Every block is (n_items, width) float32. A row is the film's words (its genres, director, the bin its year falls in),
each weighted 1 / sqrt(number of the film's words), so that every row has length 1; where nothing is known it is empty.
A model gives each block a strength of its own. Nothing here looks at a rating.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import isfinite

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.catalogue import Catalogue

YEARS_IN_A_BIN = 3
RUNTIME_EDGES = (40, 75, 95, 115, 140)  # minutes; a bin holds its lower edge
DIRECTOR_FILMS = 3  # a director with fewer films is nobody in particular
ACTOR_FILMS = 5
TAG_FILMS = 5

Numbers = Iterable[float | None]


def film_features(
    *,
    genres: Iterable[Iterable[str]] | None = None,
    years: Numbers | None = None,
    languages: Iterable[str | None] | None = None,
    runtimes: Numbers | None = None,
    directors: Iterable[str | None] | None = None,
    actors: Iterable[Iterable[str]] | None = None,
    tags: Iterable[Iterable[str]] | None = None,
) -> dict[str, csr_array]:
    """A block for each column that is given; columns go by item, and None or NaN is unknown.

    years: of release. runtimes: minutes. tags: people's words for a film, which are lower-cased.
    """
    blocks = {}
    if genres is not None:
        blocks["genre"] = bag(genres)
    if years is not None:
        blocks["year"] = bag([int(year) // YEARS_IN_A_BIN] if _known(year) else [] for year in years)
    if languages is not None:
        blocks["language"] = bag([name] if _known(name) else [] for name in languages)
    if runtimes is not None:
        blocks["runtime"] = bag([int(np.digitize(time, RUNTIME_EDGES))] if _known(time) else [] for time in runtimes)
    if directors is not None:
        blocks["director"] = bag(([name] if _known(name) else [] for name in directors), DIRECTOR_FILMS)
    if actors is not None:
        blocks["actor"] = bag(actors, ACTOR_FILMS)
    if tags is not None:
        blocks["tag"] = bag(([word.strip().lower() for word in words] for words in tags), TAG_FILMS)
    return blocks


def catalogue_features(films: Catalogue) -> dict[str, csr_array]:
    """The blocks of the catalogue's films, by film number."""
    return film_features(
        genres=(film.genres for film in films.films),
        years=(film.year for film in films.films),
        languages=(film.language for film in films.films),
        runtimes=(film.runtime for film in films.films),
        directors=(film.director for film in films.films),
        actors=(film.cast for film in films.films),
    )


def bag(rows: Iterable[Iterable], min_films: int = 1) -> csr_array:
    """(n_rows, n_words) float32, columns in the order of the words; rows have length 1 or are empty.

    A word that is in fewer than min_films rows is left out; one that is twice in a row counts once.
    """
    sets = [set(words) for words in rows]
    counts = Counter(word for words in sets for word in words)
    column = {word: place for place, word in enumerate(sorted(w for w, n in counts.items() if n >= min_films))}
    kept = [sorted(column[word] for word in words if word in column) for words in sets]
    sizes = np.array([len(columns) for columns in kept], dtype=np.int64)
    indices = np.fromiter((place for columns in kept for place in columns), dtype=np.int32, count=sizes.sum())
    weights = np.repeat(1.0 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return csr_array((weights, indices, np.r_[0, np.cumsum(sizes)].astype(np.int32)), shape=(len(sets), len(column)))


def permuted(features: Mapping[str, csr_array], seed: int = 42) -> dict[str, csr_array]:
    """Every film gets the facts of another one, the same in all blocks: information of the same size about nothing."""
    if not features:
        return {}
    rows = np.random.default_rng(seed).permutation(next(iter(features.values())).shape[0])
    return {name: block[rows] for name, block in features.items()}


def _known(value: object) -> bool:
    """Neither None nor NaN, as a column of names or of numbers writes what it does not know."""
    if value is None or isinstance(value, str):
        return bool(value)
    try:
        return isfinite(value)
    except TypeError:  # pandas' NA
        return False
