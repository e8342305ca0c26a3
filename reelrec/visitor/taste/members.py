"""Which of the visitor's films have a fact in common: a series, a decade, a director, an actor …

Actors who share nearly all their rated films are one group, "Kristen Stewart, Robert Pattinson and two others":
    films of both / films of either >= TOGETHER
So one series is not told once for each of its actors, and fewer groups are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.languages import LANGUAGES
from reelrec.translation import N_, _, listed
from reelrec.visitor.taste.beside import Beside

LEAST = 3  # films of a group
TOGETHER = 0.75
# Minutes under which a film has that length.
LENGTHS = {40: N_("under 40 min"), 90: N_("40 to 89 min"), 120: N_("90 to 119 min"), 150: N_("120 to 149 min")}
LONGEST = N_("150 min and more")
COLUMNS = {
    "decade": "year", "genre": "genres", "director": "director", "actor": "cast", "country": "countries",
    "language": "language", "length": "runtime",
}  # fmt: skip
NUMBERS = (
    "no",
    N_("one other"),
    N_("two others"),
    N_("three others"),
    N_("four others"),
    N_("five others"),
    N_("six others"),
)


def members(kind: str, ratings: Beside, films: Catalogue) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The groups' names; for each membership the film's place in `ratings` and the group's in the names, (m,) int64."""
    words: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    if len(ratings):
        for place, value in enumerate(_values(kind, ratings, films)):
            found += [(place, words.setdefault(name, len(words))) for name in _names(kind, value)]
    places, groups = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return _together(list(words), places, groups) if kind == "actor" else (list(words), places, groups)


def _values(kind: str, ratings: Beside, films: Catalogue) -> Sequence[Any]:
    """(n,) what tells the groups of each film."""
    if kind == "series":
        return [list(films.series.get(number, ())) for number in ratings.numbers.tolist()]
    return films.films.column(COLUMNS[kind], ratings.numbers)


def _names(kind: str, value: Any) -> Iterable[str]:
    """The groups of a film by what tells them; none where that is unknown."""
    if not value:
        return ()
    return dict.fromkeys(value) if isinstance(value, list) else (_NAMES.get(kind, str)(value),)


def _length(minutes: int) -> str:
    return next((name for limit, name in LENGTHS.items() if minutes < limit), LONGEST)


_NAMES: dict[str, Callable[[Any], str]] = {
    "decade": lambda year: f"{year // 10 * 10}s",
    "language": lambda code: LANGUAGES.get(code, code.upper()),
    "length": _length,
}


def _together(names: list[str], places: np.ndarray, groups: np.ndarray) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The actors of LEAST films or more, those who share nearly all of them as one; the arguments as of `members`."""
    n = np.bincount(groups, minlength=len(names))
    actors = sorted(np.flatnonzero(n >= LEAST).tolist(), key=lambda actor: -int(n[actor]))  # the first billed first
    films = np.zeros((len(actors), int(places.max(initial=-1)) + 1), dtype=np.float32)
    row = {actor: place for place, actor in enumerate(actors)}
    for place, actor in zip(places.tolist(), groups.tolist(), strict=True):
        if actor in row:
            films[row[actor], place] = 1.0
    shared, sizes = films @ films.T, films.sum(axis=1)
    alike = shared >= TOGETHER * (sizes[:, None] + sizes - shared)
    left = np.ones(len(actors), dtype=bool)
    found: list[str] = []
    pairs: list[tuple[int, int]] = []
    for first in range(len(actors)):
        if left[first]:
            among = np.flatnonzero(alike[first] & left)
            left[among] = False
            pairs += [(place, len(found)) for place in np.flatnonzero(films[among].any(axis=0)).tolist()]
            found.append(_called([names[actors[place]] for place in among.tolist()]))
    return found, *np.array(pairs, dtype=np.int64).reshape(-1, 2).T


def _called(names: Sequence[str]) -> str:
    """ "Ada", "Ada and Ben", "Ada, Ben and two others"."""
    if len(names) <= 2:
        return listed(names)
    more = len(names) - 2
    others = _(NUMBERS[more]) if more < len(NUMBERS) else _("{n} others", n=more)
    return _("{first}, {second} and {others}", first=names[0], second=names[1], others=others)
