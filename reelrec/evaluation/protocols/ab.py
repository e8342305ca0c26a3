"""`ab`: what did visits do in each arm of an experiment, by the host's log of events?

A visit counts from the first time its arm showed: a shelf by the arm's model that nobody chose, or a screen by the
arm's interview policy. The arm cannot have changed what came before. Each arm is compared with the first of the
experiment.

The intervals hold for a log that is evaluated once, at a number of visits fixed beforehand. Who looks every day and
stops at the first difference finds differences that are chance.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Column, Table

from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.errors import EventLogError
from reelrec.evaluation import intervals
from reelrec.evaluation.intervals import VisitMean
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Difference, Report, Row
from reelrec.evaluation.tables import Note, Printed, broken_lines
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SEEN, SLATE, Event, EventFile

NAME = "ab"
GOOD_STARS = RELEVANT_STARS
MEASURES = {
    "opened": "opened a film shown",
    "liked": f"gave {GOOD_STARS:g} stars or more",
    "seen": "marked one as seen",
    "ratings": "ratings, mean",
}


@dataclass(slots=True)
class Visit:
    """What a visit did once its arm had shown."""

    shown: set[str] = field(default_factory=set)
    rated: set[str] = field(default_factory=set)
    opened: bool = False
    liked: bool = False
    seen: bool = False

    @property
    def ratings(self) -> int:
        return len(self.rated)

    def take(self, event: Event) -> None:
        if event.kind in (SLATE, SCREEN):
            self.shown.update(event.films, [event.slot.shown] if event.slot else [])
        elif event.kind == OPENED:
            self.opened |= event.film in self.shown
        elif event.kind == RATED:
            self.rated.add(event.film)
            self.liked |= event.stars is not None and event.stars >= GOOD_STARS
        elif event.kind == SEEN:
            self.seen = True


Arms = dict[tuple[str, str], list[Visit]]  # by experiment and arm


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises EventLogError."""
    assert options.log is not None
    return run(options.log)


def tables(report: Report) -> list[Printed]:
    """A table an arm, beside the first of its experiment."""
    compared = dict.fromkeys((entry.k, entry.model) for entry in report.differences)
    advice = Note(
        "= may be chance. Still needed: visits of both arms together, to find the difference seen with a chance of "
        "80 % at 5 %. The intervals hold if you fix the number of visits beforehand and look once."
    )
    return [*(_arm_table(report, str(k), arm) for k, arm in compared), advice, *broken_lines(report)]


def run(path: Path) -> Report:
    """Rows and differences of every experiment; k is the experiment. Raises EventLogError."""
    began = time.perf_counter()
    log = EventFile(path)
    arms = by_arm(log)
    experiments = sorted({experiment for experiment, _ in arms})
    compared = [experiment for experiment in experiments if len(_names(experiment, arms)) > 1]
    if not compared:
        raise EventLogError(
            f"{path.name} has no experiment with visits in two arms, so there is nothing to compare. Set "
            "REELREC_VARIANTS, such as list:ranker,ease, and let visitors come."
        )
    rows, differences, needed = [], [], []
    for experiment in compared:
        first, *others = _names(experiment, arms)
        for metric in MEASURES:
            base = visit_mean(arms[experiment, first], metric)
            rows.append(_row(first, metric, experiment, base))
            for name in others:
                mean = visit_mean(arms[experiment, name], metric)
                keys = {"model": name, "than": first, "metric": metric, "k": experiment}
                rows.append(_row(name, metric, experiment, mean))
                differences.append(_difference(keys, mean, base))
                needed.append(keys | _needed(mean, base))
    return Report(
        protocol=NAME,
        dataset={"name": path.name, "visits": sum(map(len, arms.values())), "broken_lines": log.broken},
        rows=tuple(rows),
        seconds=time.perf_counter() - began,
        details={"needed": needed},
        differences=tuple(differences),
    )


def by_arm(events: Iterable[Event]) -> Arms:
    """The visits of each experiment and arm."""
    visits: dict[str, Visit] = {}
    arms: Arms = {}
    for event in events:
        if event.visit not in visits and event.experiment and event.variant and _shows_arm(event):
            visits[event.visit] = Visit()
            arms.setdefault((event.experiment, event.variant), []).append(visits[event.visit])
        if event.visit in visits:
            visits[event.visit].take(event)
    return arms


def visit_mean(visits: list[Visit], metric: str) -> VisitMean:
    values = np.array([getattr(visit, metric) for visit in visits], dtype=np.float64)
    return VisitMean(value=float(values.mean()), spread=float(values.std()), n=len(values), share=metric != "ratings")


def _shows_arm(event: Event) -> bool:
    kinds = {"list": SLATE, "interview": SCREEN}
    kind = (event.experiment or "").partition(":")[0]
    return event.kind == kinds.get(kind) and event.variant == event.model and not event.chosen


def _names(experiment: str, arms: Arms) -> list[str]:
    """The arms of an experiment that have visits, in the host's order."""
    names = dict.fromkeys(experiment.partition(":")[2].split(","))
    return [name for name in names if (experiment, name) in arms]


def _row(name: str, metric: str, experiment: str, mean: VisitMean) -> Row:
    low, high = mean.interval()
    return Row(model=name, metric=metric, k=experiment, value=mean.value, low=low, high=high, n=mean.n)


def _difference(keys: dict[str, str], mean: VisitMean, base: VisitMean) -> Difference:
    """keys: model, than, metric and k."""
    low, high = intervals.difference(mean, base)
    return Difference(**keys, value=mean.value - base.value, low=low, high=high, different=low > 0 or high < 0)


def _needed(mean: VisitMean, base: VisitMean) -> dict[str, int | None]:
    """Visits for each arm, and how many both lack; None where the two are equal."""
    each = intervals.visits_needed(mean, base)
    lacking = None if each is None else sum(max(0, each - arm.n) for arm in (mean, base))
    return {"visits_each": each, "visits_lacking": lacking}


def _arm_table(report: Report, experiment: str, name: str) -> Table:
    """One arm beside the first of its experiment."""
    rows = {(row.model, row.metric): row for row in report.rows if row.k == experiment}
    lacking = {
        entry["metric"]: entry["visits_lacking"]
        for entry in report.details["needed"]
        if (entry["k"], entry["model"]) == (experiment, name)
    }
    differences = [entry for entry in report.differences if (entry.k, entry.model) == (experiment, name)]
    pair = (differences[0].than, name)
    headers = [escape(f"{arm}\n{rows[arm, differences[0].metric].n:,} visits") for arm in pair]
    interval = Column("difference\n(95 % interval)", no_wrap=True)
    columns: tuple[Column | str, ...] = (Column(no_wrap=True), *headers, interval, "still\nneeded")
    table = Table(*columns, title=escape(f"ab: {experiment}"), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for entry in differences:
        visits = lacking[entry.metric]
        table.add_row(
            MEASURES[entry.metric],
            *(f"{rows[arm, entry.metric].value:.3f}" for arm in pair),
            f"{entry.value:+.3f} ({entry.low:+.3f} to {entry.high:+.3f}){'' if entry.different else ' ='}",
            "equal" if visits is None else f"{visits:,}",
        )
    return table
