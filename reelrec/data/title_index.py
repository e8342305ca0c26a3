"""Films by title: what `matching` says about two titles, looked up among all films at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reelrec.data import title_rules

if TYPE_CHECKING:
    from reelrec.data.film import Film

FEATURE_MINUTES = 40  # an episode or a short is not known by a part of its title


class TitleIndex:
    """films: by number. canonical: (n_films,) int64, the number under which each is shown. Lists: best known first."""

    def __init__(self, films: Sequence[Film], canonical: np.ndarray) -> None:
        self.films = films
        self.canonical = canonical

    def match(self, title: str, year: int | None) -> list[Film]:
        """The films that the first fruitful rule of `matching` finds; without a year, the films of that title."""
        keys = title_rules.spellings(title)
        spelled = [film for key in keys for film in self._by_title.get(key, ())]
        if year is None:
            return self._shown(spelled)
        if exact := self._shown(film for film in spelled if film.year == year):
            return _own_title(exact, title)
        near = self._shown(film for film in spelled if film.year and abs(film.year - year) <= 2)
        if (
            len(near) == 1
            and near == self._shown(spelled)[:1]
            and title_rules.forgives(near[0].title, near[0].year, year)
        ):
            return near
        loose = [film for key in title_rules.loose(title) for film in self._by_loose_title.get(key, ())]
        loose += [film for key in title_rules.known_as(title) for film in self._by_title.get(key, ())]
        if alike := self._shown(film for film in loose if film.year == year):
            return alike
        if spelled:  # "Thor" is never "Thor: The Dark World", whatever year is given
            return []
        parts = [film for key in title_rules.shorter(title) for film in self._by_title.get(key, ())]
        parts += [film for key in keys for film in self._by_part.get(key, ())]
        return self._shown(film for film in parts if film.year == year)

    def search(self, text: str, n: int) -> list[Film]:
        """Films whose title holds the text, whatever its case and accents: whole titles first, then by fame."""
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
        titles = defaultdict(list)
        for film in films:
            for key in keys(film.title):
                titles[key].append(film)
        return dict(titles)

    def _shown(self, films: Iterable[Film]) -> list[Film]:
        """Each film once, as it is shown, the best known first."""
        numbers = {int(self.canonical[film.number]) for film in films}
        return sorted((self.films[number] for number in numbers), key=lambda film: (-film.n_ratings, film.number))


def _own_title(films: list[Film], title: str) -> list[Film]:
    """Of several films of one year, those whose own title is the one asked for, to the letter if any is."""
    for form in (title_rules.plain, title_rules.fold):
        if own := [film for film in films if form(film.title) == form(title)]:
            return own
    return films
