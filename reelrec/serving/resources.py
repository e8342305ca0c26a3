"""What the process loads once for all visitors: catalogue, models, measurements and the log of events."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.errors import ReelRecError
from reelrec.interview import screens
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.interview.policies import POLICIES, Choice
from reelrec.models.base import Recommender
from reelrec.models.facts.model import Facts
from reelrec.models.review_text import ReviewText
from reelrec.serving import memory
from reelrec.serving.engine import Engine
from reelrec.serving.gate import GATE
from reelrec.telemetry.events import EventLog

_locks: dict[str, threading.RLock] = {}
LOADER = "reelrec-models"  # name of the thread that loads models ahead
MANY_WAIT = 100  # threads at the gate
_loaded_ahead = threading.Event()
SECONDS_FOR_A_PAGE = 1.0  # which the first page has the processor for itself


def lock(name: str) -> threading.RLock:
    """The lock under which this is loaded; with functools.cache alone, two first visitors at once would both load.

    There is one for each name, so that a page is drawn while a model that it does not need is loaded. What an artifact
    builds on is locked after it, and nothing builds on itself, so no two threads wait for each other.
    """
    return _locks.setdefault(name, threading.RLock())


def catalogue() -> Catalogue:
    """All films. Raises ArtifactError."""
    return cast(Catalogue, _part(CATALOGUE))


def search(text: str, n: int) -> list[Film]:
    """At most n films that the text may mean. The first search makes the index, once for all. Raises ArtifactError."""
    films = catalogue()
    with lock("search"):
        return films.search(text, n)


def model(name: str) -> Recommender:
    """A shipped model. Raises OptionError or ArtifactError."""
    return cast(Recommender, _part(name))


def interviewer() -> Interviewer:
    """The interviewer, built on the shipped bmf. Raises ArtifactError."""
    return cast(Interviewer, _part(Interviewer.name))


def served() -> Engine:
    """The one engine of all visitors, over the catalogue and the models that this process has loaded."""
    return Engine(catalogue(), model)


@functools.cache
def load_ahead(*names: str) -> None:
    """Load these models in a thread, soon. Raises OptionError, or ArtifactError for a file that cannot be used."""
    for name in names:
        shipped_store().check(name)
    thread = threading.Timer(SECONDS_FOR_A_PAGE, _load, args=names)
    thread.name, thread.daemon = LOADER, True
    thread.start()


def _load(*names: str) -> None:
    for name in names:
        with contextlib.suppress(ReelRecError):  # the page that needs the model says so
            model(name)
    with contextlib.suppress(ReelRecError):
        _ = catalogue().predecessors
        search("", 0)
        memory.settle()
    _loaded_ahead.set()


def not_ready() -> str:
    """Why no visitors should be sent to this process, in words for its host; "" where they may."""
    try:
        catalogue()
    except ReelRecError:
        return "The catalogue cannot be used; the log says why."
    if not _loaded_ahead.is_set():
        return "Models are being loaded."
    return f"{GATE.waiting} visitors wait." if GATE.waiting >= MANY_WAIT else ""


def wait_for_loader() -> None:
    """Return when nothing is being loaded ahead."""
    for thread in threading.enumerate():
        if thread.name == LOADER:
            thread.join()


@functools.cache
def policies() -> Mapping[str, Choice]:
    """The policies of the interview by name, the learned one included. Raises ArtifactError."""
    store = shipped_store()
    learned = store.load(Policies.name).policies_ if store.has(Policies.name) else {}
    learned = {name: policy for name, policy in learned.items() if name == SetPolicy.name}
    return MappingProxyType(POLICIES | learned)


@functools.cache
def default_policy() -> str:
    """The policy that asks unless the visitor chooses another; its weights are not read. Raises ArtifactError."""
    learned = {SetPolicy.name} if shipped_store().has(Policies.name) else set()
    return screens.default_policy(POLICIES.keys() | learned)


def facts() -> Facts | None:
    """The model of films that nobody rated; None where it does not ship. Raises ArtifactError."""
    return cast(Facts, _part(Facts.name)) if shipped_store().has(Facts.name) else None


def reviews() -> ReviewText:
    """The model of review texts. Raises ArtifactError."""
    return cast(ReviewText, _part(ReviewText.name))


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
    with lock("events"):
        return _event_log()


@functools.cache
def _event_log() -> EventLog | None:
    path = os.environ.get("REELREC_LOG", "").strip()
    return EventLog(Path(path).expanduser()) if path else None


def _part(name: str) -> Any:
    """The catalogue or an artifact, and what another artifact builds on; the process holds each once."""
    with lock(name):
        return _loaded(name)


@functools.cache
def _loaded(name: str) -> Any:
    if name == CATALOGUE:
        return shipped_store().load_catalogue()
    catalogue()  # where nothing is there, this error says most
    artifact = shipped_store().load(name, _part)
    memory.settle()
    return artifact
