"""`bench train`: how long `bmf` learns and how much memory that takes, by the number of ratings; and beside myFM.

By size: the settings that ship, on samples of the Letterboxd train users, each in a process of its own.
Beside myFM, a factorisation machine under a Gibbs sampler too (T. Ohtsuki, myfm on PyPI): the split of `seed-svd`, and
the same features (user, film, genres, years; not who rated what), rank and number of sweeps for both.
"""

from __future__ import annotations

import io
import multiprocessing
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.result import Bench, machine
from reelrec.cluster.memory import peak_bytes
from reelrec.data import half_stars
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.users import movielens_dataset
from reelrec.models.bmf.model import BMF
from reelrec.sources.registry import source
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA
from reelrec.training.users import letterboxd_users

MODEL = "bmf"
MILLIONS = (1.0, 3.0, 14.0)  # the last is more than there are: everybody
SEED = 42
INSTALL = 'pip install myfm==0.4.0 "setuptools<81"'


def train(millions: Sequence[float] = MILLIONS) -> Bench:
    """Seconds and peak memory by size; RMSE and seconds beside myFM. A note names what cannot be measured here."""
    rows: list[dict] = []
    peer: list[dict] = []
    notes: list[str] = []
    if source("letterboxd").folder is None:
        notes.append("Letterboxd ratings are not on this machine, so training by their number was not measured.")
    else:
        sizes = sorted(millions)
        for size in progress.steps(sizes, names=[f"{MODEL} on {size:g} million ratings" for size in sizes]):
            rows.append(in_own_process(by_size, int(size * 1e6)))
        notes.append("peak_gb: of the whole process, which reads all Letterboxd ratings before it takes its sample.")
    if source(recipe.DATA).folder is None:
        notes.append(f"myFM was not measured. Run: python -m reelrec data get {recipe.DATA}")
    elif not has_myfm():
        notes.append(f"myFM is not installed, so it was not measured. Run: {INSTALL}")
    else:
        split = seed_split()
        peer = [measure(split) for measure in progress.steps((ours, theirs), names=(MODEL, "myFM"))]
        notes.append(verdict(*peer))
    gpu = gpu_name()
    notes.append(f"Ours on {machine()['cores']} cores and {gpu or 'no GPU'}.")
    return Bench(name="train", rows=tuple(rows), notes=tuple(notes), peer=tuple(peer), machine=machine() | {"gpu": gpu})


def by_size(ratings: int) -> dict:
    """Train on users with about that many ratings together."""
    dataset = sample(letterboxd_users(shipped_store().load_catalogue(), Role.TRAIN), ratings)
    model = fitting.new_model(MODEL)
    began = time.perf_counter()
    model.fit(dataset)
    seconds = time.perf_counter() - began
    return {
        "model": MODEL,
        "people": dataset.n_users,
        "ratings": len(dataset.items),
        "seconds": seconds,
        "peak_gb": peak_bytes() / 1e9,
    }


def sample(dataset: Dataset, ratings: int) -> Dataset:
    """Users in a seeded random order, while their ratings together are no more than that; at least one user."""
    order = np.random.default_rng(SEED).permutation(dataset.n_users)
    total = np.cumsum(np.diff(dataset.start)[order])
    chosen = np.zeros(dataset.n_users, dtype=bool)
    chosen[order[: max(1, np.searchsorted(total, ratings, side="right"))]] = True
    return dataset.only(chosen)


def in_own_process(work: Callable[[int], dict], ratings: int) -> dict:
    """The result of work(ratings) in a new process, so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, ratings).result()


def seed_split() -> Split:
    """The split of `seed-svd` with genres and years. Raises OptionError."""
    everybody = movielens_dataset(recipe.DATA)
    known, test = recipe.frames()
    return Split.of_frames(recipe.DATA, known, test, item_ids=everybody.item_ids, features=everybody.features)


def ours(split: Split) -> dict:
    """`bmf` with the settings for small data, but without the features of who rated what, which myFM does not get."""
    model = BMF(**SMALL_DATA[MODEL] | {"components": 0, "rater_components": 0})
    began = time.perf_counter()
    model.fit(split.training)
    seconds = time.perf_counter() - began
    return _row(MODEL, split, held_out.predictions(model, split)["error"].to_numpy(), seconds)


def theirs(split: Split) -> dict:
    """myFM, which averages all of its sweeps after the burn-in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns
        from myfm import MyFMGibbsRegressor, RelationBlock
    from scipy.sparse import eye_array, hstack

    settings, training = SMALL_DATA[MODEL], split.training
    blocks = [eye_array(training.n_items), *training.features.values()]
    everybody, films = eye_array(training.n_users, format="csr"), hstack(blocks, format="csr")
    user_of = {user_id: user for user, user_id in enumerate(training.user_ids)}
    sizes = [len(user.items) for user in split.held_out]
    users = np.repeat([user_of[user_id] for user_id in split.user_ids], sizes)
    items = np.concatenate([user.items for user in split.held_out])
    ratings = np.concatenate([user.ratings for user in split.held_out])
    model = MyFMGibbsRegressor(rank=settings["embedding_dim"], random_seed=SEED)
    kept = settings["samples"] * settings["thin"]
    began = time.perf_counter()
    with redirect_stderr(io.StringIO()):  # where it draws a bar of its own
        model.fit(
            everybody[training.users],
            training.ratings,
            [RelationBlock(training.items, films)],
            n_iter=settings["burn_in"] + kept,
            n_kept_samples=kept,
            group_shapes=[training.n_users, *(block.shape[1] for block in blocks)],
        )
    seconds = time.perf_counter() - began
    predicted = model.predict(everybody[users], [RelationBlock(items, films)])
    return _row("myFM", split, half_stars.clipped(predicted) - ratings, seconds)


def _row(model: str, split: Split, errors: np.ndarray, seconds: float) -> dict:
    rmse = float(np.sqrt(np.mean(np.square(errors))))
    return {"model": model, "ratings": len(split.training.items), "seconds": seconds, "rmse": rmse}


def verdict(our: dict, their: dict) -> str:
    """How ours compares with myFM, in a sentence."""
    settings = SMALL_DATA[MODEL]
    sweeps = settings["burn_in"] + settings["samples"] * settings["thin"]
    away = our["rmse"] - their["rmse"]
    return (
        f"Beside myFM on {recipe.DATA} (person, film, genres, years; {settings['embedding_dim']} factors, {sweeps} "
        f"sweeps): RMSE {abs(away):.4f} {'above' if away > 0 else 'below'} its own, in "
        f"{our['seconds'] / their['seconds']:.2f} times its time."
    )


def has_myfm() -> bool:
    from importlib.util import find_spec

    return find_spec("myfm") is not None


def gpu_name() -> str | None:
    """The name of the GPU that training uses; None without one."""
    try:
        import torch
    except ImportError:
        return None
    return torch.cuda.get_device_name() if torch.cuda.is_available() else None
