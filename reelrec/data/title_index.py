"""Films by title: the rules of `title_rules`, looked up among all films at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np

from reelrec.data import title_rules
from reelrec.data.film import Film

FEATURE_MINUTES = 40  # a part of a title does not identify an episode or a short film


class TitleIndex:
    """An index of films by title. All lists of films have the best known first.

    films: by number. canonical: (n_films,) int64, the number of the row that is shown of each film.
    """

    def __init__(self, films: Sequence[Film], canonical: np.ndarray) -> None:
        self.films = films
        self.canonical = canonical

    def match(self, title: str, year: int | None) -> list[Film]:
        """The films found by the first rule that finds any; without a year, all films of this title."""
        keys = title_rules.spellings(title)
        spelled = [film for key in keys for film in self._by_title.get(key, ())]
        if year is None:
            return self._shown(spelled)
        if exact := self._shown(film for film in spelled if film.year == year):
            return _own_title(exact, title)
        if near := self._one_year_off(spelled, year):
            return near
        loose = [film for key in title_rules.loose(title) for film in self._by_loose_title.get(key, ())]
        loose += [film for key in title_rules.known_as(title) for film in self._by_title.get(key, ())]
        if alike := self._shown(film for film in loose if film.year == year):
            return alike
        if spelled:  # "Thor" never means "Thor: The Dark World", whatever year is given
            return []
        parts = [film for key in title_rules.shorter(title) for film in self._by_title.get(key, ())]
        parts += [film for key in keys for film in self._by_part.get(key, ())]
        return self._shown(film for film in parts if film.year == year)

    def search(self, text: str, n: int) -> list[Film]:
        """At most n films whose title contains the text, without regard to case and accents; "(1995)" gives a year.

        Equal titles come first, then titles with the text at the start of a word.
        """
        wanted, year = title_rules.title_and_year(text)
        key = title_rules.words(wanted)
        if not key:
            return []
        hits = [
            film
            for film, title in zip(self.films, self._search_keys, strict=True)
            if key in title and film.same_as is None and (year is None or film.year == year)
        ]
        hits.sort(key=lambda film: (self._search_rank(film, key), -film.n_ratings))
        return hits[:n]

    def _one_year_off(self, spelled: list[Film], year: int) -> list[Film]:
        """The best known film of a title, where no other has a year near this one and `forgives` allows the year."""
        near = self._shown(film for film in spelled if film.year and abs(film.year - year) <= 2)
        if len(near) != 1 or near != self._shown(spelled)[:1]:
            return []
        return [film for film in near if film.year and title_rules.forgives(film.title, film.year, year)]

    def _search_rank(self, film: Film, key: str) -> int:
        title = self._search_keys[film.number]
        if title == key:
            return 0
        return 1 if title.startswith(key) or f" {key}" in title else 2

    @cached_property
    def _search_keys(self) -> tuple[str, ...]:
        return tuple(title_rules.words(film.title) for film in self.films)

    @cached_property
    def _by_title(self) -> dict[str, list[Film]]:
        return self._titles(title_rules.spellings, self.films)

    @cached_property
    def _by_loose_title(self) -> dict[str, list[Film]]:
        return self._titles(title_rules.loose, self.films)

    @cached_property
    def _by_part(self) -> dict[str, list[Film]]:
        features = (film for film in self.films if (film.runtime or 0) >= FEATURE_MINUTES)
        return self._titles(lambda title: (*title_rules.beginnings(title), *title_rules.shorter(title)), features)

    def _titles(self, keys: Callable[[str], Iterable[str]], films: Iterable[Film]) -> dict[str, list[Film]]:
        """Key to films. keys: gives the keys of a title."""
        titles = defaultdict(list)
        for film in films:
            for key in keys(film.title):
                titles[key].append(film)
        return dict(titles)

    def _shown(self, films: Iterable[Film]) -> list[Film]:
        """The rows that are shown of these films, each film once."""
        numbers = {int(self.canonical[film.number]) for film in films}
        return sorted((self.films[number] for number in numbers), key=lambda film: (-film.n_ratings, film.number))


def _own_title(films: list[Film], title: str) -> list[Film]:
    """Of several films of one year those with exactly this title, else with this folded title, else all."""
    for form in (title_rules.plain, title_rules.fold):
        if own := [film for film in films if form(film.title) == form(title)]:
            return own
    return films
