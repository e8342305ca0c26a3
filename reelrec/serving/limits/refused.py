"""What the web server refused of a session, until a page of the session says it."""

from __future__ import annotations

import threading

MOST = 1_000  # sessions that are remembered

_lock = threading.Lock()
_reasons: dict[str, str] = {}


def note_refused(session: str, reason: str) -> None:
    """Remember why the last upload of a session was refused."""
    with _lock:
        _reasons.pop(session, None)
        _reasons[session] = reason
        while len(_reasons) > MOST:
            del _reasons[next(iter(_reasons))]


def take_refused(session: str) -> str:
    """The reason, once; "" where nothing was refused."""
    with _lock:
        return _reasons.pop(session, "")
