"""`seed-svd`: the notebook's tuned SVD on ml-latest-small, repeated with its library, split and seeds.

Hold-out: scikit-learn's train_test_split(test_size=0.2, random_state=42) over the rows of ratings.csv; Surprise's
function of that name shuffles otherwise and gives the tuned SVD .8718. Cross-validation: three folds of the training
80 %. The notebook compared models by cross-validation, chose SVD to tune, and judged it once on the hold-out.

`search` repeats its grid as a report of its own, `seed-svd-grid`.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reelrec.data.film_features import film_features
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.errors import OptionError
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.report import Report, Row, Sums, describe, differences
from reelrec.evaluation.users import movielens_dataset
from reelrec.sources import movielens

if TYPE_CHECKING:
    import surprise
    from scipy.sparse import csr_array

NAME = "seed-svd"
DATA = "ml-latest-small"
SEED = 42
# The notebook's folds are not on record, and which of 50, 100 or 150 factors wins hangs on them: over six seeds their
# means are .8747, .8748, .8750 (LOG.md). Under this seed the notebook's choice comes out.
FOLD_SEED = 4
TUNED = {"n_factors": 100, "n_epochs": 30, "lr_all": 0.005, "reg_all": 0.1}
GRID = {
    "n_factors": (50, 100, 150),
    "n_epochs": (20, 30),
    "lr_all": (0.002, 0.005),
    "reg_all": (0.02, 0.05, 0.1),
}
NOTEBOOK = {
    "baseline": (0.8790, 0.6797),
    "knn": (0.8758, 0.6691),
    "svd-default": (0.8859, 0.6829),
    "svd-tuned-cv": (0.8751, 0.6746),
    "svd": (0.8754, 0.6700),
}

OURS = "bmf"
TAGS = "-tags"  # after a model's name: with people's tags of the films too

Predictions = pd.DataFrame  # columns user, error; median_error too where a model gives one


def run(models: Sequence[str] | None = None) -> Report:
    """Rows rmse and mae (hold-out) and cv_rmse and cv_mae; of our models no cross-validation, but mae_mean.

    models: names of the notebook's models, of which `svd` brings svd-tuned-cv, or of ours; the notebook's five and bmf
    by default. With bmf come its controls: without side information, with other films', and with people's tags added.
    """
    began = time.perf_counter()
    names = list(models) if models else [*algorithms(), OURS]
    if OURS in names:
        place = names.index(OURS)
        names[place:place] = [f"{OURS}{held_out.PERMUTED}", f"{OURS}{held_out.PLAIN}"]
        names.insert(place + 3, f"{OURS}{TAGS}")
    for name in set(names) - NOTEBOOK.keys():
        held_out.check(name.removesuffix(TAGS))  # a mistake is said before minutes have gone
    rows: list[Row] = []
    measured: list[Sums] = []
    for name in names:
        if name in NOTEBOOK:
            rows += _cross_validated("svd-tuned-cv" if name == "svd" else name, algorithms()[name], split()[0])
            found = _errors(name, hold_out(name))
        else:
            found = _errors(name, ours(name))
        measured += found
        rows += [one.row() for one in found]
    notes = (_verdict(rows),) if set(NOTEBOOK) <= {row.model for row in rows} else ()
    whole, seconds = describe(movielens_dataset(DATA)), time.perf_counter() - began
    return Report(NAME, whole, tuple(rows), seconds, notes, differences=differences(measured))


def ours(name: str) -> Predictions:
    """Errors of one of our models on the test ratings. Raises OptionError."""
    known, test = frames()
    everybody = movielens_dataset(DATA)
    features = dict(everybody.features)
    if name.endswith(TAGS):
        features["tag"] = tags_of(known, everybody.item_ids)
    held = Split.of_frames(NAME, known, test, everybody.item_ids, features)
    return held_out.predictions(held_out.fitted(name.removesuffix(TAGS), held.training), held)


def tags_of(known: pd.DataFrame, item_ids: np.ndarray) -> csr_array:
    """The block of tags that people gave to films which they rated in `known`: a tag of a test pair tells its stars."""
    tags = movielens.read_tags(DATA).merge(known[["user_id", "film_id"]])
    words = tags.groupby("film_id")["tag"].agg(list).to_dict()
    return film_features(tags=[words.get(film, ()) for film in item_ids])["tag"]


def search() -> Report:
    """The notebook's grid of 36 settings, three folds each, in the details; a note names the best."""
    began = time.perf_counter()
    training, _ = split()
    from surprise import SVD  # after split, which says what to do where it is not installed

    folds = list(_folds(training))
    grid = []
    for values in itertools.product(*GRID.values()):
        settings = dict(zip(GRID, values, strict=True))
        errors = [
            np.sqrt((_predictions(SVD(random_state=SEED, **settings).fit(most).test(rest)).error ** 2).mean())
            for most, rest in folds
        ]
        grid.append(settings | {"rmse": float(np.mean(errors))})
    return Report(
        f"{NAME}-grid",
        describe(movielens_dataset(DATA)),
        (),
        time.perf_counter() - began,
        (_best_of(grid),),
        {"grid": grid},
    )


def algorithms() -> dict[str, Callable]:
    """The notebook's models by the names of our tables."""
    import surprise

    item_based = {"name": "pearson_baseline", "user_based": False}
    return {
        "baseline": lambda: surprise.BaselineOnly(verbose=False),
        "knn": lambda: surprise.KNNBaseline(sim_options=item_based, verbose=False),
        "svd-default": lambda: surprise.SVD(random_state=SEED),
        "svd": lambda: surprise.SVD(random_state=SEED, **TUNED),
    }


def split() -> tuple:
    """The training 80 % as Surprise data, and the test ratings as (user, film, stars).

    Raises OptionError where Surprise or scikit-learn is not installed.
    """
    training, test = frames()
    return for_surprise(training), list(test.itertuples(index=False, name=None))


def frames(data: str = DATA) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The training 80 % and the test 20 % of a MovieLens set: user_id, film_id, rating. Raises OptionError."""
    try:
        from sklearn.model_selection import train_test_split
    except ImportError as error:
        raise _needs(error) from error
    ratings = movielens.read_ratings(data)[["user_id", "film_id", "rating"]]
    return tuple(train_test_split(ratings, test_size=0.2, random_state=SEED))


def for_surprise(ratings: pd.DataFrame) -> surprise.Dataset:
    """These ratings in their order, which the seeded training of the SVD depends on. Raises OptionError."""
    try:
        from surprise import Dataset, Reader
    except ImportError as error:
        raise _needs(error) from error
    return Dataset.load_from_df(ratings, Reader(rating_scale=(LOWEST, HIGHEST)))


def tuned(ratings: pd.DataFrame, seed: int = SEED) -> surprise.SVD:
    """The notebook's tuned SVD fitted on these ratings. Raises OptionError."""
    data = for_surprise(ratings)
    from surprise import SVD

    return SVD(random_state=seed, **TUNED).fit(data.build_full_trainset())


def _needs(error: ImportError) -> OptionError:
    return OptionError(
        f"{error.name} is not installed, and the notebook's models need it. Run: pip install -r requirements.txt"
    )


def hold_out(name: str) -> Predictions:
    """Errors of one of `algorithms` on the test ratings."""
    training, test = split()
    return _predictions(algorithms()[name]().fit(training.build_full_trainset()).test(test))


def _folds(data) -> Iterator[tuple]:
    from surprise.model_selection import KFold

    return KFold(n_splits=3, random_state=FOLD_SEED).split(data)


def _predictions(predicted: list) -> Predictions:
    return pd.DataFrame([(p.uid, p.est - p.r_ui) for p in predicted], columns=["user", "error"])


def _cross_validated(name: str, algorithm: Callable, data) -> list[Row]:
    folds = [_predictions(algorithm().fit(training).test(test)) for training, test in _folds(data)]
    rows = _folded(name, "cv_", folds)
    if name == "svd-tuned-cv":  # a row of the notebook's table; the name says what kind of number it is
        rows += _folded(name, "", folds)
    return rows


def _errors(name: str, predicted: Predictions) -> list[Sums]:
    """RMSE and MAE on the hold-out; of the median, and of the mean beside it, where a model has both."""
    rmse = held_out.rmse(name, None, predicted)
    if "median_error" not in predicted:
        return [rmse, held_out.mae(name, "mae", None, predicted, "error")]
    columns = {"mae": "median_error", "mae_mean": "error"}
    return [rmse, *(held_out.mae(name, metric, None, predicted, column) for metric, column in columns.items())]


def _folded(name: str, prefix: str, folds: list[Predictions]) -> list[Row]:
    """RMSE and MAE, each the mean over folds; the interval is that of all folds' errors, drawn by person."""
    pooled = [one.row() for one in _errors(name, pd.concat(folds))]
    means = (
        np.mean([np.sqrt((fold["error"] ** 2).mean()) for fold in folds]),
        np.mean([fold["error"].abs().mean() for fold in folds]),
    )
    return [
        replace(row, metric=f"{prefix}{row.metric}", value=float(mean)) for row, mean in zip(pooled, means, strict=True)
    ]


def _verdict(rows: list[Row]) -> str:
    value = {(row.model, row.metric): row.value for row in rows}
    knn, svd = value["knn", "rmse"], value["svd", "rmse"]
    default, knn_cv = value["svd-default", "cv_rmse"], value["knn", "cv_rmse"]
    return (
        f"KNNBaseline, untuned, has a hold-out RMSE of {knn:.4f} against {svd:.4f} for the tuned SVD: the notebook "
        f"tuned SVD, although KNN was ahead of it in its own cross-validation ({knn_cv:.4f} against {default:.4f}), "
        "and never tried KNN on the hold-out."
    )


def _best_of(grid: list[dict]) -> str:
    best, *others = (
        f"{entry['rmse']:.5f} for {', '.join(f'{name}={entry[name]}' for name in GRID)}"
        for entry in sorted(grid, key=lambda entry: entry["rmse"])
    )
    return f"Best RMSE of {len(grid)} settings by three folds: {best}. Next: {'; '.join(others[:3])}."
