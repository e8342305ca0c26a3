"""Posters and overviews from TMDB, for display only: nothing of it reaches a model or an artifact.

    with a key:  client = Tmdb(token)
    at once:     client.known(films)             what memory and cache hold
    in time:     client.fetch(films, seconds=2)  what TMDB answers until then; the rest goes on and is known later

A film's trouble stays its own: `fetch` gives back every film that was found, and beside them one fault to tell of.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from reelrec.errors import CredentialError, SourceError
from reelrec.sources.cache import Cache, cache_folder
from reelrec.sources.tmdb.api import Api
from reelrec.sources.tmdb.films import (
    DAY,
    MISS_SECONDS,
    Facts,
    Question,
    Wanted,
    believed_base,
    image_base,
    packed,
    questions,
    unpacked,
)

WORKERS = 4
TOLD_SECONDS = 60.0  # that a fault waits to be told to whoever asks next
CONFIGURATION = "/configuration"
CONFIGURATION_KEPT_SECONDS = 3 * DAY
IMAGES = "https://image.tmdb.org/t/p"  # unless the configuration says otherwise

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Details:
    """What a page shows. Posters are addresses of images 342 and 500 pixels wide, or None; overview is plain text."""

    poster: str | None
    poster_2x: str | None
    overview: str
    tmdb_id: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """`details`: the films answered in time, None for a film that TMDB does not have. `fault`: the one to tell of.

    `failed`: films whose question ended in a fault.
    """

    details: dict[Wanted, Details | None]
    failed: frozenset[Wanted]
    fault: SourceError | None


class Tmdb:
    """A client for all visitors of this process. Raises CredentialError for what can be no token.

    The servers are $TMDB_BASE_URL and $TMDB_IMAGE_BASE_URL, without them TMDB's own. `clock` times the pause after
    faults, in seconds.
    """

    def __init__(self, token: str, cache: Cache | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = Api(token, clock)
        self._cache = cache or Cache(cache_folder() / "tmdb")
        chosen = (os.environ.get("TMDB_IMAGE_BASE_URL") or "").rstrip("/")
        self._chosen_images = chosen if not chosen or chosen.endswith("/t/p") else f"{chosen}/t/p"
        self._show_images_from(self._cache.get(self._api.base + CONFIGURATION))
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="reelrec-tmdb")
        self._once = Once()
        self._lock = threading.Lock()
        self._clock = clock
        self._jobs: dict[Wanted, Future[Details | None]] = {}  # under way, or failed and not yet told
        self._failed: dict[Wanted, float] = {}  # when
        self._closed = False

    def known(self, films: Iterable[Wanted]) -> dict[Wanted, Details | None]:
        """What is known without asking TMDB. None: it does not have the film, or there is nothing to ask it by."""
        found = {}
        for film in films:
            with suppress(LookupError):
                found[film] = self._find(film, self._kept)
        return found

    def fetch(self, films: Iterable[Wanted], seconds: float) -> Fetched:
        """Ask for what is not known, and come back after so many seconds at most. Raises nothing of TMDB's."""
        films = list(dict.fromkeys(films))
        details = self.known(films)
        jobs = {film: job for film in films if film not in details and (job := self._start(film)) is not None}
        done = wait(jobs.values(), timeout=seconds).done
        faults = {}
        for film, job in jobs.items():
            if job in done and not job.cancelled():
                try:
                    details[film] = job.result()
                except SourceError as fault:
                    faults[film] = fault
                    self._told(film)
        first = min(faults.values(), key=lambda fault: not isinstance(fault, CredentialError), default=None)
        return Fetched(details, frozenset(faults), first)

    def close(self) -> None:
        """End the threads; films that wait in line are dropped. `known` goes on from memory."""
        with self._lock:
            self._closed = True
        self._api.close()
        self._pool.shutdown(cancel_futures=True)
        self._cache.close()

    def _start(self, film: Wanted) -> Future[Details | None] | None:
        """The film's job, which visitors share; None after `close`."""
        with self._lock:
            if self._closed:
                return None
            stale = self._failed.get(film, self._clock()) + TOLD_SECONDS < self._clock()
            if film not in self._jobs or stale:
                self._failed.pop(film, None)
                self._jobs[film] = self._pool.submit(self._work, film)
            return self._jobs[film]

    def _work(self, film: Wanted) -> Details | None:
        try:
            self._once(CONFIGURATION, self._configure)
            found = self._find(film, self._ask)
        except SourceError:
            with self._lock:
                self._failed[film] = self._clock()  # the job stays until its fault is told
            raise
        self._told(film)
        return found

    def _told(self, film: Wanted) -> None:
        with self._lock:
            self._jobs.pop(film, None)
            self._failed.pop(film, None)

    def _find(self, film: Wanted, answer: Callable[[Question], list[Facts]]) -> Details | None:
        """The film of the first answer that has any; None where that answer has several."""
        for question in questions(film):
            if found := answer(question):
                return self._details(found[0]) if len(found) == 1 else None
        return None

    def _kept(self, question: Question) -> list[Facts]:
        """Raises LookupError where no answer is kept."""
        found = unpacked(self._cache.get(self._api.base + question.key))
        if found is None:
            raise LookupError(question.key)
        return found

    def _ask(self, question: Question) -> list[Facts]:
        return self._once(question.key, lambda: self._answer(question))

    def _answer(self, question: Question) -> list[Facts]:
        with suppress(LookupError):
            return self._kept(question)
        found = self._api.ask(question.path, question.params, question.read)
        self._cache.set(self._api.base + question.key, packed(found), question.seconds if found else MISS_SECONDS)
        return found

    def _configure(self) -> None:
        """Asked before the first film: it shows whether the key is accepted, and says where the images lie."""
        key = self._api.base + CONFIGURATION
        if not isinstance(self._cache.get(key), str):
            base = self._api.ask(CONFIGURATION, (), image_base)
            self._cache.set(key, base, CONFIGURATION_KEPT_SECONDS)
            self._show_images_from(base)

    def _show_images_from(self, base: object) -> None:
        self._images = self._chosen_images or believed_base(base) or IMAGES

    def _details(self, film: Facts) -> Details:
        poster = film.poster_path
        return Details(
            poster=f"{self._images}/w342{poster}" if poster else None,
            poster_2x=f"{self._images}/w500{poster}" if poster else None,
            overview=film.overview,
            tmdb_id=film.id,
        )


class Once:
    """Does each piece of work once at a time: who asks for it meanwhile waits, and has the same outcome."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, Future] = {}

    def __call__(self, key: str, work: Callable[[], T]) -> T:
        with self._lock:
            running = self._running.get(key)
            mine = None if running else self._running.setdefault(key, Future())
        if mine is None:
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
