"""Which films may be shown: genres, years, length, language, the watchlist."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.errors import OptionError
from reelrec.visitor.profile import Profile


@dataclass(frozen=True, slots=True)
class Filters:
    """Which films may be shown. Ranges are inclusive; an empty set or None lets everything pass.

    watchlist: "shown" among the others, "hidden", or "only" what is on it.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    runtime: tuple[int, int] | None = None
    languages: frozenset[str] = frozenset()
    watchlist: str = "shown"

    def mask(self, films: Catalogue) -> np.ndarray:
        """(n_films,) bool. Raises OptionError for a genre or language that no film has, or a range upside down."""
        passed = films.shown.copy()
        if self.genres:
            passed &= _any(self.genres, films.genres, "genre")
        if self.without_genres:
            passed &= ~_any(self.without_genres, films.genres, "genre")
        if self.languages:
            passed &= _any(self.languages, films.languages, "language")
        for name, bounds, values in (
            ("years", self.years, films.year),
            ("runtime", self.runtime, films.runtime),
        ):
            if bounds is not None:
                if bounds[0] > bounds[1]:
                    raise OptionError(f"The {name} {bounds[0]} to {bounds[1]} are upside down: the lower number first.")
                passed &= (values > 0) & (values >= bounds[0]) & (values <= bounds[1])  # 0 is unknown
        return passed


EVERYTHING = Filters()


def on_watchlist(films: Catalogue, profile: Profile, wanted: str) -> np.ndarray:
    """(n_films,) bool: what the watchlist lets through. Raises OptionError."""
    listed = np.zeros(len(films), dtype=bool)
    listed[films.with_twins(profile.watchlist)] = True
    ways = {"shown": np.ones(len(films), dtype=bool), "hidden": ~listed, "only": listed}
    if wanted not in ways:
        raise OptionError(f"The watchlist cannot be {wanted!r}. Known: {', '.join(ways)}.")
    return ways[wanted]


def _any(names: Collection[str], masks: dict[str, np.ndarray], kind: str) -> np.ndarray:
    unknown = [name for name in names if name not in masks]
    if unknown:
        raise OptionError(f"There is no {kind} called {unknown[0]!r}. Known: {', '.join(list(masks)[:25])}.")
    return np.any([masks[name] for name in names], axis=0)
