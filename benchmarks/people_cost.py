"""What training costs by the number of people, of the same ratings: each user is cut into several with fewer ratings.

python -m benchmarks.people_cost --data PARTS [--millions 3]

PARTS: a folder of `data shard`. The models and the pieces of their work are those of `bench scale`, in this process.
Prints a table of seconds of a core (CPU time).
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.bench.scale import PIECES, sample_of
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.training.fitting import new_model
from reelrec.training.settings import SETTINGS

PEOPLE_OF_ONE = (1, 4, 16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--millions", type=float, default=3.0)
    options = parser.parse_args()
    parts = Parts.open(options.data)
    sample = sample_of([parts], options.millions)
    dataset = parts.read(Role.TRAIN, range(sample.parts), shipped_store().load_catalogue())
    crowds = [cut(dataset, n) for n in PEOPLE_OF_ONE]
    print(f"| {len(dataset.items):,} ratings of | {' | '.join(f'{crowd.n_users:,} people' for crowd in crowds)} |")
    print(f"|---|{'---:|' * len(crowds)}")
    for name in progress.steps(tuple(PIECES)):
        print(f"| {name}, seconds | {' | '.join(f'{seconds(name, crowd):.1f}' for crowd in crowds)} |", flush=True)


def cut(dataset: Dataset, n: int) -> Dataset:
    """The same ratings, with n people in the place of each one, who share the ratings of that one."""
    bounds = np.linspace(dataset.start[:-1], dataset.start[1:], n, endpoint=False, axis=1).astype(np.int64)
    ids = dataset.user_ids[:, None] * n + np.arange(n)
    return replace(dataset, user_ids=ids.ravel(), start=np.r_[bounds.ravel(), dataset.start[-1]])


def seconds(name: str, dataset: Dataset) -> float:
    """Of a core, for the model's piece of work."""
    model = new_model(name, {name: SETTINGS.get(name, {}) | PIECES[name]})
    began = time.process_time()
    model.fit(dataset)
    return time.process_time() - began


if __name__ == "__main__":
    main()
