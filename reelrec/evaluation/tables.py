"""What a report looks like in a terminal: tables, sentences of the result, and notes beside it. `cli` prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Column, Table

if TYPE_CHECKING:
    from reelrec.evaluation.report import Difference, K, Report, Row

LOWER_IS_BETTER = {"rmse", "mae", "mae_median", "nll"}


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing that is not the result; it goes to stderr."""

    text: str


Printed = Table | str | Note  # what is printed of a report, in order; str: a sentence of the result


def plain(columns: Sequence[str | Column], rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    """A table of texts that may come from outside: nothing in them is read as markup."""
    table = Table(*columns, title=title and escape(title))
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    return table


def by_metric(
    report: Report, k: str = "k", than: str = "the row above", shown: Collection[K] | None = None
) -> list[Printed]:
    """Below each metric a row a model and a column a k; and whether a number differs from that of the row above.

    k: what the columns are called. than: what the last difference of a number is from. shown: the k of the columns; by
    default all.
    """
    rows = [row for row in report.rows if shown is None or row.k in shown]
    cells = {(row.metric, row.model, row.k): row for row in rows}
    marks = {(entry.metric, entry.model, entry.k): _mark(entry) for entry in report.differences}
    cuts = sorted(dict.fromkeys(row.k for row in rows), key=_column_order)
    headers = ("" if cut is None else f"{k} {cut}" for cut in cuts)
    table = Table(Column(no_wrap=True), *headers, title=title(report), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for metric in dict.fromkeys(row.metric for row in rows):
        table.add_section()
        table.add_row(metric, style="bold")
        for model in dict.fromkeys(row.model for row in rows if row.metric == metric):
            keys = [(metric, model, cut) for cut in cuts]
            table.add_row(model, *(_cell(cells.get(key), marks.get(key, "")) for key in keys))
    legend = Note(
        f"▲ better, ▼ worse than {than}, ≠ other: the 95 % interval of the difference on the same people "
        "leaves out 0. = may be chance."
    )
    return [table, *([legend] if report.differences else ()), *endnotes(report)]


def by_split(report: Report) -> list[Printed]:
    """A row a split and a column a model; and whether its error differs from that of the model on its left."""
    cells = {(row.metric, row.k, row.model): row for row in report.rows}
    marks = {(entry.metric, entry.k, entry.model): _mark(entry) for entry in report.differences}
    models = dict.fromkeys(row.model for row in report.rows)
    table = Table("", *models, title=title(report), box=SIMPLE_HEAD)
    for metric, k in sorted(dict.fromkeys((row.metric, row.k) for row in report.rows), key=lambda pair: pair[0]):
        keys = [(metric, k, model) for model in models]
        name = f"{k}" if metric == "rmse" else f"{k}: {metric}"
        table.add_row(name, *(_cell(cells.get(key), marks.get(key, "")) for key in keys))
    legend = Note(
        "RMSE. ▲ better, ▼ worse than the model on the left: the 95 % interval of the difference on the same people "
        "leaves out 0. = may be chance."
    )
    return [table, legend, *endnotes(report)]


def title(report: Report) -> str:
    """The protocol and the size of its data."""
    data = report.dataset
    return f"{report.protocol}: {data['name']}, {data['people']:,} people, {data['ratings']:,} ratings"


def endnotes(report: Report) -> list[Printed]:
    """The report's sentences, and how to read its intervals."""
    return [
        *report.notes,
        Note(f"± half the 95 % interval over people, which the JSON has in full. {report.seconds:,.0f} s."),
    ]


def broken_lines(report: Report) -> list[Printed]:
    """A note on the lines of a log that could not be read."""
    lines = report.dataset["broken_lines"]
    return [Note(f"{lines:,} lines of the log are no events of this version and were left out.")] if lines else []


def _column_order(k: K) -> tuple[bool, float]:
    """Numbers in their order; words after them, as they came."""
    return (False, k) if isinstance(k, int | float) else (True, 0)


def _mark(difference: Difference) -> str:
    if not difference.different:
        return "="
    if difference.metric.startswith("coverage"):  # should be near its share, neither high nor low
        return "≠"
    return "▲" if (difference.value < 0) == (difference.metric in LOWER_IS_BETTER) else "▼"


def _cell(row: Row | None, mark: str) -> str:
    """The value with its mark, and half the width of its interval."""
    if row is None:
        return ""
    half = "" if row.low is None or row.high is None else f" ±{_number((row.high - row.low) / 2, row.value)}"
    return _number(row.value, row.value) + mark + half


def _number(value: float, beside: float) -> str:
    """Four decimals without the leading zero, or none for counts: as fits the value it stands beside."""
    return f"{value:.0f}" if beside >= 10 else f"{value:.4f}".removeprefix("0")
