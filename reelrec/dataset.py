"""Who rated what: `Dataset` for training, `History` for one person, `Profile` for a visitor.

The only place where an id from outside becomes an index. Users and items are indices 0 … n-1 everywhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from reelrec.errors import RatingError

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array


def half_star(rating: float) -> float:
    """The rating if it is a half-star from 0.5 to 5.0. Raises RatingError."""
    if not (0.5 <= rating <= 5.0 and float(rating * 2).is_integer()):
        raise RatingError(f"{rating:g} is not a rating. Give stars from 0.5 to 5.0 in halves, such as 3.5.")
    return float(rating)


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
        wrong = (given < 0.5) | (given > 5.0) | (given * 2 != np.round(given * 2))
        if wrong.any():
            half_star(float(given[wrong][0]))
        for array in (items, ratings, hearts):
            array.setflags(write=False)
        return cls(items, ratings, hearts)

    @classmethod
    def empty(cls) -> History:
        return cls.of((), ())

    def __len__(self) -> int:
        return len(self.items)

    def head(self, n: int) -> History:
        """The first n films."""
        return History(self.items[:n], self.ratings[:n], self.liked[:n])

    def without(self, items: Sequence[int] | np.ndarray) -> History:
        """The history of all other films."""
        others = ~np.isin(self.items, items)
        return History(self.items[others], self.ratings[others], self.liked[others])

    def stars(self) -> tuple[np.ndarray, np.ndarray]:
        """Items and ratings of the films that have stars: (n,) int64, (n,) float32."""
        rated = np.isfinite(self.ratings)
        return self.items[rated], self.ratings[rated]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a visitor told us, by film number. Changing it makes a new one.

    ratings: stars, in the order they were given. seen: watched without stars. liked: hearted. watchlist, set_aside
    ("not for me") and unseen ("haven't seen", an answer to a question) are kept out of models. dates: the day watched
    (ISO). rewatched, reviewed: marks. origin: where a film came from ("export", "rss"; the page otherwise).
    """

    ratings: Mapping[int, float] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    liked: frozenset[int] = frozenset()
    watchlist: frozenset[int] = frozenset()
    set_aside: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    dates: Mapping[int, str] = field(default_factory=dict)
    rewatched: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()
    origin: Mapping[int, str] = field(default_factory=dict)

    @property
    def watched(self) -> frozenset[int]:
        """Every film the person has seen, with stars or without."""
        return self.seen | self.liked | self.ratings.keys()

    def history(self) -> History:
        """What models score: rated, liked and seen films, by date where one is known, else as they came."""
        unrated = sorted((self.seen | self.liked) - self.ratings.keys())
        films = [*self.ratings, *unrated]
        ratings = [*self.ratings.values(), *[np.nan] * len(unrated)]
        order = sorted(range(len(films)), key=lambda i: self.dates.get(films[i], "")) if self.dates else slice(None)
        items = np.array(films, dtype=np.int64)[order]
        return History.of(items, np.array(ratings)[order], np.isin(items, list(self.liked)))


@dataclass(frozen=True, slots=True)
class Dataset:
    """Ratings of many people. User u's are `items[start[u]:start[u + 1]]`, oldest first where dates are known.

    user_ids: (n_users,) ids from outside, ascending. item_ids: (n_items,) ids from outside.
    start: (n_users + 1,) int64. items: (n,) int32. ratings: (n,) float32 stars.
    features: what is known of the items besides ratings, blocks of (n_items, width) by name.
    """

    name: str
    user_ids: np.ndarray
    item_ids: np.ndarray
    start: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    features: Mapping[str, csr_array] = field(default_factory=dict)

    @classmethod
    def from_frame(cls, name: str, frame: pd.DataFrame, item_ids: Iterable) -> Dataset:
        """From columns user_id, film_id, rating (and timestamp, then the order); films not in item_ids are dropped."""
        import pandas as pd  # serving never needs it, and it takes a third of a second

        item_ids = pd.Index(item_ids)
        if isinstance(frame["film_id"].dtype, pd.CategoricalDtype):
            indices = np.append(item_ids.get_indexer(frame["film_id"].cat.categories), -1)  # code -1 is no film
            codes = indices[frame["film_id"].cat.codes]
        else:
            codes = item_ids.get_indexer(frame["film_id"])
        known = codes >= 0
        frame, codes = frame[known], codes[known].astype(np.int32)
        user_ids, users = np.unique(frame["user_id"].to_numpy(), return_inverse=True)
        keys = (frame["timestamp"], users) if "timestamp" in frame else (users,)
        order = np.lexsort(keys)
        start = np.zeros(len(user_ids) + 1, dtype=np.int64)
        np.cumsum(np.bincount(users, minlength=len(user_ids)), out=start[1:])
        ratings = frame["rating"].to_numpy(dtype=np.float32)
        return cls(name, user_ids, item_ids.to_numpy(), start, codes[order], ratings[order])

    @property
    def n_users(self) -> int:
        return len(self.user_ids)

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def users(self) -> np.ndarray:
        """(n,) int32, whose rating each is."""
        return np.repeat(np.arange(self.n_users, dtype=np.int32), np.diff(self.start))

    @property
    def sha256(self) -> str:
        """Identifies the ratings: ids, items and stars in their order."""
        digest = hashlib.sha256("\n".join(map(str, self.user_ids)).encode())
        for array in (self.start, self.items, self.ratings):
            digest.update(np.ascontiguousarray(array))
        return digest.hexdigest()

    def history(self, user: int) -> History:
        """One person's whole history."""
        part = slice(self.start[user], self.start[user + 1])
        items = self.items[part].astype(np.int64)
        return History(items, self.ratings[part], np.zeros(len(items), dtype=bool))

    def histories(self) -> Iterator[History]:
        return (self.history(user) for user in range(self.n_users))

    def only(self, users: np.ndarray) -> Dataset:
        """The same films, with the people of a (n_users,) bool mask."""
        keep = np.repeat(users, np.diff(self.start))
        start = np.r_[0, np.cumsum(np.diff(self.start)[users])]
        return replace(
            self, user_ids=self.user_ids[users], start=start, items=self.items[keep], ratings=self.ratings[keep]
        )

    def counts(self) -> np.ndarray:
        """(n_items,) int64, ratings of each film."""
        return np.bincount(self.items, minlength=self.n_items)

    def sums(self) -> np.ndarray:
        """(n_items,) float64, stars of each film added up."""
        return np.bincount(self.items, weights=self.ratings, minlength=self.n_items)
