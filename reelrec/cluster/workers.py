"""A worker that Ray started: it adds by torch.distributed, and keeps its state in a checkpoint of Ray Train."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ray import train
from threadpoolctl import threadpool_limits

from reelrec.data.ratings.workers import State
from reelrec.errors import ClusterError


@contextmanager
def threads(n: int) -> Iterator[None]:
    """Let numpy and torch use so many cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(n)
    try:
        with threadpool_limits(n):
            yield
    finally:
        torch.set_num_threads(before)


class RayWorker:
    """This process among the workers of one training. pause: seconds from one checkpoint to the next, at least.

    moved: bytes that this worker has sent and received: of a sum a ring passes 2 (n - 1) / n of each array on.
    """

    def __init__(self, pause: float) -> None:
        context = train.get_context()
        self.rank, self.n, self.pause, self.moved = context.get_world_rank(), context.get_world_size(), pause, 0
        self._last = time.monotonic()

    def add(self, part: Any) -> Any:
        """The sum over all workers. part: a number, an array, or a tensor, which is overwritten."""
        if self.n == 1:
            return part
        if isinstance(part, torch.Tensor):
            return self._sum(part)
        array = np.ascontiguousarray(part)
        total = self._sum(torch.from_numpy(array if array.flags.writeable else array.copy())).numpy()
        return total.reshape(part.shape) if isinstance(part, np.ndarray) else total.item()

    def once(self, make: Callable[[], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
        """The others wait for the first one, and use no core."""
        if self.rank == 0:
            with threads(os.cpu_count() or 1):
                array = np.ascontiguousarray(make())
        else:
            array = np.empty(shape, dtype=np.float32)
        if self.n > 1:
            torch.distributed.broadcast(torch.from_numpy(array), src=0)
            self.moved += array.nbytes
        return array

    def threads(self) -> AbstractContextManager[None]:
        """Let numpy and torch use this worker's part of the cores of its machine."""
        return threads(max(1, (os.cpu_count() or 1) // train.get_context().get_local_world_size()))

    def _sum(self, tensor: torch.Tensor) -> torch.Tensor:
        tensor = tensor.contiguous()
        torch.distributed.all_reduce(tensor)
        self.moved += 2 * (self.n - 1) * tensor.nbytes // self.n
        return tensor

    def keep(self, step: int, state: Callable[[], State]) -> None:
        """Write a checkpoint where one is due by the first worker's clock, a file each. Raises ClusterError."""
        due = self.rank == 0 and time.monotonic() - self._last >= self.pause
        if not self.add(int(due)):
            return
        with tempfile.TemporaryDirectory() as folder:
            try:
                np.savez(Path(folder) / self._file, allow_pickle=False, **state())
                train.report({"step": step}, checkpoint=train.Checkpoint.from_directory(folder))
            except OSError as error:
                raise ClusterError(
                    f"A checkpoint could not be written ({error.strerror or error}). Make room, and train again."
                ) from error
        self._last = time.monotonic()

    def kept(self) -> State | None:
        checkpoint = train.get_checkpoint()
        if checkpoint is None:
            return None
        with checkpoint.as_directory() as folder, np.load(Path(folder) / self._file, allow_pickle=False) as file:
            return dict(file)

    @property
    def _file(self) -> str:
        return f"worker-{self.rank}.npz"
