"""What it does to share windows between training and test, as the talk did.

A hundred test people with a hundred ratings each, windows cut as the talk cut them, a fifth of what they ask for the
test. `-shared` learned from the other four fifths, of these very people. `-apart` learned from as many windows of a
hundred people who train. Without an ending: learned from all the people who train. All are asked the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reelrec.data.half_stars import LIKED_PLACE
from reelrec.data.history import History
from reelrec.evaluation.report import Sums
from reelrec.evaluation.talk.windows import LENGTH, Windows, drawn_apart, sliding

METRIC = "window_like_accuracy"
APART, SHARED = "-apart", "-shared"
PEOPLE, RATINGS = 100, 100
SEED = 42


def first_ratings(histories: Sequence[History]) -> list[History]:
    """As many people as the windows are cut from, with as many ratings each; who has fewer is passed over."""
    enough = [history.head(RATINGS) for history in histories if len(history) >= RATINGS]
    return enough[:PEOPLE]


def lessons(newcomers: Sequence[History], knowers: Sequence[History]) -> Iterator[tuple[str, Windows, Windows]]:
    """Ending, windows to learn from, windows to be asked about; newcomers are asked, knowers train."""
    theirs, asked = drawn_apart(sliding(first_ratings(newcomers)), SEED)
    others, _ = drawn_apart(sliding(first_ratings(knowers)), SEED)
    yield APART, others, asked
    yield SHARED, theirs, asked


def sums(name: str, asked: Windows, told: Callable[[Windows], np.ndarray]) -> list[Sums]:
    """The like accuracy of what the windows ask, by the films before it. told: as `TalkGPT.told`."""
    right = (told(asked)[..., LIKED_PLACE:].sum(axis=-1) > 0.5) == (asked.places >= LIKED_PLACE)  # (n, LENGTH)
    n_people = int(asked.person.max()) + 1
    found = []
    for k in range(LENGTH):
        mine = asked.asked[:, k]
        parts = (np.bincount(asked.person, column, n_people) for column in (right[:, k] & mine, mine))
        found.append(Sums(name, METRIC, k, *parts))
    return found
