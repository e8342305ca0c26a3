"""Regions of the map and their names: what stands out in a region beside the whole catalogue, in a film lover's words.

    weight of a film = ratings^0.7,   p = share of a fact in the region,    q = its share in all
    a fact's part = p ln(p / q)

A name is made of where the films come from, of one or two genres of the largest parts, and of an era, where most of the
region lies in one. A region of drama, comedy or nothing in particular is named after its best known typical film alone.
Names are made once, when the map is trained, and ship with it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import APART, KINDS

FAME = 0.7  # the power of its ratings by which a film counts in a region
LEAST_SHARE = 0.42  # of a region, that a genre has
LEAST_PART = 0.12  # of a genre: with less the region is named after a film
PLACE_SHARE = 0.5  # of a region, that comes from one place
SECOND = 0.55  # of the first genre's part, that a second one has
ERA_SHARE = 0.15  # of a region, that may lie before its era, and as much after it
LONGEST_TITLE = 20  # letters of a film that a region is named after
TYPICAL = 40  # films next to the middle of a region, or half of its films where that is more; the best known names it

# Where films come from: an adjective, with languages or countries. The first that fits is taken.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "Japanese": ("ja",), "Korean": ("ko",), "Indian": ("hi", "ta", "te", "ml", "bn", "kn"), "Chinese": ("zh", "cn"),
    "French": ("fr",), "Italian": ("it",), "German": ("de",), "Spanish-language": ("es",), "Russian": ("ru",),
    "Brazilian": ("pt",), "Nordic": ("sv", "da", "no", "fi", "is"),
    "East Asian": ("ja", "ko", "zh", "cn", "th"),
    "European": ("fr", "it", "de", "es", "sv", "da", "no", "fi", "pl", "cs", "hu", "ru", "nl", "el", "ro"),
}  # fmt: skip
COUNTRIES = {"British": "United Kingdom", "Australian": "Australia"}
OTHER_LANGUAGES = "World"
HOLLYWOOD, CLASSIC = "United States of America", "Classic Hollywood"
ANYTHING, SHORTS, BEFORE = "films", "Shorts and specials", "before"
GENERAL = ("drama", "comedy", "thrillers", ANYTHING)  # say little alone
# Two genres that together have a name of their own.
PAIRS = {
    frozenset({"Comedy", "Romance"}): "romantic comedy",
    frozenset({"Drama", "Romance"}): "romance",
    frozenset({"Drama", "Comedy"}): "comedy drama",
    frozenset({"Animation", "Family"}): "family animation",
    frozenset({"Action", "Science Fiction"}): "science fiction action",
    frozenset({"Action", "Adventure"}): "action and adventure",
    frozenset({"Horror", "Comedy"}): "horror comedy",
    frozenset({"Crime", "Comedy"}): "crime comedy",
    frozenset({"Horror", "Science Fiction"}): "science fiction horror",
    frozenset({"Comedy", "Music"}): "musicals",
    frozenset({"Romance", "Music"}): "musicals",
    frozenset({"Drama", "History"}): "historical drama",
    frozenset({"War", "History"}): "war and history",
    frozenset({"Fantasy", "Adventure"}): "fantasy adventure",
    frozenset({"Family", "Adventure"}): "family adventure",
    frozenset({"Family", "Fantasy"}): "family fantasy",
    frozenset({"Family", "Comedy"}): "family comedy",
    frozenset({"Romance", "Family"}): "family romance",
    frozenset({"Crime", "Thriller"}): "crime thrillers",
    frozenset({"Action", "Thriller"}): "action thrillers",
    frozenset({"Horror", "Thriller"}): "horror thrillers",
    frozenset({"Mystery", "Thriller"}): "mystery thrillers",
    frozenset({"Action", "Crime"}): "crime action",
}
ALONE = {
    "Science Fiction": "science fiction", "Documentary": "documentaries", "Western": "westerns", "War": "war films",
    "Crime": "crime films", "Thriller": "thrillers", "Mystery": "mysteries", "Music": "music films",
    "Family": "family films", "Adventure": "adventures",
}  # fmt: skip


def regions(films: Catalogue, places: np.ndarray, n_regions: int, seed: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """The region of each item, (n_items,) int16, by k-means; and the regions' names, in the order of their ratings.

    places: (n_items, 2). Needs scikit-learn.
    """
    from sklearn.cluster import KMeans

    weights = np.maximum(films.n_ratings[: films.n_items], 1).astype(np.float64) ** FAME
    means = KMeans(min(n_regions, len(np.unique(places, axis=0))), n_init=10, random_state=seed).fit(
        places, sample_weight=weights
    )
    totals = np.bincount(means.labels_, films.n_ratings[: films.n_items], minlength=means.n_clusters)
    order = np.argsort(-totals, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    region = rank[means.labels_].astype(np.int16)
    facts = _Facts(films, weights)
    centres = means.cluster_centers_[order]
    away = np.linalg.norm(places - centres[region], axis=1)
    return region, distinct([facts.candidates(region == place, away) for place in range(len(order))])


def distinct(candidates: list[list[str]]) -> tuple[str, ...]:
    """A name for each region: its first candidate that no region before it has, else its first with a numeral."""
    taken: list[str] = []
    for names in candidates:
        free = [name for name in names if name not in taken]
        taken.append(free[0] if free else _numbered(names[0], taken))
    return tuple(taken)


def _numbered(name: str, taken: list[str]) -> str:
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


class _Facts:
    """The facts of the items as masks, with the weight of each item."""

    def __init__(self, films: Catalogue, weights: np.ndarray) -> None:
        n = films.n_items
        self.films, self.weights = films, weights
        self.apart = np.isin(films.kind[:n], [KINDS.index(kind) for kind in APART])
        self.year = films.year[:n].astype(np.int64)
        self.genres = {name: mask[:n] for name, mask in films.genres.items()}
        self.languages = {name: mask[:n] for name, mask in films.languages.items()}
        self.countries = {name: mask[:n] for name, mask in films.countries.items()}

    def candidates(self, inside: np.ndarray, away: np.ndarray) -> list[str]:
        """Names for a region, the best first; the later ones are for where another region has the first.

        inside: (n_items,) bool. away: (n_items,) how far each item is from the middle of its region.
        """
        if self._count(self.apart, inside) > 0.5:
            return [SHORTS, *(f"{SHORTS} around {title}" for title in self._titles(inside & self.apart, away))]
        where, ranked = self._where(inside), self._ranked_genres(inside)
        genre, era = self._genre(ranked, inside, where), self._era(inside)
        if era.startswith(BEFORE) and self._share(self.countries.get(HOLLYWOOD, ~inside), inside) > PLACE_SHARE:
            around = [f"{CLASSIC} around {title}" for title in self._titles(inside, away)]
            return [CLASSIC, f"{CLASSIC} {genre}", *around]
        kind = f"{where} {genre}".strip()
        titles, dated = self._titles(inside, away), f"{kind}, {era}" if era else kind
        if not where and not era.startswith(BEFORE) and genre in GENERAL:
            return [*(f"Around {title}" for title in titles), _capital(dated)]
        return [_capital(name) for name in (dated, *(f"{kind} around {title}" for title in titles))]

    def _share(self, mask: np.ndarray, inside: np.ndarray) -> float:
        total = self.weights[inside].sum()
        return float(self.weights[inside & mask].sum() / total) if total else 0.0

    def _count(self, mask: np.ndarray, inside: np.ndarray) -> float:
        return float(mask[inside].mean()) if inside.any() else 0.0

    def _ranked_genres(self, inside: np.ndarray) -> list[tuple[str, float]]:
        """Genres by their parts, the largest first; only those that stand out."""
        everything = np.ones_like(inside)
        parts = []
        for name, mask in self.genres.items():
            p, q = self._share(mask, inside), self._share(mask, everything)
            if p >= LEAST_SHARE and p > q and p * np.log(p / q) >= LEAST_PART:
                parts.append((name, float(p * np.log(p / q))))
        return sorted(parts, key=lambda part: -part[1])

    def _genre(self, ranked: list[tuple[str, float]], inside: np.ndarray, where: str) -> str:
        if not ranked:
            drama = self._share(self.genres.get("Drama", ~inside), inside)
            return "drama" if drama > PLACE_SHARE else "cinema" if where else ANYTHING
        first = ranked[0][0]
        second = next((name for name, part in ranked[1:] if part >= SECOND * ranked[0][1]), None)
        if "Animation" in (first, second) and where == "Japanese":
            return "animation"
        if second is None:
            return ALONE.get(first, first.lower())
        both = frozenset({first, second})
        if both in PAIRS:
            return PAIRS[both]
        if "Drama" in both:
            (other,) = both - {"Drama"}
            return f"{other.lower()} drama"
        return f"{ALONE.get(first, first.lower())} and {ALONE.get(second, second.lower())}"

    def _where(self, inside: np.ndarray) -> str:
        none = np.zeros_like(inside)
        for adjective, codes in LANGUAGES.items():
            spoken = np.logical_or.reduce([self.languages.get(code, none) for code in codes])
            if self._share(spoken, inside) >= PLACE_SHARE:
                return adjective
        for adjective, country in COUNTRIES.items():
            if self._share(self.countries.get(country, none), inside) >= PLACE_SHARE:
                return adjective
        known = np.logical_or.reduce([none, *self.languages.values()])
        return OTHER_LANGUAGES if self._share(known & ~self.languages.get("en", none), inside) >= PLACE_SHARE else ""

    def _era(self, inside: np.ndarray) -> str:
        """ "1980s", "1970s–80s", "before 1960"; "" where the region spans more."""
        known = np.flatnonzero(inside & (self.year > 0))
        if not len(known):
            return ""
        order = known[np.argsort(self.year[known], kind="stable")]
        sums = np.cumsum(self.weights[order]) / self.weights[order].sum()
        low, middle, high = (int(self.year[order[np.searchsorted(sums, q)]]) for q in (ERA_SHARE, 0.5, 1 - ERA_SHARE))
        if high < 1970:
            return f"{BEFORE} {-(-(high + 1) // 10) * 10}"
        if high - low <= 12:
            return f"{middle // 10 * 10}s"
        first, last = (low + 2) // 10 * 10, (high - 2) // 10 * 10
        return "" if last - first > 20 else f"{first}s" if first >= last else f"{first}s–{_short(last)}s"

    def _titles(self, inside: np.ndarray, away: np.ndarray) -> list[str]:
        """The titles of typical films, the best known first."""
        films = np.flatnonzero(inside & self.films.shown[: len(inside)])
        near = films[np.argsort(away[films], kind="stable")[: max(TYPICAL, len(films) // 2)]]
        known = near[np.argsort(-self.films.n_ratings[near], kind="stable")]
        titles = self.films.films.column("title", known[:TYPICAL])
        return [title for title in titles if len(title) <= LONGEST_TITLE] or titles[:1]


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _short(decade: int) -> str:
    """The decade after a dash: "90" of 1990, "2010" of 2010."""
    return f"{decade % 100}" if decade < 2000 else f"{decade}"
