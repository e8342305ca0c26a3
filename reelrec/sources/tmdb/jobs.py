"""Requests in the background, which all visitors of the process share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from reelrec.errors import SourceError

WORKERS = 4
TOLD_SECONDS = 60.0  # a failed job is kept so long for the next call to report

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Jobs:
    """Pieces of work in a few threads, each done once for all who want it. clock: monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="reelrec-tmdb")
        self._lock = threading.Lock()
        self._clock = clock
        self._jobs: dict[Hashable, Future[Any]] = {}  # under way, or failed and not yet reported
        self._failed: dict[Hashable, float] = {}  # the time of the failure
        self._closed = False

    def done(self, work: Mapping[K, Callable[[], T]], seconds: float) -> tuple[dict[K, T], dict[K, SourceError]]:
        """The outcomes that are there after so many seconds at most, and the errors. The rest goes on.

        work: by its name, which is the same for all who want the same. It may raise SourceError.
        """
        jobs = {name: job for name, piece in work.items() if (job := self._start(name, piece)) is not None}
        ended = wait(jobs.values(), timeout=seconds).done
        outcomes: dict[K, T] = {}
        faults: dict[K, SourceError] = {}
        for name, job in jobs.items():
            if job in ended and not job.cancelled():
                try:
                    outcomes[name] = job.result()
                except SourceError as fault:
                    faults[name] = fault
                    self._forget(name)
        return outcomes, faults

    def stop(self) -> None:
        """Begin nothing more, and drop what has not begun."""
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Wait for the end of what was under way."""
        self._pool.shutdown()

    def _start(self, name: Hashable, piece: Callable[[], T]) -> Future[T] | None:
        """The job of that name, which all visitors share; None after `stop`."""
        with self._lock:
            if self._closed:
                return None
            stale = self._failed.get(name, self._clock()) + TOLD_SECONDS < self._clock()
            if name not in self._jobs or stale:
                self._failed.pop(name, None)
                self._jobs[name] = self._pool.submit(self._work, name, piece)
            return self._jobs[name]

    def _work(self, name: Hashable, piece: Callable[[], T]) -> T:
        """Do a piece of work, in a thread of the pool. Raises SourceError."""
        try:
            outcome = piece()
        except SourceError:
            with self._lock:
                self._failed[name] = self._clock()  # the job stays until its error is reported
            raise
        self._forget(name)
        return outcome

    def _forget(self, name: Hashable) -> None:
        """Drop a job, so that the next call starts a new one."""
        with self._lock:
            self._jobs.pop(name, None)
            self._failed.pop(name, None)


class Once:
    """Runs each piece of work once at a time. A second call during the work waits for it, and has the same outcome."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, Future[Any]] = {}

    def __call__(self, key: str, work: Callable[[], T]) -> T:
        """The outcome of the work with this key. Raises the error of the work."""
        mine: Future[T] = Future()
        with self._lock:
            running = self._running.setdefault(key, mine)
        if running is not mine:
            return running.result()
        try:
            outcome = work()
        except Exception as error:
            del self._running[key]
            mine.set_exception(error)
            raise
        del self._running[key]
        mine.set_result(outcome)
        return outcome
