"""How two people agree: over the films that both rated, and over what they would give films that many people know.

Two people who both like good films look alike, whatever their taste. So likeness is the correlation of what they would
give the REFERENCE best known films beyond what everybody gives them: 1 is the same taste, 0 has nothing in common but
everybody's, -1 is the opposite.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.serving.engine import Engine
from reelrec.serving.together.outlook import Outlook, Star, outlook
from reelrec.serving.together.people import Person

REFERENCE = 300  # films
LEAST_SHARED = 5  # films that both rated, below which nothing is said of them
LOVED, APART = 4.0, 1.0  # stars of a film that joins; stars between the two of a film that divides
SHOWN = 4  # films under each heading
LEAST_SPREAD = 1e-6  # stars; with less, a person gives every film the same


class Between(NamedTuple):
    """A film between two people: what the first and the second gave or would give it."""

    film: Film
    first: Star
    second: Star


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two people agree. first, second: their places among the people.

    shared: how many films both rated. apart: the mean difference of their stars in these, None with too few of them.
    same_side: the share of these films that both liked or both did not. likeness: from -1 to 1, None where it cannot be
    said. joins, divides: films, the strongest first.
    """

    first: int
    second: int
    shared: int
    apart: float | None
    same_side: float | None
    likeness: float | None
    joins: tuple[Between, ...]
    divides: tuple[Between, ...]


def agreements(served: Engine, people: Sequence[Person]) -> tuple[Agreement, ...]:
    """Every two of the people, the most alike first; who cannot be compared comes last."""
    known = [film.number for film in served.films.best_known(REFERENCE) if film.number < served.films.n_items]
    rated_by_two = _rated_by_two(people)
    items = np.array(sorted({*known, *(film for film in rated_by_two if film < served.films.n_items)}), dtype=np.int64)
    table = outlook(served, people, items)
    means = np.array([served.films.films[item].mean or np.nan for item in items.tolist()])
    reference = np.isin(items, known)
    pairs = [
        _agreement(served, people, pair, table, np.where(reference, means, np.nan))
        for pair in itertools.combinations(range(len(people)), 2)
    ]
    return tuple(sorted(pairs, key=lambda made: (made.likeness is None, -(made.likeness or 0.0))))


def _rated_by_two(people: Sequence[Person]) -> set[int]:
    """The films that at least two of the people rated."""
    pairs = itertools.combinations([set(person.profile.counted) for person in people], 2)
    return {film for one, other in pairs for film in one & other}


def _agreement(
    served: Engine, people: Sequence[Person], pair: tuple[int, int], table: Outlook, means: np.ndarray
) -> Agreement:
    """means: (films,) everybody's stars of the films of the reference, NaN of the others."""
    one, other = (people[place].profile.counted for place in pair)
    both = [film for film in one if film in other]
    stars = np.array([(one[film], other[film]) for film in both]).reshape(-1, 2)
    enough = len(both) >= LEAST_SHARED
    return Agreement(
        *pair,
        shared=len(both),
        apart=float(np.abs(stars[:, 0] - stars[:, 1]).mean()) if enough else None,
        same_side=float(((stars[:, 0] >= LIKED_STARS) == (stars[:, 1] >= LIKED_STARS)).mean()) if enough else None,
        likeness=likeness(*(table.stars[place] - means for place in pair)),
        joins=_films(served, pair, table, joining=True),
        divides=_films(served, pair, table, joining=False),
    )


def likeness(first: np.ndarray, second: np.ndarray) -> float | None:
    """The correlation of two people's stars beyond everybody's, (films,) each; None where it cannot be said."""
    known = ~(np.isnan(first) | np.isnan(second))
    if known.sum() < LEAST_SHARED or min(first[known].std(), second[known].std()) < LEAST_SPREAD:
        return None
    return float(np.corrcoef(first[known], second[known])[0, 1])


def _films(served: Engine, pair: tuple[int, int], table: Outlook, joining: bool) -> tuple[Between, ...]:
    """The films that join two people, or divide them: those that both rated first, then by strength."""
    first, second = (table.stars[place] for place in pair)
    given = table.given[list(pair)].sum(axis=0)
    strength = np.minimum(first, second) - LOVED if joining else np.abs(first - second) - APART
    fits = np.flatnonzero(np.nan_to_num(strength, nan=-1.0) >= 0)
    order = fits[np.lexsort((fits, -(first + second)[fits] if joining else fits, -strength[fits], -given[fits]))]
    return tuple(
        Between(
            served.films.films[int(table.items[place])],
            *(table.star(person, place) for person in pair),
        )
        for place in order[:SHOWN].tolist()
    )
