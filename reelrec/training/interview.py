"""Training of the interview: which films users have seen, and the policy that learned to choose screens.

The train users say which films users have seen. Of the tune users one in four validates the policy and the others train
it; `evaluate interview` measures test users only (`data.ratings.roles`).
"""

from __future__ import annotations

import functools
import importlib.util
import json
import logging
import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reelrec.artifacts.manifest import now
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import validates_policy
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.models.bmf.model import BMF
from reelrec.models.lists.dae import DAE
from reelrec.training.packages import needs_packages
from reelrec.training.users import letterboxd_users

if TYPE_CHECKING:
    from reelrec.interview.reinforce import Look

log = logging.getLogger(__name__)

MIN_RATINGS = 60
UPDATES = 400
SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One training of the policy.

    Ablations: a random start, no P(seen), and the list rewarded by its log likelihood in place of its NDCG.
    """

    name: str
    seed: int
    random_start: bool = False
    without_seen: bool = False
    by_likelihood: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """The result of one training. utility: the highest of its looks. looks: the learning curve."""

    variant: Variant
    policy: SetPolicy
    utility: float
    seconds: float
    looks: list[Look]


VARIANTS = (
    *(Variant(name=SetPolicy.name, seed=seed) for seed in (1, 2, 3)),
    Variant(name="policy-cold", seed=1, random_start=True),
    Variant(name="policy-blind", seed=1, without_seen=True),
    Variant(name="policy-likelihood", seed=1, by_likelihood=True),
)


def train(store: ArtifactStore, workers: Workers = ALONE) -> float:
    """Learn from the train users which films users have seen and find relevant, and save it. Returns seconds.

    workers: each learns from its share of the users, and the first one writes. Raises ArtifactError or SourceError.
    """
    if workers.rank == 0:
        store.copy_missing(Interviewer.builds_on, source=shipped_store())
    workers.add(0)  # the others wait for what was copied
    films = store.load_catalogue()
    model, lister = store.load(BMF.name), store.load(DAE.name)
    dataset = letterboxd_users(films, Interviewer.learns_from)
    began = time.perf_counter()
    interviewer = Interviewer.fit(dataset.share(workers), model, lister, films)
    seconds = time.perf_counter() - began
    if workers.rank == 0:
        store.save(interviewer, dataset.describe(), seconds)
    return seconds


def train_policy(store: ArtifactStore, updates: int = UPDATES) -> float:
    """Train the policy on tune users, with three seeds and three ablations; write weights and learning curves.

    Of the three seeds the best on the validation users comes first. As many trainings run at once as there are cores.
    Returns seconds. Raises ArtifactError, OptionError or SourceError.
    """
    store.copy_missing(Policies.builds_on, source=shipped_store())
    store.load(Interviewer.name)  # raises for what is missing before processes start
    with needs_packages(Policies.name):
        if not importlib.util.find_spec("torch"):
            raise ImportError(name="torch")
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as workers:
        trained = _named(list(workers.map(_trained, VARIANTS, repeat(store.folder), repeat(updates))))
    seconds = time.perf_counter() - began
    policies = Policies({name: result.policy for name, result in trained.items()}, updates)
    store.save(policies, letterboxd_users(store.load_catalogue(), Policies.learns_from).describe(), seconds)
    path = store.metrics_path(Policies.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"protocol": "policy", "rows": [], "curves": _curves(trained), "created": now()}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return seconds


def _curves(trained: dict[str, Trained]) -> list[dict[str, object]]:
    """The learning curves as they are written."""
    return [
        {
            "policy": name,
            "seed": result.variant.seed,
            "seconds": round(result.seconds, 1),
            "looks": [look._asdict() for look in result.looks],
        }
        for name, result in trained.items()
    ]


def _trained(variant: Variant, folder: Path, updates: int) -> Trained:
    """One training, in a process of its own."""
    import torch

    from reelrec.interview import reinforce, rewards

    torch.set_num_threads(1)
    store = ArtifactStore(folder)
    interviewer, dataset = store.load(Interviewer.name), letterboxd_users(store.load_catalogue(), Policies.learns_from)
    validates = validates_policy(dataset.user_ids)
    training, validation = random_histories(dataset.only(~validates)), random_histories(dataset.only(validates))
    interviewer, began = interviewer.ablated(variant.without_seen, single_draw=False), time.perf_counter()
    of_list = rewards.list_log_likelihood if variant.by_likelihood else rewards.ndcg
    report = functools.partial(log.info, "%s, seed %d: %s", variant.name, variant.seed)
    policy, looks = reinforce.train(
        interviewer, training, validation, updates, variant.seed, variant.random_start, of_list, report
    )
    seconds = time.perf_counter() - began
    best = max(look.utility for look in looks)
    return Trained(variant=variant, policy=policy, utility=best, seconds=seconds, looks=looks)


def _named(trained: Sequence[Trained]) -> dict[str, Trained]:
    """By name; the seed with the highest utility is `policy`, the others follow as policy-2, policy-3."""
    seeds = sorted((result for result in trained if result.variant.name == SetPolicy.name), key=lambda it: -it.utility)
    names = (SetPolicy.name, *(f"{SetPolicy.name}-{place}" for place in range(2, len(seeds) + 1)))
    ablations = {result.variant.name: result for result in trained if result.variant.name != SetPolicy.name}
    return dict(zip(names, seeds, strict=True)) | ablations


def random_histories(dataset: Dataset) -> list[History]:
    """The histories of users with MIN_RATINGS or more, each in a random order that depends on the user's id alone."""
    return [
        history.take(np.random.default_rng([SEED, user_id]).permutation(len(history)))
        for user_id, history in zip(dataset.user_ids.tolist(), dataset.histories(), strict=True)
        if len(history) >= MIN_RATINGS
    ]
