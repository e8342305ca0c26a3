"""A bound on how many visitors' runs work at once; the others wait in the order in which they came.

Python runs one thread at a time, but for numpy's work. Two hundred runs at once would each take two hundred times as
long, and all would be late; one after another, most are in time. A thread that waits for another machine leaves its
place meanwhile.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Gate:
    """At most `places` threads are inside at once. The counts are read without a lock: for a look, not for a decision.

    working: how many threads are inside. turned_away: how many gave up waiting since the process began.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self.working = self.turned_away = 0
        self._queue: deque[threading.Event] = deque()
        self._lock = threading.Lock()
        self._mine = threading.local()

    @property
    def waiting(self) -> int:
        """How many threads wait to come in."""
        return len(self._queue)

    @property
    def is_inside(self) -> bool:
        """Whether this thread is inside."""
        return getattr(self._mine, "inside", False)

    def enter(
        self, seconds: float | None = None, quiet: float = 0.0, told: Callable[[], object] = lambda: None
    ) -> bool:
        """Come in; whether that worked within so many seconds. None: wait for as long as it takes.

        told: is called where the wait takes longer than the quiet seconds, and keeps its place in the queue; what it
        raises ends the wait.
        """
        with self._lock:
            free = self.working < self.places
            if free:
                self.working += 1
            else:
                self._queue.append(turn := threading.Event())
        self._mine.inside = free or self._wait(turn, seconds, quiet, told)
        return self.is_inside

    def leave(self) -> None:
        """Give the place to who waits longest."""
        self._mine.inside = False
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self.working -= 1

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Leave the place to another while this thread waits for another machine."""
        was_inside = self.is_inside
        if was_inside:
            self.leave()
        try:
            yield
        finally:
            if was_inside:
                self.enter()

    def _wait(self, turn: threading.Event, seconds: float | None, quiet: float, told: Callable[[], object]) -> bool:
        try:
            if turn.wait(quiet):
                return True
            told()
            if turn.wait(seconds):
                return True
        except BaseException:  # `told` draws, and Streamlit ends a run there by exceptions that are no Exception
            if self._gives_up(turn):
                self.leave()
            raise
        return self._gives_up(turn, counted=True)

    def _gives_up(self, turn: threading.Event, counted: bool = False) -> bool:
        """Leave the queue; whether a place was given to this turn at the last moment."""
        with self._lock:
            if turn.is_set():
                return True
            self._queue.remove(turn)
            self.turned_away += counted
        return False


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


GATE = Gate(_cores())
