"""Progress bars on stderr, with the time left; where stderr is no terminal there are none.

The time left follows the share that the work says is done (`reelrec.progress`), and before it says any, how long the
same work took last. Of work that says nothing and was never timed, only the time that has passed is known.
"""

from __future__ import annotations

import datetime
import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress_bar import ProgressBar
from rich.text import Text

from reelrec import progress
from reelrec.cli.terminal import err

A_SECOND = 2  # drawings; more would take time from what is measured
LEAST_SECONDS = 1.0  # of a loop, before its share tells when it ends


@contextmanager
def working(what: str, expected: float | None = None) -> Iterator[None]:
    """A bar for the work inside, with the name of its step. expected: seconds that it took last."""
    pace = Pace(expected)
    columns = (TextColumn("{task.description}"), _Bar(pace), TimeElapsedColumn(), _Left(pace))
    with _drawn(*columns) as bar:
        task, shown = bar.add_task(escape(what)), ""

        def tell(share: float, name: str) -> None:
            nonlocal shown
            pace.tell(share)
            if name != shown:
                shown = name
                bar.update(task, description=escape(f"{what}: {name}" if name else what), refresh=True)

        with progress.watched(tell):
            yield


def in_stages(what: str, *stages: tuple[str, Callable[[Any], Any]]) -> Any:
    """Work in stages, each of which gets what the one before it made: what the last one made. stages: with names."""
    made = None
    with working(what):
        for _, stage in progress.steps(stages, names=[name for name, _ in stages]):
            made = stage(made)
    return made


@contextmanager
def receiving(name: str) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for a download or a copy. It gives a function that takes a step, its bytes done, and its bytes in all."""
    with _drawn(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task(name, total=None)
        yield lambda what, done, size: bar.update(task, description=f"{name}: {what}", completed=done, total=size)


def last_seconds(name: str) -> float | None:
    """How long the work took whose report is artifacts/metrics/NAME.json; None where none says it."""
    from reelrec.artifacts.store import shipped_store

    try:
        seconds = json.loads(shipped_store().metrics_path(name).read_text(encoding="utf-8"))["seconds"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return float(seconds) if isinstance(seconds, int | float) else None


class Pace:
    """When work will end. expected: seconds that it takes, if known. now: gives the time in seconds."""

    def __init__(self, expected: float | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._began = now, now()
        self._loop_began, self._share = self._began, 0.0
        self._end = None if expected is None else self._began + expected

    def tell(self, share: float) -> None:
        """The share of a loop that is done, from 0 to 1. At 0 a loop begins; less than before is not heeded."""
        if share == 0:
            self._end = None if self._share else self._end
            self._loop_began, self._share = self._now(), 0.0
        elif share > self._share:
            self._share, lasted = share, self._now() - self._loop_began
            if lasted >= LEAST_SECONDS:
                self._end = self._loop_began + lasted / share

    def seconds_left(self) -> float | None:
        """None where it is not known, also because the time that was expected is over."""
        left = -1.0 if self._end is None else self._end - self._now()
        return left if left >= 0 else None

    def done(self) -> float | None:
        """The share of its time that has passed, up to 1; None where it is not known."""
        left, passed = self.seconds_left(), self._now() - self._began
        return None if left is None else passed / max(passed + left, 1e-9)


class _Bar(ProgressColumn):
    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> ProgressBar:
        done = self._pace.done()
        total = None if done is None else 1.0  # without a total it pulses
        return ProgressBar(total=total, completed=done or 0.0, width=30, animation_time=task.get_time())


class _Left(ProgressColumn):
    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> Text:
        left = self._pace.seconds_left()
        return Text("" if left is None else f"{datetime.timedelta(seconds=math.ceil(left))} left", "progress.remaining")


def _drawn(*columns: ProgressColumn) -> Progress:
    """A bar that vanishes when its work is done, and that is drawn in a terminal only."""
    return Progress(
        *columns,
        console=err,
        refresh_per_second=A_SECOND,
        transient=True,
        redirect_stdout=False,
        disable=not err.file.isatty(),
    )
