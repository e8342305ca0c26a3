"""Headers on every answer of the app, whatever stands in front of it.

The policy lets a page load from the app alone, but for TMDB's images. Streamlit needs two exceptions: styles within the
page, and scripts from `blob:`, in which it runs components; its one script within the page is let through by its hash.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelrec.web import code

PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
YEAR_SECONDS = 365 * 24 * 3600
ANCESTORS = re.compile(r"(?:https?://(?:\*\.)?[a-zA-Z0-9.-]+(?::\d+)?|'self')(?: |$)")


class SecurityHeaders:
    """ASGI middleware that adds the headers. It neither holds an answer back nor touches a WebSocket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add(MutableHeaders(scope=message), scope["scheme"] == "https")
            await send(message)

        await self._app(scope, receive, with_headers)


def add(headers: MutableHeaders, tls: bool) -> None:
    """Add the headers to those of an answer. tls: whether it goes to the visitor by TLS."""
    headers.update(always())
    if headers.get("content-type", "text/html").startswith("text/html"):
        headers["Cache-Control"] = "no-store"
        headers["Link"] = code.preloaded()
    if tls:
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"


@functools.cache
def always() -> dict[str, str]:
    """The headers that every answer has."""
    framed_by = ancestors()
    return {
        "Content-Security-Policy": policy(framed_by),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    } | ({"X-Frame-Options": "DENY"} if framed_by == "'none'" else {})


def policy(framed_by: str) -> str:
    """The Content-Security-Policy. framed_by: the pages that may show the app in a frame."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in inline_scripts(PAGE.read_text(encoding="utf-8")))
    return "; ".join(
        (
            "default-src 'self'",
            "base-uri 'self'",
            "object-src 'none'",
            f"frame-ancestors {framed_by}",
            "form-action 'self'",
            "connect-src 'self'",
            f"img-src 'self' data: blob: https://*.tmdb.org{_other_images()}",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            f"script-src 'self' blob: {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
        )
    )


def inline_scripts(page: str) -> list[str]:
    """The SHA-256 of each script that stands in a page, in base64, as a policy names it."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    return [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]


def ancestors() -> str:
    """Which pages may show the app in a frame, by $REELREC_FRAME_ANCESTORS: none, unless it is a list of origins."""
    wanted = " ".join(os.environ.get("REELREC_FRAME_ANCESTORS", "").split())
    return wanted if wanted and not ANCESTORS.sub("", wanted) else "'none'"


def _other_images() -> str:
    """The origin of the images where the host takes TMDB's from elsewhere."""
    where = urlsplit(os.environ.get("TMDB_IMAGE_BASE_URL") or "")
    return f" {where.scheme}://{where.netloc}" if where.scheme in ("http", "https") and where.netloc else ""
