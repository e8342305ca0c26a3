"""A request to an ASGI app, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp


@dataclass(frozen=True)
class Answer:
    """What was sent. messages: as ASGI has them."""

    messages: list[dict]

    @property
    def status(self) -> int:
        return self.messages[0]["status"]

    @property
    def headers(self) -> Headers:
        return Headers(raw=self.messages[0]["headers"])

    @property
    def text(self) -> str:
        return b"".join(part.get("body", b"") for part in self.messages[1:]).decode()


def ask(
    app: ASGIApp,
    url: str = "http://127.0.0.1/",
    method: str = "GET",
    kind: str = "http",
    headers: Sequence[tuple[str, str]] | None = None,
    content: bytes = b"",
) -> Answer:
    """The app's answer. headers: instead of a Host header with the name in the URL. content: of the request.

    An error after an answer is its. It runs in a thread of its own: Playwright leaves a running loop in the test's.
    """
    where, sent = urlsplit(url), []
    body = iter([{"type": "http.request", "body": content, "more_body": False}])

    async def send(message) -> None:
        sent.append(message)

    async def receive() -> dict:
        return next(body, None) or await asyncio.sleep(60, {"type": "http.disconnect"})

    raw = [
        (name.lower().encode(), value.encode())
        for name, value in ([("host", where.netloc)] if headers is None else headers)
    ]
    scope = {
        "type": kind, "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": where.scheme,
        "path": where.path, "raw_path": where.path.encode(), "query_string": where.query.encode(), "root_path": "",
        "headers": raw, "client": ("127.0.0.1", 1), "server": (where.hostname, where.port or 80), "state": {},
    }  # fmt: skip
    try:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, app(scope, receive, send)).result()
    except RuntimeError:
        if not sent:
            raise
    return Answer(sent)
