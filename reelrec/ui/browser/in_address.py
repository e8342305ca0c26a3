"""What was chosen, in the address: Streamlit writes a choice there by its label, which is another in each language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.state import get_session_state

from reelrec.translation import LANGUAGES, speaking


def understand(key: str, labels: Callable[[], Sequence[str]]) -> None:
    """Let what an address says in another language stand there in the visitor's, before the widget is drawn.

    So a link to a tab works for friends abroad, and who changes the language stays where they are. key: of the widget
    and in the address. labels: what can be chosen, in the language that is spoken when it is called.
    """
    named, known = st.query_params.get_all(key), labels()
    if set(named) <= set(known):
        return
    meant = [place for name in named if (place := _place(name, labels)) is not None and place < len(known)]
    if not meant:  # Streamlit takes out what nobody knows
        return
    with get_session_state().query_params() as params:
        params.set_corrected_value(key, [known[place] for place in meant], "string_array_value")
        params.set_initial_query_params_from_current()


def _place(name: str, labels: Callable[[], Sequence[str]]) -> int | None:
    """Which of the labels a name is in some language, the first that has it; None in none."""
    for language in LANGUAGES:
        with speaking(language):
            there = labels()
        if name in there:
            return there.index(name)
    return None
