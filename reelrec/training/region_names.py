"""What a region of the map is called: facts that are true of nearly all of it, in a film lover's words.

    weight of a film = ratings^0.7,   p = share of the facts in the region,    q = their share in all
    worth of a name  = p ln(p / q)

A name is made of where films come from, of a genre or two, and of an era. It may be given where it is true of BAR of
the region by weight and of nearly all its best known films; of such names the one of the largest worth is. A region
without one is named after a film near its middle, the best known one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import APART, KINDS

BAR = 0.8  # of a region, that its name has to be true of
BEST, BEST_TRUE = 10, 9  # its best known films; of how many of them the name has to be true
LEAST_WORTH = 0.6  # of a name: with less it says little
LONGEST_ERA, BEFORE = 3, (1940, 1950, 1960, 1970)  # decades; ends of eras without a beginning
LONGEST_TITLE = 20  # letters of a film that a region is named after
TYPICAL, TYPICAL_SHARE = 40, 0.75  # films, or a share of the region where that is more, that are next to its middle

# Where films come from: an adjective, with languages or countries.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "Japanese": ("ja",), "Korean": ("ko",), "Indian": ("hi", "ta", "te", "ml", "bn", "kn"), "Chinese": ("zh", "cn"),
    "French": ("fr",), "Italian": ("it",), "German": ("de",), "Spanish-language": ("es",), "Russian": ("ru",),
    "Portuguese-language": ("pt",), "Nordic": ("sv", "da", "no", "fi", "is"),
    "East Asian": ("ja", "ko", "zh", "cn", "th"),
    "European": ("fr", "it", "de", "es", "sv", "da", "no", "fi", "pl", "cs", "hu", "ru", "nl", "el", "ro"),
}  # fmt: skip
COUNTRIES = {"British": "United Kingdom", "Australian": "Australia"}
OTHER_LANGUAGES = "World"
GENERAL = ("drama",)  # says little without a place
HOLLYWOOD, CLASSIC, CLASSIC_UNTIL = "United States of America", "Classic Hollywood", 1970
SHORTS = "Shorts and specials"
# Two genres that a film has both.
BOTH = {
    ("Comedy", "Romance"): "romantic comedy",
    ("Drama", "Romance"): "romance",
    ("Drama", "Comedy"): "comedy drama",
    ("Animation", "Family"): "family animation",
    ("Action", "Science Fiction"): "science fiction action",
    ("Horror", "Comedy"): "horror comedy",
    ("Crime", "Comedy"): "crime comedy",
    ("Crime", "Drama"): "crime drama",
    ("Horror", "Science Fiction"): "science fiction horror",
    ("Drama", "History"): "historical drama",
    ("Fantasy", "Adventure"): "fantasy adventure",
    ("Family", "Adventure"): "family adventure",
    ("Family", "Fantasy"): "family fantasy",
    ("Family", "Comedy"): "family comedy",
    ("Crime", "Thriller"): "crime thrillers",
    ("Action", "Thriller"): "action thrillers",
    ("Horror", "Thriller"): "horror thrillers",
    ("Mystery", "Thriller"): "mystery thrillers",
}
# Two genres of which a film has one at least.
EITHER = {
    ("Action", "Adventure"): "action and adventure",
    ("Crime", "Thriller"): "crime and thrillers",
    ("Horror", "Thriller"): "horror and thrillers",
    ("Science Fiction", "Fantasy"): "science fiction and fantasy",
    ("War", "History"): "war and history",
    ("Comedy", "Romance"): "comedy and romance",
    ("Family", "Animation"): "family and animation",
}
ALONE = {
    "Science Fiction": "science fiction", "Documentary": "documentaries", "Western": "westerns", "War": "war films",
    "Crime": "crime films", "Thriller": "thrillers", "Mystery": "mysteries", "Music": "music films",
    "Family": "family films", "Adventure": "adventures",
}  # fmt: skip


class Name(NamedTuple):
    """Words for a region. true: (n_items,) bool, the films that they are true of."""

    words: str
    true: np.ndarray


class Names:
    """The facts of the items as masks, and the names that they make. weights: (n_items,)."""

    def __init__(self, films: Catalogue, weights: np.ndarray) -> None:
        n = films.n_items
        self.films, self.weights = films, weights
        self.all = np.ones(n, dtype=bool)
        self.apart = np.isin(films.kind[:n], [KINDS.index(kind) for kind in APART])
        year = films.year[:n].astype(np.int64)
        genres = {name: mask[:n] for name, mask in films.genres.items()}
        countries = {name: mask[:n] for name, mask in films.countries.items()}
        self.where = dict(_origins(films, countries, ~self.all))
        american = countries.get(HOLLYWOOD, ~self.all)
        self.classic = {CLASSIC: american & (year > 0) & (year < CLASSIC_UNTIL)}
        self.genre = dict(_genres(genres))
        self.era = dict(_eras(year))

    def candidates(self, inside: np.ndarray, away: np.ndarray) -> list[Name]:
        """Names for a region, the best first; the later ones are for where another region has the first.

        inside: (n_items,) bool. away: (n_items,) how far each item is from the middle of its region.
        """
        name = max(self._of_facts(inside), key=lambda name: self._worth(name.true, inside), default=None)
        if name is None or self._worth(name.true, inside) < LEAST_WORTH:
            return [Name(f"Around {title}", self.all) for title in self._titles(inside, away)]
        kind, titles = name.words.split(", ")[0], self._titles(inside & name.true, away)
        return [name, *(Name(f"{kind} around {title}", name.true) for title in titles)]

    def _of_facts(self, inside: np.ndarray) -> Iterator[Name]:
        """The names that hold in a region."""

        def holding(masks: Mapping[str, np.ndarray]) -> list[tuple[str, np.ndarray]]:
            return [("", self.all), *(fact for fact in masks.items() if self._holds(fact[1], inside))]

        if self._holds(self.apart, inside):
            yield Name(SHORTS, self.apart)
        genres, eras = holding(self.genre), holding(self.era)
        origins = [*product(holding(self.where), eras), *product(holding(self.classic)[1:], [("", self.all)])]
        for (genre, kind), ((origin, place), (era, time)) in product(genres, origins):
            true = kind & place & time
            if (origin or genre not in ("", *GENERAL)) and self._holds(true, inside):
                what = genre or ("" if origin == CLASSIC else "cinema")
                yield Name(_capital(f"{origin} {what}".strip()) + (f", {era}" if era else ""), true)

    def _holds(self, true: np.ndarray, inside: np.ndarray) -> bool:
        if self._share(true, inside) < BAR:
            return False
        known = np.flatnonzero(inside & self.films.listed[: len(inside)])
        best = known[np.argsort(-self.films.n_ratings[known], kind="stable")[:BEST]]
        return bool(np.count_nonzero(~true[best]) <= BEST - BEST_TRUE)

    def _share(self, mask: np.ndarray, inside: np.ndarray) -> float:
        total = self.weights[inside].sum()
        return float(self.weights[inside & mask].sum() / total) if total else 0.0

    def _worth(self, true: np.ndarray, inside: np.ndarray) -> float:
        p = self._share(true, inside)
        return p * float(np.log(p / self._share(true, self.all))) if p else 0.0

    def _titles(self, inside: np.ndarray, away: np.ndarray) -> list[str]:
        """The titles of typical films, the best known first."""
        films = np.flatnonzero(inside & self.films.listed[: len(inside)])
        if not len(films):
            films = np.flatnonzero(inside)
        near = films[np.argsort(away[films], kind="stable")[: max(TYPICAL, int(TYPICAL_SHARE * len(films)))]]
        known = near[np.argsort(-self.films.n_ratings[near], kind="stable")]
        titles = self.films.films.column("title", known[:TYPICAL])
        return [title for title in titles if len(title) <= LONGEST_TITLE] or titles[:1]


def _origins(
    films: Catalogue, countries: Mapping[str, np.ndarray], none: np.ndarray
) -> Iterator[tuple[str, np.ndarray]]:
    languages = {name: mask[: len(none)] for name, mask in films.languages.items()}
    for adjective, codes in LANGUAGES.items():
        yield adjective, np.logical_or.reduce([languages.get(code, none) for code in codes])
    for adjective, country in COUNTRIES.items():
        yield adjective, countries.get(country, none)
    yield OTHER_LANGUAGES, np.logical_or.reduce([none, *languages.values()]) & ~languages.get("en", none)


def _genres(genres: Mapping[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    for genre, mask in genres.items():
        yield ALONE.get(genre, genre.lower()), mask
    for pairs, join in ((BOTH, np.logical_and), (EITHER, np.logical_or)):
        for (one, other), words in pairs.items():
            if one in genres and other in genres:
                yield words, join(genres[one], genres[other])


def _eras(year: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """ "1980s", "1970s–90s", "before 1960"; of two that are as true, the shorter comes first."""
    known = year[year > 0]
    if not len(known):
        return
    for length, first in product(range(LONGEST_ERA), range(known.min() // 10 * 10, known.max() + 1, 10)):
        last = first + 10 * length
        words = f"{first}s–{_short(last)}s" if length else f"{first}s"
        yield words, (year >= first) & (year < last + 10)
    for end in BEFORE:
        yield f"before {end}", (year > 0) & (year < end)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _short(decade: int) -> str:
    """The decade after a dash: "90" of 1990, "2010" of 2010."""
    return f"{decade % 100}" if decade < 2000 else f"{decade}"
