"""A component of our own, made of files: the styles and scripts that it is put together from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

UI = Path(__file__).parent


def component(name: str, *files: str) -> Callable[..., Any]:
    """Declare a component. files: CSS and JavaScript, below reelrec/ui, each kind in the order given."""

    def joined(kind: str) -> str | None:
        return "\n".join((UI / file).read_text(encoding="utf-8") for file in files if file.endswith(kind)) or None

    return st.components.v2.component(f"reelrec.{name}", css=joined(".css"), js=joined(".js"))
