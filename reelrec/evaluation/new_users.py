"""`new-users`: how far off are the predicted stars for somebody new, after k ratings?

Each test person's ratings in a seeded random order; the last 30 % are the targets, and of the rest the first k are
shown (who has fewer shows all). Errors are pooled over ratings, predictions clipped to 0.5-5.0.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from reelrec.dataset import History
from reelrec.errors import OptionError
from reelrec.evaluation.metrics import is_liked, is_predicted_liked
from reelrec.evaluation.people import Trial
from reelrec.evaluation.report import Report, Row, describe, ratio_row
from reelrec.models.base import Recommender

NAME = "new-users"
HEADLINE = "rmse"
MODELS = ("film-mean", "baseline", "knn", "svd")
KNOWN = (0, 3, 5, 10, 20, 50, "all")
TARGET_SHARE = 0.3


def run(trial: Trial, models: Sequence[str] = MODELS, known: Sequence[int | str] = KNOWN) -> Report:
    """Rows of rmse, mae and like_accuracy for every model and k. Raises OptionError for a model without stars."""
    began = time.perf_counter()
    rows = [row for name in models for row in _rows(trial, name, trial.model(name), known)]
    return Report(NAME, describe(trial.people), tuple(rows), time.perf_counter() - began, trial.notes)


def split(history: History) -> tuple[History, np.ndarray, np.ndarray]:
    """What may be shown, and the targets: their items and their stars."""
    cut = len(history) - round(len(history) * TARGET_SHARE)
    return history.head(cut), history.items[cut:], history.ratings[cut:]


def errors(model: Recommender, history: History, known: Sequence[int | str]) -> np.ndarray:
    """(len(known), 4): sum of squared errors, of absolute errors, of right guesses of "liked", and ratings."""
    shown, items, stars = split(history)
    sums, before = np.empty((len(known), 4)), None
    for row, k in enumerate(known):
        size = len(shown) if k == "all" else min(k, len(shown))
        if size != before:  # who has no more ratings is not scored again
            predicted = np.clip(model.score(shown.head(size))[items], 0.5, 5.0)
            off = predicted - stars
            right = is_predicted_liked(predicted) == is_liked(stars)
            totals = (off @ off, np.abs(off).sum(), right.sum(), len(items))
        sums[row], before = totals, size
    return sums


def _rows(trial: Trial, name: str, model: Recommender, known: Sequence[int | str]) -> list[Row]:
    if model.unit != "stars":
        raise OptionError(f"{name} makes lists and predicts no stars, so it has no row in {NAME}. Use top-n.")
    sums = np.array([errors(model, history, known) for history in trial.histories])  # (people, k, 4)
    rows = []
    for column, (metric, root) in enumerate((("rmse", True), ("mae", False), ("like_accuracy", False))):
        for row, k in enumerate(known):
            rows.append(ratio_row(name, metric, k, sums[:, row, column], sums[:, row, 3], root))
    return rows
