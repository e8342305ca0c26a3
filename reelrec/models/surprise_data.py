"""A `Dataset` as a `Trainset` of Surprise, whose inner ids are our indices."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reelrec.data.half_stars import HALF_STARS, HIGHEST, LOWEST
from reelrec.data.ratings.dataset import Dataset

if TYPE_CHECKING:
    from surprise import Trainset

Ratings = dict[int, list[tuple[int, float]]]


def trainset(dataset: Dataset, points: float = 1.0) -> Trainset:
    """Build the trainset by hand. Surprise's own loader makes an object of every id and rating: three times the memory.

    points: how many points of Surprise's scale one star is.
    """
    from surprise import Trainset

    points_of = {half_star: half_star * points for half_star in HALF_STARS.tolist()}  # one object for each half-star
    by_user: Ratings = defaultdict(list)
    by_item: Ratings = defaultdict(list)
    inner_ids = list(range(max(dataset.n_items, dataset.n_users)))  # one object for each id
    items, ratings = dataset.items.tolist(), dataset.ratings.tolist()
    for user in range(dataset.n_users):
        of_user = by_user[user]
        for place in range(dataset.start[user], dataset.start[user + 1]):
            item, rating = items[place], points_of[ratings[place]]
            of_user.append((inner_ids[item], rating))
            by_item[item].append((inner_ids[user], rating))
    return Trainset(
        ur=by_user,
        ir=by_item,
        n_users=dataset.n_users,
        n_items=dataset.n_items,
        n_ratings=len(items),
        rating_scale=(LOWEST * points, HIGHEST * points),
        raw2inner_id_users=_Identity(),
        raw2inner_id_items=_Identity(),
    )


class _Identity(dict[int, int]):
    """Raw id to inner id where both are equal."""

    def __missing__(self, key: int) -> int:
        return key
