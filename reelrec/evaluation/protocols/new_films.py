"""`new-films`: how well are ratings predicted for films without a rating in training?

A seeded 5 % of the films lose all their ratings before models are fitted. Test users show all their other ratings. The
targets are their ratings of the films taken out, of which a model can know the genres, the year and the like.

rmse and coverage of the ranges are over these ratings. ndcg and recall are of a list of all films taken out, in which
the relevant ones (4 stars or more) are to be found; users with none are left out of it.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.film_features import new_film_features
from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role, has_role
from reelrec.evaluation import held_out, metrics, stars
from reelrec.evaluation.comparators.means import Chance, GenreMean, GlobalMean
from reelrec.evaluation.held_out import HeldOut, Scorer, Split
from reelrec.evaluation.protocol import DATA, LETTERBOXD, Options
from reelrec.evaluation.report import Difference, Report, Sums, describe, differences
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import movielens_dataset
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.facts.model import Facts
from reelrec.names import one_of
from reelrec.serving.engine import top
from reelrec.training import fitting
from reelrec.training.settings import SETTINGS, SMALL_DATA
from reelrec.training.users import letterboxd_users

NAME = "new-films"
TAKEN_SHARE = 0.05
TRAIN_USERS = 4_000  # of Letterboxd, so that a fit takes minutes
SEED = 42
LIST_LENGTH = 10
MEASURED = ("rmse", "coverage50", "coverage80", "coverage90")

SIMPLE = {model.name: model for model in (Chance, GlobalMean, GenreMean)}
YARDSTICKS = (Chance.name, GenreMean.name)
MODELS = ("chance", "global-mean", "baseline", "bmf-plain", "genre-mean", "bmf", Facts.name)


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError, ArtifactError or SourceError."""
    return run(options.data, options.models or MODELS, options.people)


def tables(report: Report) -> list[Printed]:
    return by_metric(report)


def run(data: str = "letterboxd", models: Sequence[str] = MODELS, people: int | None = None) -> Report:
    """Rows of MEASURED, and ndcg and recall at LIST_LENGTH. people: a seeded sample of that many test users.

    A model is compared with the row above, and facts with YARDSTICKS too. Raises OptionError.
    """
    began = time.perf_counter()
    for name in set(models) - SIMPLE.keys() - {Facts.name}:
        held_out.check(name)  # before the first model is fitted, which takes minutes
    training, testing = train_and_test(data, people)
    taken = taken_out(training.n_items)
    split = of_films(training, testing, taken)
    fits = Fits(split.training, SETTINGS if data == "letterboxd" else SMALL_DATA, known_facts(data, training))
    asked = np.random.default_rng(SEED).permutation(np.flatnonzero(taken))  # so that chance decides between equals
    by_model = {name: measured(name, fits.fitted(name), split, asked) for name in progress.steps(models)}
    together = [sums for own in by_model.values() for sums in own]
    return Report(
        protocol=NAME,
        dataset=describe(testing),
        rows=tuple(sums.row() for sums in together),
        seconds=time.perf_counter() - began,
        notes=_notes(split),
        differences=(*_from_yardsticks(by_model), *differences(together)),
    )


def measured(name: str, model: Any, split: Split, taken: np.ndarray) -> list[Sums]:
    """What each user adds to every metric. taken: (n,) the items taken out."""
    sums = [] if model.unit != "stars" else _of_stars(name, model, split)
    return sums + _of_lists(name, model, split, taken)


def _of_stars(name: str, model: Any, split: Split) -> list[Sums]:
    """The metrics of MEASURED that the model has."""
    targets = stars.Targets.of([(user.items, user.ratings) for user in split.held_out])
    predicted = stars.together([_prediction(model, user) for user in split.held_out])
    found = stars.measures(name, None, targets, stars.Forecast.of(model, predicted))
    return [sums for sums in found if sums.metric in MEASURED]


def _prediction(model: Any, user: HeldOut) -> Prediction:
    if isinstance(model, UncertainRecommender):
        return model.predict(user.history, user.items)
    mean = model.score(user.history)[user.items]
    return Prediction(mean=mean, sd=np.full_like(mean, np.nan))


def _of_lists(name: str, model: Any, split: Split, taken: np.ndarray) -> list[Sums]:
    """ndcg and recall of the first LIST_LENGTH films taken out, for users who find one of them relevant."""
    values = []
    for history, items, ratings in split.held_out:
        relevant = items[ratings >= RELEVANT_STARS]
        if not len(relevant):
            values.append((np.nan, np.nan))
            continue
        score = model.preference(history, taken) if isinstance(model, Facts) else model.score(history)[taken]
        best = taken[top(score, np.ones(len(taken), dtype=bool), LIST_LENGTH)]
        hits = np.isin(best, relevant)
        ndcg = metrics.ndcg_at_k(hits, len(relevant), min(LIST_LENGTH, len(hits)))
        values.append((ndcg, metrics.recall_at_k(hits, len(relevant), LIST_LENGTH)))
    return [
        Sums(model=name, metric=metric, k=LIST_LENGTH, sums=np.nan_to_num(column), counts=np.isfinite(column))
        for metric, column in zip(("ndcg", "recall"), np.array(values).T, strict=True)
        if np.isfinite(column).any()
    ]


def _from_yardsticks(by_model: Mapping[str, list[Sums]]) -> list[Difference]:
    """The differences of `facts` from each of YARDSTICKS."""
    return [
        sums.minus(other)
        for name in YARDSTICKS
        for other in by_model.get(name, ())
        for sums in by_model.get(Facts.name, ())
        if (sums.metric, sums.k) == (other.metric, other.k)
    ]


@dataclass(frozen=True)
class Fits:
    """Models fitted on the same ratings, each once. facts: features of the films for `facts`."""

    training: Dataset
    settings: Mapping[str, dict]
    facts: Mapping[str, csr_array]

    def fitted(self, name: str) -> Scorer:
        """The model of that name; it may end as in `held_out`."""
        if name in SIMPLE:
            return SIMPLE[name]().fit(self.training)
        if name == Facts.name:
            return Facts(*map(self.part, Facts.parts)).fit(self.facts)
        return self.part(name) if name in Facts.parts else held_out.fitted(name, self.training, self.settings)

    @functools.cached_property
    def part(self) -> Callable[[str], Any]:
        """Gives what `facts` builds on."""
        return functools.cache(lambda name: fitting.fitted(name, self.training, self.settings))


def known_facts(data: str, dataset: Dataset) -> Mapping[str, csr_array]:
    """What `facts` may know of the films."""
    return new_film_features(shipped_store().load_catalogue()) if data == "letterboxd" else dataset.features


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
    if one_of(data, DATA, "evaluation data") == LETTERBOXD:
        films = shipped_store().load_catalogue()
        training = sample(letterboxd_users(films, Role.TRAIN), TRAIN_USERS)
        return training, sample(letterboxd_users(films, Role.TEST), people)
    everybody = movielens_dataset(data)
    trains = has_role(everybody.user_ids, Role.TRAIN)
    return everybody.only(trains), sample(everybody.only(~trains), people)


def sample(dataset: Dataset, people: int | None) -> Dataset:
    """A seeded sample of that many users; everybody where there are no more, or no number is given."""
    if people is None or people >= dataset.n_users:
        return dataset
    chosen = np.zeros(dataset.n_users, dtype=bool)
    chosen[np.random.default_rng(SEED).choice(dataset.n_users, people, replace=False)] = True
    return dataset.only(chosen)


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
