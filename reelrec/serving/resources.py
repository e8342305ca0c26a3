"""What the process loads once for all visitors: catalogue, models, measurements and the log of events."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from reelrec.artifacts.kinds import CATALOGUE, kind_of
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.errors import ArtifactError, ReelRecError
from reelrec.interview import screens
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.interview.policies import POLICIES, Choice
from reelrec.models.base import Recommender
from reelrec.models.bmf.model import BMF
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.lists.blend import Blend
from reelrec.models.lists.popularity import Popularity
from reelrec.models.registry import MODELS
from reelrec.models.review_text import ReviewText
from reelrec.models.stack import Stack
from reelrec.serving import memory
from reelrec.serving.engine import Engine
from reelrec.serving.limits.gate import GATE
from reelrec.telemetry.events import EventLog

_locks: dict[str, threading.RLock] = {}
CHECKING = "files"  # the lock under which files are checked
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


def fault(name: str) -> ArtifactError | None:
    """Why an artifact cannot be used, as far as is known without loading it; None where it can."""
    if name == Popularity.name:
        return None  # the catalogue has it too
    loaded = _loaded().get(name)
    if loaded is not None:
        return loaded if isinstance(loaded, ArtifactError) else None
    with lock(CHECKING):
        return _fault_of_file(name)


@functools.cache
def ships(name: str) -> bool:
    """Whether the manifest names an artifact. Raises ArtifactError."""
    return shipped_store().has(name)


def served() -> Engine:
    """The one engine of all visitors, over the catalogue and the models that this process has loaded."""
    return Engine(catalogue(), model)


@functools.cache
def load_ahead(*names: str) -> None:
    """Load these models in a thread, soon, as far as they can be used. Raises OptionError."""
    thread = threading.Timer(SECONDS_FOR_A_PAGE, _load, args=[name for name in names if fault(name) is None])
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
    """The policies of the interview by name, the learned one included where it can be used."""
    learned = cast(Policies, _part(Policies.name)).policies_ if _has(Policies.name) else {}
    learned = {name: policy for name, policy in learned.items() if name == SetPolicy.name}
    return MappingProxyType(POLICIES | learned)


def default_policy() -> str:
    """The policy that asks unless the visitor chooses another; its weights are not read."""
    learned = {SetPolicy.name} if _has(Policies.name) else set()
    return screens.default_policy(POLICIES.keys() | learned)


def facts() -> Facts | None:
    """The model of films that nobody rated; None where it does not ship or cannot be used."""
    return cast(Facts, _part(Facts.name)) if _has(Facts.name) else None


def film_map() -> FilmMap | None:
    """The map of films; None where it does not ship or cannot be used."""
    return cast(FilmMap, _part(FilmMap.name)) if _has(FilmMap.name) else None


def _has(name: str) -> bool:
    """Whether an artifact that need not ship is here and can be used, which is found out by loading it."""
    if not ships(name) or fault(name):
        return False
    with contextlib.suppress(ArtifactError):
        return _part(name) is not None
    return False


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
    try:
        return EventLog(Path(path).expanduser()) if path else None
    except RuntimeError:  # of "~" where there is no home; what is at the path, the log finds out as it writes
        tell_host(f"There is no home for $REELREC_LOG={path}, so no events are kept. Give the whole path.")
        return None


def _part(name: str) -> Any:
    """The catalogue or an artifact, and what another artifact builds on; the process holds each once.

    An artifact that cannot be used is told to the host once, and not tried again.
    """
    with lock(name):
        loaded = _loaded()
        if name not in loaded:
            loaded[name] = _load_one(name)
    part = loaded[name]
    if isinstance(part, ArtifactError):
        raise ArtifactError(*part.args)  # a copy, because the kept one would collect tracebacks
    return part


@functools.cache
def _loaded() -> dict[str, Any]:
    """What was loaded, by name; of what cannot be used, the error."""
    return {}


def _load_one(name: str) -> Any:
    """An artifact, or the error that says why it cannot be used. Raises ArtifactError for the catalogue."""
    store = shipped_store()
    if name == CATALOGUE:
        return store.load_catalogue()  # where that fails, every page says so, and the next one tries again
    films = catalogue()  # where nothing is there, this error says most
    try:
        artifact = store.load(name, _stars if name == Blend.name else _part)
    except ArtifactError as error:
        tell_host(str(error))
        return popular(films) if name == Popularity.name else error
    memory.settle()
    return artifact


def _stars(name: str) -> Any:
    """A part of the list's model; where the blended stars cannot be used, those of bmf take their place in it too."""
    try:
        return _part(name)
    except ArtifactError:
        if name != Stack.name:
            raise
        return Stack.of_one(_part(BMF.name))


def popular(films: Catalogue) -> Popularity:
    """The most rated films first, by what the catalogue knows of its items."""
    means = [film.mean or 0.0 for film in films.films[: films.n_items]]
    model = Popularity()
    model.keep(counts=films.n_ratings[: films.n_items], means=np.array(means))
    return model


@functools.cache
def _fault_of_file(name: str) -> ArtifactError | None:
    """Why the file of an artifact, or of what it builds on, cannot be used; None where it can."""
    try:
        shipped_store().check(name)
    except ArtifactError as error:
        if ships(name) or name in MODELS or name == Interviewer.name:
            tell_host(str(error))
        return error
    for part in kind_of(name).parts:
        broken = None if part == CATALOGUE else _fault_of_file(part)
        if broken and part == Stack.name:
            broken = _fault_of_file(BMF.name)  # see `_stars`
        if broken:
            return broken
    return None


@functools.cache
def tell_host(what: str, so: str = "ReelRec does without it until it is started again.") -> None:
    """Write what is missing and what to do into the log, once. so: what comes of it."""
    logging.getLogger("reelrec").warning("%s (%s)", what, so)
