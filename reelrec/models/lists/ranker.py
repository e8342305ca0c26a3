"""The ranker: EASE with a weight for each user, a denoising diagonal and a power of popularity. It makes the list.

    Z  =  X / sqrt(n / 400),    P = (Z'Z + reg I + dropout diag(Z'Z))^-1,    C = Z'X
    B  =  P C - P diag(P C) / diag(P),    B_jj = 0
    score_j  =  (x B)_j  popularity_j^fame,    fame = max(fame_at_one - fame_slope ln(n), fame_least)

X is that of `ease`, n a user's number of items, popularity an item's number of ratings relative to the mean item's.
Sources: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019; the denoising diagonal: Steck,
"Autoencoders that don't overfit towards the Identity", NeurIPS 2020. How we differ. 1. An item counts more in a short
history than in a long one. 2. Popular items rank higher in short histories, and less high as the history grows.

Weights are kept as whole numbers of `step`; the step is finer for items that stand in more histories. Weights that
round to zero are dropped. Compressed, four times as many weights as `ease` has fit into a file of the same size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import Arrays
from reelrec.models.lists.ease import inverse, mirrored
from reelrec.models.lists.item_item import ItemItem
from reelrec.models.sparse import shared_csr

USUAL_FILMS = 400.0  # the history length at which an item enters with its value; it keeps `reg` on the scale of EASE's
ITEMS_AT_ONCE = 500
GRAIN = 2.0**-16


class Ranker(ItemItem):
    """Hyperparameters of the formula. step: of a weight of the mean item. The rest: `ItemItem`."""

    name = "ranker"
    adds_up = True
    arrays = ("start", "gaps", "numbers", "counts")

    def __init__(
        self,
        reg: float = 400.0,
        dropout: float = 0.5,
        floor: float = 0.03,
        power: float = 2.0,
        fame_at_one: float = 0.0,
        fame_slope: float = 0.0,
        fame_least: float = 0.0,
        step: float = 0.001,
        seen_stars: float = 3.5,
        liked_stars: float = 4.5,
    ) -> None:
        self.reg = reg
        self.dropout = dropout
        self.floor = floor
        self.power = power
        self.fame_at_one = fame_at_one
        self.fame_slope = fame_slope
        self.fame_least = fame_least
        self.step = step
        self.seen_stars = seen_stars
        self.liked_stars = liked_stars

    def fit(self, dataset: Dataset) -> Self:
        within, across = grams(dataset, self.value)
        weights = dataset.workers.once(lambda: item_weights(within, across, self.reg, self.dropout), within.shape)
        counts = dataset.counts()
        self.take(whole_steps(weights, steps(counts, self.step)), counts)
        return self

    def score(self, history: History) -> np.ndarray:
        scores: np.ndarray = super().score(history) * self._popularity_factor(len(history))
        return scores

    def signed(self, history: History, dislike: float) -> np.ndarray:
        """(n_items,) float32: the score where low stars push away, and where fame lifts nothing.

        dislike: is taken from the value of each item of the history.
        """
        fame = min(self._fame(len(history)), 0.0)
        values = self.values(history) - np.float32(dislike)
        scores: np.ndarray = (self._weights[history.items].T @ values) * self._popularity ** np.float32(fame)
        return scores

    def _fame(self, n: int) -> float:
        """The power of popularity for a history of n items."""
        return float(max(self.fame_at_one - self.fame_slope * np.log(max(n, 1)), self.fame_least))

    def _popularity_factor(self, n: int) -> np.ndarray:
        """(n_items,) float32: popularity^fame for a history of n items."""
        factor: np.ndarray = self._popularity ** np.float32(self._fame(n))
        return factor

    def take(self, numbers: csr_array, counts: np.ndarray) -> None:
        """Hold weights, in whole steps (n_items, n_items) int16, and each item's number of ratings (n_items,)."""
        self._take(lambda: numbers, counts)

    def _take(self, numbers: Callable[[], csr_array], counts: np.ndarray) -> None:
        self.counts_ = counts
        self._popularity = popularity(counts)
        self._popularity.setflags(write=False)
        size = steps(counts, self.step)
        self._weights = shared_csr("weights", (len(counts), len(counts)), lambda: weights_of(numbers(), size))

    @property
    def numbers_(self) -> csr_array:
        """The weights in whole steps, (n_items, n_items) int16, as they ship; held only once, as `_weights`."""
        held = self._weights
        size = np.repeat(steps(self.counts_, self.step), np.diff(held.indptr))
        return csr_array((np.rint(held.data / size).astype(np.int16), held.indices, held.indptr), shape=held.shape)

    def learned(self) -> Arrays:
        """Column indices as gaps, and each number as two bytes, so that they compress well.

        start: (n_items + 1,) of each row. gaps, numbers: (2, n weights) of `two_bytes`. counts: (n_items,).
        """
        numbers = self.numbers_
        gaps = two_bytes(np.diff(numbers.indices, prepend=0))
        return {"start": numbers.indptr, "gaps": gaps, "numbers": two_bytes(numbers.data), "counts": self.counts_}

    def keep(self, *, start: np.ndarray, gaps: np.ndarray, numbers: np.ndarray, counts: np.ndarray) -> None:
        def unpacked() -> csr_array:
            columns = np.cumsum(from_two_bytes(gaps), dtype=np.int32)
            return csr_array((from_two_bytes(numbers), columns, start), shape=(len(counts), len(counts)))

        self._take(unpacked, counts)


def grams(dataset: Dataset, value: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Z'Z and Z'X of the formula, (n_items, n_items) float32 each, summed over the workers.

    value: gives the values of ratings. Z and X are whole numbers of GRAIN, so that every sum below 2^21 is exact in
    float64 and the number of workers changes nothing. The inverse would turn the smallest difference into a visible
    one.
    """
    n = dataset.n_items
    both = np.zeros((n, n + 1))  # they are symmetric: the lower triangle of Z'X, and right of it the upper one of Z'Z
    for part in dataset.blocks():
        values, sizes = value(part.ratings).astype(np.float64), np.diff(part.start)
        entered = values * np.sqrt(USUAL_FILMS / np.repeat(sizes, sizes))
        add_products(both, *(part.matrix(np.rint(one / GRAIN) * GRAIN) for one in (entered, values)))
    both = dataset.workers.add(both)
    return mirrored(both[:, 1:].astype(np.float32).T), mirrored(both[:, :n].astype(np.float32))


def add_products(both: np.ndarray, entered: csr_array, values: csr_array) -> None:
    """Add the lower triangle of entered' values, and the upper one of entered' entered. both: of `grams`.

    A user has rated one item in thirty: sparse matrices are ten times faster.
    """
    by_item = entered.T.tocsr()
    for first in range(0, len(both), ITEMS_AT_ONCE):
        last = min(first + ITEMS_AT_ONCE, len(both))
        both[first:last, :last] += np.tril((by_item[first:last] @ values[:, :last]).toarray(), first)
        both[first:last, first + 1 :] += np.triu((by_item[first:last] @ entered[:, first:]).toarray())


def item_weights(within: np.ndarray, across: np.ndarray, reg: float, dropout: float) -> np.ndarray:
    """B of the formula, (n_items, n_items) float32: row the item of the history, column the item scored.

    within: Z'Z, overwritten. across: Z'X.
    """
    within[np.diag_indices_from(within)] += reg + dropout * np.diag(within)
    inverted = inverse(within)
    weights: np.ndarray = inverted @ across
    weights -= inverted * (np.diag(weights) / np.diag(inverted))
    np.fill_diagonal(weights, 0.0)
    return weights


def popularity(counts: np.ndarray) -> np.ndarray:
    """(n_items,) float32: each item's number of ratings, plus one, divided by that of the mean item."""
    return np.asarray((counts + 1) / (counts.mean() + 1), dtype=np.float32)


def steps(counts: np.ndarray, step: float) -> np.ndarray:
    """(n_items,) float32: the step of the weights of each item of the history.

    The rounding errors of an item add up as often as it is seen, so its step falls with the root of its popularity.
    """
    return np.asarray(step / np.sqrt(popularity(counts)), dtype=np.float32)


def whole_steps(weights: np.ndarray, size: np.ndarray) -> csr_array:
    """(n_items, n_items) int16: the weights of each row in whole steps of its size; zeros are not stored."""
    lengths, columns, numbers = [], [], []
    for weight, step in zip(weights, size, strict=True):
        rounded = np.rint(weight / step).astype(np.int16)
        stored = np.flatnonzero(rounded)
        lengths.append(len(stored))
        columns.append(stored.astype(np.int32))
        numbers.append(rounded[stored])
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return csr_array((np.concatenate(numbers), np.concatenate(columns), start), shape=weights.shape)


def weights_of(numbers: csr_array, size: np.ndarray) -> csr_array:
    """(n_items, n_items) float32: the inverse of `whole_steps`. numbers: in whole steps of its size, by row."""
    weights = np.repeat(size, np.diff(numbers.indptr))
    weights *= numbers.data
    return csr_array((weights, numbers.indices, numbers.indptr), shape=numbers.shape)


def two_bytes(numbers: np.ndarray) -> np.ndarray:
    """(2, n) int8: low and high, numbers = 256 high + low. High is nearly always 0 and compresses to almost nothing."""
    low = numbers.astype(np.int8)
    return np.stack([low, ((numbers - low) >> 8).astype(np.int8)])


def from_two_bytes(planes: np.ndarray) -> np.ndarray:
    """(n,) int16: the inverse of `two_bytes`."""
    low, high = planes
    numbers: np.ndarray = high.astype(np.int16) * np.int16(256) + low
    return numbers
