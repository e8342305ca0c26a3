"""Which film comes right before which: sequels should not be shown before what they follow.

Two sources. 1. data/series.csv, written by hand: series in the order in which they came out. 2. Titles with a number:
the film before "Rocky III" is "Rocky II", and before that "Rocky". A title that only resembles another ("The Batman")
follows nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reelrec.data.film_table import FilmTable
from reelrec.data.titles.series import CUT, NUMBER
from reelrec.data.titles.title_rules import one_spelling, words
from reelrec.paths import ROOT

SERIES = ROOT / "data" / "series.csv"
NONE = -1
LONGEST_GAP = 25  # years between a film and the one with the number before
MOST_PARTS = 20  # a higher number is a year, as in "Summer of 85"
_NUMBERED = re.compile(rf"^(.*?\S)\s+(?:(?:part|chapter|vol|volume|episode|no)\s+)?({NUMBER})$")
Named = tuple[str, int]  # a stem, and the number behind it; 1 where there is none


def predecessors(films: FilmTable, canonical: np.ndarray, year: np.ndarray, n_ratings: np.ndarray) -> np.ndarray:
    """(n_films,) the number of the film that comes right before each, NONE where none does.

    canonical, year, n_ratings: (n_films,) as in the catalogue. Only films with ratings have a number in their title.
    """
    titles = films.table["title"].to_pylist()
    before = np.full(len(titles), NONE, dtype=np.int64)
    rated = np.flatnonzero((n_ratings > 0) & (canonical == np.arange(len(titles)))).tolist()
    by_name: dict[Named, list[int]] = {}
    for film in rated:
        for name in dict.fromkeys([(words(titles[film]), 1), *_numbered(titles[film])]):
            by_name.setdefault(name, []).append(film)
    for film in rated:
        for stem, part in _numbered(titles[film]):
            earlier = [
                other
                for other in by_name.get((stem, part - 1), [])
                if other != film and 0 <= year[film] - year[other] <= LONGEST_GAP
            ]
            if earlier:
                before[film] = max(earlier, key=lambda other: n_ratings[other])
    rows = {(title, int(year[film])): film for film, title in reversed([*enumerate(titles)])}
    for _, series in by_hand(SERIES):
        numbers = [rows[key] for key in series if key in rows]
        before[numbers[:1]] = NONE
        before[numbers[1:]] = numbers[:-1]
    before.setflags(write=False)
    return before


def _numbered(title: str) -> Iterator[Named]:
    """The stems of a title with a number of 1 or more behind them: of the whole, and of what stands before a colon."""
    for text in (title, *(title[: cut.start()] for cut in CUT.finditer(title))):
        if match := _NUMBERED.match(words(text)):
            number = one_spelling(match[2])
            if number.isdecimal() and int(number) <= MOST_PARTS:
                yield match[1], int(number)


def by_hand(path: Path, column: str = "series") -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The name of each series of a table written by hand, with title and year of its films, in order."""
    series: dict[str, list[tuple[str, int]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            series.setdefault(row[column], []).append((row["title"], int(row["year"])))
    yield from series.items()
