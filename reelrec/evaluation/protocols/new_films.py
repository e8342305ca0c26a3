"""`new-films`: how well are ratings predicted for films without a rating in training?

A seeded 5 % of the films lose all their ratings before models are fitted. Test users show all their other ratings. The
targets are their ratings of the films taken out, of which a model can know the genres, the year and the like.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role, has_role
from reelrec.errors import OptionError
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import HeldOut, Scorer, Split
from reelrec.evaluation.protocol import Doing, Options
from reelrec.evaluation.report import Report, describe, differences
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import movielens_dataset
from reelrec.training.settings import SETTINGS, SMALL_DATA
from reelrec.training.users import letterboxd_users

NAME = "new-films"
TAKEN_SHARE = 0.05
TRAIN_USERS = 4_000  # of Letterboxd, so that a fit takes minutes
SEED = 42


class GlobalMean:
    """The mean of all ratings, for every film and every user."""

    name = "global-mean"
    unit = "stars"

    def fit(self, dataset: Dataset) -> Self:
        self.stars_ = np.full(dataset.n_items, dataset.ratings.mean(dtype=np.float64), dtype=np.float32)
        return self

    def score(self, history: History) -> np.ndarray:
        return self.stars_


class GenreMean(GlobalMean):
    """The mean of the film's genres, each the mean of its ratings in training; the global mean without a genre."""

    name = "genre-mean"

    def fit(self, dataset: Dataset) -> Self:
        super().fit(dataset)
        has = (dataset.features["genre"] > 0).astype(np.float64)  # (n_items, n_genres)
        counts, sums = has.T @ dataset.counts(), has.T @ dataset.sums()
        means = np.divide(sums, counts, out=np.full(len(counts), float(self.stars_[0])), where=counts > 0)
        genres = has.sum(axis=1)
        self.stars_ = np.divide(has @ means, genres, out=self.stars_.astype(np.float64), where=genres > 0)
        return self


SIMPLE = {model.name: model for model in (GlobalMean, GenreMean)}
MODELS = (*SIMPLE, "baseline", "bmf-plain", "bmf")


def evaluate(options: Options, doing: Doing) -> Report:
    """Measure as the command asks. Raises OptionError, ArtifactError or SourceError."""
    return run(options.data, options.models or MODELS, options.people)


def tables(report: Report) -> list[Printed]:
    return by_metric(report)


def run(data: str = "letterboxd", models: Sequence[str] = MODELS, people: int | None = None) -> Report:
    """Rows rmse. people: a seeded sample of that many test users. Raises OptionError."""
    began = time.perf_counter()
    for name in set(models) - SIMPLE.keys():
        held_out.check(name)  # before the first model is fitted, which takes minutes
    training, testing = train_and_test(data, people)
    split = of_films(training, testing, taken_out(training.n_items))
    measured = []
    for name in models:
        errors = held_out.predictions(_fitted(name, split.training, data), split)
        measured.append(held_out.rmse(name, None, errors))
    return Report(
        protocol=NAME,
        dataset=describe(testing),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        notes=_notes(split),
        differences=differences(measured),
    )


def taken_out(n_items: int) -> np.ndarray:
    """(n_items,) bool: the films that lose their ratings."""
    taken = np.zeros(n_items, dtype=bool)
    taken[np.random.default_rng(SEED).permutation(n_items)[: round(n_items * TAKEN_SHARE)]] = True
    return taken


def of_films(training: Dataset, testing: Dataset, taken: np.ndarray) -> Split:
    """Models learn from the ratings of films that stay. Test users who rated a film taken out are asked about it.

    taken: (n_items,) bool.
    """
    users = []
    for history in testing.histories():
        gone = taken[history.items]
        users.append(HeldOut(history.take(~gone), history.items[gone], history.ratings[gone]))
    asked = [row for row, user in enumerate(users) if len(user.items)]
    return Split(
        name=NAME,
        training=_without(training, taken),
        user_ids=testing.user_ids[asked],
        held_out=tuple(users[row] for row in asked),
    )


def train_and_test(data: str, people: int | None) -> tuple[Dataset, Dataset]:
    """The users whom the models are fitted on, and the test users. Raises OptionError."""
    if data == "letterboxd":
        films = shipped_store().load_catalogue()
        training = sample(letterboxd_users(films, Role.TRAIN), TRAIN_USERS)
        return training, sample(letterboxd_users(films, Role.TEST), people)
    if data == "ml-latest-small":
        everybody = movielens_dataset(data)
        trains = has_role(everybody.user_ids, Role.TRAIN)
        return everybody.only(trains), sample(everybody.only(~trains), people)
    raise OptionError(f"There is no evaluation data called {data!r}. Known: letterboxd, ml-latest-small.")


def sample(dataset: Dataset, people: int | None) -> Dataset:
    """A seeded sample of that many users; everybody where there are no more, or no number is given."""
    if people is None or people >= dataset.n_users:
        return dataset
    chosen = np.zeros(dataset.n_users, dtype=bool)
    chosen[np.random.default_rng(SEED).choice(dataset.n_users, people, replace=False)] = True
    return dataset.only(chosen)


def _fitted(name: str, training: Dataset, data: str) -> Scorer:
    if name in SIMPLE:
        return SIMPLE[name]().fit(training)
    return held_out.fitted(name, training, SETTINGS if data == "letterboxd" else SMALL_DATA)


def _without(dataset: Dataset, taken: np.ndarray) -> Dataset:
    """The same users and films, the ratings of these films left out."""
    stays = ~taken[dataset.items]
    start = np.r_[0, np.cumsum(stays)][dataset.start]
    return replace(dataset, start=start, items=dataset.items[stays], ratings=dataset.ratings[stays])


def _notes(split: Split) -> tuple[str, ...]:
    films = len(np.unique(np.concatenate([user.items for user in split.held_out])))
    return (
        f"{films:,} rated films were taken out of the ratings of {split.training.n_users:,} people, on whose "
        f"{len(split.training.items):,} other ratings the models were fitted; {len(split.held_out):,} people were "
        "asked.",
    )
