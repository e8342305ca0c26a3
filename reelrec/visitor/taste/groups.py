"""Films of one decade, genre, director, actor, country, language or length: do they get more stars than expected?

Of a group with the residuals r of n of the visitor's N films:
    lift = sum r / (n + TRUST)
    z    = sum r / sqrt(v (1 - v / V)),    v, V: the noise of the group's films, and of all, added up
The last factor is there because the residuals of all films add up to zero: a group of all films has no lift. TRUST is
what foretells the lifts in tune users' hidden ratings best, of 2, 5, 10, 20, 40, 80, 160 films.

What stands out: of all groups of one kind with LEAST_SURE films, those that Benjamini and Hochberg ("Controlling the
false discovery rate", 1995) let pass with a share of FALSE false ones, where the lift is WORTH a word.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.languages import language
from reelrec.visitor.taste.beside import Beside

LEAST, LEAST_SURE = 3, 5  # films of a group, and of one that stands out
FALSE = 0.01
TINY = 1e-12  # the least variance
WORTH = 0.1  # stars of lift that are worth a word
TRUST = {"decade": 20, "genre": 20, "director": 5, "actor": 10, "country": 40, "language": 10, "length": 40}  # films
KINDS = tuple(TRUST)
# Minutes under which a film has that length.
LENGTHS = {40: "under 40 min", 90: "40 to 89 min", 120: "90 to 119 min", 150: "120 to 149 min"}
LONGEST = "150 min and more"
COLUMNS = {
    "decade": "year", "genre": "genres", "director": "director", "actor": "cast", "country": "countries",
    "language": "language", "length": "runtime",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Rated films that have a fact in common.

    kind: of KINDS. name: "1970s", "Horror", "Michael Mann", "French", "90 to 119 min". n: films. mean: the visitor's
    stars. others: everybody's mean of the same films. lift: stars above what is expected of the visitor, drawn towards
    0 for few films. stands_out: whether that is more than chance, with all groups of the kind looked at.
    """

    kind: str
    name: str
    n: int
    mean: float
    others: float
    lift: float
    stands_out: bool


def groups(ratings: Beside, films: Catalogue) -> Mapping[str, tuple[Group, ...]]:
    """The groups of at least LEAST films by kind, the furthest from chance first."""
    return {kind: tuple(_of_kind(kind, ratings, films)) for kind in KINDS}


def members(kind: str, ratings: Beside, films: Catalogue) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The groups' names; for each membership the film's place in `ratings` and the group's in the names, (m,) int64."""
    words: dict[str, int] = {}
    members: list[tuple[int, int]] = []
    if len(ratings):
        for place, value in enumerate(films.films.column(COLUMNS[kind], ratings.numbers)):
            members += [(place, words.setdefault(name, len(words))) for name in _names(kind, value)]
    pairs = np.array(members, dtype=np.int64).reshape(-1, 2)
    return list(words), pairs[:, 0], pairs[:, 1]


def _of_kind(kind: str, ratings: Beside, films: Catalogue) -> Iterator[Group]:
    names, places, words = members(kind, ratings, films)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(words, weights=values[places], minlength=len(names))

    n = np.bincount(words, minlength=len(names))
    left = total(ratings.residuals)
    z = _z(left, total(ratings.noise), float(ratings.noise.sum()), n < len(ratings))
    lifts = left / (n + TRUST[kind])
    means, others = (total(values) / np.maximum(n, 1) for values in (ratings.stars, ratings.others))
    order = sorted(np.flatnonzero(n >= LEAST).tolist(), key=lambda word: (-abs(z[word]), names[word]))
    tried = [word for word in order if n[word] >= LEAST_SURE]
    passed = set(tried[: _passed([math.erfc(abs(z[word]) / math.sqrt(2)) for word in tried])])
    for word in order:
        yield Group(
            kind=kind,
            name=names[word],
            n=int(n[word]),
            mean=float(means[word]),
            others=float(others[word]),
            lift=float(lifts[word]),
            stands_out=word in passed and abs(float(lifts[word])) >= WORTH,
        )


def _names(kind: str, value: Any) -> Iterable[str]:
    """The groups of a film by the value of its column; none where that is unknown."""
    if not value:
        return ()
    return dict.fromkeys(value) if isinstance(value, list) else (_NAMES.get(kind, str)(value),)


def _length(minutes: int) -> str:
    return next((name for limit, name in LENGTHS.items() if minutes < limit), LONGEST)


_NAMES: dict[str, Callable[[Any], str]] = {
    "decade": lambda year: f"{year // 10 * 10}s",
    "language": language,
    "length": _length,
}


def _z(left: np.ndarray, noise: np.ndarray, all_noise: float, is_part: np.ndarray) -> np.ndarray:
    """(n_groups,) how far each group is from chance, in standard deviations; 0 for one of all films."""
    variance = np.where(is_part, noise * (1 - noise / (all_noise or 1.0)), np.inf)
    z: np.ndarray = left / np.sqrt(np.maximum(variance, TINY))
    return z


def _passed(chances: Sequence[float]) -> int:
    """How many of the groups stand out. chances: of each to be so far out by chance, rising."""
    n = len(chances)
    return max((place for place, chance in enumerate(chances, 1) if chance <= FALSE * place / n), default=0)
