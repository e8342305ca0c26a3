"""Training of the policy that learned to choose screens, from replayed interviews of the tune users.

One in four of them validates the policy and the others train it; `evaluate interview` measures test users only
(`data.ratings.roles`). It is trained with three seeds, and in three ablations: alone side by side, a core each; by
several workers one after the other, each worker with some of the users.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Self

import numpy as np

from reelrec.artifacts.manifest import now
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import validates_policy
from reelrec.data.ratings.workers import ALONE, State, Workers
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, Policies, SetPolicy
from reelrec.interview.rewards import Learners, Look, list_log_likelihood, ndcg
from reelrec.training.in_turn import in_turn
from reelrec.training.packages import needs_packages
from reelrec.training.users import letterboxd_users

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
    """The result of one training. looks: the learning curve."""

    variant: Variant
    policy: SetPolicy
    seconds: float
    looks: list[Look]

    @property
    def utility(self) -> float:
        """The highest of its looks."""
        return max(look.utility for look in self.looks)

    def arrays(self) -> dict[str, np.ndarray]:
        """For a checkpoint; `of` reads them."""
        return self.policy.weights_ | {"seconds": np.array(self.seconds), "looks": np.array(self.looks)}

    @classmethod
    def of(cls, variant: Variant, arrays: State) -> Self:
        """The training again. arrays: of `arrays`."""
        policy = SetPolicy({name: arrays[name] for name in ARRAYS})
        return cls(variant=variant, policy=policy, seconds=float(arrays["seconds"]), looks=Look.rows(arrays["looks"]))


VARIANTS = (
    *(Variant(name=SetPolicy.name, seed=seed) for seed in (1, 2, 3)),
    Variant(name="policy-cold", seed=1, random_start=True),
    Variant(name="policy-blind", seed=1, without_seen=True),
    Variant(name="policy-likelihood", seed=1, by_likelihood=True),
)


def train(store: ArtifactStore, workers: Workers = ALONE, updates: int = UPDATES) -> float:
    """Train the policy with three seeds and three ablations; write weights and learning curves.

    Of the three seeds the best on the validation users comes first. Returns seconds. workers: each learns from its
    share of the users, and the first one writes. Raises ArtifactError, OptionError or SourceError.
    """
    if workers.rank == 0:
        store.copy_missing(Policies.builds_on, source=shipped_store())
    workers.add(0)  # the others wait for what was copied
    interviewer = store.load(Interviewer.name)  # raises for what is missing before processes start
    with needs_packages(Policies.name):
        if not importlib.util.find_spec("torch"):
            raise ImportError(name="torch")
    users = letterboxd_users(store.load_catalogue(), Policies.learns_from)
    began = time.perf_counter()
    if workers is ALONE:
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
            results = list(pool.map(_alone, VARIANTS, repeat(store.folder), repeat(updates)))
    else:
        results = _by_workers(interviewer, users.share(workers), updates)
    seconds = time.perf_counter() - began
    if workers.rank == 0:
        _write(store, _named(results), updates, users, seconds)
    return seconds


def _write(store: ArtifactStore, trained: Mapping[str, Trained], updates: int, users: Dataset, seconds: float) -> None:
    """Save the policies, and their learning curves among the metrics. trained: by name."""
    policies = Policies({name: result.policy for name, result in trained.items()}, updates)
    store.save(policies, users.describe(), seconds)
    path = store.metrics_path(Policies.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"protocol": "policy", "rows": [], "curves": _curves(trained), "created": now()}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _curves(trained: Mapping[str, Trained]) -> list[dict[str, object]]:
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


def _alone(variant: Variant, folder: Path, updates: int) -> Trained:
    """One training, in a process and on a core of its own."""
    import torch

    torch.set_num_threads(1)
    store = ArtifactStore(folder)
    users = letterboxd_users(store.load_catalogue(), Policies.learns_from)
    return _trained(variant, store.load(Interviewer.name), users, updates)


def _trained(variant: Variant, interviewer: Interviewer, users: Dataset, updates: int) -> Trained:
    """One training. users: tune users, of whom some validate."""
    from reelrec.interview import reinforce

    began = time.perf_counter()
    validates = validates_policy(users.user_ids)
    interviewer = interviewer.ablated(variant.without_seen, single_draw=False)
    people, validation = (learners(interviewer, users.only(mask)) for mask in (~validates, validates))
    of_list = list_log_likelihood if variant.by_likelihood else ndcg
    report = functools.partial(log.info, "%s, seed %d: %s", variant.name, variant.seed)
    policy, looks = reinforce.train(
        interviewer, people, validation, updates, variant.seed, variant.random_start, of_list, report
    )
    return Trained(variant=variant, policy=policy, seconds=time.perf_counter() - began, looks=looks)


def _by_workers(interviewer: Interviewer, users: Dataset, updates: int) -> list[Trained]:
    """All trainings, one after the other. users: of this worker."""

    def training(variant: Variant) -> Callable[[Workers], State]:
        return lambda worker: _trained(variant, interviewer, replace(users, workers=worker), updates).arrays()

    results = in_turn([training(variant) for variant in VARIANTS], users.workers)
    return [Trained.of(variant, arrays) for variant, arrays in zip(VARIANTS, results, strict=True)]


def _named(trained: Sequence[Trained]) -> dict[str, Trained]:
    """By name; the seed with the highest utility is `policy`, the others follow as policy-2, policy-3."""
    seeds = sorted((result for result in trained if result.variant.name == SetPolicy.name), key=lambda it: -it.utility)
    names = (SetPolicy.name, *(f"{SetPolicy.name}-{place}" for place in range(2, len(seeds) + 1)))
    ablations = {result.variant.name: result for result in trained if result.variant.name != SetPolicy.name}
    return dict(zip(names, seeds, strict=True)) | ablations


def random_histories(dataset: Dataset) -> list[History]:
    """The history of each user, in a random order that depends on the user's id alone."""
    return [
        history.take(np.random.default_rng([SEED, user_id]).permutation(len(history)))
        for user_id, history in zip(dataset.user_ids.tolist(), dataset.histories(), strict=True)
    ]


def who_take_part(dataset: Dataset) -> Dataset:
    """The users with MIN_RATINGS or more."""
    return dataset.only(np.diff(dataset.start) >= MIN_RATINGS)


def learners(interviewer: Interviewer, dataset: Dataset) -> Learners:
    """The users who take part, ready for interviews."""
    some = who_take_part(dataset)
    return Learners.of(interviewer, some.user_keys, random_histories(some), some.workers)
