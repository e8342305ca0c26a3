"""The regions of the map beside a visitor: where they are at home, where there is more for them, where they are hard.

    part of region r = p_r ln(p_r / q_r)

p and q are two shares of the regions, p drawn towards q a little. At home: p of the loved films, q of all ratings that
anybody gave. New ground: p of the first films of the visitor's list, q of the films that they have seen. The parts sum
to the Kullback-Leibler divergence, so a large part needs many films and more than usual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.models.film_map import FilmMap
from reelrec.visitor.profile import Profile

MOST, FILMS = 3, 3  # regions of each kind; films of each
LEAST_LOVED, LEAST_WISHES = 3, 4  # films that speak for a region
PRIOR = 10.0  # films, spread like q, that are added to p; and to q, spread like p
SELDOM = 0.5  # new ground: the visitor saw at most this share of what one would who watches what everybody watches
LEAST_RATED, HARD, FEW = 5, 0.3, 5.0  # hard on: films; stars below their mean; films of that mean that are added


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the map. x, y: its middle. films: that lie in it. seen, rated, loved: by the visitor.

    mean: of the visitor's stars, None without any. known: the share of everybody's ratings that its films have. usual:
    how many somebody would have seen who saw as many films as the visitor, and what everybody sees.
    """

    number: int
    name: str
    x: float
    y: float
    films: int
    known: float
    usual: float
    seen: int
    rated: int
    loved: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A region that says something of the visitor, and films that speak for it."""

    region: Region
    films: tuple[Film, ...]


def of_visitor(films: Catalogue, film_map: FilmMap, profile: Profile, loved_stars: float) -> tuple[Region, ...]:
    """All regions, the best known first. profile: of films on the map only."""
    n = len(film_map.names_)

    def counted(numbers: Iterable[int], weights: np.ndarray | None = None) -> np.ndarray:
        return np.bincount(film_map.region[np.fromiter(numbers, np.int64)], weights, n)

    loved = {film for film, stars in profile.ratings.items() if stars >= loved_stars} | profile.liked
    rated, seen = counted(profile.ratings), counted(profile.watched)
    sums = counted(profile.ratings, np.fromiter(profile.ratings.values(), np.float64))
    ratings = np.bincount(film_map.region, films.n_ratings[: len(film_map)], n)
    known = ratings / max(float(ratings.sum()), 1.0)
    hearts, sizes = counted(loved), np.bincount(film_map.region, minlength=n)
    return tuple(
        Region(
            number=place,
            name=str(film_map.names_[place]),
            x=float(film_map.centres[place, 0]),
            y=float(film_map.centres[place, 1]),
            films=int(sizes[place]),
            known=float(known[place]),
            usual=float(known[place] * seen.sum()),
            seen=int(seen[place]),
            rated=int(rated[place]),
            loved=int(hearts[place]),
            mean=float(sums[place] / rated[place]) if rated[place] else None,
        )
        for place in np.argsort(-known, kind="stable").tolist()
    )


def homes(films: Catalogue, film_map: FilmMap, regions: tuple[Region, ...], profile: Profile) -> tuple[Part, ...]:
    """Where the visitor loves most, beyond what everybody watches; with the films they love most there.

    Of films that are loved as much, the best known come first.
    """
    parts = divergence([region.loved for region in regions], [region.known for region in regions])
    hearts = sorted(profile.liked - profile.ratings.keys())
    best = sorted(hearts + list(profile.ratings), key=lambda film: (-_love(profile, film), -films.n_ratings[film]))
    return tuple(
        Part(region, _first(films, film_map, region, best))
        for region, part in sorted(zip(regions, parts, strict=True), key=lambda pair: -pair[1])
        if region.loved >= LEAST_LOVED and part > 0
    )[:MOST]


def new_ground(
    films: Catalogue, film_map: FilmMap, regions: tuple[Region, ...], wishes: np.ndarray
) -> tuple[Part, ...]:
    """Where the visitor's list has many films and they have seen few; with the first films of the list there.

    wishes: (n,) items, best first.
    """
    counts = np.bincount(film_map.region[wishes], minlength=len(film_map.names_))
    wanted = [int(counts[region.number]) for region in regions]
    seen = [region.seen for region in regions]
    n_seen, even = max(sum(seen), 1), 1 / max(len(regions), 1)
    parts = divergence(wanted, [count / n_seen for count in seen])
    return tuple(
        Part(region, _first(films, film_map, region, wishes.tolist()))
        for _, region, there in sorted(zip(parts, regions, wanted, strict=True), key=lambda entry: -entry[0])
        if there >= LEAST_WISHES and region.seen <= SELDOM * n_seen * max(region.known, even)
    )[:MOST]


def hard_on(films: Catalogue, film_map: FilmMap, regions: tuple[Region, ...], profile: Profile) -> tuple[Part, ...]:
    """Where the visitor's stars are lowest, well below their mean; with the films that got fewest."""
    if not profile.ratings:
        return ()
    usual = sum(profile.ratings.values()) / len(profile.ratings)
    worst = sorted(profile.ratings, key=lambda film: (profile.ratings[film], -films.n_ratings[film]))
    below = [
        ((usual - region.mean) * region.rated / (region.rated + FEW), region)
        for region in regions
        if region.mean is not None and region.rated >= LEAST_RATED
    ]
    return tuple(
        Part(region, _first(films, film_map, region, worst))
        for lower, region in sorted(below, key=lambda pair: -pair[0])
        if lower >= HARD
    )[:MOST]


def divergence(counts: list[int], shares: list[float]) -> np.ndarray:
    """(n,) the parts p ln(p / q). counts: of films, p before it is drawn towards q. shares: q, which sum to 1 or 0."""
    q = np.array(shares, dtype=np.float64)
    n, found = len(q), np.array(counts, dtype=np.float64)
    p = (found + PRIOR * q) / max(found.sum() + PRIOR * q.sum(), 1.0)
    q = (q + 1.0 / (PRIOR * n)) / (q.sum() + 1.0 / PRIOR)
    parts: np.ndarray = p * np.log(np.maximum(p, 1e-12) / q)
    return parts


def _love(profile: Profile, film: int) -> float:
    """How much a film is loved: its stars, a heart as half a star more, a heart without stars as four and a half."""
    return profile.ratings.get(film, 4.0) + 0.5 * (film in profile.liked)


def _first(films: Catalogue, film_map: FilmMap, region: Region, numbers: list[int]) -> tuple[Film, ...]:
    """The first FILMS of these that lie in the region."""
    inside = (film for film in numbers if film_map.region[film] == region.number)
    return tuple(films.films[film] for film, _ in zip(inside, range(FILMS), strict=False))
