"""Streamlit's log without the names of sessions: who knows one can go on with the visit."""

from __future__ import annotations

import logging
import re
from typing import Any

SESSION = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
HIDDEN = "(a session)"


def hide_sessions() -> None:
    """Make every line of Streamlit's log without the names of sessions, from now on."""
    make = logging.getLogRecordFactory()

    def hidden(*args: Any, **options: Any) -> logging.LogRecord:
        record = make(*args, **options)
        if record.name.startswith("streamlit"):
            record.msg, record.args = SESSION.sub(HIDDEN, record.getMessage()), ()
        return record

    logging.setLogRecordFactory(hidden)
