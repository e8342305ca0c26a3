"""`ml-100k`: the five official folds of MovieLens 100K, on which published models are compared.

Ratings are whole stars, so predictions are clipped to 1-5. Models may know a film's genres and year, and no dates.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import pandas as pd

from reelrec import progress
from reelrec.data.film_features import film_features
from reelrec.data.ratings.dataset import Dataset
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, describe, differences
from reelrec.evaluation.tables import Printed, by_split
from reelrec.sources.movielens import ml_100k as movielens_100k

NAME = movielens_100k.NAME
MODELS = ("baseline", "svd", "bmf")
LOWEST = 1.0


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError or SourceError."""
    return run(options.models or MODELS)


def tables(report: Report) -> list[Printed]:
    return by_split(report)


def run(models: Sequence[str] = MODELS) -> Report:
    """Rows rmse for u1 to u5, and for all, the errors of the five folds together. Raises OptionError."""
    began = time.perf_counter()
    for name in models:
        held_out.check(name)  # before the first model is fitted, which takes minutes
    films = movielens_100k.read_films()
    features = film_features(genres=films["genres"], years=films["year"])
    folds = {f"u{number}": movielens_100k.read_fold(number) for number in movielens_100k.FOLDS}
    errors: dict[tuple[str, str], pd.DataFrame] = {}
    for fold, (known, test) in progress.steps(folds.items(), names=[*folds]):
        split = Split.of_frames(fold, known, test, item_ids=films["film_id"], features=features, lowest=LOWEST)
        for name in progress.steps(models):
            errors[name, fold] = held_out.predictions(held_out.fitted(name, split.training), split)
    for name in models:
        errors[name, "all"] = pd.concat([errors[name, fold] for fold in folds])
    measured = [held_out.rmse(name, fold, errors[name, fold]) for fold in (*folds, "all") for name in models]
    everybody = Dataset.from_frame(NAME, pd.concat(folds["u1"]), films["film_id"])
    return Report(
        protocol=NAME,
        dataset=describe(everybody),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        differences=differences(measured),
    )
