"""Requests in the background, which all visitors of the process share."""

from __future__ import annotations

import functools
import queue
import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future, wait
from typing import Any, TypeVar

from reelrec.errors import SourceError

WORKERS = 4
TOLD_SECONDS = 60.0  # a failed job is kept so long for the next call to report

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Workers:
    """Threads that do one piece of work after another. Unlike an executor's, the process may end while they work."""

    def __init__(self, n: int) -> None:
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name="reelrec-tmdb", daemon=True) for _ in range(n)]
        for thread in self._threads:
            thread.start()

    def submit(self, piece: Callable[[], T]) -> Future[T]:
        """The outcome of a piece of work that will be done; it may raise."""
        job: Future[T] = Future()
        self._waiting.put((job, piece))
        return job

    def stop(self) -> None:
        """Drop what has not begun, and let each thread end after what it does now."""
        while not self._waiting.empty():
            if dropped := self._waiting.get():
                dropped[0].cancel()
        for _ in self._threads:
            self._waiting.put(None)

    def join(self) -> None:
        """Wait for the end of the threads, after `stop`."""
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (taken := self._waiting.get()) is not None:
            job, piece = taken
            if job.set_running_or_notify_cancel():
                try:
                    job.set_result(piece())
                except Exception as error:  # noqa: BLE001  # it is raised again, where the outcome is asked for
                    job.set_exception(error)


class Jobs:
    """Pieces of work in a few threads, each done once for all who want it. clock: monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._workers = Workers(WORKERS)
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
        self._workers.stop()

    def close(self) -> None:
        """Wait for the end of what was under way."""
        self._workers.join()

    def _start(self, name: Hashable, piece: Callable[[], T]) -> Future[T] | None:
        """The job of that name, which all visitors share; None after `stop`."""
        with self._lock:
            if self._closed:
                return None
            stale = self._failed.get(name, self._clock()) + TOLD_SECONDS < self._clock()
            if name not in self._jobs or stale:
                self._failed.pop(name, None)
                self._jobs[name] = self._workers.submit(functools.partial(self._work, name, piece))
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
