"""What `st.App` is made of, beside Streamlit's own: see the modules of this room."""

from __future__ import annotations

import errno
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import runtime

from reelrec import app, translation
from reelrec.errors import ReelRecError
from reelrec.web import code, headers, logs, metrics
from reelrec.web.headers import SecurityHeaders
from reelrec.web.hosts import KnownHosts
from reelrec.web.uploads import Files, UploadLimits


def options() -> dict[str, Any]:
    """The arguments of `st.App`."""
    return {
        "lifespan": _lifespan,
        "middleware": [
            Middleware(SecurityHeaders),
            Middleware(KnownHosts, allowed=st.get_option("server.allowedHosts")),
            Middleware(UploadLimits, files=_files, is_visit=_is_visit),
        ],
        "routes": [Route("/readyz", _ready), Route(code.PATH, code.answer)],
        "exception_handlers": {OSError: _no_such_file, Exception: _failed},
    }


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    """Begin to load before the first visitor comes, and to count."""
    logs.hide_sessions()
    metrics.start()
    threading.Thread(target=_load, daemon=True).start()
    yield


def _load() -> None:
    translation.load()
    with suppress(ReelRecError):  # every page says it, and /readyz
        app.warm_up()


def _ready(_: Request) -> Response:
    """Whether visitors may be sent here: the models are loaded, and not too many wait.

    In a thread, as Starlette does for what is not async: it may wait for the catalogue.
    """
    reason = app.not_ready()
    return JSONResponse({"ready": not reason, "reason": reason}, 503 if reason else 200, {"Cache-Control": "no-store"})


async def _no_such_file(_: Request, error: Exception) -> Response:
    """The answer for a name that is longer than a disk allows, which Streamlit asks the disk for."""
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return PlainTextResponse("There is no such file.", 404)
    raise error


async def _failed(request: Request, _: Exception) -> Response:
    """The answer where the server itself fails. No middleware sees it, so it gets its headers here."""
    answer = PlainTextResponse("Something went wrong here. Load the page again.", 500)
    headers.add(answer.headers, request.url.scheme == "https")
    return answer


def _is_visit(session: str) -> bool:
    return runtime.get_instance().is_active_session(session)


def _files() -> Files:
    return cast(Files, runtime.get_instance().uploaded_file_mgr)
