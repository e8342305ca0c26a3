"""`evaluate ab` and `evaluate ope`: what a host's log of events says, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Column, Table

from reelrec.cli import terminal

if TYPE_CHECKING:
    from reelrec.evaluation.report import Report, Row


def compare_arms(log: Path, json_file: Path | None) -> None:
    """ab: the arms of each experiment, and what sets them apart from its first."""
    from reelrec.evaluation.protocols import ab

    with terminal.waiting(ab.NAME):
        report = ab.run(log)
    if json_file:
        report.write(json_file)
    for experiment, name in dict.fromkeys((one.k, one.model) for one in report.differences):
        _arm_table(report, experiment, name, ab.MEASURES)
    terminal.note(
        "= may be chance. Still needed: visits of both arms together, to find the difference seen with a chance of "
        "80 % at 5 %. The intervals hold if you fix the number of visits beforehand and look once."
    )
    _broken(report)


def _arm_table(report: Report, experiment: str, name: str, words: dict[str, str]) -> None:
    """One arm beside the first of its experiment."""
    rows = {(row.model, row.metric): row for row in report.rows if row.k == experiment}
    needed = {one["metric"]: one for one in report.details["needed"] if (one["k"], one["model"]) == (experiment, name)}
    pairs = [one for one in report.differences if (one.k, one.model) == (experiment, name)]
    arms = [f"{arm}\n{rows[arm, pairs[0].metric].n:,} visits" for arm in (pairs[0].than, name)]
    difference = Column("difference\n(95 % interval)", no_wrap=True)
    columns = (Column(no_wrap=True), *map(escape, arms), difference, "still\nneeded")
    drawn = Table(*columns, title=escape(f"ab: {experiment}"), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for one in pairs:
        lacking = needed[one.metric]["visits_lacking"]
        drawn.add_row(
            words[one.metric],
            *(f"{rows[arm, one.metric].value:.3f}" for arm in (one.than, name)),
            f"{one.value:+.3f} ({one.low:+.3f} to {one.high:+.3f}){'' if one.different else ' ='}",
            "equal" if lacking is None else f"{lacking:,}",
        )
    terminal.out.print(drawn)


def judge_policies(log: Path, json_file: Path | None) -> None:
    """ope: a row a policy; one whose weights leave too little is named as refused."""
    from reelrec.evaluation.protocols import ope

    with terminal.waiting(ope.NAME):
        report = ope.run(log)
    if json_file:
        report.write(json_file)
    rows = {(row.model, row.metric): row for row in report.rows}
    cells = []
    for one in report.details["policies"]:
        told = [_estimate(rows.get((one["policy"], metric))) for metric in ("ips", "snips")]
        cells.append((one["policy"], *told, f"{one['ess']:,.0f}", f"{one['largest_weight']:.1f}"))
    columns = ("policy", "IPS", "SNIPS", Column("ESS", justify="right"), Column("largest weight", justify="right"))
    data = report.dataset
    terminal.table(
        columns,
        cells,
        f"ope: {data['name']}, {data['surprises']:,} surprises in {data['visits']:,} visits, {data['liked']:,} liked",
    )
    if any(one["refused"] for one in report.details["policies"]):
        terminal.note(f"Refused: an effective sample of fewer than {ope.LEAST_ESS} tells nothing.")
    terminal.note("The share of surprises liked, with its 95 % interval, had that policy chosen them.")
    _broken(report)


def _estimate(row: Row | None) -> str:
    return f"{row.value:.3f} ({row.low:.3f}–{row.high:.3f})" if row else "refused"


def _broken(report: Report) -> None:
    if lines := report.dataset["broken_lines"]:
        terminal.note(f"{lines:,} lines of the log are no events of this version and were left out.")
