"""The catalogue: all films, their facts as arrays, and looking a film up by id, title or search.

A film's `number` is its row. Rows are only ever appended, so that a number in a visitor's link keeps its meaning. Where
the source lists one film under two addresses, both rows stay. The row with fewer ratings has the other's number in
`same_as`; ratings of both count, and only the row with more ratings is shown.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

import numpy as np

from reelrec.data import title_rules
from reelrec.data.film import Film
from reelrec.data.title_index import TitleIndex
from reelrec.errors import AmbiguousFilmError, UnknownFilmError


class Catalogue:
    """All films, read-only. `films[number]` is a film.

    For filters the same facts are arrays, (n_films,): year and runtime int16, 0 where unknown; n_ratings int32; mean
    float32, NaN where unknown; shown bool, whether the row is the one shown of its film; canonical int64, the number of
    the row that is shown of the same film.
    """

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
        """A checksum of which film has which number. Artifacts carry it, so that a mismatch is found when they load."""
        return fingerprint(film.slug for film in self.films)

    @cached_property
    def by_slug(self) -> dict[str, int]:
        """Slug to number."""
        return {film.slug: film.number for film in self.films}

    @cached_property
    def by_boxd_code(self) -> dict[str, int]:
        """Code of the boxd.it link to the number of the row that is shown."""
        return self._codes("boxd_code")

    @cached_property
    def by_tmdb_id(self) -> dict[int, int]:
        """TMDB id to the number of the row that is shown."""
        return self._codes("tmdb_id")

    @cached_property
    def by_imdb_id(self) -> dict[int, int]:
        """IMDb id to the number of the row that is shown."""
        return self._codes("imdb_id")

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
        """Number to all numbers of the same film, for each film with more than one row."""
        groups = defaultdict(list)
        for film in self.films:
            if film.same_as is not None:
                groups[film.same_as].append(film.number)
        return {number: (main, *twins) for main, twins in groups.items() for number in (main, *twins)}

    def with_twins(self, numbers: Collection[int]) -> list[int]:
        """These films, and all other rows of the same films."""
        return [*numbers, *(twin for number in self.same.keys() & set(numbers) for twin in self.same[number])]

    def by_key(
        self,
        *,
        tmdb_id: int | None = None,
        boxd_code: str | None = None,
        slug: str | None = None,
        imdb_id: int | None = None,
    ) -> Film | None:
        """The film with this boxd.it code, else this TMDB id, IMDb id or slug; None where none is known."""
        if boxd_code is not None and boxd_code in self.by_boxd_code:
            return self._shown(self.by_boxd_code[boxd_code])
        if tmdb_id is not None and tmdb_id in self.by_tmdb_id:
            return self._shown(self.by_tmdb_id[tmdb_id])
        if imdb_id is not None and imdb_id in self.by_imdb_id:
            return self._shown(self.by_imdb_id[imdb_id])
        if slug is not None and slug in self.by_slug:
            return self._shown(self.by_slug[slug])
        return None

    def match(self, title: str, year: int | None = None) -> list[Film]:
        """The films that fit a title and a year, best known first; several where the match is ambiguous.

        Without a year, all films of that title.
        """
        return self._titles.match(title, year)

    def find(
        self, title: str, year: int | None = None, *, tmdb_id: int | None = None, boxd_code: str | None = None
    ) -> Film:
        """The film with this boxd.it code, else with this TMDB id, else with this title and year.

        Raises AmbiguousFilmError (several films fit, or there is no year) or UnknownFilmError.
        """
        if film := self.by_key(tmdb_id=tmdb_id, boxd_code=boxd_code):
            return film
        candidates = self.match(title, year)
        if not candidates:
            near = ", ".join(f'"{film.name}"' for film in self.near(title, 3))
            hint = f" Near it: {near}." if near else ""
            written = f"{title} ({year})" if year else title
            raise UnknownFilmError(f'"{written}" is not among the {len(self):,} films of the catalogue.{hint}')
        if year is None or len(candidates) > 1:
            names = ", ".join(f'"{film.name}"{_by(film)}' for film in candidates[:5])
            why = "has no year" if year is None else f"({year}) fits {len(candidates)} films"
            raise AmbiguousFilmError(f'"{title}" {why}. Say which is meant, by title and year or by address: {names}.')
        return candidates[0]

    def named(self, text: str) -> Film:
        """The film that a text names: as "Title (Year)" or by its Letterboxd address, such as "film/heat-1995".

        Raises AmbiguousFilmError or UnknownFilmError.
        """
        slug = text.strip().rstrip("/").rpartition("film/")[2]
        if "film/" in text and slug in self.by_slug:
            return self._shown(self.by_slug[slug])
        title, year = title_rules.title_and_year(text)
        return self.find(title, year)

    def search(self, text: str, n: int) -> list[Film]:
        """At most n films whose title contains the text, without regard to case and accents.

        Equal titles come first, then titles with the text at the start of a word; within each, the best known first.
        """
        return self._titles.search(text, n)

    def near(self, title: str, n: int) -> list[Film]:
        """At most n films whose title is like this one, where no film has it.

        The first search that finds any film: for the title, without its article, up to its colon, for its longest word.
        """
        for text in (title, *title_rules.fewer_words(title)):
            if films := self.search(text, n):
                return films
        return []

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(self.films, self.canonical)

    def _shown(self, number: int) -> Film:
        """The row that is shown of the film with this number."""
        return self.films[int(self.canonical[number])]

    def _codes(self, name: str) -> dict[Any, int]:
        """Values of a field to the number of the row that is shown."""
        return {
            getattr(film, name): int(self.canonical[film.number])
            for film in self.films
            if getattr(film, name) is not None
        }

    def _masks(self, values: Iterable[tuple[str, ...]]) -> dict[str, np.ndarray]:
        """Name to (n_films,) bool, read-only, the most common name first. values: the names of each film."""
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
    """Sixteen hex digits: a checksum of the films' slugs, in the order of their numbers."""
    return hashlib.sha256("\n".join(slugs).encode()).hexdigest()[:16]


def _read_only(values: list[Any], dtype: type) -> np.ndarray:
    array: np.ndarray = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


def _by(film: Film) -> str:
    """What tells films of one title apart: the director and the address."""
    return f" by {film.director} [film/{film.slug}]" if film.director else f" [film/{film.slug}]"
