"""`ml-100k`: the five official folds of MovieLens 100K, on which published models are compared.

Ratings are whole stars, so predictions are clipped to 1-5. Models may know a film's genres and year, and no dates.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import pandas as pd

from reelrec.data.dataset import Dataset
from reelrec.data.film_features import film_features
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.report import Report, describe, differences
from reelrec.sources.movielens import ml_100k as movielens_100k

NAME = movielens_100k.NAME
MODELS = ("baseline", "svd", "bmf")
LOWEST = 1.0


def run(models: Sequence[str] = MODELS) -> Report:
    """Rows rmse for u1 to u5, and for all, the errors of the five folds together. Raises OptionError."""
    began = time.perf_counter()
    for name in models:
        held_out.check(name)  # a mistake is said before minutes have gone
    films = movielens_100k.read_films()
    features = film_features(genres=films["genres"], years=films["year"])
    folds = {f"u{number}": movielens_100k.read_fold(number) for number in movielens_100k.FOLDS}
    predicted: dict[tuple[str, str], pd.DataFrame] = {}
    for fold, (known, test) in folds.items():
        split = Split.of_frames(fold, known, test, films["film_id"], features, LOWEST)
        for name in models:
            predicted[name, fold] = held_out.predictions(held_out.fitted(name, split.training), split)
    for name in models:
        predicted[name, "all"] = pd.concat([predicted[name, fold] for fold in folds])
    measured = [held_out.rmse(name, fold, predicted[name, fold]) for fold in (*folds, "all") for name in models]
    everybody = Dataset.from_frame(NAME, pd.concat(folds["u1"]), films["film_id"])
    rows = tuple(one.row() for one in measured)
    return Report(NAME, describe(everybody), rows, time.perf_counter() - began, differences=differences(measured))
