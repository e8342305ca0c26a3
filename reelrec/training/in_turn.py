"""Several trainings by the same workers, one after the other. What was cut off goes on in the one that it was in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from reelrec.data.ratings.workers import State, Workers

T = TypeVar("T")
TURN = "turn"


def in_turn(trainings: Sequence[Callable[[Workers], State]], workers: Workers) -> list[State]:
    """What each of the trainings gives, as arrays by name.

    It goes into the checkpoints of those that follow, so that none is made twice after a start from a checkpoint.
    """
    kept = workers.kept() or {}
    turn = int(kept.get(TURN, 0))
    results: list[State] = [
        {name.removeprefix(_of(place)): part for name, part in kept.items() if name.startswith(_of(place))}
        for place in range(turn)
    ]
    for place in range(turn, len(trainings)):
        results.append(trainings[place](_InTurn(workers, place, tuple(results))))
    return results


class _InTurn:
    """A worker in the training of a turn. results: of the trainings before."""

    def __init__(self, workers: Workers, turn: int, results: Sequence[State]) -> None:
        self.workers, self.turn, self.rank, self.n = workers, turn, workers.rank, workers.n
        self.before = {f"{_of(place)}{name}": part for place, one in enumerate(results) for name, part in one.items()}

    def add(self, part: T) -> T:
        return self.workers.add(part)

    def once(self, make: Callable[[], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
        return self.workers.once(make, shape)

    def keep(self, step: int, state: Callable[[], State]) -> None:
        self.workers.keep(step, lambda: {**state(), **self.before, TURN: np.array(self.turn)})

    def kept(self) -> State | None:
        """None for a training that has not begun."""
        state = self.workers.kept()
        return state if state is not None and int(state[TURN]) == self.turn else None


def _of(place: int) -> str:
    return f"{place}:"  # begins the names of a training's results
