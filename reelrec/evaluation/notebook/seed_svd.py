"""`seed-svd`: the notebook's tuned SVD on ml-latest-small, repeated with its library, split and seeds (`recipe`).

The notebook compared models by cross-validation, chose SVD to tune, and measured it once on the hold-out.

`search` repeats its grid as a report of its own, `seed-svd-grid`.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rich.table import Table

from reelrec import progress
from reelrec.data.film_features import film_features
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.notebook.recipe import DATA, GRID, SEED, algorithms
from reelrec.evaluation.notebook.recipe import TUNED as TUNED
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, Row, Sums, describe, differences
from reelrec.evaluation.tables import Printed, endnotes, title
from reelrec.evaluation.users import movielens_dataset
from reelrec.sources.movielens import dataset as movielens

if TYPE_CHECKING:
    import surprise
    from scipy.sparse import csr_array

NAME = "seed-svd"
CROSS_VALIDATED = "svd-tuned-cv"  # the tuned SVD by three folds, a row of the notebook's table
NOTEBOOK = {  # RMSE and MAE that the notebook printed
    "baseline": (0.8790, 0.6797),
    "knn": (0.8758, 0.6691),
    "svd-default": (0.8859, 0.6829),
    CROSS_VALIDATED: (0.8751, 0.6746),
    "svd": (0.8754, 0.6700),
}

OURS = "bmf"
TAGS = "-tags"  # after a model's name: with users' tags of the films too

Errors = pd.DataFrame  # columns user, error; median_error too where a model gives one


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError or SourceError."""
    return run(options.models)


def tables(report: Report) -> list[Printed]:
    """Ours beside the notebook's, where it has that model."""
    value = {(row.model, row.metric): row.value for row in report.rows}
    table = Table("model", "validation", "RMSE", "MAE", "notebook RMSE", "notebook MAE", title=title(report))
    for model in dict.fromkeys(row.model for row in report.rows):
        for validation, prefix in (("3-fold", "cv_"), ("hold-out", "")):
            if (model, f"{prefix}rmse") not in value or (model, prefix) == (CROSS_VALIDATED, ""):
                continue
            ours = [f"{value[model, prefix + metric]:.4f}" for metric in ("rmse", "mae")]
            in_notebook = model in NOTEBOOK and prefix == ("" if model == "svd" else "cv_")
            printed = [f"{number:.4f}" for number in NOTEBOOK[model]] if in_notebook else ["", ""]
            table.add_row(model, validation, *ours, *printed)
    return [table, *endnotes(report)]


def run(models: Sequence[str] | None = None) -> Report:
    """Rows rmse and mae (hold-out) and cv_rmse and cv_mae; of our models no cross-validation, but mae_mean.

    models: names of the notebook's models, of which `svd` brings svd-tuned-cv, or of ours; the notebook's five and bmf
    by default. With bmf come its controls: without side information, with other films', and with users' tags added.
    """
    began = time.perf_counter()
    names = _with_controls(list(models) if models else [*algorithms(), OURS])
    for name in set(names) - NOTEBOOK.keys():
        held_out.check(name.removesuffix(TAGS))  # before the first model is fitted, which takes minutes
    rows: list[Row] = []
    measured: list[Sums] = []
    for name in progress.steps(names):
        if name in NOTEBOOK:
            row_name = CROSS_VALIDATED if name == "svd" else name
            rows += _cross_validated(row_name, algorithms()[name], recipe.split()[0])
            sums = _sums(name, hold_out(name))
        else:
            sums = _sums(name, ours(name))
        measured += sums
        rows += [entry.row() for entry in sums]
    return Report(
        protocol=NAME,
        dataset=describe(movielens_dataset(DATA)),
        rows=tuple(rows),
        seconds=time.perf_counter() - began,
        notes=(_verdict(rows),) if set(NOTEBOOK) <= {row.model for row in rows} else (),
        differences=differences(measured),
    )


def search() -> Report:
    """The notebook's grid of 36 settings, three folds each, in the details; a note names the best."""
    began = time.perf_counter()
    training, _ = recipe.split()
    from surprise import SVD  # after split, which says what to do where it is not installed

    parts = list(recipe.folds(training))
    grid = []
    for values in progress.steps([*itertools.product(*GRID.values())]):
        settings = dict(zip(GRID, values, strict=True))
        rmse = [_rmse(_errors(SVD(random_state=SEED, **settings).fit(most).test(rest))) for most, rest in parts]
        grid.append(settings | {"rmse": float(np.mean(rmse))})
    return Report(
        protocol=f"{NAME}-grid",
        dataset=describe(movielens_dataset(DATA)),
        seconds=time.perf_counter() - began,
        notes=(_best_of(grid),),
        details={"grid": grid},
    )


def ours(name: str) -> Errors:
    """Errors of one of our models on the test ratings. Raises OptionError."""
    known, test = recipe.frames()
    everybody = movielens_dataset(DATA)
    features = dict(everybody.features)
    if name.endswith(TAGS):
        features["tag"] = tags_of(known, everybody.item_ids)
    split = Split.of_frames(NAME, known, test, item_ids=everybody.item_ids, features=features)
    return held_out.predictions(held_out.fitted(name.removesuffix(TAGS), split.training), split)


def tags_of(known: pd.DataFrame, item_ids: np.ndarray) -> csr_array:
    """The block of tags by users who rated the film in `known`, because the tag of a test pair tells its stars."""
    tags = movielens.read_tags(DATA).merge(known[["user_id", "film_id"]])
    words = tags.groupby("film_id")["tag"].agg(list).to_dict()
    return film_features(tags=[words.get(film, ()) for film in item_ids])["tag"]


def hold_out(name: str) -> Errors:
    """Errors of one of `algorithms` on the test ratings."""
    training, test = recipe.split()
    return _errors(algorithms()[name]().fit(training.build_full_trainset()).test(test))


def _with_controls(names: list[str]) -> list[str]:
    """The names; around bmf its controls."""
    if OURS not in names:
        return names
    place = names.index(OURS)
    controls = [f"{OURS}{held_out.PERMUTED}", f"{OURS}{held_out.PLAIN}", OURS, f"{OURS}{TAGS}"]
    return [*names[:place], *controls, *names[place + 1 :]]


def _errors(predicted: list[surprise.Prediction]) -> Errors:
    return pd.DataFrame([(p.uid, p.est - p.r_ui) for p in predicted], columns=["user", "error"])


def _rmse(errors: Errors) -> float:
    return np.sqrt((errors["error"] ** 2).mean())


def _cross_validated(name: str, algorithm: Callable, data: surprise.Dataset) -> list[Row]:
    by_fold = [_errors(algorithm().fit(training).test(test)) for training, test in recipe.folds(data)]
    rows = _folded(name, "cv_", by_fold)
    if name == CROSS_VALIDATED:  # a row of the notebook's table; the name says what kind of number it is
        rows += _folded(name, "", by_fold)
    return rows


def _sums(name: str, errors: Errors) -> list[Sums]:
    """RMSE and MAE on the hold-out; where a model has a median too, MAE of the median and mae_mean of the mean."""
    rmse = held_out.rmse(name, None, errors)
    if "median_error" not in errors:
        return [rmse, held_out.mae(name, "mae", None, errors, "error")]
    columns = {"mae": "median_error", "mae_mean": "error"}
    return [rmse, *(held_out.mae(name, metric, None, errors, column) for metric, column in columns.items())]


def _folded(name: str, prefix: str, by_fold: list[Errors]) -> list[Row]:
    """RMSE and MAE, each the mean over folds; the interval is that of all folds' errors, drawn by user."""
    pooled = [sums.row() for sums in _sums(name, pd.concat(by_fold))]
    means = (
        np.mean([_rmse(errors) for errors in by_fold]),
        np.mean([errors["error"].abs().mean() for errors in by_fold]),
    )
    return [
        replace(row, metric=f"{prefix}{row.metric}", value=float(mean)) for row, mean in zip(pooled, means, strict=True)
    ]


def _verdict(rows: Sequence[Row]) -> str:
    value = {(row.model, row.metric): row.value for row in rows}
    knn, svd = value["knn", "rmse"], value["svd", "rmse"]
    default, knn_cv = value["svd-default", "cv_rmse"], value["knn", "cv_rmse"]
    return (
        f"KNNBaseline, untuned, has a hold-out RMSE of {knn:.4f} against {svd:.4f} for the tuned SVD: the notebook "
        f"tuned SVD, although KNN was ahead of it in its own cross-validation ({knn_cv:.4f} against {default:.4f}), "
        "and never tried KNN on the hold-out."
    )


def _best_of(grid: Sequence[dict]) -> str:
    best, *others = (
        f"{entry['rmse']:.5f} for {', '.join(f'{name}={entry[name]}' for name in GRID)}"
        for entry in sorted(grid, key=lambda entry: entry["rmse"])
    )
    return f"Best RMSE of {len(grid)} settings by three folds: {best}. Next: {'; '.join(others[:3])}."
