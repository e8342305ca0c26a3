"""Training of who asks visitors: what people have seen, and the policy that learned to ask.

The train users say what people have seen. Of the tune users one in four validates the policy, and the others teach it;
`evaluate interview` asks test users only (`data.roles`).
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

import numpy as np

from reelrec.artifacts.manifest import now
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import validates_policy
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.models.bmf import BMF
from reelrec.training.packages import needs_packages
from reelrec.training.users import letterboxd_users

log = logging.getLogger(__name__)

MIN_RATINGS = 60
UPDATES = 240
SEED = 42


@dataclass(frozen=True, slots=True)
class Variant:
    """A training. without_seen: without P(seen). single_draw: with one draw of the posterior."""

    name: str
    seed: int
    random_start: bool = False
    without_seen: bool = False
    single_draw: bool = False


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training. area: the least validation area."""

    variant: Variant
    policy: SetPolicy
    area: float
    seconds: float
    looks: list


VARIANTS = (
    *(Variant(SetPolicy.name, seed) for seed in (1, 2, 3)),
    Variant("policy-cold", 1, random_start=True),
    Variant("policy-blind", 1, without_seen=True),
    Variant("policy-one", 1, single_draw=True),
)


def train(store: ArtifactStore) -> float:
    """Learn from Letterboxd train users what people have seen, and save it. Returns seconds.

    Raises ArtifactError or SourceError.
    """
    store.adopt(Interviewer.builds_on, shipped_store())
    films = store.load_catalogue()
    model, dataset = store.load(BMF.name), letterboxd_users(films, Interviewer.learns_from)
    began = time.perf_counter()
    interviewer = Interviewer.fit(dataset, model, films)
    seconds = time.perf_counter() - began
    store.save(interviewer, dataset.describe(), seconds)
    return seconds


def train_policy(store: ArtifactStore, updates: int = UPDATES) -> float:
    """Learn to ask from tune users, with three seeds and three ablations; write weights and learning curves.

    Of the three seeds that which is best on the validation users comes first. As many are trained at once as there are
    cores. Returns seconds. Raises ArtifactError, OptionError or SourceError.
    """
    store.adopt(Policies.builds_on, shipped_store())
    store.load(Interviewer.name)  # raises what is missing, before processes start
    with needs_packages(Policies.name):
        if not importlib.util.find_spec("torch"):
            raise ImportError(name="torch")
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as workers:
        trained = _named(list(workers.map(_trained, VARIANTS, repeat(store.folder), repeat(updates))))
    seconds = time.perf_counter() - began
    policies = Policies({name: one.policy for name, one in trained.items()}, updates)
    store.save(policies, letterboxd_users(store.load_catalogue(), Policies.learns_from).describe(), seconds)
    curves = [
        {
            "policy": name,
            "seed": one.variant.seed,
            "seconds": round(one.seconds, 1),
            "looks": [look._asdict() for look in one.looks],
        }
        for name, one in trained.items()
    ]
    content = {"protocol": "policy", "rows": [], "curves": curves, "created": now()}
    path = store.metrics_path(Policies.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return seconds


def _trained(variant: Variant, folder: Path, updates: int) -> Trained:
    """One training, in a process of its own."""
    import torch

    from reelrec.interview import reinforce

    torch.set_num_threads(1)
    store = ArtifactStore(folder)
    interviewer, dataset = store.load(Interviewer.name), letterboxd_users(store.load_catalogue(), Policies.learns_from)
    validation = validates_policy(dataset.user_ids)
    people = random_histories(dataset.only(~validation)), random_histories(dataset.only(validation))
    who, began = interviewer.ablated(variant.without_seen, variant.single_draw), time.perf_counter()
    tell = functools.partial(log.info, "%s, seed %d: %s", variant.name, variant.seed)
    policy, looks = reinforce.train(who, *people, updates, variant.seed, variant.random_start, tell)
    return Trained(variant, policy, min(look.area for look in looks), time.perf_counter() - began, looks)


def _named(trained: Sequence[Trained]) -> dict[str, Trained]:
    """By name; the seed with the least validation area is `policy`, the others follow as policy-2, policy-3."""
    plain = [one for one in trained if one.variant.name == SetPolicy.name]
    plain.sort(key=lambda one: one.area)
    names = (SetPolicy.name, *(f"{SetPolicy.name}-{place}" for place in range(2, len(plain) + 1)))
    others = {one.variant.name: one for one in trained if one.variant.name != SetPolicy.name}
    return dict(zip(names, plain, strict=True)) | others


def random_histories(dataset: Dataset) -> list[History]:
    """The histories of the users with MIN_RATINGS or more, each in a random order that follows the user's id."""
    return [
        history.take(np.random.default_rng([SEED, user_id]).permutation(len(history)))
        for user_id, history in zip(dataset.user_ids.tolist(), dataset.histories(), strict=True)
        if len(history) >= MIN_RATINGS
    ]
