"""What frames a picture: its heading, what to see in it, the picture, the command that made it, who can run that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from reelrec import app
from reelrec.ui.dashboards.parts.reading import Report

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
NAMES = "Of"  # heads a column of names that has no heading of its own
GET = "python -m reelrec data get ml-latest-small"
# What reading a JSON of another shape raises: one that is cut off, of another version, or edited.
BROKEN = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, as plain data that Plotly draws. alt: the finding, for people who cannot see it. title: Markdown."""

    figure: dict[str, Any]
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. columns, rows: Markdown, so the caller escapes texts from outside; floats show four decimals.

    alt: the finding, for people who cannot see it. title: Markdown.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str | float]]
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a section shows. meaning: what to see in it, in Markdown. parts: side by side where there is room."""

    meaning: str
    parts: tuple[Chart | Table, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture comes from. name: of its JSON. command: what makes the JSON. mark: RERUN or CLOSED."""

    name: str
    command: str
    mark: str


def report(name: str) -> Report:
    """The JSON artifacts/metrics/NAME.json. Raises LookupError where it is missing or broken."""
    measured = app.metrics(name)
    if measured is None:
        raise LookupError(f"artifacts/metrics/{name}.json")
    return measured


def section(name: str, about: str) -> None:
    """Draw the heading of a section and what it is about. name: a key of SECTIONS. about: Markdown."""
    st.space("small")
    st.header(SECTIONS[name], anchor=name)
    st.container(width=READING).markdown(about)


@contextmanager
def card(heading: str, anchor: str | None = None, alone: bool = False) -> Iterator[None]:
    """The box of a picture; boxes of one row are equally high. alone: it stands in no section."""
    with st.container(border=True, height="stretch"):
        (st.header if alone else st.subheader)(heading, anchor=anchor or False)
        yield


def draw(key: str, build: Callable[[], Drawing], command: str, mark: str) -> None:
    """Draw a picture with its command and mark; a sentence that says what to run where its JSON is missing or broken.

    key: names the charts. build: raises one of BROKEN where the JSON cannot be read. mark: RERUN or CLOSED.
    """
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
    """Draw a switch; the option that is on. key: of the widget."""
    return st.segmented_control(label, options, default=options[0], required=True, key=key, persist_state="session")


def _put(key: str, part: Chart | Table) -> None:
    if part.title:
        st.markdown(f"**{part.title}**")
    if isinstance(part, Chart):
        st.plotly_chart(part.figure, key=key, config={"displayModeBar": False}, alt=part.alt)
    else:
        columns = [name.strip() or NAMES for name in part.columns]  # every column has a heading
        rows = [dict(zip(columns, row, strict=True)) for row in part.rows]
        st.table(rows, border="horizontal", hide_index=True, alt=part.alt)
