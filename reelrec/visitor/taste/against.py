"""What a visitor gives to films that others think alike of: the cells of a picture of stars against everybody's means.

A picture of 2,000 points is slow to draw and hides what lies under what; cells are some sixty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.beside import Beside

WIDTH = 0.25  # stars of everybody's mean, of a cell
NAMED = 3  # films of a cell that it names


@dataclass(frozen=True, slots=True)
class Given:
    """The films of a cell. stars: the visitor's. others: the middle of everybody's means there. n: films.

    titles: of at most NAMED of them, the best known first.
    """

    stars: float
    others: float
    n: int
    titles: tuple[str, ...]


def given(ratings: Beside, films: Catalogue) -> tuple[Given, ...]:
    """The cells that have films, by everybody's mean and then by the visitor's stars, from the lowest."""
    steps = np.rint(ratings.others / WIDTH)
    fame = films.n_ratings[ratings.numbers]
    order = np.lexsort((-fame, ratings.stars, steps))
    keys = np.stack([steps, ratings.stars], axis=1)[order]  # (n, 2)
    first = np.flatnonzero(np.r_[len(keys) > 0, (keys[1:] != keys[:-1]).any(axis=1)])
    sizes = np.diff(np.r_[first, len(keys)])
    named = [order[start : start + min(size, NAMED)] for start, size in zip(first, sizes, strict=True)]
    titles = films.films.column("title", ratings.numbers[np.concatenate(named)]) if named else []
    ends = np.cumsum([len(places) for places in named])
    return tuple(
        Given(
            stars=float(keys[start, 1]),
            others=float(keys[start, 0]) * WIDTH,
            n=int(size),
            titles=tuple(titles[end - len(places) : end]),
        )
        for start, size, places, end in zip(first, sizes, named, ends, strict=True)
    )
