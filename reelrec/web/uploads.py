"""How much visitors may upload. Streamlit takes any file of a living session, asked for or not, and keeps it.

It keeps it in memory. On the way there Starlette would put more than a megabyte into a temporary file; here no export
is written to a disk, and none is lost where no such file can be made.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import streamlit as st
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from reelrec import app
from reelrec.translation import N_

PATH = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)$")
MEGABYTE = 1 << 20
A_SESSION, THE_PROCESS = 20 * MEGABYTE, 200 * MEGABYTE
FILES = 8  # of a session: an export has seven tables, which may come one by one
UNREAD_SECONDS = 60.0  # a page reads a file at once; one that no page has asked for makes room for the next after these
BODY_SECONDS = 120.0  # for a file to arrive
IN_TEN_MINUTES = 40  # uploads of a session

FULL = N_("There is no room for this file right now. Try again in a minute.")
TOO_MUCH = N_("Bring at most 8 files of together 20 MB at a time.")
TOO_OFTEN = N_("That was many files. Try again in ten minutes.")
NO_LENGTH = N_("Say with Content-Length alone how long the file is.")
TOO_SLOW = N_("The file took too long to arrive. Try again with a faster connection.")


class Files(Protocol):
    """Where Streamlit keeps the files of sessions."""

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> Sequence[object]:
        """Those of the files that are kept."""

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Forget a file."""


@dataclass(slots=True)
class Upload:
    """A file that arrives or is kept. size: in bytes. at: when it began to arrive, or had arrived, by the clock."""

    session: str
    file: str
    size: int
    at: float
    arrived: bool = False


class UploadLimits:
    """ASGI middleware that refuses an upload for which there is no room, before its body is read.

    files: gives Streamlit's files, once there are some. is_visit: whether a session lives; for any other one Streamlit
    refuses the upload itself.
    """

    def __init__(
        self,
        app: ASGIApp,
        files: Callable[[], Files],
        is_visit: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._files, self._is_visit, self._clock = app, files, is_visit, clock
        MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * MEGABYTE
        self._kept: list[Upload] = []
        self._begun: list[tuple[float, str]] = []  # when, and by which session, in the last ten minutes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        path = PATH.search(scope.get("path", "")) if scope.get("method") == "PUT" else None
        if path is None or not self._is_visit(path[1]):
            await self._app(scope, receive, send)
            return
        upload = Upload(path[1], path[2], _length(Headers(scope=scope)), self._clock())
        status, reason = self._problem(upload)
        if reason:
            app.note_refused(upload.session, reason)
            await PlainTextResponse(reason, status)(scope, receive, send)
            return
        self._kept.append(upload)
        self._begun.append((upload.at, upload.session))
        try:
            async with asyncio.timeout(BODY_SECONDS):
                await self._app(scope, receive, send)
        except TimeoutError:  # before any answer, which Streamlit gives when all has arrived
            await PlainTextResponse(TOO_SLOW, 408)(scope, receive, send)
        finally:
            upload.arrived, upload.at = True, self._clock()  # or refused by Streamlit, which then keeps nothing

    def _problem(self, upload: Upload) -> tuple[int, str]:
        """The status and the words with which this upload is refused; no words where it is not."""
        self._let_go()
        theirs = [kept for kept in self._kept if kept.session == upload.session]
        if upload.size < 0:
            return 411, NO_LENGTH
        if len(theirs) >= FILES or sum(kept.size for kept in theirs) + upload.size > A_SESSION:
            return 413, TOO_MUCH
        if sum(session == upload.session for _, session in self._begun) >= IN_TEN_MINUTES:
            return 429, TOO_OFTEN
        if sum(kept.size for kept in self._kept) + upload.size > THE_PROCESS:
            return 503, FULL
        return 0, ""

    def _let_go(self) -> None:
        """Drop files that nobody read, and stop counting those that are gone."""
        now, files = self._clock(), self._files()
        self._begun = [(at, session) for at, session in self._begun if now - at < 600]
        for kept in self._kept:
            if kept.arrived and now - kept.at > UNREAD_SECONDS:
                files.remove_file(kept.session, kept.file)
        self._kept = [kept for kept in self._kept if not kept.arrived or files.get_files(kept.session, [kept.file])]


def _length(headers: Headers) -> int:
    """The length of a body in bytes; -1 where it is not said, or said in two ways."""
    length = headers.get("content-length", "")
    plain = length.isascii() and length.isdigit() and len(length) < 12 and "transfer-encoding" not in headers
    return int(length) if plain else -1
