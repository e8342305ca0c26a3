"""Workers that train together in threads of one process, and keep their state in memory."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import numpy as np

from reelrec.data.ratings.dataset import Dataset


class CutOff(Exception):
    """A worker was cut off."""


class Thread:
    """One worker. sums: what all workers gave to the sum that is being made. cut_off_at: the step that is its last."""

    def __init__(self, rank: int, n: int, barrier: Barrier, parts: list, kept: dict, cut_off_at: int | None) -> None:
        self.rank, self.n = rank, n
        self._barrier, self._parts, self._kept, self._cut_off_at = barrier, parts, kept, cut_off_at
        self.sums = 0

    def add(self, part: Any) -> Any:
        self.sums += 1
        self._parts[self.rank] = part
        self._barrier.wait(60)
        total = sum(self._parts[1:], start=self._parts[0])
        self._barrier.wait(60)
        return total

    def once(self, make: Callable[[], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
        return self.add(make() if self.rank == 0 else np.zeros(shape, dtype=np.float32))

    def keep(self, step: int, state: Callable[[], dict]) -> None:
        self._kept[self.rank] = {name: array.copy() for name, array in state().items()}
        self._barrier.wait(60)  # all have kept this step
        if step == self._cut_off_at:
            raise CutOff

    def kept(self) -> dict | None:
        return self._kept.get(self.rank)


def together(
    n: int, dataset: Dataset, work: Callable[[Dataset], Any], kept: dict | None = None, cut_off_at: int | None = None
) -> list:
    """The results of n workers, each with its share of the users. kept: their states by rank, from an earlier run."""
    barrier, parts, kept = Barrier(n), [None] * n, {} if kept is None else kept
    workers = [Thread(rank, n, barrier, parts, kept, cut_off_at) for rank in range(n)]

    def one(worker: Thread) -> Any:
        try:
            return work(dataset.share(worker))
        except CutOff:  # all of them are
            raise
        except BaseException:
            barrier.abort()
            raise

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(one, workers))
