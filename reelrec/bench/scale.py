"""`bench scale`: what training costs by the number of ratings and of workers: seconds, memory, bytes moved.

Each model learns a piece of its work that is a sum over ratings: `popularity` all, `ranker` all, `bmf` the principal
components and three sweeps, `dae` one epoch. Every row is a run of its own, in processes that Ray starts.
"""

from __future__ import annotations

import itertools
import logging
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.result import Bench
from reelrec.cluster.engine import ray_engine
from reelrec.cluster.together import together
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.data.ratings.workers import Workers
from reelrec.errors import OptionError
from reelrec.training.fitting import new_model
from reelrec.training.settings import SETTINGS, Settings

log = logging.getLogger(__name__)

MILLIONS = (1.0, 3.0, 13.5, 50.0, 200.0)
WORKERS = (1, 2)
PIECES: dict[str, Settings] = {
    "popularity": {},
    "ranker": {},
    "bmf": {"samples": 1, "burn_in": 2, "thin": 1},
    "dae": {"epochs": 1},
}
LEAST_SECONDS = 1.0  # of a row in the fit of the exponent: a shorter one measures the start of loops


class Sample(NamedTuple):
    """The first parts of a folder: about as many ratings of train users as were asked for. data: its name."""

    folder: Path
    data: str
    parts: int
    ratings: int
    people: int


class _Asked(NamedTuple):
    model: str
    sample: Sample


def scale(folders: Sequence[Path], millions: Sequence[float] = MILLIONS) -> Bench:
    """A row for each model, size and number of workers. folders: of parts; a size is taken of the first that has it.

    Raises OptionError, PartsError or ClusterError.
    """
    if not folders:
        raise OptionError("bench scale measures on folders of parts: name them with --data, the smaller ones first.")
    opened = [Parts.open(folder) for folder in folders]
    samples = list(dict.fromkeys(sample_of(opened, size) for size in sorted(millions)))
    rows: list[dict] = []
    with tempfile.TemporaryDirectory() as scratch, ray_engine(max(WORKERS)):
        runs = list(itertools.product(reversed(samples), PIECES, WORKERS))  # what does not fit shows at once
        names = [f"{model} on {one.ratings / 1e6:.1f} million, {n} workers" for one, model, n in runs]
        for sample, model, workers in progress.steps(runs, names=names):
            worked = together(fit, _Asked(model, sample), workers, Path(scratch) / "run")
            rows.append(
                {
                    "model": model,
                    "ratings": sample.ratings,
                    "people": sample.people,
                    "workers": workers,
                    "seconds": max(one.seconds for one in worked),
                    "peak_gb": max(one.peak for one in worked) / 1e9,
                    "moved_mb": max(one.moved for one in worked) / 1e6,
                    "data": sample.data,
                }
            )
            log.info("%s", rows[-1])  # a long run that is cut off has not measured in vain
    rows.sort(key=lambda row: row["ratings"])
    curves = [curve(rows, model, workers) for model, workers in itertools.product(PIECES, WORKERS)]
    return Bench(name="scale", rows=tuple(rows), notes=tuple(map(said, filter(None, curves))),
                 details={"curves": [one for one in curves if one]})  # fmt: skip


def sample_of(opened: Sequence[Parts], millions: float) -> Sample:
    """The parts nearest to so many ratings. Raises OptionError where no folder has them."""
    wanted = millions * 1e6
    for parts in opened:
        files = parts.index.of_role(Role.TRAIN)
        sizes = np.cumsum([file.ratings for file in files])
        if sizes[-1] >= 0.98 * wanted:
            n = int(np.argmin(np.abs(sizes - wanted))) + 1
            people = sum(file.people for file in files[:n])
            return Sample(parts.folder.resolve(), parts.name, n, int(sizes[n - 1]), people)
    raise OptionError(f"No folder of --data has {millions:g} million ratings of train users. Make one: data synth")


def fit(worker: Workers, asked: _Asked) -> float:
    """Fit a piece of a model on this worker's parts. Returns seconds, without those of reading."""
    model, sample = asked
    parts, films = Parts.open(sample.folder), shipped_store().load_catalogue()
    if sample.parts >= worker.n:
        mine = range(worker.rank, sample.parts, worker.n)
        dataset = replace(parts.read(Role.TRAIN, mine, films), workers=worker)
    else:  # too few parts: the workers share the users of all of them
        dataset = parts.read(Role.TRAIN, range(sample.parts), films).share(worker)
    made = new_model(model, {model: SETTINGS.get(model, {}) | PIECES[model]})
    worker.add(0)  # all have read
    began = time.perf_counter()
    made.fit(dataset)
    return time.perf_counter() - began


def curve(rows: Sequence[dict], model: str, workers: int) -> dict[str, Any] | None:
    """seconds = fixed + each x million ratings, and the exponent of ratings in what is not fixed; None for few rows.

    The line is the least squares of relative errors, and not below zero.
    """
    from scipy.optimize import nnls

    own = [row for row in rows if (row["model"], row["workers"]) == (model, workers)]
    long = [row for row in own if row["seconds"] >= LEAST_SECONDS]
    if len(own) < 3:
        return None
    ratings, seconds = (np.array([row[name] for row in own], dtype=np.float64) for name in ("ratings", "seconds"))
    (fixed, each), _ = nnls(np.column_stack([np.ones(len(own)), ratings / 1e6]) / seconds[:, None], np.ones(len(own)))
    exponent = None
    if len(long) >= 2:
        more = np.array([[row["ratings"], max(row["seconds"] - fixed, 1e-3)] for row in long])
        log_ratings, log_seconds = np.log(more).T
        exponent = float(np.polyfit(log_ratings, log_seconds, 1)[0])
    return {
        "model": model,
        "workers": workers,
        "fixed_seconds": float(fixed),
        "seconds_a_million": float(each),
        "exponent": exponent,
        "peak_gb": max(row["peak_gb"] for row in own),
    }


def said(curve: dict[str, Any]) -> str:
    """A curve in a sentence."""
    grows = "" if curve["exponent"] is None else f"; the exponent of ratings is {curve['exponent']:.2f}"
    workers = "1 worker" if curve["workers"] == 1 else f"{curve['workers']} workers"
    return (
        f"{curve['model']}, {workers}: {curve['fixed_seconds']:.1f} s and "
        f"{curve['seconds_a_million']:.2f} s for each million ratings{grows}. Peak memory {curve['peak_gb']:.1f} GB."
    )
