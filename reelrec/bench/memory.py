"""`bench memory`: what several processes of the app hold together, with arrays of their own and with shared ones.

Each process has imported what the web server imports, loaded what it loads ahead, and served a visitor. They start one
after another, with a cache folder that is empty at first. PSS is the memory of a process with each shared page divided
by the number of processes that have it, so that PSS adds up to what the machine gives.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reelrec import app, progress
from reelrec.bench.result import Bench
from reelrec.errors import OptionError, ReelRecError
from reelrec.paths import ROOT
from reelrec.serving import memory as loading
from reelrec.serving import resources
from reelrec.visitor.profile import Profile

PROCESSES = 10
RATINGS, PICKS = 20, 24
READY = "ready"  # what a process says when it has served its visitor, before the seconds that it took
CHILD = "import streamlit_app; from reelrec.bench import memory; memory.serve()"
OWN, SHARED = "own", "shared"
FIGURES = ("Pss", "Pss_Anon", "Rss")  # of smaps_rollup; Pss_Anon: what is in no file


class Running(NamedTuple):
    """A process that has served its visitor. seconds: of a processor that this took, whatever else the machine did."""

    pid: int
    seconds: float


def memory(processes: int = PROCESSES) -> Bench:
    """Rows for the first process alone and for all, with arrays of their own and shared.

    Raises OptionError where the system does not tell PSS, ReelRecError where a process ends early.
    """
    if processes < 1:
        raise OptionError(f"--processes is {processes}. Give 1 or more.")
    held(os.getpid())  # before minutes are spent
    rows: list[dict] = []
    sizes: dict[str, float] = {}
    for arrays in progress.steps((OWN, SHARED)):
        with tempfile.TemporaryDirectory() as cache:
            rows += measured(arrays, processes, Path(cache))
            sizes |= megabytes(Path(cache) / "arrays")
    return Bench(name="memory", rows=tuple(rows), notes=(verdict(rows),), details={"shared_mb": sizes})


def measured(arrays: str, processes: int, cache: Path) -> list[dict]:
    """The rows of one way to hold arrays. cache: an empty folder."""
    environment = os.environ | {"REELREC_CACHE": str(cache), "REELREC_SHARE": "off" if arrays == OWN else "on"}
    with ExitStack() as stack:
        running, rows = [], []
        for number in progress.steps(range(1, processes + 1), names=[f"{arrays} arrays"] * processes):
            running.append(stack.enter_context(started(environment)))
            if number in (1, processes):
                rows.append(row(arrays, running))
        return rows


def row(arrays: str, running: Sequence[Running]) -> dict:
    """What these processes hold together, in MB (10^6 bytes); and what a start took of a processor."""
    figures = [held(one.pid) for one in running]
    sums = {name: sum(one[name] for one in figures) / 1e6 for name in FIGURES}
    return {
        "arrays": arrays,
        "processes": len(running),
        "pss_mb": sums["Pss"],
        "pss_mb_each": sums["Pss"] / len(running),
        "anonymous_mb": sums["Pss_Anon"],
        "rss_mb": sums["Rss"],
        "start_cpu_seconds": float(np.median([one.seconds for one in running[1:] or running])),
    }


def held(pid: int) -> dict[str, int]:
    """Bytes of a process by the names of its smaps_rollup. Raises OptionError where there is none."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise OptionError("bench memory reads /proc/PID/smaps_rollup, which this system does not have.") from error
    words = (line.split() for line in lines[1:])
    return {name.removesuffix(":"): int(kilobytes) * 1024 for name, kilobytes, _ in words}


@contextmanager
def started(environment: dict[str, str]) -> Iterator[Running]:
    """A process that has served its visitor, until the end of `with`. Raises ReelRecError where it ends before."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        command = [sys.executable, "-c", CHILD]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        with process:
            try:
                assert process.stdout is not None
                said = process.stdout.readline().split()
                if said[:1] != [READY]:
                    log.seek(0)
                    raise ReelRecError(f"A process of the bench ended before its visit:\n{log.read()[-2000:]}")
                yield Running(process.pid, float(said[1]))
            finally:
                process.kill()


def serve() -> None:
    """Serve one visitor as the pages do, say so, and wait to be ended."""
    app.warm_up()
    resources.wait_for_loader()
    first, *others = app.catalogue().best_known(1 + RATINGS)
    stars = itertools.cycle(app.HALF_STARS)
    profile = Profile(ratings={film.number: next(stars) for film in others})
    app.search(first.name, PICKS)
    app.recommend(profile, PICKS)
    app.ask(profile, app.policies()[0].name)
    app.why(profile, [first])
    loading.settle()
    print(READY, time.process_time(), flush=True)
    sys.stdin.read()


def megabytes(folder: Path) -> dict[str, float]:
    """The size of each artifact's shared arrays, the largest first."""
    places = folder.iterdir() if folder.exists() else ()
    sizes = {
        place.name.rpartition("-")[0]: sum(file.stat().st_size for file in place.iterdir()) / 1e6 for place in places
    }
    return dict(sorted(sizes.items(), key=lambda entry: -entry[1]))


def verdict(rows: Sequence[dict]) -> str:
    """What sharing saves, in a sentence."""
    own, shared = ([row for row in rows if row["arrays"] == arrays][-1] for arrays in (OWN, SHARED))
    return (
        f"{own['processes']} processes hold {own['pss_mb']:,.0f} MB together with arrays of their own and "
        f"{shared['pss_mb']:,.0f} MB with shared ones ({1 - shared['pss_mb'] / own['pss_mb']:.0%} less)."
    )
