"""What facts say of films that nobody rated, learned from the facts of the items and from two models."""

from __future__ import annotations

import time

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.film_features import new_film_features
from reelrec.models.facts.model import Facts


def train(store: ArtifactStore) -> float:
    """Fit the model of facts and write it. Returns seconds. Raises ArtifactError.

    What it builds on is taken from the store; what the store lacks is copied there from the artifacts that ship.
    """
    store.copy_missing(Facts.builds_on, source=shipped_store())
    part, films = store.loader(), store.load_catalogue()
    began = time.perf_counter()
    model = Facts(*map(part, Facts.parts)).fit(new_film_features(films))
    seconds = time.perf_counter() - began
    store.save(model, {"name": "catalogue", "sha256": store.manifest().catalogue["sha256"]}, seconds)
    return seconds
