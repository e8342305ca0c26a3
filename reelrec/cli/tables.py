"""How the reports of `evaluate` look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Column, Table

from reelrec.cli import terminal

if TYPE_CHECKING:
    from reelrec.evaluation.report import Difference, Report, Row

LOWER_IS_BETTER = {"rmse", "mae", "mae_median", "nll"}


def report_table(report: Report, k: str = "k", than: str = "the row above") -> None:
    """Below each measure a row a model, a column a k; and whether a number is set apart from the row above.

    k: what the columns are called. than: what the last difference of a number is from.
    """
    cells = {(row.metric, row.model, row.k): row for row in report.rows}
    marks = {(one.metric, one.model, one.k): _mark(one) for one in report.differences}
    cuts = sorted(dict.fromkeys(row.k for row in report.rows), key=_place)
    names = ("" if cut is None else f"{k} {cut}" for cut in cuts)
    drawn = Table(Column(no_wrap=True), *names, title=_title(report), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for metric in dict.fromkeys(row.metric for row in report.rows):
        drawn.add_section()
        drawn.add_row(metric, style="bold")
        for model in dict.fromkeys(row.model for row in report.rows if row.metric == metric):
            keys = [(metric, model, cut) for cut in cuts]
            drawn.add_row(model, *(_cell(cells.get(key), marks.get(key, "")) for key in keys))
    terminal.out.print(drawn)
    if report.differences:
        terminal.note(
            f"▲ better, ▼ worse than {than}, ≠ other: the 95 % interval of the difference on the same people "
            "leaves out 0. = may be chance."
        )
    _notes(report)


def split_table(report: Report) -> None:
    """A row a split, a column a model, and whether its error is set apart from that of the model on its left."""
    cells = {(row.metric, row.k, row.model): row for row in report.rows}
    marks = {(one.metric, one.k, one.model): _mark(one) for one in report.differences}
    models = dict.fromkeys(row.model for row in report.rows)
    drawn = Table("", *models, title=_title(report), box=SIMPLE_HEAD)
    for metric, k in sorted(dict.fromkeys((row.metric, row.k) for row in report.rows), key=lambda pair: pair[0]):
        keys = [(metric, k, model) for model in models]
        name = f"{k}" if metric == "rmse" else f"{k}: {metric}"
        drawn.add_row(name, *(_cell(cells.get(key), marks.get(key, "")) for key in keys))
    terminal.out.print(drawn)
    terminal.note(
        "RMSE. ▲ better, ▼ worse than the model on the left: the 95 % interval of the difference on the same people "
        "leaves out 0. = may be chance."
    )
    _notes(report)


def _place(k: float | str | None) -> tuple[bool, float]:
    """Numbers in their order; words after them, as they came."""
    return (False, k) if isinstance(k, int | float) else (True, 0)


def _mark(one: Difference) -> str:
    if not one.different:
        return "="
    if one.metric.startswith("coverage"):  # should be near its share, neither high nor low
        return "≠"
    return "▲" if (one.value < 0) == (one.metric in LOWER_IS_BETTER) else "▼"


def notebook_table(report: Report, notebook: dict[str, tuple[float, float]]) -> None:
    """seed-svd: ours beside the notebook's, where it has that model."""
    value = {(row.model, row.metric): row.value for row in report.rows}
    drawn = Table("model", "validation", "RMSE", "MAE", "notebook RMSE", "notebook MAE", title=_title(report))
    for model in dict.fromkeys(row.model for row in report.rows):
        for validation, prefix in (("3-fold", "cv_"), ("hold-out", "")):
            if (model, f"{prefix}rmse") not in value or (model, prefix) == ("svd-tuned-cv", ""):
                continue
            ours = [f"{value[model, prefix + metric]:.4f}" for metric in ("rmse", "mae")]
            told = model in notebook and prefix == ("" if model == "svd" else "cv_")
            printed = [f"{number:.4f}" for number in notebook[model]] if told else ["", ""]
            drawn.add_row(model, validation, *ours, *printed)
    terminal.out.print(drawn)
    _notes(report)


def _title(report: Report) -> str:
    data = report.dataset
    return f"{report.protocol}: {data['name']}, {data['people']:,} people, {data['ratings']:,} ratings"


def sentences(report: Report) -> None:
    """What a protocol has to say beside its numbers."""
    for sentence in report.notes:
        terminal.say(sentence)


def _notes(report: Report) -> None:
    sentences(report)
    terminal.note(f"± half the 95 % interval over people, which the JSON has in full. {report.seconds:,.0f} s.")


def _cell(row: Row | None, mark: str) -> str:
    """The value with its mark, and half the width of its interval."""
    if row is None:
        return ""
    half = "" if row.low is None or row.high is None else f" ±{_number((row.high - row.low) / 2, row.value)}"
    return _number(row.value, row.value) + mark + half


def _number(value: float, beside: float) -> str:
    """Four decimals without the leading zero, or none for counts: as fits the value it stands beside."""
    return f"{value:.0f}" if beside >= 10 else f"{value:.4f}".removeprefix("0")
