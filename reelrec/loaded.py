"""What the process holds: catalogue, models and measurements, each loaded once for all visitors and never changed."""

from __future__ import annotations

import functools
import gc
import json
import threading

from reelrec import artifacts
from reelrec.catalogue import Catalogue
from reelrec.models.base import Recommender
from reelrec.models.review_text import ReviewText

loading = threading.RLock()  # functools.cache alone would let two first visitors both load


def catalogue() -> Catalogue:
    """All films. Raises ArtifactError."""
    with loading:
        return _films()


def model(name: str) -> Recommender:
    """A shipped model. Raises OptionError or ArtifactError."""
    with loading:
        return _model(name)


@functools.cache
def reviews() -> ReviewText:
    """The model of review texts. Raises ArtifactError."""
    return artifacts.load_reviews()


@functools.cache
def metrics(name: str) -> dict | None:
    """What `evaluate` or `data describe` wrote to artifacts/metrics/NAME.json; None where it is not there or broken."""
    path = artifacts.FOLDER / "metrics" / f"{name}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("rows"), list) else None


@functools.cache
def _films() -> Catalogue:
    return artifacts.load_catalogue()


@functools.cache
def _model(name: str) -> Recommender:
    found = artifacts.load_model(name, _films(), part=_model)
    gc.collect()
    gc.freeze()  # what lives as long as the process need not be walked at every collection
    return found
