"""In which order the films of a list are shown: diverse, a series from its beginning, no sequel before what it follows.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), greedy: the next film is the one with the highest

    score_i  -  strength * max over the films before it of cos(i, j)
"""

from __future__ import annotations

from collections import Counter
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


def after_predecessors(films: np.ndarray, before: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """The places of these films, in an order in which each film that may be listed comes before its sequel.

    A film that stands before its predecessor changes places with it. It is left out where the predecessor, which the
    visitor has not seen, is not among the films. films: (n,). before: (n_films,) of each film its predecessor, or -1.
    allowed: (n_items,) bool, the films that may be listed.
    """
    order, shown = list(range(len(films))), set[int]()
    place_of = {film: place for place, film in enumerate(films.tolist())}  # in order
    first: list[int] = []
    for place in range(len(films)):
        while (film := int(films[order[place]])) not in shown:
            missing = int(before[film])
            if not (0 <= missing < len(allowed) and allowed[missing]) or missing in shown:
                first.append(order[place])
                shown.add(film)
            elif (other := place_of.get(missing, -1)) > place:
                order[place], order[other] = order[other], order[place]
                place_of[missing], place_of[film] = place, other
            else:
                break  # the predecessor was left out
    return np.array(first, dtype=np.int64)


def in_series_order(titles: Sequence[str], years: Sequence[int], n: int) -> list[int]:
    """(n,) places of these films: of a series the first PER_SERIES at most, which take the places they have by year.

    More films of a series stand at the end, where there is nothing else to show.
    """
    names, of_series = series(titles), Counter[str]()
    first: list[int] = []
    rest: list[int] = []
    for place, name in enumerate(names):
        of_series[name] += bool(name)
        (rest if of_series[name] > PER_SERIES else first).append(place)
    shown = (first + rest)[:n]
    by_year = {
        name: iter(sorted((place for place in shown if names[place] == name), key=years.__getitem__))
        for name in of_series
        if name
    }
    return [next(by_year[names[place]]) if names[place] else place for place in shown]
