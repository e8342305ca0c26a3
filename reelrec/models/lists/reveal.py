"""What a training step of `dae` shows of a user, and what it asks for.

All is random and follows the epoch and the user's id (`data.ratings.random_numbers`), so that it does not depend on
who else is in the batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from reelrec.data.half_stars import RELEVANT_STARS, half_star_places
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.random_numbers import uniforms
from reelrec.models.lists.levels import LEVELS, LIKED, SEEN, SET_ASIDE, UNSEEN

MOST_SHOWN = 0.8  # of a user's items
NOTHING_SHOWN = 0.02  # of the users: a visitor begins with nothing
HEART_FROM, HEARTED = 8, 0.6  # the level from which a blurred item may have a heart, and how often it has
ASIDE_TO, ASIDE = 3, 0.1  # the level up to which an item may be set aside, and how often it is
WITH_UNSEEN, MOST_UNSEEN = 0.3, 60  # the users who say what they have not seen, and how many items they say it of
UNSEEN_POWER = 0.75  # of the ratings of an item, as which it is asked about


class Purpose(IntEnum):
    """What a random number decides of a user, or of an item of theirs."""

    BATCH = 1  # in which step of the epoch the user's turn is
    DROPOUT = 2
    ORDER = 3  # of the items
    FAME = 4  # whether popular items come first
    SHARE = 5  # whether nothing is shown, or most items, or another number of them
    SIZE = 6  # that number
    WITH_UNSEEN = 7
    UNSEEN_SIZE = 8
    UNSEEN_ITEM = 9
    BLURRED = 10
    BLUR_ALL = 11
    BLUR = 12
    HEART = 13
    ASIDE = 14


class Shown(NamedTuple):
    """A batch of B users as a network reads them.

    items: (t,) of all users, ordered by user and level. first: (B LEVELS,) where the items of a user and level begin.
    n, m: (B,) items of each user's history, and all with an answer. users: (t,) the user of each item.
    """

    items: np.ndarray
    first: np.ndarray
    n: np.ndarray
    m: np.ndarray
    users: np.ndarray


class Asked(NamedTuple):
    """The liked items that were not shown. users, items: (t,). weights: (t,) float32, one in all for each user."""

    users: np.ndarray
    items: np.ndarray
    weights: np.ndarray


class Told(NamedTuple):
    """What a batch holds. keys: (B,) of its users, as in `Dataset.user_keys`."""

    shown: Shown
    asked: Asked
    keys: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Draws what is shown. The shares are those of `DAE`.

    keys: (n_users,) of `Dataset.user_keys`. log_counts: (n_items,) of each item's ratings. fame: (n_items,) the summed
    powers of the ratings, as items are asked about.
    """

    dataset: Dataset
    keys: np.ndarray
    log_counts: np.ndarray
    fame: np.ndarray
    popular_share: float
    most_share: float
    blurred_share: float
    seed: int

    def batch(self, users: np.ndarray, epoch: int) -> Told:
        """A part of each user's items, and the liked ones among the others. Users without such an item are left out."""
        data, keys = self.dataset, self.keys[users]
        sizes = np.diff(data.start)[users]
        rows, places = spread(sizes)
        cells = data.start[users][rows] + places
        items, ratings = data.items[cells].astype(np.int64), data.ratings[cells]
        shown = self._order(rows, items, keys, epoch) < self._sizes(sizes, keys, epoch)[rows]
        liked = ~shown & (ratings >= RELEVANT_STARS)
        levels = self._blurred(half_star_places(ratings[shown]), rows[shown], items[shown], keys, epoch)
        others, unseen = self._unseen(rows, items, keys, epoch)
        rows_told = np.concatenate([rows[shown], others])
        items_told, levels = np.concatenate([items[shown], unseen]), np.r_[levels, np.full(len(unseen), UNSEEN)]
        kept = np.bincount(rows[liked], minlength=len(users)) > 0
        number = np.cumsum(kept) - 1  # of a user among those who are kept
        told = kept[rows_told]
        batch = collated(number[rows_told[told]], items_told[told], levels[told], int(kept.sum()))
        return Told(batch, _asked(number[rows[liked]], items[liked]), keys[kept])

    def _draw(self, purpose: Purpose, epoch: int, *keys: np.ndarray) -> np.ndarray:
        """Random numbers between 0 and 1."""
        return uniforms(self.seed, epoch, purpose, *keys)

    def _order(self, rows: np.ndarray, items: np.ndarray, keys: np.ndarray, epoch: int) -> np.ndarray:
        """(t,) the place of each item in the order in which its user tells them. rows: (t,) ascending users."""
        kind = self._draw(Purpose.FAME, epoch, keys)
        power = np.select([kind < self.popular_share / 2, kind < self.popular_share], [1.0, 0.5], 0.0)
        gumbel = -np.log(-np.log(self._draw(Purpose.ORDER, epoch, keys[rows], items)))
        order = np.lexsort((-(gumbel + power[rows] * self.log_counts[items]), rows))
        places = np.empty(len(rows), dtype=np.int64)
        places[order] = spread(np.bincount(rows, minlength=len(keys)))[1]
        return places

    def _sizes(self, sizes: np.ndarray, keys: np.ndarray, epoch: int) -> np.ndarray:
        """(B,) how many items of each user are shown. sizes: (B,) how many there are."""
        most, kind = (MOST_SHOWN * sizes).astype(np.int64), self._draw(Purpose.SHARE, epoch, keys)
        some = np.exp(self._draw(Purpose.SIZE, epoch, keys) * np.log(most + 1)).astype(np.int64)  # log-uniform
        return np.select([kind < NOTHING_SHOWN, kind < NOTHING_SHOWN + self.most_share], [0, most], some)

    def _unseen(
        self, rows: np.ndarray, items: np.ndarray, keys: np.ndarray, epoch: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Users and items that they say they have not seen, by popularity. Most users say it of none.

        rows, items: (t,) all that the users have rated.
        """
        asked = self._draw(Purpose.WITH_UNSEEN, epoch, keys) < WITH_UNSEEN
        sizes = asked * (1 + MOST_UNSEEN * self._draw(Purpose.UNSEEN_SIZE, epoch, keys)).astype(np.int64)
        users, place = spread(sizes)
        drawn = self._draw(Purpose.UNSEEN_ITEM, epoch, keys[users], place)
        found = np.searchsorted(self.fame, drawn * self.fame[-1])
        pairs = np.setdiff1d(users * len(self.fame) + found, rows * len(self.fame) + items)
        return np.divmod(pairs, len(self.fame))

    def _blurred(
        self, levels: np.ndarray, rows: np.ndarray, items: np.ndarray, keys: np.ndarray, epoch: int
    ) -> np.ndarray:
        """The levels of the users' items, some of them without their stars. levels, rows, items: (t,)."""
        blurred = self._draw(Purpose.BLURRED, epoch, keys) < self.blurred_share
        share = blurred * np.where(self._draw(Purpose.BLUR_ALL, epoch, keys) < 0.5, 0.3, 1.0)
        gone, heart, aside = (
            self._draw(purpose, epoch, keys[rows], items) for purpose in (Purpose.BLUR, Purpose.HEART, Purpose.ASIDE)
        )
        hearts = (levels >= HEART_FROM) & (heart < HEARTED)
        levels = np.where(gone < share[rows], np.where(hearts, LIKED, SEEN), levels)
        return np.where((levels <= ASIDE_TO) & (aside < ASIDE), SET_ASIDE, levels)


def spread(sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of these lengths one after the other: the row of each cell, and its place in that row."""
    rows = np.repeat(np.arange(len(sizes)), sizes)
    return rows, np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def collated(rows: np.ndarray, items: np.ndarray, levels: np.ndarray, n: int) -> Shown:
    """A batch of n histories. rows, items, levels: (t,) user, item and level of each answer."""
    order = np.lexsort((levels, rows))
    counts = np.bincount(rows * LEVELS + levels, minlength=n * LEVELS).reshape(n, LEVELS)
    first = np.cumsum(counts) - counts.ravel()
    of_history = counts[:, :SET_ASIDE].sum(axis=1)
    return Shown(items=items[order], first=first, n=of_history, m=counts.sum(axis=1), users=rows[order])


def _asked(users: np.ndarray, items: np.ndarray) -> Asked:
    weights = 1 / np.bincount(users).astype(np.float32)
    return Asked(users=users, items=items, weights=weights[users])
