"""How much one rating scatters: the noise of a person who rates the same films twice, and its part in our error.

    noise^2  =  sum_i (first_i - second_i)^2 / (2 n)          share  =  noise^2 / mean squared error

Both ratings scatter, so their difference has twice the variance of one. The interval is that of a variance of n normal
differences with mean 0 (chi-square with n degrees of freedom). Half-stars hide small noise: ten equal pairs do not say
that there is none. So the upper end is at least half a star for as many films as may have changed (Clopper and Pearson,
Biometrika 26, 1934).

STUDIED is the RMSE between two rounds of whole stars: Amatriain, Pujol and Oliver, "I like it... I like it not:
Evaluating User Ratings Noise in Recommender Systems", UMAP 2009, abstract. No model can be nearer to single ratings
than their noise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import scipy  # loads scipy.special when it is first used

STUDIED = (0.557, 0.8156)  # stars
N_FILMS = 10  # of a round
HALF_STAR = 0.5
TAIL = 0.025


class Measured(NamedTuple):
    """A measured number and its 95 % interval."""

    value: float
    low: float
    high: float


def films_to_rate_again(ratings: Mapping[int, float], seed: int) -> tuple[int, ...]:
    """N_FILMS of the rated films, or all where there are fewer, in a random order.

    ratings: film number to stars. One film is drawn from each tenth of the films by stars, so that all stars occur.
    """
    rng = np.random.default_rng(seed)
    films = rng.permutation(np.array(sorted(ratings), dtype=np.int64))
    stars = np.array([ratings[film] for film in films.tolist()])
    by_stars = films[np.argsort(stars, kind="stable")]
    parts = np.array_split(by_stars, min(N_FILMS, len(by_stars))) if len(by_stars) else []
    return tuple(int(film) for film in rng.permutation([rng.choice(part) for part in parts]))


def noise(first: Sequence[float], second: Sequence[float]) -> Measured:
    """The noise of one rating, in stars. first, second: stars of the same n films, n of one or more.

    Raises ValueError where the two have no film or not the same number.
    """
    n = len(first)
    if not n or len(second) != n:
        raise ValueError(f"{n} first and {len(second)} second ratings make no pairs.")
    differences = np.array(second, dtype=float) - np.array(first, dtype=float)
    squares = float(np.sum(differences**2))
    least, most = (squares / float(scipy.special.chdtri(n, tail)) for tail in (TAIL, 1 - TAIL))
    changed = int(np.count_nonzero(differences))
    changed_at_most = 1.0 if changed == n else float(scipy.special.betaincinv(changed + 1, n - changed, 1 - TAIL))
    high = max(most, changed_at_most * HALF_STAR**2)  # as if all stars that may have changed did so by half a star
    return Measured(of_one(math.sqrt(squares / n)), of_one(math.sqrt(least)), of_one(math.sqrt(high)))


def of_one(rmse: float) -> float:
    """The noise of one rating where two rounds of ratings differ by this RMSE, in stars."""
    return rmse / math.sqrt(2)


def studied() -> tuple[float, float]:
    """The noise of one rating in STUDIED, in stars: from and to."""
    low, high = STUDIED
    return of_one(low), of_one(high)


def share_of_error(of_rating: float, rmse: float) -> float:
    """The part of a model's mean squared error that this noise explains, from 0 to 1, which is all. rmse: stars."""
    return 1.0 if of_rating >= rmse else (of_rating / rmse) ** 2
