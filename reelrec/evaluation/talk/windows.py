"""Windows: a few films that a user rated, one after another, as the talk wrote them into its text.

Position j of a window asks for its film after the j films before it, so that a window of ten asks once after each
number of films from 0 to 9. Users' ratings are in a seeded random order; a film is never in a window twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reelrec.data.half_stars import half_star_places
from reelrec.data.history import History

LENGTH = 10
TEST_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Windows of many users.

    items: (n, LENGTH) int64. places: (n, LENGTH) int64, of the ratings among the half-stars. asked: (n, LENGTH) bool,
    which positions are learned from, or tested; the others are only read. user: (n,) whose.
    """

    items: np.ndarray
    places: np.ndarray
    asked: np.ndarray
    user: np.ndarray

    def __len__(self) -> int:
        return len(self.items)


def side_by_side(histories: Sequence[History]) -> Windows:
    """Each rating in one window. The ratings left at the end of a history are dropped."""
    return _cut(histories, step=LENGTH)


def sliding(histories: Sequence[History]) -> Windows:
    """A window from every rating on, as the talk cut them: neighbours share all films but one."""
    return _cut(histories, step=1)


def drawn_apart(windows: Windows, seed: int) -> tuple[Windows, Windows]:
    """The same windows twice, to learn from and to test on: a seeded fifth of the positions is for the test.

    One rating is asked for in up to ten windows, after 0 to 9 films. So most test ratings are learned too, after a film
    less or more. This is the overlap of the talk.
    """
    is_test = np.random.default_rng(seed).random(windows.asked.shape) < TEST_SHARE
    return replace(windows, asked=windows.asked & ~is_test), replace(windows, asked=windows.asked & is_test)


def _cut(histories: Sequence[History], step: int) -> Windows:
    starts = [np.arange(0, len(history) - LENGTH + 1, step) for history in histories]
    rows = [start[:, None] + np.arange(LENGTH) for start in starts]  # (windows of the user, LENGTH)
    items = np.concatenate([history.items[at] for history, at in zip(histories, rows, strict=True)])
    ratings = np.concatenate([history.ratings[at] for history, at in zip(histories, rows, strict=True)])
    return Windows(
        items=items.astype(np.int64),
        places=half_star_places(ratings),
        asked=np.ones(items.shape, dtype=bool),
        user=np.repeat(np.arange(len(histories)), [len(at) for at in rows]),
    )
