"""One user's films and ratings: the query of every model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from reelrec.data.half_stars import are_half_stars, half_star
from reelrec.errors import RatingError


def _nothing() -> np.ndarray:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class History:
    """One user's films, oldest first where dates are known.

    items: (n,) int64, each item once. ratings: (n,) float32 stars, NaN where the film was seen or liked but not rated.
    liked: (n,) bool, whether the film has a heart. set_aside, unseen: (m,) int64, items beside these that the user does
    not want to see, or says they have not seen.
    """

    items: np.ndarray
    ratings: np.ndarray
    liked: np.ndarray
    set_aside: np.ndarray = field(default_factory=_nothing)
    unseen: np.ndarray = field(default_factory=_nothing)

    @classmethod
    def of(cls, items: ArrayLike, ratings: ArrayLike, liked: ArrayLike | None = None) -> History:
        """A checked, read-only history of n items. Raises RatingError for a rating off the scale, or an item twice."""
        numbers = np.array(items, dtype=np.int64)
        stars = np.array(ratings, dtype=np.float32)
        hearts = np.zeros(len(numbers), dtype=bool) if liked is None else np.array(liked, dtype=bool)
        if not len(numbers) == len(stars) == len(hearts):
            raise ValueError(f"{len(numbers)} items, {len(stars)} ratings and {len(hearts)} likes do not go together")
        if len(np.unique(numbers)) != len(numbers):
            raise RatingError("A film is rated twice. Keep one rating a film.")
        given = stars[~np.isnan(stars)]
        if not (on_scale := are_half_stars(given)).all():
            half_star(float(given[~on_scale][0]))  # raises, and names the rating
        for array in (numbers, stars, hearts):
            array.setflags(write=False)
        return cls(numbers, stars, hearts)

    @classmethod
    def empty(cls) -> History:
        """The history of a user of whom nothing is known."""
        return cls.of((), ())

    def __len__(self) -> int:
        return len(self.items)

    def take(self, places: np.ndarray | slice) -> History:
        """The part at these places: indices, in their order, a slice, or a (n,) bool mask."""
        return replace(self, items=self.items[places], ratings=self.ratings[places], liked=self.liked[places])

    def head(self, n: int) -> History:
        """The first n films."""
        return self.take(slice(n))

    def without(self, items: ArrayLike) -> History:
        """The history without these items."""
        left = {name: getattr(self, name)[~np.isin(getattr(self, name), items)] for name in ("set_aside", "unseen")}
        return replace(self.take(~np.isin(self.items, items)), **left)

    def with_marks(self, set_aside: ArrayLike, unseen: ArrayLike) -> History:
        """The same films, and items that the user set aside or has not seen."""
        marks = [np.array(items, dtype=np.int64) for items in (set_aside, unseen)]
        for items in marks:
            items.setflags(write=False)
        return replace(self, set_aside=marks[0], unseen=marks[1])

    def stars(self) -> tuple[np.ndarray, np.ndarray]:
        """Items and ratings of the rated films: (n,) int64, (n,) float32 stars."""
        rated = np.isfinite(self.ratings)
        return self.items[rated], self.ratings[rated]
