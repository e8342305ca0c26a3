"""Test users: who they are, which of their ratings a model may see, and the models that never saw them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.film_features import film_features
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.ratings_file import read_ratings_file
from reelrec.data.ratings.roles import Role, has_role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.evaluation.comparators import registry
from reelrec.evaluation.protocol import DATA, LETTERBOXD
from reelrec.models.base import Recommender
from reelrec.models.registry import MODELS
from reelrec.names import one_of
from reelrec.sources.movielens import dataset as movielens
from reelrec.sources.registry import source
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA
from reelrec.training.users import catalogue_dataset, letterboxd_users

MIN_RATINGS = 60
ORDER_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationData:
    """Everything a protocol needs: users new to the models, the models, and each item's number of training ratings.

    histories: each user's, in a seeded random order. model: gives a model by its name. n_ratings: (n_items,).
    reason_missing: why the model of that name cannot be had here; None where it can.
    """

    users: Dataset
    histories: tuple[History, ...]
    model: Callable[[str], Recommender]
    n_ratings: np.ndarray
    notes: tuple[str, ...] = ()
    reason_missing: Callable[[str], str | None] = lambda name: None

    def choose(self, named: Sequence[str] | None, usual: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
        """The models that were named; without names the usual ones that can be had, and a note on each other."""
        if named is not None:
            return list(named), ()
        reasons = {name: self.reason_missing(name) for name in usual}
        left_out = tuple(f"Left out: {reason}" for reason in reasons.values() if reason)
        return [name for name, reason in reasons.items() if reason is None], left_out


class Models(NamedTuple):
    """Models for an evaluation, as in `EvaluationData`."""

    model: Callable[[str], Recommender]
    n_ratings: np.ndarray
    reason_missing: Callable[[str], str | None]


def evaluation_data(
    data: str = LETTERBOXD, ratings: Path | None = None, people: int | None = None, role: Role = Role.TEST
) -> EvaluationData:
    """The users of a data set or of a ratings file, with models that have never seen them.

    data: "letterboxd" (test users and the shipped models) or "ml-latest-small" (tune and test users; models fitted on
    the train users, on the spot). ratings: a file in which everybody is a test user. people: a seeded sample of that
    many users. role: which Letterboxd users. Raises OptionError, RatingsFileError, ArtifactError or SourceError.
    """
    notes: tuple[str, ...] = ()
    data = one_of(data, DATA, "evaluation data")
    if ratings is not None:
        dataset, notes = _from_file(ratings)
        models = shipped_models()
    elif data == LETTERBOXD:
        dataset = letterboxd_users(shipped_store().load_catalogue(), role)
        models = shipped_models()
    else:
        everybody = movielens_dataset(data)
        trains = has_role(everybody.user_ids, Role.TRAIN)
        dataset = everybody.only(~trains)
        models = _fitted_models(everybody.only(trains))
    users, histories = _sample(dataset, people)
    return EvaluationData(
        users=users,
        histories=histories,
        model=models.model,
        n_ratings=models.n_ratings,
        notes=notes,
        reason_missing=models.reason_missing if people is None else without_comparators(models.reason_missing),
    )


def movielens_dataset(name: str) -> Dataset:
    """All ratings and all films of a MovieLens data set, with the films' genres and years."""
    films = movielens.read_films(name)
    dataset = Dataset.from_frame(name, movielens.read_ratings(name), films["film_id"])
    return replace(dataset, features=film_features(genres=films["genres"], years=films["year"]))


def shuffled(history: History, rank: int) -> History:
    """The history in a random order that depends on the user's rank by id alone."""
    order = np.random.default_rng([ORDER_SEED, rank]).permutation(len(history))
    return history.take(order)


def _sample(dataset: Dataset, people: int | None) -> tuple[Dataset, tuple[History, ...]]:
    """Users with enough ratings, each history shuffled; then the sample, so that no order depends on the sample."""
    enough = dataset.only(np.diff(dataset.start) >= MIN_RATINGS)
    if not enough.n_users:
        raise RatingsFileError(f"Nobody in {dataset.name} has {MIN_RATINGS} ratings of films in the catalogue.")
    histories = [shuffled(history, rank) for rank, history in enumerate(enough.histories())]
    chosen = sampled(len(histories), people)
    return enough.only(chosen), tuple(history for history, keep in zip(histories, chosen, strict=True) if keep)


def sampled(n: int, people: int | None) -> np.ndarray:
    """(n,) bool: who of n users is in a seeded sample of this size; everybody where it is None. Raises OptionError."""
    if people is None or people >= n:
        return np.ones(n, dtype=bool)
    if people < 1:
        raise OptionError(f"{people} people cannot be sampled; ask for one or more.")
    chosen = np.zeros(n, dtype=bool)
    chosen[np.random.default_rng(ORDER_SEED).choice(n, people, replace=False)] = True
    return chosen


def shipped_models() -> Models:
    """The models of the manifest, and comparators fitted on the train users."""
    films = shipped_store().load_catalogue()

    def model(name: str) -> Recommender:
        if name in registry.COMPARATORS:
            return registry.fitted(name, letterboxd_users(films, Role.TRAIN))
        return shipped_store().load(name)

    def reason_missing(name: str) -> str | None:
        if name not in registry.COMPARATORS:
            return None if name in shipped_store().models() else f"{name} is not among the shipped models."
        if source("letterboxd").folder is None:
            return f"{name} is fitted on Letterboxd ratings, which are not on this machine."
        return registry.reason_missing(name)

    return Models(model, films.n_ratings[: films.n_items], reason_missing)


def _fitted_models(dataset: Dataset) -> Models:
    """Every model, fitted on these users when it is asked for."""

    def model(name: str) -> Recommender:
        if name in registry.COMPARATORS:
            return registry.fitted(name, dataset, SMALL_DATA)
        return fitting.fitted(name, dataset, SMALL_DATA)

    def reason_missing(name: str) -> str | None:
        if name in registry.COMPARATORS:
            return registry.reason_missing(name)
        return None if name in MODELS else f"there is no {name} in this version."

    return Models(model, dataset.counts(), reason_missing)


def without_comparators(reason_missing: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """A sample of users does not wait minutes for a comparator to be fitted."""

    def reason(name: str) -> str | None:
        if name in registry.COMPARATORS:
            return f"{name} is fitted on the spot, in minutes, only for all people or when asked for with --models."
        return reason_missing(name)

    return reason


def _from_file(path: Path) -> tuple[Dataset, tuple[str, ...]]:
    """The ratings of a file, and a note on the films that are not in the catalogue."""
    films = shipped_store().load_catalogue()
    frame = read_ratings_file(path)
    dataset = catalogue_dataset(path.stem, frame, films)
    known = frame["film_id"].isin(films.slugs[: films.n_items])
    if known.all():
        return dataset, ()
    unknown = frame.loc[~known, "film_id"]
    return dataset, (
        f"{len(unknown):,} ratings of {unknown.nunique():,} films that are not in the catalogue "
        "of the models (series or unknown) were dropped.",
    )
