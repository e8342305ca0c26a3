"""`new-films`: what can be said of a film that nobody has rated?

A seeded 5 % of the films lose all their ratings before models are fitted. Test people show all their other ratings,
and are asked for their stars of the films taken out, of which a model can know the genres, the year and the like.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from reelrec.artifacts import store
from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role, has_role
from reelrec.errors import OptionError
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.report import Report, describe, differences
from reelrec.evaluation.users import movielens_dataset
from reelrec.training.settings import SETTINGS, SMALL_DATA
from reelrec.training.users import letterboxd_users

NAME = "new-films"
TAKEN_SHARE = 0.05
TRAINING_PEOPLE = 4_000  # of Letterboxd, so that a fit takes minutes
SEED = 42


class GlobalMean:
    """The mean of all ratings, for every film and everybody."""

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


def run(data: str = "letterboxd", models: Sequence[str] = MODELS, people: int | None = None) -> Report:
    """Rows rmse. people: a seeded sample of that many test people. Raises OptionError."""
    began = time.perf_counter()
    for name in set(models) - SIMPLE.keys():
        held_out.check(name)  # a mistake is said before minutes have gone
    knowers, newcomers = _people(data, people)
    settings = SETTINGS if data == "letterboxd" else SMALL_DATA
    split = of_films(knowers, newcomers, taken_out(knowers.n_items))
    measured = []
    for name in models:
        simple = SIMPLE.get(name)
        model = simple().fit(split.training) if simple else held_out.fitted(name, split.training, settings)
        measured.append(held_out.rmse(name, None, held_out.predictions(model, split)))
    rows = tuple(one.row() for one in measured)
    seconds = time.perf_counter() - began
    return Report(NAME, describe(newcomers), rows, seconds, _notes(split), differences=differences(measured))


def taken_out(n_items: int) -> np.ndarray:
    """(n_items,) bool: the films that lose their ratings."""
    taken = np.zeros(n_items, dtype=bool)
    taken[np.random.default_rng(SEED).permutation(n_items)[: round(n_items * TAKEN_SHARE)]] = True
    return taken


def of_films(knowers: Dataset, newcomers: Dataset, taken: np.ndarray) -> Split:
    """Models learn from the knowers' ratings of films that stay; newcomers with a film taken out are asked about it.

    taken: (n_items,) bool.
    """
    asked = []
    for history in newcomers.histories():
        gone = taken[history.items]
        known = history.take(~gone)
        asked.append((known, history.items[gone], history.ratings[gone]))
    who = [user for user, (_, items, _) in enumerate(asked) if len(items)]
    return Split(NAME, _without(knowers, taken), newcomers.user_ids[who], tuple(asked[user] for user in who))


def _without(dataset: Dataset, taken: np.ndarray) -> Dataset:
    """The same people and films, the ratings of these films left out."""
    stays = ~taken[dataset.items]
    start = np.r_[0, np.cumsum(stays)][dataset.start]
    return replace(dataset, start=start, items=dataset.items[stays], ratings=dataset.ratings[stays])


def _people(data: str, people: int | None) -> tuple[Dataset, Dataset]:
    """Those who train and those who are asked."""
    if data == "letterboxd":
        films = store.load_catalogue()
        knowers = sample(letterboxd_users(films, Role.TRAIN), TRAINING_PEOPLE)
        return knowers, sample(letterboxd_users(films, Role.TEST), people)
    if data == "ml-latest-small":
        everybody = movielens_dataset(data)
        trains = has_role(everybody.user_ids, Role.TRAIN)
        return everybody.only(trains), sample(everybody.only(~trains), people)
    raise OptionError(f"There is no evaluation data called {data!r}. Known: letterboxd, ml-latest-small.")


def sample(dataset: Dataset, people: int | None) -> Dataset:
    """A seeded sample of that many people; everybody where there are no more, or none is asked for."""
    if people is None or people >= dataset.n_users:
        return dataset
    chosen = np.zeros(dataset.n_users, dtype=bool)
    chosen[np.random.default_rng(SEED).choice(dataset.n_users, people, replace=False)] = True
    return dataset.only(chosen)


def _notes(split: Split) -> tuple[str, ...]:
    films = len(np.unique(np.concatenate([items for _, items, _ in split.asked])))
    return (
        f"{films:,} rated films were taken out of the ratings of {split.training.n_users:,} people, on whose "
        f"{len(split.training.items):,} other ratings the models were fitted; {len(split.asked):,} people were asked.",
    )
