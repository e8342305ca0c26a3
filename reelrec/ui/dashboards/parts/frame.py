"""What frames a picture: its heading, what to see in it, the drawing, the command that made it, who can run that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from reelrec import app

RERUN, CLOSED = "You can re-run this", "Needs ratings that may not be shared"
_MARKS = {RERUN: ":green-badge[:material/replay: {}]", CLOSED: ":gray-badge[:material/lock: {}]"}
SECTIONS = {
    "notebook": "The notebook, repeated",
    "demonstrations": "Its demonstrations",
    "talk-deepfm": "The talk’s DeepFM",
    "talk-gpt": "The talk’s GPT-2",
    "data": "The data",
    "new-people": "New people",
    "when": "Which model, when",
    "doubt": "How sure it is",
    "splits": "Other ways to ask",
    "shelves": "Shelves",
    "reviews": "Review text",
    "interview": "Does RL help?",
    "speed": "Training",
}
READING = 760  # px; a longer line of prose is hard to read
GET = "python -m reelrec data get ml-latest-small"
# What reading a file of another shape (cut off, of another version, edited) raises, and nothing else.
BROKEN = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True)
class Chart:
    """figure: what Plotly draws, as plain data. alt: the finding, for who cannot see it. title: Markdown."""

    figure: dict
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """columns and cells are Markdown, so text from outside is escaped by who makes them. Floats show four decimals."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str | float]]
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """meaning: what to see, in Markdown. parts stand side by side where there is room."""

    meaning: str
    parts: tuple[Chart | Table, ...]


def report(name: str) -> dict:
    """A metrics JSON. Raises LookupError where it is not there or is no JSON."""
    found = app.metrics(name)
    if found is None:
        raise LookupError(f"artifacts/metrics/{name}.json")
    return found


def section(name: str, about: str) -> None:
    """The heading of a section, and what it is about."""
    st.space("small")
    st.header(SECTIONS[name], anchor=name)
    st.container(width=READING).markdown(about)


@contextmanager
def card(heading: str, anchor: str | None = None) -> Iterator[None]:
    """A picture's box; those of a row are equally high."""
    with st.container(border=True, height="stretch"):
        st.subheader(heading, anchor=anchor or False)
        yield


def draw(key: str, build: Callable[[], Drawing], command: str, mark: str) -> None:
    """The drawing with its command and mark; where its JSON is missing or broken, a sentence that says what to run."""
    try:
        drawing = build()
    except BROKEN:
        st.info(f"There is nothing to draw: what was measured is missing or cannot be read. This makes it: `{command}`")
        st.markdown(_MARKS[mark].format(mark))
        return
    st.container(width=READING).markdown(drawing.meaning)
    several = len(drawing.parts) > 1
    boxes = st.columns(len(drawing.parts), gap="medium") if several else [st.container() for _ in drawing.parts]
    for place, (box, part) in enumerate(zip(boxes, drawing.parts, strict=True)):
        with box:
            _put(f"{key}-{place}", part)
    st.markdown(f"{_MARKS[mark].format(mark)} `{command}`")


def choose(label: str, options: Sequence[str], key: str) -> str:
    """A switch of which one segment is always on."""
    return st.segmented_control(label, options, default=options[0], required=True, key=key, persist_state="session")


def _put(key: str, part: Chart | Table) -> None:
    if part.title:
        st.markdown(f"**{part.title}**")
    if isinstance(part, Chart):
        st.plotly_chart(part.figure, key=key, config={"displayModeBar": False}, alt=part.alt)
    else:
        rows = [dict(zip(part.columns, row, strict=True)) for row in part.rows]
        st.table(rows, border="horizontal", hide_index=True, alt=part.alt)
