"""A page that cannot be drawn: the reason is shown, and the page ends there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from reelrec.errors import ReelRecError


@contextmanager
def or_stop(title: str | None = None) -> Iterator[None]:
    """Run the block; where the app refuses, show why and stop the page. title: of the message."""
    try:
        yield
    except ReelRecError as error:
        st.error(str(error), title=title)
        end_page()


def end_page() -> NoReturn:
    """End the page, not the run: its address is still to follow. After st.stop() nothing more can be drawn."""
    raise StopException
