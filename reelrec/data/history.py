"""One person's films and ratings: what every model scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.half_stars import are_half_stars, half_star
from reelrec.errors import RatingError


@dataclass(frozen=True, slots=True)
class History:
    """One person's films, oldest first where dates are known; what every model scores.

    items: (n,) int64, no film twice. ratings: (n,) float32 stars, NaN where seen or liked but not rated.
    liked: (n,) bool, a heart.
    """

    items: np.ndarray
    ratings: np.ndarray
    liked: np.ndarray

    @classmethod
    def of(cls, items: Sequence[int], ratings: Sequence[float], liked: Sequence[bool] | None = None) -> History:
        """A checked, read-only history. Raises RatingError for a rating that is no half-star, or a film twice."""
        items = np.array(items, dtype=np.int64)
        ratings = np.array(ratings, dtype=np.float32)
        hearts = np.zeros(len(items), dtype=bool) if liked is None else np.array(liked, dtype=bool)
        if not len(items) == len(ratings) == len(hearts):
            raise ValueError(f"{len(items)} items, {len(ratings)} ratings and {len(hearts)} likes do not go together")
        if len(np.unique(items)) != len(items):
            raise RatingError("A film is rated twice. Keep one rating a film.")
        given = ratings[~np.isnan(ratings)]
        if not (right := are_half_stars(given)).all():
            half_star(float(given[~right][0]))
        for array in (items, ratings, hearts):
            array.setflags(write=False)
        return cls(items, ratings, hearts)

    @classmethod
    def empty(cls) -> History:
        return cls.of((), ())

    def __len__(self) -> int:
        return len(self.items)

    def take(self, places: np.ndarray | slice) -> History:
        """The films at these places: int64 indices, in their order, a slice, or a (n,) bool mask."""
        return History(self.items[places], self.ratings[places], self.liked[places])

    def head(self, n: int) -> History:
        """The first n films."""
        return self.take(slice(n))

    def without(self, items: Sequence[int] | np.ndarray) -> History:
        """The history of all other films."""
        return self.take(~np.isin(self.items, items))

    def stars(self) -> tuple[np.ndarray, np.ndarray]:
        """Items and ratings of the films that have stars: (n,) int64, (n,) float32."""
        rated = np.isfinite(self.ratings)
        return self.items[rated], self.ratings[rated]
