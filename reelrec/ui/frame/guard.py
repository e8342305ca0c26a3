"""A page that cannot be drawn: the reason is shown, and the page ends there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from reelrec.errors import ReelRecError


@contextmanager
def or_stop(title: str | None = None) -> Iterator[None]:
    """Run the block; where the app refuses, show why and stop the page. title: of the message."""
    try:
        yield
    except ReelRecError as error:
        st.error(str(error), title=title)
        st.stop()
