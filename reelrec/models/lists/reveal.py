"""What a training step of `dae` shows of a user, and what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import RELEVANT_STARS, half_star_places
from reelrec.models.lists.levels import LEVELS, LIKED, SEEN, SET_ASIDE, UNSEEN

MOST_SHOWN = 0.8  # of a user's items
NOTHING_SHOWN = 0.02  # of the users: a visitor begins with nothing
HEART_FROM, HEARTED = 8, 0.6  # the level from which a blurred item may have a heart, and how often it has
ASIDE_TO, ASIDE = 3, 0.1  # the level up to which an item may be set aside, and how often it is
WITH_UNSEEN, MOST_UNSEEN = 0.3, 60  # the users who say what they have not seen, and how many items they say it of
UNSEEN_POWER = 0.75  # of the ratings of an item, as which it is asked about


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Draws what is shown. The shares are those of `DAE`. log_counts: (n_items,) of each item's ratings.

    fame: (n_items,) the summed powers of the ratings, as items are asked about.
    """

    dataset: Dataset
    log_counts: np.ndarray
    fame: np.ndarray
    popular_share: float
    most_share: float
    blurred_share: float
    rng: np.random.Generator

    def batch(self, users: Sequence[int] | np.ndarray) -> tuple[Shown, Asked]:
        """A part of each user's items, and the liked ones among the others. Users without such an item are left out."""
        shown, asked = [], []
        unseen = self._never_rated(users)
        for user, others in zip(users, unseen, strict=True):
            part = slice(self.dataset.start[user], self.dataset.start[user + 1])
            items, levels = self.dataset.items[part], half_star_places(self.dataset.ratings[part])
            order, n = self._order(items)
            hidden = items[order[n:]]
            liked = hidden[self.dataset.ratings[part][order[n:]] >= RELEVANT_STARS]
            if len(liked):
                told = [items[order[:n]], others[~np.isin(others, items)]]
                shown.append((np.concatenate(told), self._blurred(levels[order[:n]], len(told[1]))))
                asked.append(liked)
        return collated(shown), _asked(asked)

    def _order(self, items: np.ndarray) -> tuple[np.ndarray, int]:
        """The user's items in the order in which they are told, and how many are shown."""
        rng, kind = self.rng, self.rng.random()
        key = rng.gumbel(size=len(items))
        if kind < self.popular_share:
            key += self.log_counts[items] * (1.0 if kind < self.popular_share / 2 else 0.5)
        most = int(MOST_SHOWN * len(items))
        kind = rng.random()
        if kind < NOTHING_SHOWN:
            n = 0
        elif kind < NOTHING_SHOWN + self.most_share:
            n = most
        else:
            n = int(np.exp(rng.uniform(0, np.log(most + 1))))  # log-uniform
        return np.argsort(-key), n

    def _never_rated(self, users: Sequence[int] | np.ndarray) -> list[np.ndarray]:
        """Items that each user may be asked about, by popularity; they may have rated some. Mostly none."""
        rng = self.rng
        sizes = np.where(rng.random(len(users)) < WITH_UNSEEN, rng.integers(1, MOST_UNSEEN + 1, len(users)), 0)
        ends = np.cumsum(sizes)
        drawn = np.searchsorted(self.fame, rng.random(ends[-1] if len(ends) else 0) * self.fame[-1])
        return [np.unique(part) for part in np.split(drawn, ends[:-1])]

    def _blurred(self, levels: np.ndarray, n_unseen: int) -> np.ndarray:
        """The levels of a user's items, some of them without their stars, and of those that they have not seen."""
        rng = self.rng
        if rng.random() < self.blurred_share:
            gone = rng.random(len(levels)) < rng.choice((0.3, 1.0))
            hearts = (levels >= HEART_FROM) & (rng.random(len(levels)) < HEARTED)
            levels = np.where(gone, np.where(hearts, LIKED, SEEN), levels)
        aside = (levels <= ASIDE_TO) & (rng.random(len(levels)) < ASIDE)
        return np.concatenate([np.where(aside, SET_ASIDE, levels), np.full(n_unseen, UNSEEN)])


def collated(histories: Sequence[tuple[np.ndarray, np.ndarray]]) -> Shown:
    """A batch of histories. histories: items and levels of each user."""
    items, counts = [], np.zeros((len(histories), LEVELS), dtype=np.int64)
    for row, (of_user, levels) in enumerate(histories):
        items.append(of_user[np.argsort(levels, kind="stable")])
        counts[row] = np.bincount(levels, minlength=LEVELS)
    first = np.zeros(counts.size, dtype=np.int64)
    np.cumsum(counts.ravel()[:-1], out=first[1:])
    m = counts.sum(axis=1)
    joined = np.concatenate([*items, np.empty(0, dtype=np.int64)]).astype(np.int64)
    n = counts[:, :SET_ASIDE].sum(axis=1)
    return Shown(items=joined, first=first, n=n, m=m, users=np.repeat(np.arange(len(m)), m))


def _asked(liked: Sequence[np.ndarray]) -> Asked:
    sizes = np.array([len(items) for items in liked], dtype=np.int64)
    users = np.repeat(np.arange(len(sizes)), sizes)
    items = np.concatenate([*liked, np.empty(0, dtype=np.int64)]).astype(np.int64)
    return Asked(users=users, items=items, weights=(1 / sizes.astype(np.float32))[users])
