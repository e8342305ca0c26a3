"""How a report looks in a terminal."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from reelrec.cli import terminal
from reelrec.evaluation import tables
from reelrec.evaluation.report import Difference, Report, Row


@pytest.fixture
def drawn(monkeypatch):
    """The table of a report as it stands in a terminal of this width."""

    def draw(report: Report, width: int) -> str:
        written = io.StringIO()
        for name in ("out", "err"):
            monkeypatch.setattr(terminal, name, Console(file=written, width=width, highlight=False))
        terminal.show(tables.by_metric(report))
        return written.getvalue()

    return draw


def report(*differences: Difference) -> Report:
    rows = [
        Row(model=model, metric=metric, k=k, value=0.75, low=0.70, high=0.80, n=9)
        for metric in ("rmse", "like_accuracy", "coverage90")
        for model in ("baseline", "leader")
        for k in (5, "all", 0, 20)
    ]
    return Report(
        protocol="new-users",
        dataset={"name": "d", "people": 9, "ratings": 90},
        rows=tuple(rows),
        seconds=1.0,
        differences=differences,
    )


def apart(metric: str, k: int | str, value: float, different: bool = True) -> Difference:
    return Difference(
        model="leader",
        than="baseline",
        metric=metric,
        k=k,
        value=value,
        low=value - 0.1,
        high=value + 0.1,
        different=different,
    )


def test_a_mark_says_whether_a_number_is_better_or_worse_than_the_row_above(drawn):
    text = drawn(
        report(
            apart("rmse", 0, -0.2), apart("rmse", 5, 0.2), apart("rmse", "all", 0.05, different=False),
            apart("like_accuracy", 0, -0.2), apart("like_accuracy", 5, 0.2), apart("coverage90", 5, 0.2),
        ),
        140,
    )  # fmt: skip
    lines = [line.split() for line in text.splitlines() if line.strip().startswith("leader")]
    assert [[cell[-1] for cell in line[1::2]] for line in lines] == [
        ["▲", "▼", "0", "="], ["▼", "▲", "0", "0"], ["0", "≠", "0", "0"],
    ]  # fmt: skip
    assert "▲ better, ▼ worse than the row above" in text


def test_the_columns_stand_in_the_order_of_k_and_a_table_without_differences_needs_no_legend(drawn):
    text = drawn(report(), 140)
    assert "k 0 k 5 k 20 k all" in " ".join(text.split())
    assert "▲" not in text


def test_seven_columns_fit_into_a_narrow_terminal(drawn):
    narrow = report()
    more = tuple(Row(model="svd", metric="rmse", k=k, value=0.7, low=0.6, high=0.8, n=9) for k in (3, 10, 50))
    wide = replace(narrow, rows=(*narrow.rows, *more))
    text = drawn(wide, 80)
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80
