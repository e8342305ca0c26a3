"""Filters of a list: genres, years, runtime, language, and the watchlist."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import APART, KINDS, Kind
from reelrec.errors import OptionError
from reelrec.visitor.profile import Profile

USUAL_MINUTES = 100
KEPT = 64  # masks: most visitors have the same filters
FEATURES: frozenset[Kind] = frozenset(KINDS) - set(APART)  # what a list has without being asked


@dataclass(frozen=True, slots=True)
class Filters:
    """Which films may be shown. An empty set or None lets every film pass.

    years, runtime (minutes): lowest and highest, both included; a film of unknown length counts as one of
    USUAL_MINUTES. kinds: of KINDS. watchlist: "shown" among other films, "hidden", or "only" films of the watchlist.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    runtime: tuple[int, int] | None = None
    languages: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = FEATURES
    watchlist: str = "shown"

    @functools.lru_cache(KEPT)  # noqa: B019 (filters are values, and a process has one catalogue)
    def mask(self, films: Catalogue) -> np.ndarray:
        """(n_films,) bool, read-only: which films pass, but for the watchlist.

        Raises OptionError for a genre, language or kind that no film has, or a range whose lower number is not the
        first.
        """
        if unknown := self.kinds - set(KINDS):
            raise OptionError(f"There is no kind called {min(unknown)!r}. Known: {', '.join(KINDS)}.")
        passed = films.shown & np.isin(films.kind, [KINDS.index(kind) for kind in self.kinds])
        if self.genres:
            passed &= _any(self.genres, films.genres, "genre")
        if self.without_genres:
            passed &= ~_any(self.without_genres, films.genres, "genre")
        if self.languages:
            passed &= _any(self.languages, films.languages, "language")
        minutes = np.where(films.runtime > 0, films.runtime, USUAL_MINUTES)
        for name, bounds, values in (("years", self.years, films.year), ("runtime", self.runtime, minutes)):
            if bounds is not None:
                if bounds[0] > bounds[1]:
                    raise OptionError(f"The {name} {bounds[0]} to {bounds[1]} are upside down: the lower number first.")
                passed &= (values > 0) & (values >= bounds[0]) & (values <= bounds[1])  # 0 means unknown
        passed.setflags(write=False)
        return passed


EVERYTHING = Filters()


def on_watchlist(films: Catalogue, profile: Profile, wanted: str) -> np.ndarray:
    """(n_films,) bool: which films pass the watchlist. wanted: as in Filters. Raises OptionError."""
    listed = np.zeros(len(films), dtype=bool)
    listed[list(profile.watchlist)] = True
    ways = {"shown": np.ones(len(films), dtype=bool), "hidden": ~listed, "only": listed}
    if wanted not in ways:
        raise OptionError(f"The watchlist cannot be {wanted!r}. Known: {', '.join(ways)}.")
    return ways[wanted]


def _any(names: Collection[str], masks: dict[str, np.ndarray], kind: str) -> np.ndarray:
    """(n_films,) bool: which films have any of these names. Raises OptionError for a name that no film has."""
    unknown = [name for name in names if name not in masks]
    if unknown:
        raise OptionError(f"There is no {kind} called {unknown[0]!r}. Known: {', '.join(list(masks)[:25])}.")
    mask: np.ndarray = np.any([masks[name] for name in names], axis=0)
    return mask
