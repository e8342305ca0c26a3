"""`ab`: what the arms of an experiment made of visits, by the host's log of events.

A visit counts from the first time its arm showed: a shelf by the arm's model that nobody chose, or a screen by the
arm's interview. What came before, the arm cannot have changed. Each arm is set against the first of the experiment.

The intervals hold for a log that is judged once, at a number of visits fixed beforehand: who looks every day and stops
at the first difference finds differences that are none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from reelrec.errors import EventLogError
from reelrec.evaluation import intervals
from reelrec.evaluation.intervals import Measured
from reelrec.evaluation.report import Difference, Report, Row
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SEEN, SLATE, Event, EventFile

NAME = "ab"
GOOD_STARS = 4.0
MEASURES = {
    "opened": "opened a film shown",
    "liked": f"gave {GOOD_STARS:g} stars or more",
    "seen": "marked one as seen",
    "ratings": "ratings, mean",
}


@dataclass(slots=True)
class Seen:
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
            self.liked |= event.stars >= GOOD_STARS
        elif event.kind == SEEN:
            self.seen = True


def run(path: Path) -> Report:
    """Rows and differences of every experiment; k is the experiment. Raises EventLogError."""
    began = time.perf_counter()
    log = EventFile(path)
    arms = by_arm(log)
    experiments = {experiment for experiment, _ in arms}
    compared = [experiment for experiment in sorted(experiments) if len(_names(experiment, arms)) > 1]
    if not compared:
        raise EventLogError(
            f"{path.name} has no experiment with visits in two arms, so there is nothing to compare. Set "
            "REELREC_VARIANTS, such as list:ranker,ease, and let visitors come."
        )
    rows, differences, needed = [], [], []
    for experiment in compared:
        first, *others = _names(experiment, arms)
        for metric in MEASURES:
            base = measure(arms[experiment, first], metric)
            rows.append(_row(first, metric, experiment, base))
            for name in others:
                one = measure(arms[experiment, name], metric)
                rows.append(_row(name, metric, experiment, one))
                differences.append(_difference(name, first, metric, experiment, one, base))
                needed.append({"model": name, "than": first, "metric": metric, "k": experiment} | _needed(one, base))
    visits = sum(map(len, arms.values()))
    dataset = {"name": path.name, "visits": visits, "broken_lines": log.broken}
    seconds = time.perf_counter() - began
    return Report(NAME, dataset, tuple(rows), seconds, (), {"needed": needed}, tuple(differences))


def by_arm(events: Iterable[Event]) -> dict[tuple[str, str], list[Seen]]:
    """The visits of each experiment and arm."""
    visits: dict[str, Seen] = {}
    arms: dict[tuple[str, str], list[Seen]] = {}
    for event in events:
        if event.visit not in visits and _shows_arm(event):
            visits[event.visit] = Seen()
            arms.setdefault((event.experiment, event.variant), []).append(visits[event.visit])
        if event.visit in visits:
            visits[event.visit].take(event)
    return arms


def measure(visits: list[Seen], metric: str) -> Measured:
    values = np.array([getattr(visit, metric) for visit in visits], dtype=np.float64)
    return Measured(float(values.mean()), float(values.std()), len(values), metric != "ratings")


def _shows_arm(event: Event) -> bool:
    kinds = {"list": SLATE, "interview": SCREEN}
    kind = (event.experiment or "").partition(":")[0]
    return event.kind == kinds.get(kind) and event.variant == event.model and not event.chosen


def _names(experiment: str, arms: dict[tuple[str, str], list[Seen]]) -> list[str]:
    """The arms of an experiment that have visits, in the host's order."""
    names = dict.fromkeys(experiment.partition(":")[2].split(","))
    return [name for name in names if (experiment, name) in arms]


def _row(name: str, metric: str, experiment: str, one: Measured) -> Row:
    return Row(name, metric, experiment, one.value, *one.interval(), one.n)


def _difference(name: str, than: str, metric: str, experiment: str, one: Measured, other: Measured) -> Difference:
    low, high = intervals.difference(one, other)
    return Difference(name, than, metric, experiment, one.value - other.value, low, high, low > 0 or high < 0)


def _needed(one: Measured, other: Measured) -> dict[str, int | None]:
    """Visits for each arm, and how many both lack; None where the two are equal."""
    each = intervals.visits_needed(one, other)
    lacking = None if each is None else sum(max(0, each - arm.n) for arm in (one, other))
    return {"visits_each": each, "visits_lacking": lacking}
