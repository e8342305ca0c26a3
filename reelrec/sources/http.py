"""A GET request for a small answer: a deadline on the whole of it, a limit on bytes, no cookies, no redirects.

An error names the service, and never the address, the headers or the library's message, so that no username or
credential can reach a log or a page.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from reelrec import __version__
from reelrec.errors import SourceError, TooSlowError, UnexpectedAnswerError, UnreachableError
from reelrec.sources.deadline import Adapter, Asking
from reelrec.translation import N_, _

AGENT = f"ReelRec/{__version__}"
TIMEOUT_SECONDS = (3.05, 10.0)  # to connect, and between two pieces
MAX_BYTES = 2_000_000
MAX_SECONDS = 15.0  # for all of a request, from the look-up of the name to the last byte
CHUNK_BYTES = 1 << 16
FAULTS: Mapping[type[SourceError], str] = {
    UnexpectedAnswerError: N_("{who} sent more than {max_bytes:,} bytes. Try again later."),
    UnreachableError: N_("{who} cannot be reached at the moment. Try again in a few minutes."),
    TooSlowError: N_("{who} is too slow at the moment. Try again in a few minutes."),
}

for _name in ("urllib3.connectionpool", "urllib3.util.retry"):  # their lines hold addresses, at any level
    logging.getLogger(_name).addFilter(lambda _record: False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. headers: their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def wait_seconds(self) -> float:
        """The seconds after which the server allows the next request; 0 where it does not say."""
        value = self.headers.get("retry-after", "")
        return float(value) if value.isascii() and value.isdigit() else 0.0


def session() -> requests.Session:
    """A session that keeps connections, but no cookies and no credentials."""
    plain = requests.Session()
    plain.auth = lambda request: request  # else requests reads a password from ~/.netrc
    plain.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        plain.mount(scheme, Adapter())
    return plain


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
    """The answer of a GET request, of any status. who: the name of the service in errors, such as "Letterboxd".

    over: a session of `session`. timeout: to connect, and between two pieces. max_seconds: for everything. Raises
    UnreachableError (no connection), TooSlowError (no whole answer in time) or UnexpectedAnswerError (larger than
    max_bytes).
    """
    asking = Asking(lambda: _answer(over, url, dict(headers or {}), params, timeout, max_bytes))
    try:
        return asking.outcome(max_seconds)
    except TimeoutError:
        kind: type[SourceError] = TooSlowError
    except SourceError as fault:
        kind = type(fault)
    raise kind(_(FAULTS[kind], who=who, max_bytes=max_bytes)) from None


def _answer(
    over: requests.Session | None,
    url: str,
    headers: dict[str, str],
    params: Mapping[str, str] | None,
    timeout: tuple[float, float],
    max_bytes: int,
) -> Answer:
    """`get` without its deadline, and with errors that have no text: its thread knows no visitor and no language."""
    with contextlib.ExitStack() as opened:
        asked = over or opened.enter_context(session())
        try:
            answer = opened.enter_context(
                asked.get(
                    url,
                    headers={"User-Agent": AGENT} | headers,
                    params=params,
                    timeout=timeout,
                    stream=True,
                    allow_redirects=False,
                )
            )
            body = bytearray()
            while piece := answer.raw.read1(CHUNK_BYTES, decode_content=True):  # the bytes that have arrived
                body += piece
                if len(body) > max_bytes:
                    raise UnexpectedAnswerError
        except (requests.Timeout, ReadTimeoutError, TimeoutError):
            raise TooSlowError from None
        except (requests.RequestException, HTTPError):
            raise UnreachableError from None
        lower = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(status=answer.status_code, headers=lower, body=bytes(body))
