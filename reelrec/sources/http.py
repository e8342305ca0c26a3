"""One GET over HTTP for small answers: timeouts, a cap on bytes and on seconds, no cookies, no redirects.

An error names who was asked and never the address, the headers or the library's own message, so that neither a
username nor a credential can reach a log or a page.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy

import requests
from urllib3.exceptions import ReadTimeoutError

from reelrec import __version__
from reelrec.errors import UnexpectedAnswerError, UnreachableError

AGENT = f"ReelRec/{__version__}"
TIMEOUT_SECONDS = (3.05, 10.0)  # to connect, and between two pieces
MAX_BYTES = 2_000_000
MAX_SECONDS = 15.0  # for the whole answer, however slowly it drips
CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. headers: names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def wait_seconds(self) -> float:
        """How long the server asks us to stay away; 0 where it does not say."""
        value = self.headers.get("retry-after", "")
        return float(value) if value.isascii() and value.isdigit() else 0.0


def session() -> requests.Session:
    """A session that keeps connections and nothing else."""
    made = requests.Session()
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return made


def get(
    url: str,
    who: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    over: requests.Session | None = None,
    timeout: tuple[float, float] = TIMEOUT_SECONDS,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Answer:
    """The answer, whatever its status. who: what errors call the server, such as "Letterboxd".

    Raises UnreachableError (no connection, no answer in time) or UnexpectedAnswerError (larger than max_bytes).
    """
    deadline = time.monotonic() + max_seconds
    try:
        with (over or session()).get(
            url,
            headers={"User-Agent": AGENT} | dict(headers or {}),
            params=params,
            timeout=timeout,
            stream=True,
            allow_redirects=False,
        ) as answer:
            body = bytearray()
            for piece in answer.iter_content(CHUNK_BYTES):
                body += piece
                if len(body) > max_bytes:
                    raise UnexpectedAnswerError(f"{who} sent more than {max_bytes:,} bytes, so its answer was left.")
                if time.monotonic() > deadline:
                    raise UnreachableError(f"{who} is too slow at the moment. Try again in a few minutes.")
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, found, bytes(body))
    except requests.RequestException as error:
        what = "is too slow" if _timed_out(error) else "cannot be reached"
        raise UnreachableError(f"{who} {what} at the moment. Try again in a few minutes.") from None


def _timed_out(error: requests.RequestException) -> bool:
    """Also where the clock ran out in the middle of the body, which requests calls a broken connection."""
    return isinstance(error, requests.Timeout) or any(isinstance(cause, ReadTimeoutError) for cause in error.args)
