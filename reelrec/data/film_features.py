"""Side information: the facts of a film as features, one sparse block for each kind of fact. No rating is used.

Every block is (n_films, width) float32. The words of a row are the film's genres, its director, or the bin of its year.
Each has the weight 1 / sqrt(number of words in the row), so that a row has length 1; a row without a word is empty. A
model gives each block a strength of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, TypeGuard, TypeVar

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.catalogue import Catalogue

YEARS_IN_A_BIN = 3
RUNTIME_EDGES = (40, 75, 95, 115, 140)  # minutes; a bin holds its lower edge
DIRECTOR_FILMS = 3  # a director with fewer films has no column; so for the next two
ACTOR_FILMS = 5
TAG_FILMS = 5
NEW_ACTOR_FILMS = 2  # for films that nobody rated, where a director has a column from the first film on

Numbers = Iterable[float | None]
T = TypeVar("T")


def film_features(
    *,
    genres: Iterable[Iterable[str]] | None = None,
    years: Numbers | None = None,
    languages: Iterable[str | None] | None = None,
    runtimes: Numbers | None = None,
    directors: Iterable[str | None] | None = None,
    actors: Iterable[Iterable[str]] | None = None,
    tags: Iterable[Iterable[str]] | None = None,
    n_items: int | None = None,
) -> dict[str, csr_array]:
    """A block for each fact that is given, n_films values each; None or NaN is unknown.

    years: of release. runtimes: minutes. tags: words that users gave a film; they are lower-cased. n_items: of `bag`.
    """
    blocks = {}
    if genres is not None:
        blocks["genre"] = bag(genres, n_items=n_items)
    if years is not None:
        bins = ([int(year) // YEARS_IN_A_BIN] if _is_known(year) else [] for year in years)
        blocks["year"] = bag(bins, n_items=n_items)
    if languages is not None:
        blocks["language"] = bag(([name] if _is_known(name) else [] for name in languages), n_items=n_items)
    if runtimes is not None:
        lengths = ([int(np.digitize(minutes, RUNTIME_EDGES))] if _is_known(minutes) else [] for minutes in runtimes)
        blocks["runtime"] = bag(lengths, n_items=n_items)
    if directors is not None:
        blocks["director"] = bag(([name] if _is_known(name) else [] for name in directors), DIRECTOR_FILMS)
    if actors is not None:
        blocks["actor"] = bag(actors, ACTOR_FILMS)
    if tags is not None:
        blocks["tag"] = bag(([word.strip().lower() for word in words] for words in tags), TAG_FILMS)
    return blocks


def item_features(films: Catalogue) -> dict[str, csr_array]:
    """The blocks of the catalogue's items; rows are film numbers."""
    items = films.films[: films.n_items]
    return film_features(
        genres=(film.genres for film in items),
        years=(film.year for film in items),
        languages=(film.language for film in items),
        runtimes=(film.runtime for film in items),
        directors=(film.director for film in items),
        actors=(film.cast for film in items),
    )


def new_film_features(films: Catalogue) -> dict[str, csr_array]:
    """The blocks of all films, for what facts say of films that nobody rated. Their words are those of the items.

    More facts than `item_features`, and rarer names: here a name that says little costs nothing.
    """
    rows, n_items = tuple(films.films), films.n_items
    return film_features(
        genres=(film.genres for film in rows),
        years=(film.year for film in rows),
        languages=(film.language for film in rows),
        runtimes=(film.runtime for film in rows),
        n_items=n_items,
    ) | {
        "director": bag((_names(film.director) for film in rows), n_items=n_items),
        "actor": bag((film.cast for film in rows), NEW_ACTOR_FILMS, n_items),
        "country": bag((film.countries for film in rows), n_items=n_items),
    }


def bag(rows: Iterable[Iterable[Any]], min_films: int = 1, n_items: int | None = None) -> csr_array:
    """A bag of words, (n_rows, n_words) float32: a column a word, in sorted order; rows have length 1 or are empty.

    A word in fewer than min_films of the first n_items rows, by default of all, is left out, so that more rows at the
    end change no column; a word that is twice in a row counts once.
    """
    sets = [set(words) for words in rows]
    counts = Counter(word for words in sets[:n_items] for word in words)
    column = {word: place for place, word in enumerate(sorted(w for w, n in counts.items() if n >= min_films))}
    kept = [sorted(column[word] for word in words if word in column) for words in sets]
    sizes = np.array([len(columns) for columns in kept], dtype=np.int64)
    indices = np.fromiter((place for columns in kept for place in columns), dtype=np.int32, count=sizes.sum())
    weights = np.repeat(1.0 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return csr_array((weights, indices, np.r_[0, np.cumsum(sizes)].astype(np.int32)), shape=(len(sets), len(column)))


def permuted(features: Mapping[str, csr_array], seed: int = 42) -> dict[str, csr_array]:
    """The blocks with their rows in one random order: features of the same shape that say nothing about the film."""
    if not features:
        return {}
    rows = np.random.default_rng(seed).permutation(next(iter(features.values())).shape[0])
    return {name: block[rows] for name, block in features.items()}


def _names(text: str | None) -> list[str]:
    """The directors of a film, which commas separate."""
    return [name.strip() for name in text.split(",") if name.strip()] if text else []


def _is_known(value: T | None) -> TypeGuard[T]:
    """Whether a cell of a column of names or numbers holds a value: not None, "", NaN or pandas' NA."""
    if value is None or isinstance(value, str):
        return bool(value)
    cell: Any = value
    try:
        return isfinite(cell)
    except TypeError:  # pandas' NA
        return False
