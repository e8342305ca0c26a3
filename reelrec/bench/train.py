"""`bench train`: how long `bmf` learns and how much memory that takes, by the number of ratings; and beside myFM.

By size: the settings that ship, on samples of the Letterboxd people who train (0-7), each in a process of its own.
Beside myFM, a factorisation machine under a Gibbs sampler too (T. Ohtsuki, myfm on PyPI): the split of `seed-svd`, and
the same features (person, film, genres, years; not who rated what), rank and number of sweeps for both.
"""

from __future__ import annotations

import io
import multiprocessing
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr
from pathlib import Path

import numpy as np

from reelrec.artifacts import store
from reelrec.bench.result import Bench, machine
from reelrec.data import half_stars
from reelrec.data.dataset import Dataset
from reelrec.data.roles import Role
from reelrec.errors import OptionError
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.notebook import seed_svd
from reelrec.evaluation.users import movielens_dataset
from reelrec.models.bmf import BMF
from reelrec.sources.registry import source
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA
from reelrec.training.users import letterboxd_users

MODEL = "bmf"
MILLIONS = (1.0, 3.0, 14.0)  # the last is more than there are: everybody
SEED = 42
INSTALL = 'pip install myfm==0.4.0 "setuptools<81"'


def train(millions: Sequence[float] = MILLIONS, doing: Callable[[str], object] = lambda what: None) -> Bench:
    """Seconds and peak memory by size; RMSE and seconds beside myFM. What cannot be measured here is said in a note."""
    rows, peer, notes = [], [], []
    if source("letterboxd").folder is None:
        notes.append("Letterboxd ratings are not on this machine, so training by their number was not measured.")
    else:
        for size in sorted(millions):
            doing(f"bench train: {MODEL} on {size:g} million ratings")
            rows.append(in_own_process(by_size, int(size * 1e6)))
        notes.append("peak_gb: of the whole process, which reads all Letterboxd ratings before it takes its sample.")
    if source(seed_svd.DATA).folder is None:
        notes.append(f"myFM was not measured. Run: python -m reelrec data get {seed_svd.DATA}")
    elif not has_myfm():
        notes.append(f"myFM is not installed, so it was not measured. Run: {INSTALL}")
    else:
        doing("bench train: beside myFM")
        split = seed_split()
        peer = [ours(split), theirs(split)]
        notes.append(verdict(*peer))
    gpu = gpu_name()
    notes.append(f"Ours on {machine()['cores']} cores and {gpu or 'no GPU'}.")
    return Bench("train", tuple(rows), tuple(notes), tuple(peer), machine() | {"gpu": gpu})


def by_size(ratings: int) -> dict:
    """Train on people with about that many ratings together."""
    dataset = sample(letterboxd_users(store.load_catalogue(), Role.TRAIN), ratings)
    model = fitting.new_model(MODEL)
    began = time.perf_counter()
    model.fit(dataset)
    seconds = time.perf_counter() - began
    counts = {"people": dataset.n_users, "ratings": len(dataset.items)}
    return {"model": MODEL} | counts | {"seconds": seconds, "peak_gb": peak_bytes() / 1e9}


def sample(dataset: Dataset, ratings: int) -> Dataset:
    """People in a seeded random order, while their ratings together are no more than that; at least one person."""
    order = np.random.default_rng(SEED).permutation(dataset.n_users)
    total = np.cumsum(np.diff(dataset.start)[order])
    chosen = np.zeros(dataset.n_users, dtype=bool)
    chosen[order[: max(1, np.searchsorted(total, ratings, side="right"))]] = True
    return dataset.only(chosen)


def in_own_process(work: Callable[[int], dict], ratings: int) -> dict:
    """What work(ratings) gives, from a new process, so that its peak of memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, ratings).result()


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the process that started this one held
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line[:6] == "VmHWM:")
    try:
        import resource
    except ImportError as error:
        raise OptionError("bench train reads peak memory from the system, and this one does not tell it.") from error
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def seed_split() -> Split:
    """The split of `seed-svd` with genres and years. Raises OptionError."""
    everybody = movielens_dataset(seed_svd.DATA)
    return Split.of_frames(seed_svd.DATA, *seed_svd.frames(), everybody.item_ids, everybody.features)


def ours(split: Split) -> dict:
    """`bmf` with the settings for small data, but without who rated what as information, which myFM is not given."""
    model = BMF(**SMALL_DATA[MODEL] | {"components": 0, "rater_components": 0})
    began = time.perf_counter()
    model.fit(split.training)
    seconds = time.perf_counter() - began
    return _row(MODEL, split, held_out.predictions(model, split)["error"], seconds)


def theirs(split: Split) -> dict:
    """myFM, which averages all of its sweeps after the burn-in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns
        from myfm import MyFMGibbsRegressor, RelationBlock
    from scipy.sparse import eye_array, hstack

    settings, known = SMALL_DATA[MODEL], split.training
    blocks = [eye_array(known.n_items), *known.features.values()]
    everybody, films = eye_array(known.n_users, format="csr"), hstack(blocks, format="csr")
    place = {user_id: user for user, user_id in enumerate(known.user_ids)}
    sizes = [len(items) for _, items, _ in split.asked]
    users = np.repeat([place[user_id] for user_id in split.user_ids], sizes)
    items, stars = (np.concatenate([asked[part] for asked in split.asked]) for part in (1, 2))
    model = MyFMGibbsRegressor(rank=settings["embedding_dim"], random_seed=SEED)
    kept = settings["samples"] * settings["thin"]
    began = time.perf_counter()
    with redirect_stderr(io.StringIO()):  # where it draws a bar of its own
        model.fit(
            everybody[known.users],
            known.ratings,
            [RelationBlock(known.items, films)],
            n_iter=settings["burn_in"] + kept,
            n_kept_samples=kept,
            group_shapes=[known.n_users, *(block.shape[1] for block in blocks)],
        )
    seconds = time.perf_counter() - began
    predicted = model.predict(everybody[users], [RelationBlock(items, films)])
    return _row("myFM", split, half_stars.clipped(predicted) - stars, seconds)


def _row(model: str, split: Split, errors: np.ndarray, seconds: float) -> dict:
    rmse = float(np.sqrt(np.mean(np.square(errors))))
    return {"model": model, "ratings": len(split.training.items), "seconds": seconds, "rmse": rmse}


def verdict(our: dict, their: dict) -> str:
    """How we stand beside myFM, in a sentence."""
    settings = SMALL_DATA[MODEL]
    sweeps = settings["burn_in"] + settings["samples"] * settings["thin"]
    away = our["rmse"] - their["rmse"]
    return (
        f"Beside myFM on {seed_svd.DATA} (person, film, genres, years; {settings['embedding_dim']} factors, {sweeps} "
        f"sweeps): RMSE {abs(away):.4f} {'above' if away > 0 else 'below'} its own, in "
        f"{our['seconds'] / their['seconds']:.2f} times its time."
    )


def has_myfm() -> bool:
    from importlib.util import find_spec

    return find_spec("myfm") is not None


def gpu_name() -> str | None:
    """Of the GPU that training uses, where there is one."""
    try:
        import torch
    except ImportError:
        return None
    return torch.cuda.get_device_name() if torch.cuda.is_available() else None
