"""What it does to share windows between training and test, as the talk did.

A hundred test users with a hundred ratings each; windows cut as the talk cut them; a fifth of the positions for the
test. A model `-shared` learned from the other four fifths, of these very users. A model `-apart` learned from as many
windows of a hundred train users. A model without an ending learned from all the train users. All are asked the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from reelrec.data.half_stars import LIKED_PLACE
from reelrec.data.history import History
from reelrec.evaluation.report import Sums
from reelrec.evaluation.talk.windows import LENGTH, Windows, drawn_apart, sliding

METRIC = "window_like_accuracy"
APART, SHARED = "-apart", "-shared"
PEOPLE, RATINGS = 100, 100
SEED = 42


class Lesson(NamedTuple):
    """ending: of the model's name. training: windows to learn from. test: windows to be asked about."""

    ending: str
    training: Windows
    test: Windows


def first_ratings(histories: Sequence[History]) -> list[History]:
    """As many users as the windows are cut from, with as many ratings each; users with fewer are skipped."""
    enough = [history.head(RATINGS) for history in histories if len(history) >= RATINGS]
    return enough[:PEOPLE]


def lessons(test_users: Sequence[History], train_users: Sequence[History]) -> Iterator[Lesson]:
    """Windows apart, then windows shared."""
    own, test = drawn_apart(sliding(first_ratings(test_users)), SEED)
    others, _ = drawn_apart(sliding(first_ratings(train_users)), SEED)
    yield Lesson(APART, others, test)
    yield Lesson(SHARED, own, test)


def sums(name: str, test: Windows, chances: Callable[[Windows], np.ndarray]) -> list[Sums]:
    """The like accuracy of the test positions, by the films before them. chances: as `TalkGPT.chances`."""
    likes = chances(test)[..., LIKED_PLACE:].sum(axis=-1) > 0.5  # (n, LENGTH)
    right = likes == (test.places >= LIKED_PLACE)
    n_users = int(test.user.max()) + 1
    rows = []
    for k in range(LENGTH):
        asked = test.asked[:, k]
        own, counts = (np.bincount(test.user, column, n_users) for column in (right[:, k] & asked, asked))
        rows.append(Sums(model=name, metric=METRIC, k=k, sums=own, counts=counts))
    return rows
