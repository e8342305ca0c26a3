"""In which order the films of a list are shown: diverse, a series from its beginning, no sequel before what it follows.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), greedy: the next film is the one with the highest

    score_i  -  strength * max over the films before it of cos(i, j)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from reelrec.data.titles.series import series

PER_SERIES = 3  # films of one series in a list, at most
LONGEST_SERIES = 60  # films that follow one another


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


def after_predecessors(films: np.ndarray, before: np.ndarray, awaited: np.ndarray) -> np.ndarray:
    """The places of these films, in an order in which each film that is awaited comes before its sequel.

    A film that stands before its predecessor changes places with it. It is left out where the predecessor is not among
    the films. films: (n,). before: (n_films,) of each film its predecessor, or -1. awaited: (n_items,) bool, the films
    that their sequels wait for.
    """
    order, shown = list(range(len(films))), set[int]()
    place_of = {film: place for place, film in enumerate(films.tolist())}  # in order
    first: list[int] = []
    for place in range(len(films)):
        while (film := int(films[order[place]])) not in shown:
            missing = int(before[film])
            if not (0 <= missing < len(awaited) and awaited[missing]) or missing in shown:
                first.append(order[place])
                shown.add(film)
            elif (other := place_of.get(missing, -1)) > place:
                order[place], order[other] = order[other], order[place]
                place_of[missing], place_of[film] = place, other
            else:
                break  # the predecessor was left out
    return np.array(first, dtype=np.int64)


def in_series_order(titles: Sequence[str], years: Sequence[int] | None, n: int) -> list[int]:
    """(n,) places of these films: of a series the first PER_SERIES at most, which take the places they have by year.

    More films of a series stand at the end, where there is nothing else to show. years: None leaves each its place.
    """
    names = [name or place for place, name in enumerate(series(titles))]
    first = first_of_series(names, {})
    rest = sorted(set(range(len(names))) - set(first))
    shown = (first + rest)[:n]
    return shown if years is None else by_year(names, years, shown)


def same_series(titles: Sequence[str], films: Sequence[int], before: np.ndarray) -> list[int]:
    """For each film a number that is the same for all films of its series, and for no others.

    Films are of one series where their titles say so, or where one follows another. films: their numbers. before:
    (n_films,) of each film its predecessor, or -1.
    """
    joined: dict[int, int] = {}  # the first film of a series to the one that stands for it

    def stands(film: int) -> int:
        while film in joined:
            film = joined[film]
        return film

    firsts = [_first_film(film, before) for film in films]
    named: dict[str, int] = {}
    for name, film in zip(series(titles), firsts, strict=True):
        if name and (one := stands(film)) != (other := stands(named.setdefault(name, film))):
            joined[one] = other
    return [stands(film) for film in firsts]


def _first_film(film: int, before: np.ndarray) -> int:
    for _ in range(LONGEST_SERIES):
        if before[film] < 0:
            break
        film = int(before[film])
    return film


def first_of_series(names: Sequence[Hashable], shown: Mapping[Hashable, int]) -> list[int]:
    """The places of the films of which, with those shown already, no series has more than PER_SERIES.

    names: of each film's series. shown: films by series, at most PER_SERIES of each.
    """
    of_series = Counter(shown)
    places = []
    for place, name in enumerate(names):
        if of_series[name] < PER_SERIES:
            of_series[name] += 1
            places.append(place)
    return places


def by_year(names: Sequence[Hashable], years: Sequence[int], places: Sequence[int]) -> list[int]:
    """These places, with the films of each series in the order of their years. names, years: of all films, (n,)."""
    of_series: dict[Hashable, list[int]] = {}
    for place in sorted(places, key=years.__getitem__):
        of_series.setdefault(names[place], []).append(place)
    ordered = {name: iter(films) for name, films in of_series.items()}
    return [next(ordered[names[place]]) for place in places]
