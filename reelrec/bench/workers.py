"""`bench workers`: whether 1, 2 and 4 workers learn the same arrays, and measure the same on users they never saw.

On ml-latest-small, and on a twentieth of the Letterboxd train users, whom their ids choose. Difference: the norm of
the difference from one worker's array, relative to the norm of that; the largest over a model's arrays.
"""

from __future__ import annotations

import itertools
import logging
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.result import Bench
from reelrec.cluster.engine import ray_engine
from reelrec.cluster.together import together
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.random_numbers import bits
from reelrec.data.ratings.roles import Role, has_role
from reelrec.data.ratings.workers import Workers
from reelrec.evaluation.list_measures import ranked, relevant_items
from reelrec.evaluation.metrics import ndcg_at_k
from reelrec.evaluation.protocols import new_users, top_n
from reelrec.evaluation.users import EvaluationData, evaluation_data, movielens_dataset
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Model
from reelrec.models.lists.ranker import Ranker
from reelrec.models.registry import model_class
from reelrec.training.fitting import new_model
from reelrec.training.settings import SETTINGS, SMALL_DATA
from reelrec.training.users import letterboxd_users

log = logging.getLogger(__name__)

MODELS = ("popularity", "ranker", "bmf", "dae")
WORKERS = (1, 2, 4)
SMALL, TWENTIETH = "ml-latest-small", "letterboxd / 20"
PEOPLE = 400  # test users of Letterboxd; of the small set all
KNOWN = (20,)
CUT = 100  # of the NDCG
ALIKE = 1e-4  # the largest difference that is rounding


class _Asked(NamedTuple):
    model: str
    data: str
    file: Path


def workers() -> Bench:
    """A row for each data set, model and number of workers. Raises SourceError, ArtifactError or ClusterError."""
    rows: list[dict] = []
    with tempfile.TemporaryDirectory() as scratch, ray_engine(max(WORKERS)):
        for data in progress.steps((SMALL, TWENTIETH)):
            tested = evaluation_data(SMALL) if data == SMALL else evaluation_data(people=PEOPLE)
            for model in progress.steps(MODELS):
                alone: Any = None
                for n in WORKERS:
                    file = Path(scratch) / f"{model}-{n}.npz"
                    worked = together(fit, _Asked(model, data, file), n, Path(scratch) / "run")
                    fitted: Any = model_class(model).load(file)
                    alone = alone or fitted
                    rows.append(
                        {
                            "data": data,
                            "model": model,
                            "workers": n,
                            "difference": difference(alone, fitted),
                            "metric": "rmse" if fitted.unit == "stars" else f"ndcg@{CUT}",
                            "value": measured(fitted, tested),
                            "seconds": max(one.seconds for one in worked),
                            "moved_mb": max(one.moved for one in worked) / 1e6,
                        }
                    )
                    log.info("%s", rows[-1])  # a long run that is cut off has not measured in vain
    return Bench(name="workers", rows=tuple(rows), notes=(verdict(rows),))


def users(data: str) -> Dataset:
    """Those who train."""
    if data == SMALL:
        everybody = movielens_dataset(SMALL)
        return everybody.only(has_role(everybody.user_ids, Role.TRAIN))
    everybody = letterboxd_users(shipped_store().load_catalogue(), Role.TRAIN)
    return everybody.only(bits(20, everybody.user_keys) % np.uint64(20) == 0)


def fit(worker: Workers, asked: _Asked) -> float:
    """Fit a model on this worker's users; the first worker writes it. Returns seconds."""
    dataset = users(asked.data).share(worker)
    model = new_model(asked.model, SETTINGS | SMALL_DATA if asked.data == SMALL else SETTINGS)
    worker.add(0)  # all have read
    began = time.perf_counter()
    model.fit(dataset)
    seconds = time.perf_counter() - began
    if worker.rank == 0:
        model.save(asked.file)
    return seconds


def difference(one: ArrayModel, other: ArrayModel) -> float:
    """How far two fits are from each other; 0 for equal arrays, infinite for arrays of other sizes."""
    if isinstance(one, Ranker) and isinstance(other, Ranker):  # a weight of no step is stored nowhere
        first, second = (model.numbers_.astype(np.float64) for model in (one, other))
        pairs = [(first.data, (first - second).data), (one.counts_, one.counts_ - other.counts_)]
    else:
        pairs = []
        for name in one.arrays:
            before, after = (np.asarray(model.learned()[name], dtype=np.float64) for model in (one, other))
            if before.shape != after.shape:
                return float("inf")
            pairs.append((before, before - after))
    return max(float(np.linalg.norm(gap)) / max(float(np.linalg.norm(whole)), 1e-12) for whole, gap in pairs)


def measured(model: Model, tested: EvaluationData) -> float:
    """The RMSE with 20 known ratings, or the NDCG of lists, as `new-users` and `top-n` measure them."""
    if model.unit == "stars":
        return float(new_users.rmse(model, tested.histories, KNOWN)[0])
    values = []
    for user in top_n.parts(tested):
        best, relevant = ranked(model.score(user.history), user.history), relevant_items(user)
        values.append(ndcg_at_k(np.isin(best, relevant), len(relevant), CUT))
    return float(np.mean(values))


def verdict(rows: list[dict]) -> str:
    """What the rows say, in a sentence."""
    largest = max(row["difference"] for row in rows)
    groups = itertools.groupby(rows, key=lambda row: (row["data"], row["model"]))
    alike = all(len({round(row["value"], 4) for row in group}) == 1 for _, group in groups)
    return (
        f"Arrays differ by {largest:.1e} at most, {'less' if largest <= ALIKE else 'more'} than {ALIKE:g}; metrics "
        f"{'are equal' if alike else 'differ'} to four decimals."
    )
