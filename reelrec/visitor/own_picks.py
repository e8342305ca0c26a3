"""Own picks: a visitor's favourites, and the films they rate unlike most people. No model is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS
from reelrec.visitor.profile import Profile

APART = 0.5  # stars between a rating and the film's mean, from which it is shown


@dataclass(frozen=True, slots=True)
class OwnPicks:
    """A visitor's films under six headings, the strongest first, and the histogram of their ratings.

    above, below: rated at least APART from the film's mean. histogram: (10,) shares of 0.5 … 5.0 stars.
    """

    best_rated: tuple[Film, ...]
    newest: tuple[Film, ...]
    liked: tuple[Film, ...]
    rewatched: tuple[Film, ...]
    above: tuple[Film, ...]
    below: tuple[Film, ...]
    histogram: tuple[float, ...]


def own_picks(profile: Profile, films: Catalogue, n: int) -> OwnPicks:
    """At most n films under each heading."""
    stars = profile.ratings

    def newest_first(numbers: Collection[int]) -> list[int]:
        def key(number: int) -> tuple[str, float, int]:
            return profile.dates.get(number, ""), stars.get(number, 0.0), -number

        return sorted(numbers, key=key, reverse=True)

    by_stars = sorted(newest_first(stars.keys()), key=lambda number: (-stars[number], number not in profile.liked))
    means = {number: films.films[number].mean for number in stars}
    gaps = {number: stars[number] - mean for number, mean in means.items() if mean is not None}
    above = sorted((number for number, gap in gaps.items() if gap >= APART), key=lambda number: -gaps[number])
    below = sorted((number for number, gap in gaps.items() if gap <= -APART), key=lambda number: gaps[number])
    counts = [sum(rating == half for rating in stars.values()) for half in HALF_STARS.tolist()]

    def heading(numbers: list[int]) -> tuple[Film, ...]:
        return tuple(films.films[number] for number in numbers[:n])

    return OwnPicks(
        best_rated=heading(by_stars),
        newest=heading(newest_first(profile.dates.keys())),
        liked=heading(newest_first(profile.liked)),
        rewatched=heading(newest_first(profile.rewatched)),
        above=heading(above),
        below=heading(below),
        histogram=tuple(count / max(len(stars), 1) for count in counts),
    )
