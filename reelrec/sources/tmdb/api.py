"""Requests to TMDB: four at a time, few tries, and a pause after faults.

The token is in the Authorization header only: no address, error, log or repr holds it.
"""

from __future__ import annotations

import json
import math
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import requests

from reelrec.errors import (
    BlockedError,
    CredentialError,
    SourceError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from reelrec.sources import http
from reelrec.translation import N_

TIMEOUT_SECONDS = (3.05, 6.0)  # to connect, and between two pieces
MAX_SECONDS = 8.0  # for one answer
BACKOFF_SECONDS = (0.25, 0.5)  # before the second try and before the third
MAX_WAIT_SECONDS = 5.0  # a longer Retry-After is not waited for
MAX_TRYING_SECONDS = 6.0  # no further try begins after these
FAULTS_IN_A_ROW = 3
PAUSE_SECONDS = 60.0
MAX_PAUSE_SECONDS = 600.0  # even if TMDB asks for more

_CONNECTIONS = threading.BoundedSemaphore(4)  # for the whole process
_TOKEN = re.compile(r"[!-~]+")
_NOT_FOUND = (6, 34)  # TMDB's own codes inside a 404
# Requests are made in threads of their own, which know no visitor: the pages translate what is said of a fault.
_FAULTS = {
    "silent": N_("TMDB does not answer at the moment; ReelRec goes on without it."),
    "odd key": N_(
        "This server's TMDB key is empty or has spaces, line breaks or letters that no key has; ReelRec goes on "
        'without it. Whoever runs it: put the "API Read Access Token" of your TMDB account (it begins with eyJ) into '
        "TMDB_TOKEN."
    ),
    "key": N_(
        "TMDB does not accept this server's key; ReelRec goes on without it. Whoever runs it: put the \"API Read "
        'Access Token" of your TMDB account (it begins with eyJ) into TMDB_TOKEN.'
    ),
    "wait": N_("TMDB asks this server to wait; ReelRec goes on without it."),
    "refused": N_("TMDB refuses this server; ReelRec goes on without it."),
    "broken": N_("TMDB has a fault of its own at the moment; ReelRec goes on without it."),
    "odd answer": N_(
        "TMDB answered with something else than film data; ReelRec goes on without it. If it stays so, whoever runs "
        "this server should check TMDB_BASE_URL."
    ),
    "slow": N_("TMDB is too slow at the moment. Try again in a few minutes."),
    "unreachable": N_("TMDB cannot be reached at the moment. Try again in a few minutes."),
}

T = TypeVar("T")
Params = tuple[tuple[str, str], ...]


class Api:
    """TMDB's API, version 3. clock: monotonic seconds. Raises CredentialError for a text that cannot be a token."""

    def __init__(self, token: str, clock: Callable[[], float]) -> None:
        base = (os.environ.get("TMDB_BASE_URL") or "https://api.themoviedb.org").rstrip("/")
        self.base = base if base.endswith("/3") else f"{base}/3"
        self._session = http.session()
        self._session.auth = _bearer(token)
        self._pause = Pause(clock)
        self._clock = clock
        self._closing = threading.Event()

    def ask(self, path: str, params: Params, read: Callable[[dict | None], T]) -> T:
        """The result of `read` for TMDB's JSON object, or for None where TMDB answers that there is no such thing.

        Raises UnreachableError, BlockedError, CredentialError or UnexpectedAnswerError. During a pause no request is
        sent, and the last of these errors is raised again.
        """
        self._pause.check()
        asked_to_wait = 0.0
        try:
            answer = self._send(path, params)
            asked_to_wait = answer.wait_seconds
            result = read(_object(answer))
        except SourceError as fault:
            self._pause.failed(fault, asked_to_wait)
            raise
        self._pause.succeeded()
        return result

    def close(self) -> None:
        """Close the connections. A request that waits for its next try gives up."""
        self._closing.set()
        self._session.close()

    def _send(self, path: str, params: Params) -> http.Answer:
        """The answer of the last try. Raises UnreachableError where it had none."""
        start = self._clock()
        answer: http.Answer | None = None
        for backoff in (*BACKOFF_SECONDS, math.inf):
            try:
                answer = self._get(path, params)
            except TooSlowError:
                answer, backoff = None, math.inf
            except UnreachableError:
                answer = None
            if answer is not None and answer.status != 429 and answer.status < 500:
                return answer
            wait = max(backoff, answer.wait_seconds if answer is not None else 0.0)
            late = self._clock() - start + wait > MAX_TRYING_SECONDS
            if wait > MAX_WAIT_SECONDS or late or self._pause.lasts or self._closing.wait(wait):
                break
        if answer is None:
            raise UnreachableError(_FAULTS["silent"])
        return answer

    def _get(self, path: str, params: Params) -> http.Answer:
        with _CONNECTIONS:
            try:
                return http.get(
                    self.base + path,
                    "TMDB",
                    params=dict(params),
                    over=self._session,
                    timeout=TIMEOUT_SECONDS,
                    max_seconds=MAX_SECONDS,
                )
            except UnexpectedAnswerError:  # too large for film data; its text has places, which no page could fill
                raise not_film_data() from None


class Pause:
    """A pause without requests: after three faults in a row, after a refused key, and where the server asks for one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._until = -math.inf
        self._last: tuple[type[SourceError], str] = (SourceError, "")

    @property
    def lasts(self) -> bool:
        """Whether the pause goes on."""
        return self._clock() < self._until

    def check(self) -> None:
        """Raises the last fault while the pause lasts."""
        with self._lock:
            kind, text = self._last
            if self.lasts:
                raise kind(text)

    def failed(self, fault: SourceError, asked_to_wait: float) -> None:
        """Note a fault. asked_to_wait: seconds that the server asked for, else 0."""
        with self._lock:
            self._faults += 1
            refused = isinstance(fault, CredentialError) or asked_to_wait > MAX_WAIT_SECONDS
            if refused or self._faults >= FAULTS_IN_A_ROW:
                self._until = self._clock() + min(max(PAUSE_SECONDS, asked_to_wait), MAX_PAUSE_SECONDS)
                self._last = (type(fault), str(fault))

    def succeeded(self) -> None:
        """Note an answer without a fault."""
        with self._lock:
            self._faults = 0


def _bearer(token: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """A function that signs a request. As the session's auth it overrides a .netrc file. Raises CredentialError."""
    if not _TOKEN.fullmatch(token):
        raise CredentialError(_FAULTS["odd key"])

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign


def _object(answer: http.Answer) -> dict | None:
    """The JSON object of an answer; None for TMDB's own 404. Raises SourceError for another status or content."""
    if answer.status == 401:
        raise CredentialError(_FAULTS["key"])
    if answer.status == 429:
        raise BlockedError(_FAULTS["wait"])
    if answer.status == 403:
        raise BlockedError(_FAULTS["refused"])
    if answer.status >= 500:
        raise UnreachableError(_FAULTS["broken"])
    content = None
    with suppress(ValueError, RecursionError):
        content = json.loads(answer.body)
    if isinstance(content, dict):
        if answer.status == 200:
            return content
        if answer.status == 404 and content.get("status_code") in _NOT_FOUND:
            return None
    raise not_film_data()


def not_film_data() -> UnexpectedAnswerError:
    """The error for an answer of another kind than was asked for."""
    return UnexpectedAnswerError(_FAULTS["odd answer"])
