"""What the series is called that a film belongs to, as people say it: "Harry Potter", "The Twilight Saga".

Three sources. 1. data/series.csv, written by hand, where "Star Wars prequels" and "Star Trek, later" are Star Wars and
Star Trek. 2. Titles that share a stem (`data/titles/series.py`), of films with ratings: "Saw X" is one of "Saw". 3.
data/worlds.csv, written by hand: worlds of several series, such as Marvel; its films are of both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from reelrec.data.film_table import FilmTable
from reelrec.data.titles.sequels import SERIES, by_hand
from reelrec.data.titles.series import CUT, plain, series
from reelrec.data.titles.title_rules import words

WORLDS = SERIES.with_name("worlds.csv")
_PART = re.compile(r"(?:, .*| (?:pre|se)quels)$")


def series_names(films: FilmTable, numbers: np.ndarray, before: np.ndarray) -> Mapping[int, tuple[str, ...]]:
    """Film number to the names of its series, for films that are of one.

    numbers: films whose titles are looked at, the best known first. before: (n_films,) as `sequels.predecessors`.
    """
    titles, years = films.column("title", numbers), films.column("year", numbers)
    rows = {key: film for key, film in reversed([*zip(zip(titles, years, strict=True), numbers.tolist(), strict=True)])}
    written = {rows[key]: _PART.sub("", name) for name, keys in by_hand(SERIES) for key in keys if key in rows}
    names = dict(written)
    for members in _by_stem(titles, numbers.tolist(), before).values():
        known = Counter(written[film] for film, _, _ in members if film in written)
        name = known.most_common(1)[0][0] if known else _called(*members[0][1:])
        for film, _, _ in members:
            names.setdefault(film, name)
    found = {film: (name,) for film, name in names.items()}
    for name, keys in by_hand(WORLDS, "world"):
        for film in (rows[key] for key in keys if key in rows):
            found[film] = (*found.get(film, ()), name)
    return found


def _by_stem(
    titles: Sequence[str], numbers: Sequence[int], before: np.ndarray
) -> Mapping[str, list[tuple[int, str, str]]]:
    """Number, title and stem of the films of each stem. Of films called like the stem, one is of the series.

    It is the one that others follow, else the best known: the others are remakes or share a title by chance.
    """
    followed = set(before[before >= 0].tolist())
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for film, title, stem in zip(numbers, titles, series(titles), strict=True):
        if stem:
            found[stem].append((film, title, stem))
    for stem, members in found.items():
        first = [member for member in members if plain(member[1]) == stem]
        kept = next((member for member in first if member[0] in followed), (first or members)[0])
        found[stem] = [kept, *(member for member in members if member not in first and member != kept)]
    return {stem: members for stem, members in found.items() if len(members) > 1 and _is_series(members, followed)}


def _is_series(members: Sequence[tuple[int, str, str]], followed: set[int]) -> bool:
    """Whether a film follows another, or has a title of two parts: "Apollo 11" and "Apollo 13" are of no series."""
    return any(film in followed or CUT.search(title) for film, title, _ in members)


def _called(title: str, stem: str) -> str:
    """The words of a title that are its stem."""
    parts = title.split()
    heads = (" ".join(parts[:n]).rstrip(":–-, ") for n in range(len(parts), 0, -1))
    return next((head for head in heads if stem in (plain(head), words(head))), title)
