"""A protocol over test users in several shards: each shard is measured by itself, and what users add is joined.

A shard is one part of a folder of parts, whoever measures it, so the number of workers changes nothing. What a shard
sends is small: for each user a sum and a count of every metric, and tables as counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reelrec.data.ratings.roles import Role
from reelrec.errors import RatingsFileError
from reelrec.evaluation import users
from reelrec.evaluation.report import Sums
from reelrec.evaluation.users import MIN_RATINGS, EvaluationData

if TYPE_CHECKING:
    from reelrec.data.ratings.parts import Parts

Rows = Sequence[Mapping[str, Any]]


class TestUsers(NamedTuple):
    """The test users with enough ratings in all parts. user_ids: (n,) ascending. sampled: (n,) bool, who is measured.

    people, ratings: how many are measured, and their ratings.
    """

    user_ids: np.ndarray
    sampled: np.ndarray
    people: int
    ratings: int


def test_users(parts: Parts, people: int | None) -> TestUsers:
    """Found part after part. people: the size of a seeded sample. Raises RatingsFileError, OptionError."""
    ids, sizes = [], []
    for part in range(parts.n_parts):
        dataset = parts.read(Role.TEST, [part])
        n_ratings = np.diff(dataset.start)
        ids.append(dataset.user_ids[n_ratings >= MIN_RATINGS])
        sizes.append(n_ratings[n_ratings >= MIN_RATINGS])
    user_ids, n_ratings = np.concatenate(ids), np.concatenate(sizes)
    if not len(user_ids):
        raise RatingsFileError(f"No test user in {parts.name} has {MIN_RATINGS} ratings of films in the catalogue.")
    order = np.argsort(user_ids)
    sampled = users.sampled(len(user_ids), people)
    return TestUsers(user_ids[order], sampled, int(sampled.sum()), int(n_ratings[order][sampled].sum()))


def shard_data(parts: Parts, part: int, everybody: TestUsers) -> EvaluationData | None:
    """The users of one part who are measured, with the shipped models; None where there are none.

    The order of a user's ratings follows from their rank among all parts, as in `users.shuffled`.
    """
    dataset = parts.read(Role.TEST, [part])
    ranks = np.minimum(np.searchsorted(everybody.user_ids, dataset.user_ids), len(everybody.user_ids) - 1)
    chosen = (everybody.user_ids[ranks] == dataset.user_ids) & everybody.sampled[ranks]
    if not chosen.any():
        return None
    dataset = dataset.only(chosen)
    histories = map(users.shuffled, dataset.histories(), ranks[chosen].tolist())
    models = users.shipped_models()
    return EvaluationData(
        users=dataset,
        histories=tuple(histories),
        model=models.model,
        n_ratings=models.n_ratings,
        reason_missing=users.without_comparators(models.reason_missing),
    )


def by_user(shards: Sequence[np.ndarray], user_ids: Sequence[np.ndarray]) -> np.ndarray:
    """One row a user of all shards, in the order of the ids. user_ids: (n,) of each shard."""
    return np.concatenate(shards)[np.argsort(np.concatenate(user_ids), kind="stable")]


def joined_sums(shards: Sequence[Sums], user_ids: Sequence[np.ndarray]) -> Sums:
    """One metric of one model over the users of all shards."""
    sums, counts = ([getattr(shard, name) for shard in shards] for name in ("sums", "counts"))
    return replace(shards[0], sums=by_user(sums, user_ids), counts=by_user(counts, user_ids))


def joined_rows(shards: Sequence[Rows], means: Sequence[str], roots: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Tables of means over n ratings as one; rows with the same other columns are one row.

    means, roots: the columns that are a mean, or the root of one.
    """
    if len(shards) == 1:
        return [dict(row) for row in shards[0]]
    rows: dict[tuple, dict[str, Any]] = {}
    for row in (row for shard in shards for row in shard):
        key = tuple((name, value) for name, value in row.items() if name not in (*means, *roots, "n"))
        total = rows.setdefault(
            key, {name: 0 if name in (*means, *roots, "n") else value for name, value in row.items()}
        )
        total["n"] += row["n"]
        for name in means:
            total[name] += row["n"] * row[name]
        for name in roots:
            total[name] += row["n"] * row[name] ** 2
    for total in rows.values():
        total |= {name: total[name] / total["n"] for name in means}
        total |= {name: float(np.sqrt(total[name] / total["n"])) for name in roots}
    return list(rows.values())
