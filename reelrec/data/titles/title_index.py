"""Films by title: the rules of `title_rules`, looked up among all films at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reelrec import progress
from reelrec.data.film import Film
from reelrec.data.film_table import FilmTable
from reelrec.data.titles import title_rules
from reelrec.data.titles.key_index import KeyIndex, key, keys

ARTICLES = ("The", "A")  # that are left out when a film is named
MAX_TITLE_CHARS = 300  # of a title that is looked up; no film has one of 200
FEATURE_MINUTES = 40  # a part of a title does not identify an episode or a short film
_NUMBERS = pa.list_(pa.int64())
KEYS = pa.schema(
    {
        "spellings": _NUMBERS,
        "loose": _NUMBERS,
        "parts": _NUMBERS,
        "elsewhere": _NUMBERS,
        "words": pa.string(),
        "other_words": pa.string(),
    }
)
COLUMNS_OF_KEYS = [field.name for field in KEYS if field.type == _NUMBERS]


class TitleKeys:
    """What the rules make of every film's titles, so that no process works it out again.

    table: a row for each film. spellings, loose, parts, elsewhere: keys of the title's whole spellings, of its loose
    forms, of its parts, and of the film's other titles. words, other_words: what `search` compares.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @classmethod
    def of(cls, films: Sequence[Film]) -> TitleKeys:
        """The keys of these films."""
        rows = [
            {
                "spellings": keys(title_rules.spellings(film.title)),
                "loose": keys(title_rules.loose(film.title)),
                "parts": keys(_parts(film)),
                "elsewhere": keys(
                    dict.fromkeys(key for title in film.other_titles for key in title_rules.spellings(title))
                ),
                "words": title_rules.words(film.title),
                "other_words": "\n".join(map(title_rules.words, film.other_titles)),
            }
            for film in progress.steps(films)
        ]
        return cls(pa.table({name: [row[name] for row in rows] for name in KEYS.names}, schema=KEYS))

    def index(self, name: str) -> KeyIndex:
        """The index of a column of keys."""
        column = self.table[name].combine_chunks()
        return KeyIndex(pc.list_flatten(column).to_numpy(), pc.list_parent_indices(column).to_numpy())


class TitleIndex:
    """An index of films by title. All lists of films have the best known first.

    canonical, year, n_ratings: (n_films,) as in the catalogue.
    """

    def __init__(
        self, films: FilmTable, keys: TitleKeys, canonical: np.ndarray, year: np.ndarray, n_ratings: np.ndarray
    ) -> None:
        self.films = films
        self.keys = keys
        self._canonical, self._year, self._n_ratings = canonical, year, n_ratings
        self._every = np.arange(len(films))
        self._index = {name: keys.index(name) for name in COLUMNS_OF_KEYS}

    def match(self, title: str, year: int | None) -> list[Film]:
        """The films found by the first rule that finds any; without a year, all films of this title.

        A film with ratings is meant before one of the same name that nobody rated.
        """
        return [self.films[number] for number in self.numbers(title, year)]

    def numbers(self, title: str, year: int | None) -> list[int]:
        """The numbers of the films that `match` finds."""
        numbers = self._matching(title[:MAX_TITLE_CHARS], year)
        if year is not None and len(numbers) > 1 and self._n_ratings[numbers].any():
            numbers = [number for number in numbers if self._n_ratings[number]]
        return numbers

    def _matching(self, title: str, year: int | None) -> list[int]:
        """The numbers of the films found by the first rule that finds any."""
        spellings = list(map(key, title_rules.spellings(title)))
        spelled = self._keyed("spellings", spellings)
        if year is None:
            return self._shown(spelled) or self._shown(self._keyed("elsewhere", spellings))
        if spelled:
            if exact := self._shown(self._dated(spelled, year)):
                return self._own_title(exact, title)
            if near := self._otherwise_dated(spelled, year) or self._one_year_off(spelled, year):
                return near
        loose = self._rows("loose", title_rules.loose(title))
        loose += self._rows("spellings", title_rules.known_as(title))
        if loose and (alike := self._shown(self._dated(loose, year))):
            return alike
        elsewhere = self._keyed("elsewhere", spellings)
        if elsewhere and (known := self._shown(self._dated(elsewhere, year)) or self._otherwise_dated(elsewhere, year)):
            return known
        if spelled:  # "Thor" never means "Thor: The Dark World", whatever year is given
            return []
        parts = self._rows("spellings", title_rules.shorter(title)) + self._keyed("parts", spellings)
        return self._shown(self._dated(parts, year))

    def named(self, title: str) -> tuple[np.ndarray, np.ndarray]:
        """The main rows of films that are called so elsewhere, and of those whose own title it is."""
        spellings = title_rules.spellings(title)
        elsewhere = self._rows("elsewhere", spellings) + self._rows("spellings", title_rules.known_as(title))
        return self._main_rows(elsewhere), self._main_rows(self._rows("spellings", spellings))

    def called(self, title: str) -> tuple[list[int], list[int]]:
        """Without a year: the films whose own title this is, and all that may be called so.

        The others are called so elsewhere, have an article more or less, or write a number otherwise.
        """
        spellings = title_rules.spellings(title)
        own = self._rows("spellings", spellings)
        with_article = [key for article in ARTICLES for key in title_rules.spellings(f"{article} {title}")]
        others = self._rows("spellings", [*with_article, *title_rules.known_as(title)])
        others += self._rows("elsewhere", spellings) + self._rows("loose", title_rules.loose(title))
        return self._shown(own), self._shown([*own, *others])

    def _main_rows(self, numbers: list[int]) -> np.ndarray:
        """The main rows of these films, each once."""
        rows: np.ndarray = np.unique(self._canonical[np.array(numbers, dtype=np.int64)])
        return rows

    def _rows(self, name: str, texts: Iterable[str]) -> list[int]:
        """The numbers that a column of keys has for these texts."""
        return self._keyed(name, map(key, texts))

    def _keyed(self, name: str, keys: Iterable[int]) -> list[int]:
        """The numbers that a column of keys has for these."""
        rows = self._index[name].rows
        return [number for one in keys for number in rows(one)]

    def _dated(self, numbers: Iterable[int], year: int) -> list[int]:
        return [number for number in numbers if self._year[number] == year]

    def _otherwise_dated(self, numbers: Iterable[int], year: int) -> list[int]:
        """Of these films the one that is elsewhere dated so; none where several are."""
        shown = [number for number in self._shown(numbers) if year in self.films.value("other_years", number)]
        return shown if len(shown) == 1 else []

    def _one_year_off(self, spelled: list[int], year: int) -> list[int]:
        """The best known film of a title, where no other has a year near this one and `forgives` allows the year."""
        near = self._shown(number for number in spelled if self._year[number] and abs(self._year[number] - year) <= 2)
        if len(near) != 1 or near != self._shown(spelled)[:1]:
            return []
        title, known = self.films.value("title", near[0]), int(self._year[near[0]])
        return near if known and title_rules.forgives(title, known, year) else []

    def _shown(self, numbers: Iterable[int]) -> list[int]:
        """The rows that are shown of these films, each film once, the best known first."""
        shown = {int(self._canonical[number]) for number in numbers}
        return sorted(shown, key=lambda number: (-self._n_ratings[number], number)) if shown else []

    def _own_title(self, numbers: list[int], title: str) -> list[int]:
        """Of several films of one year those with exactly this title, else with this folded title, else all."""
        if len(numbers) > 1:
            titles = {number: self.films.value("title", number) for number in numbers}
            for form in (title_rules.plain, title_rules.fold):
                if own := [number for number in numbers if form(titles[number]) == form(title)]:
                    return own
        return numbers


def _parts(film: Film) -> Iterable[str]:
    """The folded parts of a feature's title, each once."""
    if (film.runtime or 0) < FEATURE_MINUTES:
        return ()
    return dict.fromkeys((*title_rules.beginnings(film.title), *title_rules.shorter(film.title)))
