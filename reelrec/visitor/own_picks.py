"""What a person's own ratings say, without any model: their favourites, and where they part from the crowd."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS
from reelrec.visitor.profile import Profile

APART = 0.5  # stars from everybody's mean, from which a rating is worth telling


@dataclass(frozen=True, slots=True)
class OwnPicks:
    """A person's films under six headings, each the strongest first, and how their stars are spread.

    above, below: rated at least half a star from the mean. histogram: share of 0.5 … 5.0 stars among their ratings.
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
        return sorted(numbers, key=lambda i: (profile.dates.get(i, ""), stars.get(i, 0.0), -i), reverse=True)

    by_stars = sorted(newest_first(stars), key=lambda i: (-stars[i], i not in profile.liked))
    apart = {i: given - films.films[i].mean for i, given in stars.items() if films.films[i].mean is not None}
    above = sorted((i for i, gap in apart.items() if gap >= APART), key=lambda i: -apart[i])
    below = sorted((i for i, gap in apart.items() if gap <= -APART), key=lambda i: apart[i])
    counts = [sum(given == half for given in stars.values()) for half in HALF_STARS.tolist()]

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
