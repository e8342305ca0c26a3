"""The most unusual loves and dislikes: stars far from what is expected, for films that leave little room for that.

Of those that are unusual, the ones furthest from everybody's mean come first: it is what a reader sees.

A film that divides people leaves much room, and so does one that few rated; both are in the variance of everybody's
stars. Stars are compared with what is expected of the visitor, so that a harsh one is not told that all is disliked. As
in `habits`, n films make somebody generous for n / (n + FEW) only:
    surplus = residual + (mean of stars - mean of everybody's means) * FEW / (n + FEW)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS, half_star_places
from reelrec.visitor.taste.beside import Beside
from reelrec.visitor.taste.habits import FEW

APART = 1.0  # stars from what is expected of the visitor, and half as many from everybody's mean
ALIKE = 0.15  # share of people who went as far; with more of them it is not unusual
LEAST = 20  # ratings of a film


@dataclass(frozen=True, slots=True)
class Unusual:
    """A film with the visitor's stars and everybody's mean.

    alike: the share of people who gave it as many stars or more; of a dislike, as few or less.
    """

    film: Film
    stars: float
    others: float
    alike: float


def unusual(ratings: Beside, films: Catalogue, n: int) -> tuple[tuple[Unusual, ...], tuple[Unusual, ...]]:
    """At most n loves and n dislikes, those furthest from everybody's mean first.

    A love has LIKED_STARS or more, a dislike less.
    """
    gap = ratings.stars - ratings.others
    surplus = ratings.residuals + gap.sum() / max(len(gap), 1) * FEW / (len(gap) + FEW)
    loved = ratings.stars >= LIKED_STARS
    sign = np.where(loved, 1, -1)
    alike = _alike(ratings, loved)
    is_apart = (sign * surplus >= APART) & (sign * gap >= APART / 2)
    far = is_apart & (alike <= ALIKE) & (ratings.histograms.sum(axis=1) >= LEAST)
    order = np.lexsort((-np.abs(surplus) / np.sqrt(ratings.noise), -np.round(np.abs(gap), 1)))

    def best(among: np.ndarray) -> tuple[Unusual, ...]:
        return tuple(
            Unusual(
                film=films.films[int(ratings.numbers[place])],
                stars=float(ratings.stars[place]),
                others=float(ratings.others[place]),
                alike=float(alike[place]),
            )
            for place in order[(far & among)[order]][:n].tolist()
        )

    return best(loved), best(~loved)


def _alike(ratings: Beside, loved: np.ndarray) -> np.ndarray:
    """(n,) the share of people who gave a film at least the visitor's stars; where not loved, at most these."""
    counts, places = ratings.histograms, half_star_places(ratings.stars)[:, None]
    steps = np.arange(counts.shape[1])
    same_side = np.where(loved[:, None], steps >= places, steps <= places)
    share: np.ndarray = (counts * same_side).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    return share
