"""Fitting models: with the settings that ship, on the users that each model declares, and into a store."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.models.base import Model
from reelrec.models.registry import model_class
from reelrec.training.packages import needs_packages
from reelrec.training.ratings import Ratings
from reelrec.training.settings import SEED, SETTINGS, SMALL_DATA, Settings

SHIPPED = Ratings()  # what the artifacts that ship learned from
HELD_BACK = 5  # one user in as many fits a model that learns from other users than its parts


def new_model(
    name: str, settings: Mapping[str, Settings] = SETTINGS, part: Callable[[str], Any] | None = None
) -> Model:
    """An untrained model, by default with the settings that ship. Raises OptionError.

    part: gives the models that it builds on; by default those that ship.
    """
    kind = model_class(name)
    return kind(*map(part or shipped_store().loader(), kind.parts), **settings.get(name, {}))


def fitted(name: str, dataset: Dataset, settings: Mapping[str, Settings] = SETTINGS) -> Model:
    """A model, and what it builds on, fitted on these users. Raises OptionError.

    A model that learns from tune users gets one user in HELD_BACK, and its parts get the others.
    """
    own_users = parts_users = dataset
    if model_class(name).learns_from is not Role.TRAIN:
        held_back = np.random.default_rng(SEED).permutation(dataset.n_users) % HELD_BACK == 0
        own_users, parts_users = dataset.only(held_back), dataset.only(~held_back)

    @functools.cache
    def part(name: str) -> Model:
        if model_class(name).learns_from is not Role.TRAIN:  # it holds some of these users back in turn
            return fitted(name, parts_users, settings)
        return new_model(name, settings, part).fit(parts_users)

    return new_model(name, settings, part).fit(own_users)


def train(name: str, store: ArtifactStore, ratings: Ratings = SHIPPED, workers: Workers = ALONE) -> float:
    """Fit a model on the users it declares and save it. Returns seconds.

    What it builds on is taken from the store; what the store lacks is copied there from the artifacts that ship.
    workers: each learns from its share of the users, and the first one writes. Raises OptionError, RatingsFileError,
    EventLogError, SourceError or ArtifactError.
    """
    kind = model_class(name)
    films = (store if store.path(CATALOGUE).exists() else shipped_store()).load_catalogue()
    dataset, described = ratings.users(films, kind.learns_from, workers)
    validation: tuple[Dataset, ...] = ()
    if kind.validates_on and ratings.file is None:
        validation = (ratings.users(films, kind.validates_on, workers)[0],)
    workers.add(0)  # all have read, so nobody meets a file that is half copied
    if workers.rank == 0:
        store.copy_missing(kind.builds_on, source=shipped_store())
    workers.add(0)  # the others wait for what was copied
    model = new_model(name, SETTINGS | SMALL_DATA if ratings.small else SETTINGS, store.loader())
    began = time.perf_counter()
    with needs_packages(name):
        model.fit(dataset, *validation)
    seconds = time.perf_counter() - began
    if workers.rank == 0:
        store.save(model, described, seconds)
    return seconds
