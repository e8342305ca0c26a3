"""The catalogue: all films, their facts as arrays, and looking a film up by id, title or search.

A film's `number` is its row. Rows are only ever appended, so that a number in a visitor's link keeps its meaning. The
first `n_items` rows are the items of all models; the films after them have no ratings to learn from. Where the source
lists one film under two addresses, both rows stay. One of them has the other's number in `same_as`: ratings of both
count for that other, which alone is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from reelrec.data import boxd
from reelrec.data.film import APART, KINDS, Film
from reelrec.data.film_table import FilmTable
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.titles import sequels, series_names, title_rules
from reelrec.data.titles.film_search import FilmSearch
from reelrec.data.titles.key_index import KeyIndex, key, keys
from reelrec.data.titles.title_index import TitleIndex, TitleKeys
from reelrec.errors import AmbiguousFilmError, UnknownFilmError

STANDS_OUT = 0.9  # share of the ratings of all films of a title
LEAST_KNOWN = 200  # ratings of a film whose title may say its series; all titles together share too much
LISTED = 5  # films of a title that an error names


class Catalogue:
    """All films, read-only. `films[number]` is a film.

    For filters the same facts are arrays, (n_films,): year and runtime int16, 0 where unknown; n_ratings int32; mean
    float32, NaN where unknown; kind int8, a place in KINDS; shown bool, whether the row is the one shown of its film;
    canonical int64, the number of the row that is shown of the same film.
    """

    def __init__(
        self, films: FilmTable | Iterable[Film], n_items: int | None = None, titles: TitleKeys | None = None
    ) -> None:
        """n_items: by default all films. titles: the keys of their titles, else worked out. Raises ValueError."""
        self.films = films if isinstance(films, FilmTable) else FilmTable.of(films)
        self.n_items = len(self.films) if n_items is None else n_items
        self._title_keys = titles
        self.year = self.films.array("year", 0, np.int16)
        self.runtime = self.films.array("runtime", 0, np.int16)
        self.n_ratings = self.films.array("n_ratings", 0, np.int32)
        self.mean = self.films.array("mean", np.nan, np.float32)
        same_as = self.films.array("same_as", -1, np.int64)
        self.shown = _read_only(same_as < 0)
        self.canonical = _read_only(np.where(self.shown, np.arange(len(self.films)), same_as))
        if not (0 <= self.n_items <= len(self.films) and (self.canonical < len(self.films)).all()):
            raise ValueError("the catalogue names a film that it does not have")
        if (self.canonical[self.canonical] != self.canonical).any():
            raise ValueError("a film is said to be another one, which is a third")

    def __len__(self) -> int:
        return len(self.films)

    @cached_property
    def slugs(self) -> list[str]:
        """The slug of each film."""
        slugs: list[str] = self.films.table["slug"].to_pylist()
        return slugs

    @cached_property
    def fingerprint(self) -> str:
        """A checksum of which item has which number. Artifacts carry it, so that a mismatch is found when they load."""
        return fingerprint(self.slugs[: self.n_items])

    @cached_property
    def kind(self) -> np.ndarray:
        """(n_films,) int8: the place of each film's kind in KINDS."""
        names, rows, words = self.films.words("kind")
        kind = np.full(len(self), KINDS.index("unknown"), dtype=np.int8)
        kind[rows] = np.array([KINDS.index(name) for name in names], dtype=np.int8)[words]
        return _read_only(kind)

    @cached_property
    def listed(self) -> np.ndarray:
        """(n_films,) bool: the films that a list may have without being asked: items that are films."""
        apart = np.isin(self.kind, [KINDS.index(kind) for kind in APART])
        return _read_only(self.shown & ~apart & (np.arange(len(self)) < self.n_items))

    def best_known(self, n: int) -> tuple[Film, ...]:
        """The n most rated films that are `listed`."""
        numbers = np.flatnonzero(self.listed)
        order = np.argsort(-self.n_ratings[numbers], kind="stable")[:n]
        return tuple(self.films[number] for number in numbers[order].tolist())

    @cached_property
    def genres(self) -> dict[str, np.ndarray]:
        """Genre name to (n_films,) bool, most common genre first."""
        return self._masks("genres")

    @cached_property
    def languages(self) -> dict[str, np.ndarray]:
        """Language code to (n_films,) bool, most common language first."""
        return self._masks("language")

    @cached_property
    def countries(self) -> dict[str, np.ndarray]:
        """Country to (n_films,) bool, most common country first."""
        return self._masks("countries")

    @cached_property
    def histogram(self) -> np.ndarray:
        """(10,) int64: how often each half-star was given to an item."""
        histograms = self.films.table["histogram"].slice(0, self.n_items).combine_chunks().flatten().to_numpy()
        return _read_only(histograms.reshape(-1, len(HALF_STARS)).sum(axis=0, dtype=np.int64))

    @cached_property
    def predecessors(self) -> np.ndarray:
        """(n_films,) int64: the film that comes right before each in its series, -1 where none does."""
        return sequels.predecessors(self.films, self.canonical, self.year, self.n_ratings)

    @cached_property
    def series(self) -> Mapping[int, tuple[str, ...]]:
        """What the series is called that a film belongs to, by its number; a film may be of two, or of none."""
        numbers = np.flatnonzero(self.listed & (self.n_ratings >= LEAST_KNOWN))
        order = np.argsort(-self.n_ratings[numbers], kind="stable")
        return series_names.series_names(self.films, numbers[order], self.predecessors)

    def number(self, slug: str) -> int | None:
        """The number of the film that came into the catalogue with this slug; None for an unknown one."""
        row = self._slugs.first(key(slug))
        return None if row is None else int(self.canonical[row])

    def numbers(self, slugs: Iterable[str]) -> np.ndarray:
        """(n,) int64: the numbers of the films with these slugs, -1 for an unknown one."""
        found = (self.number(slug) for slug in slugs)
        return np.fromiter((-1 if number is None else number for number in found), dtype=np.int64)

    def by_key(
        self,
        *,
        tmdb_id: int | None = None,
        imdb_id: int | None = None,
        boxd_code: str | None = None,
        slug: str | None = None,
    ) -> Film | None:
        """The film with this boxd.it code, else with this TMDB id, IMDb id or slug; None where none is known."""
        number = self.number_by_id(tmdb_id=tmdb_id, imdb_id=imdb_id, boxd_code=boxd_code)
        if number is None and slug:
            number = self.number(slug)
        return None if number is None else self.films[number]

    def number_by_id(
        self,
        *,
        tmdb_id: int | None = None,
        imdb_id: int | None = None,
        boxd_code: str | None = None,
        movielens_id: int | None = None,
    ) -> int | None:
        """The number of the film with this boxd.it code, else this TMDB, IMDb or MovieLens id; None for unknown."""
        letterboxd_id = boxd.film_id(boxd_code) if boxd_code else None
        ids = (
            ("letterboxd_id", letterboxd_id), ("tmdb_id", tmdb_id), ("imdb_id", imdb_id),
            ("movielens_id", movielens_id),
        )  # fmt: skip
        for name, value in ids:
            if value is not None and (row := self._ids[name].first(value)) is not None:
                return int(self.canonical[row])
        return None

    def indexed(self) -> Catalogue:
        """The catalogue itself, with the indexes made that the first look-up would make."""
        _ = (self.titles, self._slugs, self._ids)
        return self

    def match(self, title: str, year: int | None = None) -> list[Film]:
        """The films that fit a title and a year, best known first; several where the match is ambiguous.

        Without a year, all films of that title.
        """
        return self.titles.match(title, year)

    def match_numbers(self, title: str, year: int | None = None) -> list[int]:
        """The numbers of the films that `match` finds."""
        return self.titles.numbers(title, year)

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
            near = ", ".join(f'"{film.name}"' for film in self.search(title, 3))
            hint = f" Near it: {near}." if near else ""
            written = f"{title} ({year})" if year else title
            raise UnknownFilmError(f'"{written}" is not among the {len(self):,} films of the catalogue.{hint}')
        if year is None or len(candidates) > 1:
            names = _listed(candidates[:LISTED])
            why = "has no year" if year is None else f"({year}) fits {len(candidates)} films"
            raise AmbiguousFilmError(f'"{title}" {why}. Say which is meant, by title and year or by address: {names}.')
        return candidates[0]

    def named(self, text: str) -> Film:
        """The film that a text names: as "Title (Year)" or by its Letterboxd address, such as "film/heat-1995".

        A title alone names the film that stands out (`standing_out`). Raises AmbiguousFilmError or UnknownFilmError.
        """
        slug = text.strip().rstrip("/").rpartition("film/")[2]
        if "film/" in text and (number := self.number(slug)) is not None:
            return self.films[number]
        title, year = title_rules.title_and_year(text)
        return self.find(title, year) if year else self.standing_out(title)

    def standing_out(self, title: str) -> Film:
        """The film that nearly everybody means by this title: STANDS_OUT of the ratings of its namesakes are its own.

        Namesakes are the films whose own title this is; where nobody rated any of them, all that may be called so. No
        film that may be called so is better known. Raises AmbiguousFilmError where no film stands out, or
        UnknownFilmError.
        """
        own, called = self.titles.called(title)
        if not called:
            return self.find(title)  # which raises an error with the films that come near
        best = called[0]
        namesakes = own if self.n_ratings[own].any() else called
        bar = STANDS_OUT * self.n_ratings[namesakes].sum()
        if len(called) > 1 and not (best in namesakes and 0 < bar <= self.n_ratings[best]):
            names = _listed(self.films[number] for number in called[:LISTED])
            raise AmbiguousFilmError(
                f'"{title}" may be any of {len(called)} films, and none stands out. Write its year or its address: '
                f"{names}."
            )
        return self.films[best]

    def search(self, text: str, n: int) -> list[Film]:
        """At most n films that the text may mean, the likeliest first: by title, director, cast and year."""
        return self._search.films(text, n)

    @cached_property
    def titles(self) -> TitleIndex:
        """The index of the films' titles."""
        title_keys = self._title_keys or TitleKeys.of(self.films)
        return TitleIndex(self.films, title_keys, self.canonical, self.year, self.n_ratings)

    @cached_property
    def _search(self) -> FilmSearch:
        return FilmSearch(self.titles, self.canonical, self.year, self.n_ratings)

    @cached_property
    def _slugs(self) -> KeyIndex:
        return KeyIndex(keys(self.slugs), np.arange(len(self)))

    @cached_property
    def _ids(self) -> dict[str, KeyIndex]:
        """The indexes of the ids by their names. Of several rows with one id the shown one comes first."""
        order = np.argsort(~self.shown, kind="stable")
        indexes = {}
        for name in ("letterboxd_id", "tmdb_id", "imdb_id", "movielens_id"):
            ids = self.films.array(name, -1, np.int64)[order]
            indexes[name] = KeyIndex(ids[ids >= 0], order[ids >= 0])
        return indexes

    def _masks(self, column: str) -> dict[str, np.ndarray]:
        """Name to (n_films,) bool, read-only, the most common name first."""
        names, rows, words = self.films.words(column)
        counts = np.bincount(words, minlength=len(names))
        masks = {}
        for place in sorted(range(len(names)), key=lambda place: (-counts[place], names[place])):
            masks[names[place]] = np.zeros(len(self), dtype=bool)
            masks[names[place]][rows[words == place]] = True
            masks[names[place]].setflags(write=False)
        return masks


def fingerprint(slugs: Iterable[str]) -> str:
    """Sixteen hex digits: a checksum of the films' slugs, in the order of their numbers."""
    return hashlib.sha256("\n".join(slugs).encode()).hexdigest()[:16]


def _read_only(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array


def _listed(films: Iterable[Film]) -> str:
    """Films in a sentence, with what tells those of one title apart: the director and the address."""
    return ", ".join(f'"{film.name}"{_by(film)} [film/{film.slug}]' for film in films)


def _by(film: Film) -> str:
    return f" by {film.director}" if film.director else ""
