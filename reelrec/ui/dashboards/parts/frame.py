"""What frames a figure: its subject, its finding as a title, two lines on how to see it, and what is folded away.

Folded away are its numbers, what else there is to say, the command that made it, and who can run that. A fold is drawn
when it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.reading import Report
from reelrec.ui.figure import draw_figure
from reelrec.ui.frame import turn

RERUN, CLOSED = N_("You can re-run this"), N_("Needs ratings that may not be shared")
_MARKS = {RERUN: ":green-badge[:material/replay: {}]", CLOSED: ":gray-badge[:material/lock: {}]"}
READING = 760  # px; a longer line of prose is hard to read
NAMES = N_("Of")  # heads a column of names that has no heading of its own
GET = "python -m reelrec data get ml-latest-small"
# What reading a JSON of another shape raises: one that is cut off, of another version, or edited.
BROKEN = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


class Part(Protocol):
    """What a figure shows: a chart, bars or a table. alt: the finding, for people who cannot see it."""

    @property
    def alt(self) -> str: ...
    @property
    def title(self) -> str: ...
    def draw(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, as plain data that Plotly draws. alt: the finding, for people who cannot see it. title: Markdown."""

    figure: dict[str, Any]
    alt: str
    title: str = ""

    def draw(self, key: str) -> None:
        """Draw it. key: names the chart."""
        draw_figure(self.figure, key, self.alt)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. columns: texts of the catalogue, or Markdown. rows: Markdown, so the caller escapes texts from outside;
    a number has four decimals.

    alt: the finding, for people who cannot see it. title: Markdown.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str | float]]
    alt: str
    title: str = ""

    def draw(self, key: str) -> None:
        """Draw it; a table needs no key."""
        columns = [_(name.strip() or NAMES) for name in self.columns]  # every column has a heading
        rows = [dict(zip(columns, map(_written, row), strict=True)) for row in self.rows]
        st.table(rows, border="horizontal", hide_index=True, alt=self.alt)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a figure says and shows; all texts are Markdown.

    finding: its title, a sentence made from the numbers, without a full stop. note: two lines at most. parts: side by
    side where there is room. numbers, more: tables and words that are folded away.
    """

    finding: str
    note: str
    parts: tuple[Part, ...]
    numbers: tuple[Table, ...] = ()
    more: str = ""


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


def section(heading: str, about: str) -> None:
    """Draw the heading of a section and what it is about, in a few lines. about: Markdown."""
    st.header(heading, anchor=False)
    st.container(width=READING).markdown(about)


@contextmanager
def card(subject: str) -> Iterator[None]:
    """The box of a figure, with what it is about in a few words; boxes of one row are equally high."""
    with st.container(border=True, height="stretch"):
        st.markdown(f":small[:gray[{subject}]]")
        yield


@turn.fragment()
def draw(key: str, build: Callable[[], Drawing], command: str, mark: str, anchor: str | None = None) -> None:
    """Draw a figure with its title and its fold; a sentence that says what to run where its JSON cannot be read.

    key: names the charts and the fold. build: raises one of BROKEN where the JSON cannot be read. mark: RERUN or
    CLOSED. anchor: of the title, where another place links to it.
    """
    try:
        drawing = build()
    except BROKEN:
        missing(command, mark)
        return
    st.subheader(drawing.finding, anchor=anchor or False)
    if drawing.note:
        st.container(width=READING).markdown(drawing.note)
    _side_by_side(key, drawing.parts)
    label = _("Numbers and command") if drawing.numbers else _("Details and command") if drawing.more else _("Command")
    with st.expander(label, key=f"{key}-fold", type="compact", on_change="rerun") as fold:
        if fold.open:
            st.container(width=READING).markdown(drawing.more)
            for table in drawing.numbers:
                _put("", table)
            st.markdown(f"{_MARKS[mark].format(_(mark))} `{command}`")


def missing(command: str, mark: str) -> None:
    """Say that a measurement is not there, and what to run."""
    st.info(
        _(
            "There is nothing to draw: what was measured is missing or cannot be read. This makes it: `{command}`",
            command=command,
        )
    )
    st.markdown(_MARKS[mark].format(_(mark)))


def choose(label: str, options: Sequence[str], key: str) -> str:
    """Draw a switch; the option that is on. options: texts of the catalogue. key: of the widget."""
    return st.segmented_control(
        label, options, default=options[0], required=True, key=key, persist_state="session", format_func=_
    )


def _written(cell: str | float) -> str:
    return cell if isinstance(cell, str) else digits(cell, ".4f")


def _side_by_side(key: str, parts: Sequence[Part]) -> None:
    """Charts and tables in a row; on a phone below each other. key: names the charts."""
    boxes = st.columns(len(parts), gap="medium") if len(parts) > 1 else [st.container() for _ in parts]
    for place, (box, part) in enumerate(zip(boxes, parts, strict=True)):
        with box:
            _put(f"{key}-{place}", part)


def _put(key: str, part: Part) -> None:
    """key: names a chart."""
    if part.title:
        st.markdown(f"**{part.title}**")
    part.draw(key)
