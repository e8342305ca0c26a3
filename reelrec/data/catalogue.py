"""Films: their facts, their ids, and finding one.

A film's `number` is its row. Rows are only ever appended, so a number in somebody's link means the same film for ever.
Where the source holds one film under two addresses, both rows stay and the lesser one's `same_as` is the other's
number: ratings of either count, and only the better known one is shown.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

import numpy as np

from reelrec.data import title_rules
from reelrec.data.film import Film
from reelrec.data.title_index import TitleIndex
from reelrec.errors import AmbiguousFilmError, UnknownFilmError


class Catalogue:
    """All films, read-only. `films[number]` is the film; arrays hold the same facts for filters."""

    def __init__(self, films: Iterable[Film]) -> None:
        self.films = tuple(films)
        self.year = _read_only([film.year or 0 for film in self.films], np.int16)
        self.runtime = _read_only([film.runtime or 0 for film in self.films], np.int16)
        self.n_ratings = _read_only([film.n_ratings for film in self.films], np.int32)
        self.mean = _read_only([np.nan if film.mean is None else film.mean for film in self.films], np.float32)
        self.shown = _read_only([film.same_as is None for film in self.films], bool)
        self.canonical = _read_only(
            [film.number if film.same_as is None else film.same_as for film in self.films], np.int64
        )

    def __len__(self) -> int:
        return len(self.films)

    @cached_property
    def fingerprint(self) -> str:
        """Identifies which film has which number; weights carry it to show that they fit."""
        return fingerprint(film.slug for film in self.films)

    @cached_property
    def by_slug(self) -> dict[str, int]:
        return {film.slug: film.number for film in self.films}

    @cached_property
    def by_boxd_code(self) -> dict[str, int]:
        return self._codes("boxd_code")

    @cached_property
    def by_tmdb_id(self) -> dict[int, int]:
        return self._codes("tmdb_id")

    @cached_property
    def genres(self) -> dict[str, np.ndarray]:
        """Genre name to (n_films,) bool, most common genre first."""
        return self._masks(film.genres for film in self.films)

    @cached_property
    def languages(self) -> dict[str, np.ndarray]:
        """Language code to (n_films,) bool, most common language first."""
        return self._masks((film.language,) if film.language else () for film in self.films)

    @cached_property
    def same(self) -> dict[int, tuple[int, ...]]:
        """For each film that the source holds more than once: all its numbers."""
        groups = defaultdict(list)
        for film in self.films:
            if film.same_as is not None:
                groups[film.same_as].append(film.number)
        return {number: (main, *twins) for main, twins in groups.items() for number in (main, *twins)}

    def with_twins(self, numbers: Collection[int]) -> list[int]:
        """These films, and the other rows that the catalogue has of each."""
        return [*numbers, *(twin for number in self.same.keys() & set(numbers) for twin in self.same[number])]

    def by_key(
        self, *, tmdb_id: int | None = None, boxd_code: str | None = None, slug: str | None = None
    ) -> Film | None:
        """The film with that boxd.it code, else that TMDB id, else that address; None where none is known."""
        for index, key in ((self.by_boxd_code, boxd_code), (self.by_tmdb_id, tmdb_id), (self.by_slug, slug)):
            if key is not None and key in index:
                return self.films[int(self.canonical[index[key]])]
        return None

    def match(self, title: str, year: int | None = None) -> list[Film]:
        """The films that fit a title and a year, best known first: several where it is not clear, [] for none.

        Without a year, the films of that title.
        """
        return self._titles.match(title, year)

    def find(
        self, title: str, year: int | None = None, *, tmdb_id: int | None = None, boxd_code: str | None = None
    ) -> Film:
        """The film with that boxd.it code, else that TMDB id, else that title and year.

        Raises AmbiguousFilmError (several fit, or there is no year) or UnknownFilmError.
        """
        if keyed := self.by_key(tmdb_id=tmdb_id, boxd_code=boxd_code):
            return keyed
        found = self.match(title, year)
        if not found:
            near = ", ".join(f'"{film.name}"' for film in self.near(title, 3))
            hint = f" Near it: {near}." if near else ""
            written = f"{title} ({year})" if year else title
            raise UnknownFilmError(f'"{written}" is not among the {len(self):,} films of the catalogue.{hint}')
        if year is None or len(found) > 1:
            names = ", ".join(f'"{film.name}"{_by(film)}' for film in found[:5])
            why = "has no year" if year is None else f"({year}) fits {len(found)} films"
            raise AmbiguousFilmError(f'"{title}" {why}. Say which is meant, by title and year or by address: {names}.')
        return found[0]

    def named(self, text: str) -> Film:
        """The film written as "Title (Year)", or as the end of its Letterboxd address: "film/heat-1995"."""
        slug = text.strip().rstrip("/").rpartition("film/")[2]
        if "film/" in text and slug in self.by_slug:
            return self.films[int(self.canonical[self.by_slug[slug]])]
        return self.find(*title_rules.title_and_year(text))

    def search(self, text: str, n: int) -> list[Film]:
        """Films whose title holds the text, whatever its case and accents: whole titles first, then by fame."""
        return self._titles.search(text, n)

    def near(self, title: str, n: int) -> list[Film]:
        """What a search for the title finds; else without its article, without what follows a colon, by its longest
        word."""
        shorter = (part for part in title_rules.fewer_words(title))
        return next((found for part in (title, *shorter) if (found := self.search(part, n))), [])

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(self.films, self.canonical)

    def _codes(self, name: str) -> dict:
        return {
            getattr(film, name): int(self.canonical[film.number])
            for film in self.films
            if getattr(film, name) is not None
        }

    def _masks(self, values: Iterable[tuple[str, ...]]) -> dict[str, np.ndarray]:
        rows = defaultdict(list)
        for number, names in enumerate(values):
            for name in names:
                rows[name].append(number)
        masks = {}
        for name in sorted(rows, key=lambda name: (-len(rows[name]), name)):
            masks[name] = np.zeros(len(self), dtype=bool)
            masks[name][rows[name]] = True
            masks[name].setflags(write=False)
        return masks


def fingerprint(slugs: Iterable[str]) -> str:
    """Sixteen hex digits over the films' slugs in the order of their numbers."""
    return hashlib.sha256("\n".join(slugs).encode()).hexdigest()[:16]


def _read_only(values: list, dtype: type) -> np.ndarray:
    array = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


def _by(film: Film) -> str:
    return f" by {film.director} [film/{film.slug}]" if film.director else f" [film/{film.slug}]"
