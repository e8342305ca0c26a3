"""What one upload may cost: CPU seconds of the thread that reads it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from reelrec.errors import ExportError
from reelrec.translation import _

T = TypeVar("T")
CPU_SECONDS = 2.0  # an export of 40,000 rows takes less than half of them
AT_ONCE = 32  # rows between two looks at the clock


class Budget:
    """CPU seconds for reading an upload and finding its films. It starts when it is made, for the thread that made it.

    clock: seconds that the thread has worked.
    """

    def __init__(self, seconds: float = CPU_SECONDS, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Raises ExportError where the seconds are used up."""
        if self._clock() > self._end:
            raise ExportError(
                _(
                    "This export takes too long to read, so it was given up. Bring fewer rows: leave out the files "
                    "that matter least, such as reviews.csv, or send ratings.csv alone."
                )
            )

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """The same things, while there is time. Raises ExportError where the seconds are used up."""
        for count, thing in enumerate(things):
            if count % AT_ONCE == 0:
                self.check()
            yield thing


NO_LIMIT = Budget(math.inf)
