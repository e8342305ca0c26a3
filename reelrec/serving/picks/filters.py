"""Filters of a list: genres, years, runtime, languages, countries, how well known, the watchlist, series in order."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import APART, KINDS, Kind
from reelrec.errors import OptionError
from reelrec.names import one_of
from reelrec.translation import _
from reelrec.visitor.profile import Profile

KEPT = 64  # masks: most visitors have the same filters
FEATURES: frozenset[Kind] = frozenset(KINDS) - set(APART)  # what a list has without being asked


@dataclass(frozen=True, slots=True)
class Filters:
    """Which films may be shown. An empty set or None lets every film pass. Names may be in any case.

    years, runtime (minutes): lowest and highest, both included. unknown: whether a film of unknown year or length
    passes these two. least_ratings: how many ratings a film has, at least. kinds: of KINDS. watchlist: "shown" among
    other films, "hidden", or "only" films of the watchlist. only: numbers of the films that may pass at all. in_order:
    whether a sequel waits for the film before it and a series begins with its first film; it leaves no film out of
    `mask`.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    runtime: tuple[int, int] | None = None
    unknown: bool = False
    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    least_ratings: int = 0
    kinds: frozenset[Kind] = FEATURES
    watchlist: str = "shown"
    only: frozenset[int] | None = None
    in_order: bool = True

    @functools.lru_cache(KEPT)  # noqa: B019 (filters are values, and a process has one catalogue)
    def mask(self, films: Catalogue) -> np.ndarray:
        """(n_films,) bool, read-only: which films pass, but for the watchlist.

        Raises OptionError for a genre, language, country or kind that no film has, and for a range whose lower number
        is not the first.
        """
        kinds = [one_of(kind, KINDS, "kind") for kind in self.kinds]
        passed = films.shown & np.isin(films.kind, [KINDS.index(kind) for kind in kinds])
        passed &= films.n_ratings >= self.least_ratings
        for name, names, masks in (
            ("genre", self.genres, films.genres),
            ("language", self.languages, films.languages),
            ("country", self.countries, films.countries),
        ):
            if names:
                passed &= _any(names, masks, name)
        if self.only is not None:
            passed &= np.isin(np.arange(len(films)), list(self.only))
        if self.without_genres:
            passed &= ~_any(self.without_genres, films.genres, "genre")
        for name, bounds, values in (("years", self.years, films.year), ("runtime", self.runtime, films.runtime)):
            if bounds is not None:
                if bounds[0] > bounds[1]:
                    raise OptionError(f"The {name} {bounds[0]} to {bounds[1]} are upside down: the lower number first.")
                inside = (values > 0) & (values >= bounds[0]) & (values <= bounds[1])  # 0 means unknown
                passed &= inside | ((values == 0) & self.unknown)
        passed.setflags(write=False)
        return passed

    def contradictions(self) -> tuple[str, ...]:
        """What cannot be meant, in sentences."""
        both = sorted(self.genres & self.without_genres)
        return tuple(_("{genre} is asked for and left out.", genre=_(genre)) for genre in both)

    def looser(self) -> dict[str, Filters]:
        """The same filters without one of them, by its name; of genres that are left out, without each.

        Names: those of the fields, and "without NAME" for a genre.
        """
        found = {
            name: replace(self, **{name: getattr(EVERYTHING, name)})
            for name in ("genres", "years", "runtime", "languages", "countries", "least_ratings", "watchlist", "only")
            if getattr(self, name) != getattr(EVERYTHING, name)
        }
        for genre in sorted(self.without_genres):
            found[f"without {genre}"] = replace(self, without_genres=self.without_genres - {genre})
        return found


EVERYTHING = Filters()


def on_watchlist(films: Catalogue, profile: Profile, wanted: str) -> np.ndarray:
    """(n_films,) bool: which films pass the watchlist. wanted: as in Filters. Raises OptionError."""
    listed = np.zeros(len(films), dtype=bool)
    listed[list(profile.watchlist)] = True
    ways = {"shown": np.ones(len(films), dtype=bool), "hidden": ~listed, "only": listed}
    return ways[one_of(wanted, ways, "way to show the watchlist")]


def _any(names: Collection[str], masks: dict[str, np.ndarray], kind: str) -> np.ndarray:
    """(n_films,) bool: which films have any of these names. Raises OptionError for a name that no film has."""
    mask: np.ndarray = np.any([masks[one_of(name, masks, kind)] for name in names], axis=0)
    return mask
