"""A `Dataset` as Surprise wants it, with our indices as its inner ids."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import HALF_STARS

if TYPE_CHECKING:
    from surprise import Trainset


def trainset(dataset: Dataset, points: float = 1.0) -> Trainset:
    """Built by hand: Surprise's own loader makes a new object of every id and rating, three times the memory.

    points: what a star counts.
    """
    from surprise import Trainset

    given = {half: half * points for half in HALF_STARS.tolist()}  # one object for each possible rating
    by_user, by_item = defaultdict(list), defaultdict(list)
    inner = list(range(max(dataset.n_items, dataset.n_users)))
    items, ratings = dataset.items.tolist(), dataset.ratings.tolist()
    for user in range(dataset.n_users):
        mine = by_user[user]
        for place in range(dataset.start[user], dataset.start[user + 1]):
            item, rating = items[place], given[ratings[place]]
            mine.append((inner[item], rating))
            by_item[item].append((inner[user], rating))
    return Trainset(
        by_user,
        by_item,
        dataset.n_users,
        dataset.n_items,
        len(items),
        (0.5 * points, 5.0 * points),
        _Identity(),
        _Identity(),
    )


class _Identity(dict):
    """Raw id to inner id where both are the same."""

    def __missing__(self, key: int) -> int:
        return key
