"""What a model said of hidden ratings, by the stars given, and the films of which it was most wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reelrec.serving.portrait.backtest import Backtest

MIDDLE = (0.1, 0.9)  # of what was said: where 8 of 10 lie


class OfStars(NamedTuple):
    """What was said of n films with equal stars: the mean, and where 8 of 10 lie. All in stars."""

    stars: float
    n: int
    mean: float
    low: float
    high: float


class Miss(NamedTuple):
    """One film of which a model was wrong. film: its number. given, said: stars."""

    film: int
    given: float
    said: float


def by_stars(result: Backtest, said: Sequence[float]) -> tuple[OfStars, ...]:
    """What was said of the films with each number of stars, from the fewest stars on. said: (n,) of a model."""
    given, guessed = np.array(result.stars), np.array(said)
    spreads = []
    for stars in np.unique(given).tolist():
        among = guessed[given == stars]
        low, high = np.quantile(among, MIDDLE).tolist()
        spreads.append(OfStars(stars, len(among), float(among.mean()), low, high))
    return tuple(spreads)


def misses(result: Backtest, said: Sequence[float], n: int) -> tuple[Miss, ...]:
    """The n films of which the model was most wrong, the worst first. said: of a model, one for each film."""
    away = np.abs(np.array(said) - np.array(result.stars))
    worst = np.argsort(-away, kind="stable")[:n].tolist()
    return tuple(Miss(result.films[place], result.stars[place], said[place]) for place in worst)
