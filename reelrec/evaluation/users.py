"""Test users: who they are, and which of their ratings a model may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reelrec.artifacts import store
from reelrec.data.dataset import Dataset
from reelrec.data.film_features import film_features
from reelrec.data.history import History
from reelrec.data.roles import Role, has_role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.evaluation.comparators import registry
from reelrec.models.base import Recommender
from reelrec.models.registry import MODELS
from reelrec.sources import movielens
from reelrec.sources.ratings_file import read_ratings_file
from reelrec.sources.registry import source
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA
from reelrec.training.users import letterboxd_users

MIN_RATINGS = 60
ORDER_SEED = 42


@dataclass(frozen=True, slots=True)
class EvaluationData:
    """Everything a protocol needs: people new to the models, the models, and each film's ratings in training."""

    users: Dataset
    histories: tuple[History, ...]  # each person's, in the seeded random order
    model: Callable[[str], Recommender]
    n_ratings: np.ndarray  # (n_items,)
    notes: tuple[str, ...] = ()
    reason_missing: Callable[[str], str | None] = lambda name: None  # why a model is not to be had here

    def choose(self, asked: Sequence[str] | None, usual: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
        """The models that were asked for, or those of the usual ones that are to be had, and a note on each other."""
        if asked is not None:
            return list(asked), ()
        reasons = {name: self.reason_missing(name) for name in usual}
        left_out = tuple(f"Left out: {reason}" for reason in reasons.values() if reason)
        return [name for name, reason in reasons.items() if reason is None], left_out


def evaluation_data(
    data: str = "letterboxd", ratings: Path | None = None, people: int | None = None, role: Role = Role.TEST
) -> EvaluationData:
    """The people of a data set or of a ratings file, with models that have never seen them.

    data: "letterboxd" (test users and the shipped models) or "ml-latest-small" (tune and test users; models fitted on
    the train users, on the spot). ratings: a file in which everybody is a test user. people: a seeded sample of that
    many. role: which Letterboxd users.
    """
    if ratings is not None:
        dataset, notes = _from_file(ratings)
        models, n_ratings, lacks = _shipped_models()
    elif data == "letterboxd":
        films = store.load_catalogue()
        dataset, notes = letterboxd_users(films, role), ()
        models, n_ratings, lacks = _shipped_models()
    elif data == "ml-latest-small":
        everybody = movielens_dataset(data)
        fits = has_role(everybody.user_ids, Role.TRAIN)
        dataset, notes = everybody.only(~fits), ()
        models, n_ratings, lacks = _fitted_models(everybody.only(fits))
    else:
        raise OptionError(f"There is no evaluation data called {data!r}. Known: letterboxd, ml-latest-small.")
    return EvaluationData(
        *_sample(dataset, people), models, n_ratings, notes, lacks if people is None else _hasty(lacks)
    )


def movielens_dataset(name: str) -> Dataset:
    """All ratings and all films of a MovieLens data set, with the films' genres and years."""
    films = movielens.read_films(name)
    dataset = Dataset.from_frame(name, movielens.read_ratings(name), films["film_id"])
    return replace(dataset, features=film_features(genres=films["genres"], years=films["year"]))


def shuffled(history: History, rank: int) -> History:
    """The history in a random order that depends on the person's rank by id alone."""
    order = np.random.default_rng([ORDER_SEED, rank]).permutation(len(history))
    return history.take(order)


def _sample(dataset: Dataset, people: int | None) -> tuple[Dataset, tuple[History, ...]]:
    """People with enough ratings, each shuffled; then the sample, so that a person's order never depends on it."""
    enough = dataset.only(np.diff(dataset.start) >= MIN_RATINGS)
    if not enough.n_users:
        raise RatingsFileError(f"Nobody in {dataset.name} has {MIN_RATINGS} ratings of films in the catalogue.")
    histories = [shuffled(history, rank) for rank, history in enumerate(enough.histories())]
    if people is None or people >= len(histories):
        return enough, tuple(histories)
    if people < 1:
        raise OptionError(f"{people} people cannot be sampled; ask for one or more.")
    chosen = np.zeros(len(histories), dtype=bool)
    chosen[np.random.default_rng(ORDER_SEED).choice(len(histories), people, replace=False)] = True
    return enough.only(chosen), tuple(history for history, keep in zip(histories, chosen, strict=True) if keep)


def _shipped_models() -> tuple[Callable, np.ndarray, Callable]:
    """The models of the manifest, and comparators fitted on the people who trained them."""
    films = store.load_catalogue()

    def model(name: str) -> Recommender:
        if name in registry.COMPARATORS:
            return registry.fitted(name, letterboxd_users(films, Role.TRAIN))
        return store.load_model(name, films)

    def lacks(name: str) -> str | None:
        if name not in registry.COMPARATORS:
            return None if name in store.shipped() else f"{name} is not among the shipped models."
        if source("letterboxd").folder is None:
            return f"{name} is fitted on Letterboxd ratings, which are not on this machine."
        return registry.lacks(name)

    return model, films.n_ratings, lacks


def _fitted_models(dataset: Dataset) -> tuple[Callable, np.ndarray, Callable]:
    """Every model, fitted on these people when it is asked for."""

    def model(name: str) -> Recommender:
        if name in registry.COMPARATORS:
            return registry.fitted(name, dataset, SMALL_DATA)
        return fitting.fitted(name, dataset, SMALL_DATA)

    def lacks(name: str) -> str | None:
        if name in registry.COMPARATORS:
            return registry.lacks(name)
        return None if name in MODELS else f"there is no {name} in this version."

    return model, dataset.counts(), lacks


def _hasty(lacks: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """A sample of people does not wait for a comparator to be fitted."""

    def reason(name: str) -> str | None:
        if name in registry.COMPARATORS:
            return f"{name} is fitted on the spot, in minutes, only for all people or when asked for with --models."
        return lacks(name)

    return reason


def _from_file(path: Path) -> tuple[Dataset, tuple[str, ...]]:
    films = store.load_catalogue()
    frame = read_ratings_file(path)
    dataset = Dataset.from_frame(path.stem, frame, [film.slug for film in films.films])
    known = frame["film_id"].isin(films.by_slug)
    if known.all():
        return dataset, ()
    unknown = frame.loc[~known, "film_id"]
    return dataset, (
        f"{len(unknown):,} ratings of {unknown.nunique():,} films that are not in the catalogue "
        "(television or unknown) were dropped.",
    )
