"""What this process has done, in numbers for its host. No label is a name, film, address or text of a visitor.

They are plain numbers, so that every room can count. `reelrec.web.metrics` shows them to a Prometheus.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from reelrec.errors import InputError


class Level:
    """How many there are of something now. The latest value is set, by any thread."""

    value = 0


class Counts:
    """How often each of a few things happened. Any thread may add."""

    def __init__(self, *kinds: str) -> None:
        self._values = dict.fromkeys(kinds, 0)
        self._lock = threading.Lock()

    def add(self, kind: str) -> None:
        """Count one more. kind: of those that it was made with; a KeyError else."""
        with self._lock:
            self._values[kind] += 1

    def values(self) -> dict[str, int]:
        """How many of each kind."""
        with self._lock:
            return dict(self._values)

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Count what becomes of the block: "done", "mistaken" with an InputError, "failed" with another error."""
        kind = "failed"
        try:
            yield
            kind = "done"
        except InputError:
            kind = "mistaken"
            raise
        finally:
            self.add(kind)


class Durations:
    """How long runs took, by kind. Any thread may add."""

    BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)  # seconds

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}  # up to each bound, and above the last
        self._sums: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, kind: str, seconds: float) -> None:
        """Count one more. kind: one of a few, as each is kept for good."""
        place = next((place for place, bound in enumerate(self.BOUNDS) if seconds <= bound), len(self.BOUNDS))
        with self._lock:
            self._counts.setdefault(kind, [0] * (len(self.BOUNDS) + 1))[place] += 1
            self._sums[kind] = self._sums.get(kind, 0.0) + seconds

    def values(self) -> dict[str, tuple[list[int], float]]:
        """Of each kind: how many took at most each bound, and how many there were; the seconds of all together."""
        with self._lock:
            counted = {kind: list(itertools.accumulate(counts)) for kind, counts in self._counts.items()}
            return {kind: (counts, self._sums[kind]) for kind, counts in counted.items()}

    @contextmanager
    def measured(self, kind: str) -> Iterator[None]:
        """Count how long the block takes, however it ends."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.add(kind, time.monotonic() - begun)


RERUNS = Durations()  # of the script, by page: from the click until the page is whole, the wait for its turn included
CACHE_READS = Counts("memory", "disk", "missing")  # of TMDB's answers: where they were found
CACHED_ANSWERS = Level()  # of TMDB's, in memory
FEEDS = Counts("done", "mistaken", "failed")  # Letterboxd feeds that visitors asked for
