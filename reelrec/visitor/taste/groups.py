"""Films of one series, decade, genre, director, actor …: do they get more stars than expected?

Of a group with the residuals r of n of the visitor's N films:
    lift = sum r / (n + TRUST)
    z    = sum r / sqrt(v (1 - v / V)),    v, V: the noise of the group's films, and of all, added up
The last factor is there because the residuals of all films add up to zero: a group of all films has no lift. TRUST is
what foretells the lifts in tune users' hidden ratings best, of 2, 5, 10, 20, 40, 80, 160 films.

What stands out: of all groups of one kind with LEAST_SURE films (LEAST_OF_SERIES of a series), those that Benjamini and
Hochberg ("Controlling the false discovery rate", 1995) let pass with a share of FALSE false ones, where the lift is
WORTH a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.beside import Beside
from reelrec.visitor.taste.labels import label
from reelrec.visitor.taste.members import LEAST, members

LEAST_SURE, LEAST_OF_SERIES = 5, 3  # films of a group that stands out
FALSE = 0.01
TINY = 1e-12  # the least variance
WORTH = 0.1  # stars of lift that are worth a word
TRUST = {  # films
    "series": 2, "genre": 20, "director": 5, "actor": 10, "decade": 20, "country": 40, "language": 10, "length": 40,
}  # fmt: skip
KINDS = tuple(TRUST)


@dataclass(frozen=True, slots=True)
class Group:
    """Rated films that have a fact in common.

    kind: of KINDS. name: "1970s", "Horror", "Michael Mann", "French", "90 to 119 min". n: films. mean: the visitor's
    stars. expected: of the visitor for the same films. lift: stars above what is expected, drawn towards 0 for few
    films. stands_out: whether that is more than chance, with all groups of the kind looked at. chance: that one group
    is as far out by chance. films: their numbers.
    """

    kind: str
    name: str
    n: int
    mean: float
    expected: float
    lift: float
    stands_out: bool
    chance: float = 1.0
    films: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """The name as it is shown."""
        return label(self.kind, self.name)


def groups(ratings: Beside, films: Catalogue) -> Mapping[str, tuple[Group, ...]]:
    """The groups of at least LEAST films by kind, the furthest from chance first."""
    return {kind: tuple(_of_kind(kind, ratings, films)) for kind in KINDS}


def _of_kind(kind: str, ratings: Beside, films: Catalogue) -> Iterator[Group]:
    names, places, words = members(kind, ratings, films)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(words, weights=values[places], minlength=len(names))

    n = np.bincount(words, minlength=len(names))
    left = total(ratings.residuals)
    z = _z(left, total(ratings.noise), float(ratings.noise.sum()), n < len(ratings))
    lifts = left / (n + TRUST[kind])
    means, expected = (total(values) / np.maximum(n, 1) for values in (ratings.stars, ratings.expected))
    chances = [math.erfc(abs(far) / math.sqrt(2)) for far in z.tolist()]
    order = sorted(np.flatnonzero(n >= LEAST).tolist(), key=lambda word: (-abs(z[word]), names[word]))
    tried = [word for word in order if n[word] >= (LEAST_OF_SERIES if kind == "series" else LEAST_SURE)]
    passed = set(tried[: _passed([chances[word] for word in tried])])
    films_of = np.split(ratings.numbers[places[np.argsort(words, kind="stable")]], np.cumsum(n)[:-1])
    for word in order:
        yield Group(
            kind=kind,
            name=names[word],
            n=int(n[word]),
            mean=float(means[word]),
            expected=float(expected[word]),
            lift=float(lifts[word]),
            stands_out=word in passed and abs(float(lifts[word])) >= WORTH,
            chance=chances[word],
            films=tuple(films_of[word].tolist()),
        )


def _z(left: np.ndarray, noise: np.ndarray, all_noise: float, is_part: np.ndarray) -> np.ndarray:
    """(n_groups,) how far each group is from chance, in standard deviations; 0 for one of all films."""
    variance = np.where(is_part, noise * (1 - noise / (all_noise or 1.0)), np.inf)
    z: np.ndarray = left / np.sqrt(np.maximum(variance, TINY))
    return z


def _passed(chances: Sequence[float]) -> int:
    """How many of the groups stand out. chances: of each to be so far out by chance, rising."""
    n = len(chances)
    return max((place for place, chance in enumerate(chances, 1) if chance <= FALSE * place / n), default=0)
