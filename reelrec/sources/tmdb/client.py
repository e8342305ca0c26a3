"""Posters and overviews from TMDB, for display only: no model and no artifact uses them.

    client = Tmdb(token)
    client.known(films)             the details in memory or cache, without a request
    client.fetch(films, seconds=2)  the answers that TMDB gives in time; later ones are known at the next call

An error of one film does not affect the others: `fetch` returns all answers, and beside them one error.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

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
TOLD_SECONDS = 60.0  # a failed request is kept so long for the next call to report
CONFIGURATION = "/configuration"
CONFIGURATION_KEPT_SECONDS = 3 * DAY
IMAGES = "https://image.tmdb.org/t/p"  # unless the configuration says otherwise

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Details:
    """A film's facts for a page. poster, poster_2x: addresses of images 342 and 500 pixels wide, None without a poster.

    overview: plain text.
    """

    poster: str | None
    poster_2x: str | None
    overview: str
    tmdb_id: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answers of one `fetch`.

    details: of the films answered in time, None for a film that TMDB does not have. failed: films whose request failed.
    fault: the error to report, a refused key first.
    """

    details: dict[Wanted, Details | None]
    failed: frozenset[Wanted]
    fault: SourceError | None


class Tmdb:
    """A client, which all visitors of the process share. Raises CredentialError for a text that cannot be a token.

    The servers are $TMDB_BASE_URL and $TMDB_IMAGE_BASE_URL, else TMDB's own. clock: monotonic seconds.
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
        self._jobs: dict[Wanted, Future[Details | None]] = {}  # under way, or failed and not yet reported
        self._failed: dict[Wanted, float] = {}  # the time of the failure
        self._closed = False

    def known(self, films: Iterable[Wanted]) -> dict[Wanted, Details | None]:
        """The details in memory or cache. None: TMDB does not have the film, or the film has no id, title and year."""
        details = {}
        for film in films:
            with suppress(LookupError):
                details[film] = self._find(film, self._kept)
        return details

    def fetch(self, films: Iterable[Wanted], seconds: float) -> Fetched:
        """Ask TMDB for films that are not known. Returns after `seconds` at most, and raises no SourceError."""
        wanted = list(dict.fromkeys(films))
        details = self.known(wanted)
        jobs = {film: job for film in wanted if film not in details and (job := self._start(film)) is not None}
        done = wait(jobs.values(), timeout=seconds).done
        faults = {}
        for film, job in jobs.items():
            if job in done and not job.cancelled():
                try:
                    details[film] = job.result()
                except SourceError as fault:
                    faults[film] = fault
                    self._forget(film)
        first = min(faults.values(), key=lambda fault: not isinstance(fault, CredentialError), default=None)
        return Fetched(details=details, failed=frozenset(faults), fault=first)

    def close(self) -> None:
        """End the threads and drop the requests in the queue. `known` still answers from memory."""
        with self._lock:
            self._closed = True
        self._api.close()
        self._pool.shutdown(cancel_futures=True)
        self._cache.close()

    def _start(self, film: Wanted) -> Future[Details | None] | None:
        """The film's job, which all visitors share; None after `close`."""
        with self._lock:
            if self._closed:
                return None
            stale = self._failed.get(film, self._clock()) + TOLD_SECONDS < self._clock()
            if film not in self._jobs or stale:
                self._failed.pop(film, None)
                self._jobs[film] = self._pool.submit(self._work, film)
            return self._jobs[film]

    def _work(self, film: Wanted) -> Details | None:
        """Ask TMDB for a film, in a thread of the pool. Raises SourceError."""
        try:
            self._once(CONFIGURATION, self._configure)
            details = self._find(film, self._ask)
        except SourceError:
            with self._lock:
                self._failed[film] = self._clock()  # the job stays until its error is reported
            raise
        self._forget(film)
        return details

    def _forget(self, film: Wanted) -> None:
        """Drop the film's job, so that the next call starts a new one."""
        with self._lock:
            self._jobs.pop(film, None)
            self._failed.pop(film, None)

    def _find(self, film: Wanted, answer: Callable[[Question], list[Facts]]) -> Details | None:
        """The film of the first answer with any film; None where that answer has several, or no answer has one."""
        for question in questions(film):
            if films := answer(question):
                return self._details(films[0]) if len(films) == 1 else None
        return None

    def _kept(self, question: Question) -> list[Facts]:
        """The films of an answer in the cache. Raises LookupError where there is none."""
        films = unpacked(self._cache.get(self._api.base + question.key))
        if films is None:
            raise LookupError(question.key)
        return films

    def _ask(self, question: Question) -> list[Facts]:
        """The films of the answer to a question, which is asked once at a time."""
        return self._once(question.key, lambda: self._answer(question))

    def _answer(self, question: Question) -> list[Facts]:
        """The films of the answer to a question, from the cache or from TMDB. Raises SourceError."""
        with suppress(LookupError):
            return self._kept(question)
        films = self._api.ask(question.path, question.params, question.read)
        self._cache.set(self._api.base + question.key, packed(films), question.seconds if films else MISS_SECONDS)
        return films

    def _configure(self) -> None:
        """Ask for the configuration before the first film: it tests the key, and has the address of the images."""
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
