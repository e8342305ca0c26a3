"""The workers that train one model together. Each holds the ratings of some users, and no two hold the same user.

What a model learns from users is a sum over users. Every `fit` therefore adds up its own users, asks `add` for the sum
over all workers, and solves; all workers run the same lines and reach the same arrays. `ALONE` is the worker that has
no others: for it a sum is what it has itself. `reelrec.cluster` has those that run side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import numpy as np

T = TypeVar("T")
State = Mapping[str, np.ndarray]


class Workers(Protocol):
    """This worker among n. rank: its number, from 0; the first one writes what was learned."""

    @property
    def rank(self) -> int: ...

    @property
    def n(self) -> int: ...

    def add(self, part: T) -> T:
        """The sum over all workers of a number, an array or a tensor; the same for each of them.

        All workers ask for the same sums in the same order. What was given may be overwritten.
        """

    def once(self, make: Callable[[], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
        """A float32 array of this shape that the first worker makes, with all cores of its machine, for all of them.

        For work that is not shared: whatever is rounded on the way follows the number of cores.
        """

    def keep(self, step: int, state: Callable[[], State]) -> None:
        """Offer what is needed to go on from here, at the end of a step (1, 2 ...). Only some steps are kept."""

    def kept(self) -> State | None:
        """What this worker kept last before the training was cut off; None at a beginning."""


class Alone:
    """A worker without others. It keeps nothing: what cuts it off ends its process."""

    rank = 0
    n = 1

    def add(self, part: T) -> T:
        return part

    def once(self, make: Callable[[], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
        return make()

    def keep(self, step: int, state: Callable[[], State]) -> None:
        """Nothing is kept."""

    def kept(self) -> State | None:
        return None


ALONE = Alone()
