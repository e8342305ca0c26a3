"""Ratings of many users, for training and measuring.

The only place where an id from outside becomes an index. Users and items are indices 0 … n-1 everywhere else.
Where several workers train together, each has a data set of its own users, and what is said of all users is a sum over
the workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.random_numbers import bits, keys_of
from reelrec.data.ratings.workers import ALONE, Workers

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

RATINGS_AT_ONCE = 4_000_000  # in blocks: what is worked out of each rating takes several times the memory of the rating


@dataclass(frozen=True, slots=True)
class Dataset:
    """n ratings. Those of user u are at `start[u]:start[u + 1]`, oldest first where dates are known.

    user_ids: (n_users,) ids from outside, ascending. item_ids: (n_items,) ids from outside. start: (n_users + 1,)
    int64. items: (n,) int32. ratings: (n,) float32 stars. features: side information of the items by name, blocks of
    (n_items, width). workers: who holds the other users.
    """

    name: str
    user_ids: np.ndarray
    item_ids: np.ndarray
    start: np.ndarray
    items: np.ndarray
    ratings: np.ndarray
    features: Mapping[str, csr_array] = field(default_factory=dict)
    workers: Workers = ALONE

    @classmethod
    def from_frame(cls, name: str, frame: pd.DataFrame, item_ids: Iterable[Any]) -> Dataset:
        """The data set of a table with columns user_id, film_id and rating, and timestamp where dates are known.

        Ratings of films that are not in item_ids are dropped.
        """
        import pandas as pd  # serving does without it, and loading it takes a third of a second

        index = pd.Index(item_ids)
        if isinstance(frame["film_id"].dtype, pd.CategoricalDtype):
            items = np.append(index.get_indexer(frame["film_id"].cat.categories), -1)  # code -1 is no film
            items = items[frame["film_id"].cat.codes]
        else:
            items = index.get_indexer(pd.Index(frame["film_id"]))
        known = items >= 0
        frame, items = frame[known], items[known].astype(np.int32)
        user_ids, users = np.unique(frame["user_id"].to_numpy(), return_inverse=True)
        keys = (frame["timestamp"], users) if "timestamp" in frame else (users,)
        order = np.lexsort(keys)
        start = np.zeros(len(user_ids) + 1, dtype=np.int64)
        np.cumsum(np.bincount(users, minlength=len(user_ids)), out=start[1:])
        ratings = frame["rating"].to_numpy(dtype=np.float32)
        return cls(
            name=name,
            user_ids=user_ids,
            item_ids=index.to_numpy(),
            start=start,
            items=items[order],
            ratings=ratings[order],
        )

    @property
    def n_users(self) -> int:
        return len(self.user_ids)

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def users(self) -> np.ndarray:
        """(n,) int32: the user of each rating."""
        return np.repeat(np.arange(self.n_users, dtype=np.int32), np.diff(self.start))

    def describe(self) -> dict[str, str | int]:
        """What a manifest says of the ratings that a model learned from."""
        return {"name": self.name, "sha256": self.sha256, "people": self.n_users, "ratings": len(self.items)}

    @property
    def sha256(self) -> str:
        """A checksum of user ids, items and stars, in their order."""
        digest = hashlib.sha256("\n".join(map(str, self.user_ids)).encode())
        for array in (self.start, self.items, self.ratings):
            digest.update(array.tobytes())
        return digest.hexdigest()

    def history(self, user: int) -> History:
        """All ratings of one user. user: an index."""
        part = slice(self.start[user], self.start[user + 1])
        items = self.items[part].astype(np.int64)
        return History(items, self.ratings[part], np.zeros(len(items), dtype=bool))

    def histories(self) -> Iterator[History]:
        """The history of each user, in the order of their indices."""
        return (self.history(user) for user in range(self.n_users))

    def only(self, users: np.ndarray) -> Dataset:
        """The same items, with the users of a (n_users,) bool mask."""
        keep = np.repeat(users, np.diff(self.start))
        start = np.r_[0, np.cumsum(np.diff(self.start)[users])]
        return replace(
            self, user_ids=self.user_ids[users], start=start, items=self.items[keep], ratings=self.ratings[keep]
        )

    @property
    def user_keys(self) -> np.ndarray:
        """(n_users,) uint64: what the random numbers of each user follow from."""
        return keys_of(self.user_ids)

    def blocks(self, ratings: int = RATINGS_AT_ONCE) -> Iterator[Dataset]:
        """The data set in parts of neighbouring users, with at most that many ratings each unless one user has more."""
        if not self.n_users:
            yield self  # one part at least
        first = 0
        while first < self.n_users:
            last = int(np.searchsorted(self.start, self.start[first] + ratings, side="right")) - 1
            last = min(max(last, first + 1), self.n_users)
            part = slice(self.start[first], self.start[last])
            yield replace(
                self,
                user_ids=self.user_ids[first:last],
                start=self.start[first : last + 1] - self.start[first],
                items=self.items[part],
                ratings=self.ratings[part],
            )
            first = last

    def matrix(self, values: np.ndarray) -> csr_array:
        """(n_users, n_items) with a value for each rating. values: (n,)."""
        from scipy.sparse import csr_array  # serving does without it

        start = self.start.astype(np.int32) if len(self.items) < 2**31 else self.start  # so that items are not copied
        return csr_array((values, self.items, start), shape=(self.n_users, self.n_items))

    def share(self, workers: Workers) -> Dataset:
        """The users of one worker, which their ids alone decide."""
        mine = bits(self.user_keys) % np.uint64(workers.n) == workers.rank
        return replace(self.only(mine) if workers.n > 1 else self, workers=workers)

    def all_users(self) -> int:
        """The number of users of all workers."""
        return self.workers.add(self.n_users)

    def all_ratings(self) -> int:
        """The number of ratings of all workers."""
        return self.workers.add(len(self.items))

    def mean(self) -> float:
        """The mean of all ratings of all workers, in stars."""
        return self.workers.add(float(self.ratings.sum(dtype=np.float64))) / self.all_ratings()

    def counts(self) -> np.ndarray:
        """(n_items,) int64: the number of ratings of each item, of all workers."""
        own = (np.bincount(part.items, minlength=self.n_items) for part in self.blocks())
        return self.workers.add(sum(own, start=np.zeros(self.n_items, dtype=np.int64)))

    def sums(self) -> np.ndarray:
        """(n_items,) float64: the sum of the stars of each item, of all workers."""
        own = (np.bincount(part.items, weights=part.ratings, minlength=self.n_items) for part in self.blocks())
        return self.workers.add(sum(own, start=np.zeros(self.n_items)))
