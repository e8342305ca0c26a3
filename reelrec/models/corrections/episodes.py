"""What `deepfm` and `gpt` learn from: a history as `bmf` sees it, and train users treated as new users.

An episode is one user in a random order. The first n ratings are known, with n drawn so that few are more likely than
many, and some of the others are targets. This is a new user at some moment of a visit. Targets are never known. All
that is random follows the user's id (`data.ratings.random_numbers`): it does not depend on who else is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.random_numbers import uniforms
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.bmf.user_posterior import UserPosterior

MAX_KNOWN_SHARE = 0.85  # of a user's ratings
MAX_KNOWN = 300  # ratings of an episode
MAX_TARGETS = 64  # ratings of an episode


class Purpose(IntEnum):
    """What a random number decides of a user."""

    HELD_OUT = 1  # whether the user validates
    ORDER = 2  # of the items
    KNOWN = 3  # how many are known
    WINDOW = 4  # with whom the user shares a window of batches in an epoch
    TIE = 5  # the user's place among episodes of the same length
    DROPOUT = 6


class Evidence(NamedTuple):
    """A history as `bmf` sees it.

    items, ratings: (n,) rated. residuals: (n,) of `BMF.residuals`. vector, sd: (d,) posterior mean and standard
    deviation of the user's vector. steadiness: of `UserPosterior`.
    """

    items: np.ndarray
    ratings: np.ndarray
    residuals: np.ndarray
    vector: np.ndarray
    sd: np.ndarray
    steadiness: float


class Episode(NamedTuple):
    """One user, with some ratings known and some as targets.

    key: of the user, as in `Dataset.user_keys`. known: the evidence of the known ratings. items, ratings: (m,) the
    targets. expected: their prediction by `bmf`.
    """

    key: int
    known: Evidence
    items: np.ndarray
    ratings: np.ndarray
    expected: Prediction


def evidence_of(
    bmf: BMF, history: History, items: np.ndarray | None = None, user: UserPosterior | None = None
) -> tuple[Evidence, Prediction]:
    """The evidence of a history, and the prediction of `bmf` for these items or every item.

    The history is sorted by item, so that nothing depends on the order in which its items were rated. user: the history
    folded in, where that is done already.
    """
    history = history.take(np.argsort(history.items))
    user = bmf.fold_in(history) if user is None else user
    rated, ratings = history.stars()
    own = bmf.expected(user, rated)
    evidence = Evidence(
        items=rated,
        ratings=ratings,
        residuals=bmf.residuals(user, rated, ratings, own),
        vector=user.vectors.mean(axis=0).astype(np.float32),
        sd=np.sqrt(np.einsum("sdd->sd", user.covariances).mean(axis=0)).astype(np.float32),
        steadiness=float(user.steadiness.mean()),
    )
    return evidence, bmf.expected(user, items)._replace(habit=bmf.habit(ratings, own))


def episodes(bmf: BMF, dataset: Dataset, seed: int, turn: int) -> Iterator[Episode]:
    """One episode of each user. Users with fewer than two ratings are skipped.

    turn: the number of this pass over the users, each of which has other episodes.
    """
    for key, history in zip(dataset.user_keys.tolist(), dataset.histories(), strict=True):
        if len(history) < 2:
            continue
        order = np.argsort(uniforms(seed, turn, Purpose.ORDER, key, history.items))
        most = min(int(MAX_KNOWN_SHARE * len(history)), MAX_KNOWN)
        n = int((most + 1) * uniforms(seed, turn, Purpose.KNOWN, key) ** 2)
        yield episode(bmf, key, history, order[:n], order[n : n + MAX_TARGETS])


def episode(bmf: BMF, key: int, history: History, known: np.ndarray, targets: np.ndarray) -> Episode:
    """The episode of one user. known, targets: places in the history, none in both."""
    shown = history.take(known)
    items = history.items[targets]
    evidence, expected = evidence_of(bmf, shown, items)
    order = np.searchsorted(evidence.items, shown.items)  # back to the random order, so that no order is learned
    known_evidence = evidence._replace(
        items=evidence.items[order], ratings=evidence.ratings[order], residuals=evidence.residuals[order]
    )
    return Episode(key=key, known=known_evidence, items=items, ratings=history.ratings[targets], expected=expected)
