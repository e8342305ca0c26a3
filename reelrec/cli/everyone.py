"""`recommend --all --data FOLDER`: everybody's lists, by several workers, as parquet."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from reelrec.cli import bars, terminal
from reelrec.errors import OptionError

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters


def write(
    data: Path,
    out: Path | None,
    n: int,
    model: str | None,
    dial: float | None,
    filters: Filters,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Write the lists of everybody in a folder of parts. Raises OptionError, ClusterError or ArtifactError."""
    from reelrec import app
    from reelrec.cluster.everyone import Wish, lists_for_everybody

    if out is None:
        raise OptionError("--all --data FOLDER writes a folder: add --out FOLDER.")
    wish = Wish(n, model, app.MIDDLE if dial is None else dial, filters)
    began = time.monotonic()
    with bars.working(f"Lists for everybody in {data.name}"):
        made = lists_for_everybody(data, out, wish, workers, cluster)
    seconds = time.monotonic() - began
    terminal.say(f"{out}: {made.people:,} people, {made.rows:,} rows.")
    if made.new:
        terminal.note(f"{made.new:,} of them now, {made.new / seconds:,.0f} a second.")
    else:
        terminal.note("They were all there.")
