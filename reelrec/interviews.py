"""Training of who asks visitors: what people have seen, and the policy that learned to ask.

Nobody has two roles. People 0-7 fit the models, and say what people have seen; of people 8 one in four judges, and the
others teach the policy; people 9 are asked by `evaluate interview` alone.
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

from reelrec import artifacts, training
from reelrec.dataset import Dataset, History
from reelrec.errors import OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned import Policies, SetPolicy
from reelrec.models.bmf import BMF

log = logging.getLogger(__name__)

MIN_RATINGS = 60
JUDGES = 4  # one in so many of people 8
UPDATES = 240
SEED = 42


@dataclass(frozen=True, slots=True)
class Variant:
    """A training. cold: from a random start. blind: without P(seen). one: with one draw of the posterior."""

    name: str
    seed: int
    cold: bool = False
    blind: bool = False
    one: bool = False


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training. area: what the judges had at best."""

    variant: Variant
    policy: SetPolicy
    area: float
    seconds: float
    looks: list


VARIANTS = (
    *(Variant(SetPolicy.name, seed) for seed in (1, 2, 3)),
    Variant("policy-cold", 1, cold=True),
    Variant("policy-blind", 1, blind=True),
    Variant("policy-one", 1, one=True),
)


def role(user_id: int) -> str:
    """What a Letterboxd person is there for: "fits", "teaches", "judges" or "tests"."""
    if user_id % 10 < training.TUNES:
        return "fits"
    if user_id % 10 > training.TUNES:
        return "tests"
    return "teaches" if user_id // 10 % JUDGES else "judges"


def train(folder: Path) -> float:
    """Learn from Letterboxd people 0-7 what people have seen, and write it. Returns seconds. Raises ArtifactError."""
    films = artifacts.load_catalogue(folder)
    model = artifacts.load_model(BMF.name, films, folder)
    dataset = training.letterboxd_people(films, range(training.TUNES))
    began = time.perf_counter()
    found = Interviewer.fit(dataset, model, films)
    seconds = time.perf_counter() - began
    artifacts.save_interviewer(found, films, dataset, seconds, folder)
    return seconds


def train_policy(folder: Path, updates: int = UPDATES) -> float:
    """Learn to ask from people 8, with three seeds and without what makes it good; write weights and learning curves.

    Of the three seeds that with which the judges did best comes first. As many are trained at once as there are cores.
    Returns seconds. Raises ArtifactError or OptionError.
    """
    films = artifacts.load_catalogue(folder)
    artifacts.load_interviewer(films, artifacts.load_model(BMF.name, films, folder), folder)  # says what is missing
    if not importlib.util.find_spec("torch"):
        raise OptionError("Training policy needs torch. Run: pip install -r requirements.txt")
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as workers:
        trained = _named(list(workers.map(_trained, VARIANTS, repeat(folder), repeat(updates))))
    seconds = time.perf_counter() - began
    policies = Policies({name: one.policy for name, one in trained.items()}, updates)
    dataset = training.letterboxd_people(films, [training.TUNES])
    artifacts.save_policies(policies, dataset, seconds, folder)
    curves = [
        {
            "policy": name,
            "seed": one.variant.seed,
            "seconds": round(one.seconds, 1),
            "looks": [look._asdict() for look in one.looks],
        }
        for name, one in trained.items()
    ]
    content = {"protocol": "policy", "rows": [], "curves": curves, "created": artifacts.now()}
    path = folder / "metrics" / "policy.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return seconds


def _trained(variant: Variant, folder: Path, updates: int) -> Trained:
    """One training, in a process of its own."""
    import torch

    from reelrec.interview import reinforce

    torch.set_num_threads(1)
    films = artifacts.load_catalogue(folder)
    interviewer = artifacts.load_interviewer(films, artifacts.load_model(BMF.name, films, folder), folder)
    dataset = training.letterboxd_people(films, [training.TUNES])
    people = histories(dataset, "teaches"), histories(dataset, "judges")
    who, began = interviewer.ablated(variant.blind, variant.one), time.perf_counter()
    tell = functools.partial(log.info, "%s, seed %d: %s", variant.name, variant.seed)
    policy, looks = reinforce.train(who, *people, updates, variant.seed, variant.cold, tell)
    return Trained(variant, policy, min(look.area for look in looks), time.perf_counter() - began, looks)


def _named(trained: Sequence[Trained]) -> dict[str, Trained]:
    """By name; the seed with which the judges did best is `policy`, the others follow as policy-2, policy-3."""
    plain = [one for one in trained if one.variant.name == SetPolicy.name]
    plain.sort(key=lambda one: one.area)
    names = (SetPolicy.name, *(f"{SetPolicy.name}-{place}" for place in range(2, len(plain) + 1)))
    others = {one.variant.name: one for one in trained if one.variant.name != SetPolicy.name}
    return dict(zip(names, plain, strict=True)) | others


def histories(dataset: Dataset, wanted: str) -> list[History]:
    """Those of the people with this role and enough ratings, each in a random order."""
    found = []
    for user, user_id in enumerate(dataset.user_ids.tolist()):
        history = dataset.history(user)
        if role(user_id) == wanted and len(history) >= MIN_RATINGS:
            order = np.random.default_rng([SEED, user_id]).permutation(len(history))
            found.append(History(history.items[order], history.ratings[order], history.liked[order]))
    return found
