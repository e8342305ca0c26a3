"""Training by several workers."""

from __future__ import annotations

from typing import NamedTuple

from reelrec.artifacts.store import ArtifactStore
from reelrec.cluster.together import PAUSE, Worked, together
from reelrec.data.ratings.workers import Workers
from reelrec.training.ratings import Ratings
from reelrec.training.trainers import trainer


class _Asked(NamedTuple):
    """The artifact by its name, where it is written, and what it learns from."""

    name: str
    store: ArtifactStore
    ratings: Ratings


def train(name: str, store: ArtifactStore, ratings: Ratings, workers: int, pause: float = PAUSE) -> list[Worked]:
    """Train an artifact into a store by several workers, inside of `ray_engine`. Returns what each of them did.

    The store's folder and the ratings must be there on every machine of the cluster. Raises ReelRecError.
    """
    store.folder.mkdir(parents=True, exist_ok=True)
    asked = _Asked(name, ArtifactStore(store.folder.resolve()), ratings.absolute())
    return together(_train, asked, workers, store.folder / f".training-{name}", pause)


def _train(worker: Workers, asked: _Asked) -> float:
    """The training that a single process does, on this worker's share of the users."""
    return trainer(asked.name).train(asked.store, asked.ratings, worker)
