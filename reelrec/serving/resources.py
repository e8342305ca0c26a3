"""What the process holds: catalogue, models, measurements and the log of events, each made once for all visitors."""

from __future__ import annotations

import functools
import gc
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.interview.policies import POLICIES, Choice
from reelrec.models.base import Recommender
from reelrec.models.review_text import ReviewText
from reelrec.telemetry.events import EventLog

loading = threading.RLock()  # functools.cache alone would let two first visitors both load


def catalogue() -> Catalogue:
    """All films. Raises ArtifactError."""
    with loading:
        return _films()


def model(name: str) -> Recommender:
    """A shipped model. Raises OptionError or ArtifactError."""
    with loading:
        return _model(name)


def interviewer() -> Interviewer:
    """Who asks the visitors. Raises ArtifactError."""
    with loading:
        return _interviewer()


@functools.cache
def policies() -> Mapping[str, Choice]:
    """The ways of asking, by name. Raises ArtifactError."""
    store = shipped_store()
    learned = store.load(Policies.name).policies_ if store.has(Policies.name) else {}
    learned = {name: policy for name, policy in learned.items() if name == SetPolicy.name}
    return MappingProxyType(POLICIES | learned)


@functools.cache
def reviews() -> ReviewText:
    """The model of review texts. Raises ArtifactError."""
    return shipped_store().load("reviews")


@functools.cache
def metrics(name: str) -> dict | None:
    """What `evaluate` or `data describe` wrote to artifacts/metrics/NAME.json; None where it is not there or broken."""
    path = shipped_store().metrics_path(name)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("rows"), list) else None


def event_log() -> EventLog | None:
    """Where events go: the file that $REELREC_LOG names; None where the host keeps none."""
    with loading:
        return _event_log()


@functools.cache
def _event_log() -> EventLog | None:
    path = os.environ.get("REELREC_LOG", "").strip()
    return EventLog(Path(path).expanduser()) if path else None


@functools.cache
def _films() -> Catalogue:
    return shipped_store().load_catalogue()


@functools.cache
def _interviewer() -> Interviewer:
    return shipped_store().load(Interviewer.name, _part)


@functools.cache
def _model(name: str) -> Recommender:
    _films()  # where nothing is there, this error says most
    loaded = shipped_store().load(name, _part)
    gc.collect()
    gc.freeze()  # what lives as long as the process need not be walked at every collection
    return loaded


def _part(name: str) -> Catalogue | Recommender:
    """What another artifact builds on, which the process holds once."""
    return _films() if name == CATALOGUE else _model(name)
