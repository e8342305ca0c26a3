"""Posters, overviews, offers and trailers from TMDB, for display only: no model and no artifact uses them.

    client = Tmdb(token)
    client.known(films)             the details in memory or cache, without a request
    client.fetch(films, seconds=2)  the answers that TMDB gives in time; later ones are known at the next call

`known_of` and `fetch_of` do the same for what else can be asked about a film (`watch`), `ask` for tables that are about
no film. An error of one film does not affect the others: all answers are returned, and beside them one error.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reelrec.errors import CredentialError, SourceError
from reelrec.sources.cache import Cache, cache_folder
from reelrec.sources.tmdb.api import Api
from reelrec.sources.tmdb.films import Facts, Wanted, believed_base, image_base, questions
from reelrec.sources.tmdb.jobs import Jobs, Once
from reelrec.sources.tmdb.question import DAY, MISS_SECONDS, Question, is_id

CONFIGURATION = "/configuration"
CONFIGURATION_KEPT_SECONDS = 3 * DAY
IMAGES = "https://image.tmdb.org/t/p"  # unless the configuration says otherwise

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
About = Callable[[int], Question[T]]  # what is asked about the film of a TMDB id; a value, so that it names the work


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
class Fetched(Generic[K, T]):
    """The answers of one call.

    answers: what was answered in time, None for a film that TMDB does not have. failed: what could not be asked.
    fault: the error to report, a refused key first.
    """

    answers: dict[K, T | None]
    failed: frozenset[K]
    fault: SourceError | None


class Tmdb:
    """A client, which all visitors of the process share. Raises CredentialError for a text that cannot be a token.

    The servers are $TMDB_BASE_URL and $TMDB_IMAGE_BASE_URL, else TMDB's own. clock: monotonic seconds.
    """

    def __init__(self, token: str, cache: Cache | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = Api(token, clock)
        folder = cache_folder()
        self._cache = cache or Cache(folder / "tmdb" if folder else None)
        chosen = (os.environ.get("TMDB_IMAGE_BASE_URL") or "").rstrip("/")
        self._chosen_images = chosen if not chosen or chosen.endswith("/t/p") else f"{chosen}/t/p"
        self._show_images_from(self._cache.get(self._api.base + CONFIGURATION))
        self._jobs = Jobs(clock)
        self._once = Once()

    def known(self, films: Iterable[Wanted]) -> dict[Wanted, Details | None]:
        """The details in memory or cache. None: TMDB does not have the film, or the film has no id, title and year."""
        return _found(films, lambda film: self._find(film, self._kept))

    def fetch(self, films: Iterable[Wanted], seconds: float) -> Fetched[Wanted, Details]:
        """Ask TMDB for films that are not known. Returns after `seconds` at most, and raises no SourceError."""
        wanted = list(films)
        known = self.known(wanted)
        work = {film: functools.partial(self._look_up, film) for film in wanted if film not in known}
        return self._fetched(known, work, seconds)

    def known_of(self, films: Iterable[Wanted], about: About[T]) -> dict[Wanted, T | None]:
        """What memory or cache hold about films. None: TMDB does not have the film."""
        return _found(films, lambda film: self._about(film, about, self._kept))

    def fetch_of(self, films: Iterable[Wanted], about: About[T], seconds: float) -> Fetched[Wanted, T]:
        """Ask TMDB about films, as `fetch` does."""
        wanted = list(films)
        known = self.known_of(wanted, about)
        work = {
            (film, about): functools.partial(self._about, film, about, self._ask)
            for film in wanted
            if film not in known
        }
        fetched = self._fetched({(film, about): answer for film, answer in known.items()}, work, seconds)
        answers = {film: answer for (film, _), answer in fetched.answers.items()}
        return Fetched(answers, frozenset(film for film, _ in fetched.failed), fetched.fault)

    def ask(self, question: Question[T], seconds: float) -> Fetched[str, T]:
        """Ask for a table that is about no film; the answer under the question's key."""
        known: dict[str, T | None] = {}
        with suppress(LookupError):
            known[question.key] = self._kept(question)
        work = {} if known else {question.key: functools.partial(self._ask, question)}
        return self._fetched(known, work, seconds)

    def close(self) -> None:
        """End the threads and drop the requests in the queue. `known` still answers from memory."""
        self._jobs.stop()
        self._api.close()
        self._jobs.close()
        self._cache.close()

    def _fetched(
        self, known: dict[K, T | None], work: Mapping[K, Callable[[], T | None]], seconds: float
    ) -> Fetched[K, T]:
        answers, faults = self._jobs.done(work, seconds)
        first = min(faults.values(), key=lambda fault: not isinstance(fault, CredentialError), default=None)
        return Fetched(answers=known | answers, failed=frozenset(faults), fault=first)

    def _look_up(self, film: Wanted) -> Details | None:
        """Ask TMDB for a film. Raises SourceError."""
        self._once(CONFIGURATION, self._configure)
        return self._find(film, self._ask)

    def _find(self, film: Wanted, answer: Callable[[Question[list[Facts]]], list[Facts]]) -> Details | None:
        """The film of the first answer with any film; None where that answer has several, or no answer has one."""
        for question in questions(film):
            if films := answer(question):
                return self._details(films[0]) if len(films) == 1 else None
        return None

    def _about(self, film: Wanted, about: About[T], answer: Callable[[Question[Any]], Any]) -> T | None:
        """What is asked about a film; None where TMDB does not have the film."""
        tmdb_id = film.tmdb_id
        if tmdb_id is None or not is_id(tmdb_id):
            found = self._find(film, answer)
            if found is None:
                return None
            tmdb_id = found.tmdb_id
        about_it: T = answer(about(tmdb_id))
        return about_it

    def _kept(self, question: Question[T]) -> T:
        """An answer in the cache. Raises LookupError where there is none."""
        kept = question.unpacked(self._cache.get(self._api.base + question.key))
        if kept is None:
            raise LookupError(question.key)
        return kept

    def _ask(self, question: Question[T]) -> T:
        """The answer to a question, which is asked once at a time. Raises SourceError."""
        answer: T = self._once(question.key, lambda: self._answer(question))
        return answer

    def _answer(self, question: Question[T]) -> T:
        """The answer to a question, from the cache or from TMDB. Raises SourceError."""
        with suppress(LookupError):
            return self._kept(question)
        answer = self._api.ask(question.path, question.params, question.read)
        seconds = question.seconds if answer else MISS_SECONDS
        self._cache.set(self._api.base + question.key, question.packed(answer), seconds)
        return answer

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


def _found(films: Iterable[Wanted], find: Callable[[Wanted], T]) -> dict[Wanted, T]:
    """What is found of each film without a request; a film of which nothing is known is left out."""
    found = {}
    for film in films:
        with suppress(LookupError):
            found[film] = find(film)
    return found
