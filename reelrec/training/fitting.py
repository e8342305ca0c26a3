"""From the sources to the artifacts: the catalogue, the people who train, and the settings that ship."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from reelrec.artifacts import store
from reelrec.data.dataset import Dataset
from reelrec.data.film_features import catalogue_features
from reelrec.data.ratings_file import read_ratings_file
from reelrec.data.roles import Role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.models.base import Recommender
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.registry import BUILDS_ON, MODELS
from reelrec.models.stack import Stack
from reelrec.training.settings import SEED, SETTINGS
from reelrec.training.users import letterboxd_users
from reelrec.training.visits import with_visits


def model_class(name: str) -> type[Recommender]:
    """What a model of that name is. Raises OptionError."""
    if name not in MODELS:
        raise OptionError(f"There is no model called {name!r}. Known: {', '.join(MODELS)}.")
    return MODELS[name]


def new_model(
    name: str, settings: Mapping[str, dict] = SETTINGS, part: Callable[[str], Recommender] | None = None
) -> Recommender:
    """An untrained model, by default with the settings that ship. Raises OptionError.

    part: gives the models that it builds on; by default those of the artifacts.
    """
    build = model_class(name)
    return build(*map(part or _shipped(), BUILDS_ON.get(name, ())), **settings.get(name, {}))


def _shipped() -> Callable[[str], Recommender]:
    """Gives the models of the artifacts, each loaded once."""

    @functools.cache
    def part(name: str) -> Recommender:
        return store.load_model(name, store.load_catalogue(), part=part)

    return part


def fitted(name: str, dataset: Dataset, settings: Mapping[str, dict] = SETTINGS) -> Recommender:
    """A model, and what it builds on, fitted on these people. Raises OptionError.

    The weights of `stack` are learned from one person in five, who teaches its members nothing.
    """
    learners = judges = dataset
    if name == Stack.name:
        kept = np.random.default_rng(SEED).permutation(dataset.n_users) % 5 == 0
        learners, judges = dataset.only(~kept), dataset.only(kept)

    @functools.cache
    def part(name: str) -> Recommender:
        return new_model(name, settings, part).fit(learners)

    return new_model(name, settings, part).fit(judges)


def train(model: Recommender, ratings: Path | None, folder: Path, log: Path | None = None) -> float:
    """Fit the model on Letterboxd people 0-7, or on everybody in a ratings file, and write it. Returns seconds.

    People 8 say when a `Corrector` should stop, and give `stack` its weights; a file's people do both themselves. The
    visits of a log of events train beside people 0-7. Raises OptionError, RatingsFileError or EventLogError.
    """
    films, more = store.load_catalogue(), ()
    if ratings is None:
        dataset = letterboxd_users(films, Role.TUNE if isinstance(model, Stack) else Role.TRAIN)
        dataset = with_visits(dataset, log) if log else dataset
        more = (letterboxd_users(films, Role.TUNE),) if isinstance(model, Corrector) else ()
    else:
        dataset = Dataset.from_frame(ratings.stem, read_ratings_file(ratings), [film.slug for film in films.films])
        dataset = replace(dataset, features=catalogue_features(films))
        if not len(dataset.items):
            raise RatingsFileError(f"{ratings.name} rates no film of the catalogue; film_id holds Letterboxd slugs.")
    began = time.perf_counter()
    try:
        model.fit(dataset, *more)
    except ImportError as error:
        raise OptionError(f"Training {model.name} needs {error.name}. Run: pip install -r requirements.txt") from error
    seconds = time.perf_counter() - began
    store.save_model(model, films, dataset, seconds, folder)
    return seconds
