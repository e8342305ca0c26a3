"""One GET over HTTP for small answers: timeouts, a cap on bytes and on seconds, no cookies, no redirects.

An error names who was asked and never the address, the headers or the library's own message, so that neither a
username nor a credential can reach a log or a page.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from reelrec import __version__
from reelrec.errors import TooSlowError, UnexpectedAnswerError, UnreachableError

AGENT = f"ReelRec/{__version__}"
TIMEOUT_SECONDS = (3.05, 10.0)  # to connect, and between two pieces
MAX_BYTES = 2_000_000
MAX_SECONDS = 15.0  # for the whole answer, however slowly its body drips
CHUNK_BYTES = 1 << 16

for _name in ("urllib3.connectionpool", "urllib3.util.retry"):  # their lines hold addresses, at any level
    logging.getLogger(_name).addFilter(lambda _record: False)


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
    made.auth = lambda request: request  # else requests takes a password out of ~/.netrc
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

    Raises UnreachableError (no connection), TooSlowError (no answer in time) or UnexpectedAnswerError (larger than
    max_bytes).
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
            while piece := answer.raw.read1(CHUNK_BYTES, decode_content=True):  # what is there, however little
                body += piece
                if len(body) > max_bytes:
                    raise UnexpectedAnswerError(f"{who} sent more than {max_bytes:,} bytes. Try again later.")
                if time.monotonic() > deadline:
                    raise TooSlowError(f"{who} is too slow at the moment. Try again in a few minutes.")
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, found, bytes(body))
    except (requests.Timeout, ReadTimeoutError):
        raise TooSlowError(f"{who} is too slow at the moment. Try again in a few minutes.") from None
    except (requests.RequestException, HTTPError):
        raise UnreachableError(f"{who} cannot be reached at the moment. Try again in a few minutes.") from None
