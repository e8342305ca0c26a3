"""Held-out ratings: what a model is fitted on, what it knows of each test user, and how far off its stars are.

Whatever is held out, the model is fitted on one data set, is shown each test user's known ratings as a history, as
the app would show them, and predicts stars for items that are not in that history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from reelrec.data import half_stars
from reelrec.data.film_features import permuted
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.evaluation.report import K, Sums
from reelrec.models import predictive
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA

PLAIN, PERMUTED = "-plain", "-permuted"  # after a model's name: without side information, or with other films'


class Scorer(Protocol):
    """What `predictions` needs of a model: it scores a history in stars."""

    def score(self, history: History) -> np.ndarray:
        """(n_items,) stars."""


class HeldOut(NamedTuple):
    """One test user. history: known to the model. items, ratings: (n,) held out, to be predicted."""

    history: History
    items: np.ndarray
    ratings: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Ratings to learn from, and the ratings held out of each test user.

    user_ids: (n_users,) ids from outside, ascending. held_out: in their order. lowest: the fewest stars there are.
    """

    name: str
    training: Dataset
    user_ids: np.ndarray
    held_out: tuple[HeldOut, ...]
    lowest: float = half_stars.LOWEST

    @classmethod
    def of_frames(
        cls,
        name: str,
        known: pd.DataFrame,
        test: pd.DataFrame,
        *,
        item_ids: Iterable,
        features: Mapping[str, csr_array],
        lowest: float = half_stars.LOWEST,
    ) -> Split:
        """Hold out each user's rows of `test`; their rows of `known`, which models learn from, are their history."""
        training = replace(Dataset.from_frame(name, known, item_ids), features=features)
        testing = Dataset.from_frame(name, test, item_ids)
        user_of = {user_id: user for user, user_id in enumerate(training.user_ids)}
        held_out = tuple(
            HeldOut(
                history=training.history(user_of[user_id]) if user_id in user_of else History.empty(),
                items=answers.items,
                ratings=answers.ratings,
            )
            for user_id, answers in zip(testing.user_ids, testing.histories(), strict=True)
        )
        return cls(name=name, training=training, user_ids=testing.user_ids, held_out=held_out, lowest=lowest)


def fitted(name: str, dataset: Dataset, settings: Mapping[str, dict] = SMALL_DATA) -> Recommender:
    """A model fitted on these ratings; a name may end in -plain or -permuted. Raises OptionError."""
    check(name)
    if name.endswith(PLAIN):
        dataset = replace(dataset, features={})
    elif name.endswith(PERMUTED):
        dataset = replace(dataset, features=permuted(dataset.features))
    return fitting.fitted(_plain_name(name), dataset, settings)


def check(name: str) -> None:
    """Raises OptionError where no model has that name, its ending left out, or the model predicts no stars."""
    if fitting.model_class(_plain_name(name)).unit != "stars":
        raise OptionError(f"{name} makes lists and predicts no stars, so it has no error in stars. Use top-n.")


def _plain_name(name: str) -> str:
    return name.removesuffix(PLAIN).removesuffix(PERMUTED)


def predictions(model: Scorer, split: Split) -> pd.DataFrame:
    """One row a held-out rating: user (id), error of the predicted mean, clipped to the stars there are.

    A model that knows its uncertainty has median_error too: that of the median half-star of its distribution.
    """
    errors: dict[str, list[np.ndarray]] = {"error": []}
    for history, items, ratings in split.held_out:
        if isinstance(model, UncertainRecommender):
            prediction = model.predict(history, items)
            mean, median = prediction.mean, predictive.median(model.probabilities(prediction))
            median_error = np.clip(median, split.lowest, half_stars.HIGHEST) - ratings
            errors.setdefault("median_error", []).append(median_error)
        else:
            mean = model.score(history)[items]
        errors["error"].append(np.clip(mean, split.lowest, half_stars.HIGHEST) - ratings)
    sizes = [len(user.items) for user in split.held_out]
    columns = {name: np.concatenate(parts, dtype=np.float64) for name, parts in errors.items()}
    return pd.DataFrame({"user": np.repeat(split.user_ids, sizes), **columns})


def rmse(model: str, k: K, predicted: pd.DataFrame) -> Sums:
    """The root of the mean squared error over all held-out ratings, added up by user."""
    return _sums(model, "rmse", k, predicted["error"] ** 2, predicted["user"], root=True)


def mae(model: str, metric: str, k: K, predicted: pd.DataFrame, column: str) -> Sums:
    """The mean absolute value of one column of errors, added up by user."""
    return _sums(model, metric, k, predicted[column].abs(), predicted["user"])


def _sums(model: str, metric: str, k: K, values: pd.Series, user: pd.Series, root: bool = False) -> Sums:
    users = values.groupby(user).agg(["sum", "size"])
    sums, counts = users["sum"].to_numpy(), users["size"].to_numpy()
    return Sums(model=model, metric=metric, k=k, sums=sums, counts=counts, root=root)
