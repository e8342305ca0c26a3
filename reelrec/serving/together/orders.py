"""The orders of a shelf for several people: average, least misery, most loved by one, and fairness over evenings.

stars: (people, films), NaN where nothing is known of a person and a film. Such a place is left out of every sum and
minimum, so it never counts as zero; a film of which nothing is known comes last.

Average, least misery and most pleasure, which is called "most loved by one" here, are the strategies of those names in
Masthoff, "Group Recommender Systems: Combining Individual Models", Recommender Systems Handbook, 2011, chapter 21.
Fairness there lets people choose in turn. Here nobody chooses: after each evening, who gave in has more weight in the
average of the next one,

    score_i  =  sum_p w_p stars_pi / sum_p w_p,        w_p = 1 + given_p

given_p is the number of stars by which person p's films so far fell short of the best film that was left for p on that
evening, summed. That is near to the accumulated satisfaction of Masthoff's chapter in the second edition (2015, "Group
Recommender Systems: Aggregation, Satisfaction and Group Attributes"), with three differences: satisfaction is measured
in stars that were given up, so that who gives few stars to anything is not taken for unhappy; it does not fade; and it
does not spread from one person to another.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np


class Evenings(NamedTuple):
    """The films of several evenings.

    places: (n,) of the films, the first evening's first. short: (n, people) stars by which each evening's film falls
    short of the best that was left for a person; NaN where that is not known.
    """

    places: np.ndarray
    short: np.ndarray


def average(stars: np.ndarray) -> np.ndarray:
    """(films,) the mean over the people of whom it is known; NaN where it is of nobody."""
    return _over_people(np.nanmean, stars)


def least(stars: np.ndarray) -> np.ndarray:
    """(films,) the stars of who likes a film least."""
    return _over_people(np.nanmin, stars)


def most(stars: np.ndarray) -> np.ndarray:
    """(films,) the stars of who likes a film most."""
    return _over_people(np.nanmax, stars)


def best_first(score: np.ndarray, stars: np.ndarray) -> np.ndarray:
    """The places of the films, the highest score first; of equals the higher average, then the earlier film.

    score: (films,), NaN for films that come last.
    """
    means = average(stars)
    low = np.full(len(score), -np.inf)
    keys = (np.where(np.isnan(means), low, means), np.where(np.isnan(score), low, np.round(score, 4)))
    order: np.ndarray = np.lexsort((np.arange(len(score)), -keys[0], -keys[1]))
    return order


def fair_evenings(stars: np.ndarray, n: int) -> Evenings:
    """The films of at most n evenings, each chosen by the weighted average of the module's text."""
    left = ~np.isnan(average(stars))
    given = np.zeros(len(stars))
    places: list[int] = []
    short: list[np.ndarray] = []
    for _ in range(min(n, int(left.sum()))):
        known = ~np.isnan(stars)
        weights = np.where(known, 1.0 + given[:, None], 0.0)
        score = np.full(stars.shape[1], np.nan)
        score[left] = (np.where(known, stars, 0.0) * weights).sum(axis=0)[left] / weights.sum(axis=0)[left]
        place = int(best_first(score, stars)[0])
        lost = most(np.where(left, stars, np.nan).T) - stars[:, place]  # of what was left for each person
        given += np.nan_to_num(lost)
        left[place] = False
        places.append(place)
        short.append(lost)
    return Evenings(np.array(places, dtype=np.int64), np.array(short).reshape(len(places), len(stars)))


def _over_people(reduce: object, stars: np.ndarray) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a film that nobody is known to like or not
        reduced: np.ndarray = reduce(stars, axis=0)  # type: ignore[operator]
    return reduced
