"""In which order the films of a list are shown: not one after the other of a kind, and a series from its beginning.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), greedy: the next film is the one with the highest

    score_i  -  strength * max over the films before it of cos(i, j)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reelrec.data.series import series

PER_SERIES = 3  # films of one series in a list, at most


def diverse(scores: np.ndarray, vectors: np.ndarray, n: int, strength: float) -> np.ndarray:
    """(n,) the places of the films in their new order. scores: (m,). vectors: (m, d) of length 1, m >= n."""
    left = scores.astype(np.float64)
    closest = np.full(len(scores), -1.0)  # the cosine to the closest of the films before
    order: list[int] = []
    for _ in range(min(n, len(scores))):
        place = int(np.argmax(left - strength * np.maximum(closest, 0.0)))
        order.append(place)
        left[place] = -np.inf
        closest = np.maximum(closest, vectors @ vectors[place])
    return np.array(order, dtype=np.int64)


def in_series_order(titles: Sequence[str], years: Sequence[int]) -> list[int]:
    """Places of these films: the first PER_SERIES of a series by year in the places it has, and the rest at the end.

    So a list has more films of a series only where there is nothing else.
    """
    names = series(titles)
    of_series: dict[str, list[int]] = {}
    first, rest = [], []
    for place, name in enumerate(names):
        if name and len(of_series.setdefault(name, [])) == PER_SERIES:
            rest.append(place)
            continue
        if name:
            of_series[name].append(place)
        first.append(place)
    by_year = {name: iter(sorted(places, key=years.__getitem__)) for name, places in of_series.items()}
    return [next(by_year[names[place]]) if names[place] else place for place in first] + rest
