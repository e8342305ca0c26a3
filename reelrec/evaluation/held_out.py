"""Held-out ratings: what a model may learn from, what is then known of each person, and how far off its stars are.

Whatever is held out, the model is fitted on one data set, is shown each test person's known ratings as a history, as
the app would show them, and predicts stars for films that are not in that history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from reelrec.data import half_stars
from reelrec.data.dataset import Dataset
from reelrec.data.film_features import permuted
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation.report import Sums
from reelrec.models import predictive
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA

Asked = tuple[History, np.ndarray, np.ndarray]  # known of a person, items to predict, their stars
PLAIN, PERMUTED = "-plain", "-permuted"  # after a model's name: without side information, or with other films'


@dataclass(frozen=True, slots=True)
class Split:
    """Ratings to learn from, and what is asked of each test person.

    user_ids: (n_people,) ids from outside, ascending. asked: in their order. lowest: the fewest stars there are.
    """

    name: str
    training: Dataset
    user_ids: np.ndarray
    asked: tuple[Asked, ...]
    lowest: float = half_stars.LOWEST

    @classmethod
    def of_frames(
        cls,
        name: str,
        known: pd.DataFrame,
        test: pd.DataFrame,
        item_ids: Sequence,
        features: Mapping[str, csr_array],
        lowest: float = half_stars.LOWEST,
    ) -> Split:
        """People are asked about their rows of `test`; their rows of `known`, from which models learn, are shown."""
        learned = replace(Dataset.from_frame(name, known, item_ids), features=features)
        people = Dataset.from_frame(name, test, item_ids)
        place = {user_id: user for user, user_id in enumerate(learned.user_ids)}
        asked = tuple(
            (
                learned.history(place[user_id]) if user_id in place else History.empty(),
                answers.items,
                answers.ratings,
            )
            for user_id, answers in zip(people.user_ids, people.histories(), strict=True)
        )
        return cls(name, learned, people.user_ids, asked, lowest)


def fitted(name: str, dataset: Dataset, settings: Mapping[str, dict] = SMALL_DATA) -> Recommender:
    """A model fitted on these ratings; a name may end in -plain or -permuted. Raises OptionError."""
    check(name)
    if name.endswith(PLAIN):
        dataset = replace(dataset, features={})
    elif name.endswith(PERMUTED):
        dataset = replace(dataset, features=permuted(dataset.features))
    return fitting.fitted(_plain_name(name), dataset, settings)


def check(name: str) -> None:
    """Raises OptionError where there is no such model, its ending left out, or it predicts no stars."""
    if fitting.model_class(_plain_name(name)).unit != "stars":
        raise OptionError(f"{name} makes lists and predicts no stars, so it has no error in stars. Use top-n.")


def _plain_name(name: str) -> str:
    return name.removesuffix(PLAIN).removesuffix(PERMUTED)


def predictions(model: Recommender, split: Split) -> pd.DataFrame:
    """One row a held-out rating: user (id), error of the predicted mean, clipped to the stars there are.

    A model that knows its uncertainty has median_error too: that of the half-star in the middle of its distribution.
    """
    errors: dict[str, list[np.ndarray]] = {"error": []}
    for known, items, stars in split.asked:
        if isinstance(model, UncertainRecommender):
            told = model.predict(known, items)
            mean, median = told.mean, predictive.median(model.probabilities(told))
            median_error = np.clip(median, split.lowest, half_stars.HIGHEST) - stars
            errors.setdefault("median_error", []).append(median_error)
        else:
            mean = model.score(known)[items]
        errors["error"].append(np.clip(mean, split.lowest, half_stars.HIGHEST) - stars)
    sizes = [len(items) for _, items, _ in split.asked]
    columns = {name: np.concatenate(parts, dtype=np.float64) for name, parts in errors.items()}
    return pd.DataFrame({"user": np.repeat(split.user_ids, sizes), **columns})


def rmse(model: str, k: float | str | None, predicted: pd.DataFrame) -> Sums:
    """The root of the mean squared error over all held-out ratings, added up by person."""
    people = (predicted["error"] ** 2).groupby(predicted["user"]).agg(["sum", "size"])
    return Sums(model, "rmse", k, people["sum"].to_numpy(), people["size"].to_numpy(), root=True)


def mae(model: str, metric: str, k: float | str | None, predicted: pd.DataFrame, column: str) -> Sums:
    """The mean absolute value of one column of errors, added up by person."""
    people = predicted[column].abs().groupby(predicted["user"]).agg(["sum", "size"])
    return Sums(model, metric, k, people["sum"].to_numpy(), people["size"].to_numpy())
