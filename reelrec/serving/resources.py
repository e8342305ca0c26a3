"""What the process loads once for all visitors: catalogue, models, measurements and the log of events."""

from __future__ import annotations

import functools
import gc
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.interview.policies import POLICIES, Choice
from reelrec.models.base import Recommender
from reelrec.models.facts.model import Facts
from reelrec.models.review_text import ReviewText
from reelrec.telemetry.events import EventLog

loading = threading.RLock()  # with functools.cache alone, two first visitors at once would both load


def catalogue() -> Catalogue:
    """All films. Raises ArtifactError."""
    with loading:
        return _films()


def model(name: str) -> Recommender:
    """A shipped model. Raises OptionError or ArtifactError."""
    with loading:
        return _model(name)


def interviewer() -> Interviewer:
    """The interviewer, built on the shipped bmf. Raises ArtifactError."""
    with loading:
        return _interviewer()


@functools.cache
def policies() -> Mapping[str, Choice]:
    """The policies of the interview by name, the learned one included. Raises ArtifactError."""
    store = shipped_store()
    learned = store.load(Policies.name).policies_ if store.has(Policies.name) else {}
    learned = {name: policy for name, policy in learned.items() if name == SetPolicy.name}
    return MappingProxyType(POLICIES | learned)


def facts() -> Facts | None:
    """The model of films that nobody rated; None where it does not ship. Raises ArtifactError."""
    with loading:
        return _facts()


@functools.cache
def _facts() -> Facts | None:
    return shipped_store().load(Facts.name, _part) if shipped_store().has(Facts.name) else None


@functools.cache
def reviews() -> ReviewText:
    """The model of review texts. Raises ArtifactError."""
    reviews: ReviewText = shipped_store().load(ReviewText.name)
    return reviews


@functools.cache
def metrics(name: str) -> dict[str, Any] | None:
    """The report artifacts/metrics/NAME.json, which `evaluate` or `data describe` wrote; None where it is not valid."""
    path = shipped_store().metrics_path(name)
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) and isinstance(report.get("rows"), list) else None


def event_log() -> EventLog | None:
    """The log of events in the file that $REELREC_LOG names; None where the host keeps none."""
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
    interviewer: Interviewer = shipped_store().load(Interviewer.name, _part)
    return interviewer


@functools.cache
def _model(name: str) -> Recommender:
    _films()  # where nothing is there, this error says most
    model: Recommender = shipped_store().load(name, _part)
    gc.collect()
    gc.freeze()  # a model lives as long as the process, so the garbage collector need not visit it again
    return model


def _part(name: str) -> Catalogue | Recommender:
    """What another artifact builds on, which the process holds once."""
    return _films() if name == CATALOGUE else _model(name)
