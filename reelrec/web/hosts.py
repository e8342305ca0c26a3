"""Which names the app answers to.

A page elsewhere can give its own name the address of this machine (DNS rebinding), and then counts as the app's own to
a browser. What gives it away is the Host header, which still says its name. Streamlit checks that of WebSockets, and
only where a host has set `server.allowedHosts`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# Where the host names none. *.streamlit.app: Streamlit's own cloud, whose names nobody else can point elsewhere.
USUAL = ("localhost", "*.localhost", "*.streamlit.app")
REFUSED = "ReelRec does not answer to this name. Whoever runs it allows a name by the setting server.allowedHosts."


class KnownHosts:
    """ASGI middleware that refuses requests to any other name. allowed: names, "*.name" or "*"; empty: the usual."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = tuple(name.strip().lower().rstrip(".") for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or self.answers_to(Headers(scope=scope).getlist("host")):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(REFUSED, status_code=421)(scope, receive, send)

    def answers_to(self, hosts: Sequence[str]) -> bool:
        """Whether a request with these Host headers is for the app."""
        if len(hosts) != 1:
            return False
        name = _name(hosts[0])
        if not self._allowed and _is_address(name):  # no name, so that nobody has pointed it here
            return True
        return any(_matches(name, allowed) for allowed in self._allowed or USUAL)


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    name, colon, port = host.strip().lower().rpartition(":")
    if not colon or "]" in port:
        name = host.strip().lower()
    return name.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _matches(name: str, allowed: str) -> bool:
    return allowed == "*" or name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:]))
