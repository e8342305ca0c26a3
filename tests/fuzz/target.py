"""What is fuzzed, and what is said of one input."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reelrec.errors import ReelRecError
from tests.fuzz.mutations import Mutation, piecewise

MOST_CPU_SECONDS = 2.0  # of one input; the budget of an upload, whose end is checked a little later
MARGIN = 1.3


@dataclass(frozen=True)
class Target:
    """run: reads one input, and may raise a ReelRecError. valid: makes inputs to begin with; ways: to spoil them.

    each: inputs that the tests try.
    """

    name: str
    run: Callable[[bytes], object]
    valid: Callable[[], list[bytes]]
    ways: tuple[Mutation, ...] = (piecewise,)
    each: int = 60

    @cached_property
    def seeds(self) -> list[bytes]:
        return self.valid()

    def outcome(self, data: bytes) -> str:
        """What comes of an input: the name of its error, "read" without one. Raises every error outside the tree."""
        start = time.thread_time()
        try:
            self.run(data)
            came = "read"
        except ReelRecError as error:
            came = type(error).__name__
        seconds = time.thread_time() - start
        if seconds > MOST_CPU_SECONDS * MARGIN:
            raise TimeoutError(f"{self.name}: {len(data):,} bytes took {seconds:.1f} s of CPU")
        return came
