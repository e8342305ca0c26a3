"""How much a catalogue knows of its items: the share with each fact, by year and weighted by ratings."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from reelrec.data.catalogue import Catalogue

FACTS = {
    "TMDB id": "tmdb_id", "code": "letterboxd_id", "director": "director", "country": "countries", "length": "runtime",
    "genres": "genres",
}  # fmt: skip
FIRST_YEAR = 2018  # of the years that are told apart


def coverage(films: Catalogue) -> list[tuple[str, int, dict[str, float]]]:
    """For each group of items its name, the number of films, and the share of them that have each of FACTS.

    Second rows of a film are left out. The last group is all items again, each film weighted by its ratings.
    """
    items = np.flatnonzero(films.shown[: films.n_items])
    year = films.year[items]
    known = {fact: _known(films, column)[items] for fact, column in FACTS.items()}
    groups = {"before": (year < FIRST_YEAR) & (year > 0)}
    groups |= {str(each): year == each for each in range(FIRST_YEAR, int(year.max(initial=0)) + 1)}
    groups["all"] = np.ones(len(items), dtype=bool)
    rows = [
        (name, int(inside.sum()), {fact: float(mask[inside].mean()) for fact, mask in known.items()})
        for name, inside in groups.items()
        if inside.any()
    ]
    weights = films.n_ratings[items]
    if weights.any():
        rows.append(
            ("by ratings", len(items), {f: float(np.average(mask, weights=weights)) for f, mask in known.items()})
        )
    return rows


def _known(films: Catalogue, column: str) -> np.ndarray:
    """(n_films,) bool: which films have this fact."""
    values = films.films.table[column]
    if column in ("genres", "countries"):
        values = pc.greater(pc.list_value_length(values), 0)
        return np.asarray(pc.fill_null(values, False).to_numpy(), dtype=bool)
    return np.asarray(values.is_valid().to_numpy(), dtype=bool)
