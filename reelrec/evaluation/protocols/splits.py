"""`splits`: does the order of the models depend on how ratings are held out?

Four ways on ml-latest-small, every model fitted anew each time:

- `seed`: the notebook's random 20 % of the rows.
- `random`: five more such draws, together and one by one.
- `last-20`: the last 20 % of each user by date; ratings of one time stay in the file's order.
- `new-people`: as in `new-users` with all ratings known. Models have never seen the user, and the last 30 % of a seeded
  random order are the targets.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from reelrec import progress
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role, has_role
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import HeldOut, Split
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.protocols import new_users
from reelrec.evaluation.report import Report, Row, Sums, describe, differences
from reelrec.evaluation.tables import Printed, by_split
from reelrec.evaluation.users import evaluation_data, movielens_dataset
from reelrec.sources.movielens import dataset as movielens

NAME = "splits"
DATA = recipe.DATA
MODELS = ("baseline", "knn", "svd", "bmf")
RANDOM_SPLITS = 5
TEST_SHARE = 0.2
SEED = 42
DRAWN = tuple(f"random-{number}" for number in range(1, RANDOM_SPLITS + 1))
ORDER = ("seed", "random", *DRAWN, "last-20", "new-people")


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError or SourceError."""
    return run(options.models or MODELS)


def tables(report: Report) -> list[Printed]:
    return by_split(report)


def run(models: Sequence[str] = MODELS) -> Report:
    """Rows rmse by split, and rmse_sd, the spread over the five random ones. Raises OptionError."""
    began = time.perf_counter()
    for name in models:
        held_out.check(name)  # before the first model is fitted, which takes minutes
    everybody = movielens_dataset(DATA)
    measured, spreads = [], []
    drawn: dict[str, list[pd.DataFrame]] = {name: [] for name in models}
    for split in progress.steps(splits(everybody), len(ORDER) - 1):  # all but what is made of the random ones
        for name in progress.steps(models):
            errors = held_out.predictions(held_out.fitted(name, split.training), split)
            measured.append(held_out.rmse(name, split.name, errors))
            if split.name in DRAWN:
                drawn[name].append(errors)
    for name, parts in drawn.items():
        measured.append(held_out.rmse(name, "random", pd.concat(parts)))
        spread = _spread(name, measured)
        spreads.append(Row(model=name, metric="rmse_sd", k="random", value=spread, n=RANDOM_SPLITS))
    measured.sort(key=lambda sums: ORDER.index(str(sums.k)))
    return Report(
        protocol=NAME,
        dataset=describe(everybody),
        rows=(*(sums.row() for sums in measured), *spreads),
        seconds=time.perf_counter() - began,
        differences=differences(measured),
    )


def splits(everybody: Dataset) -> Iterator[Split]:
    """Every way once, the films and their side information those of `everybody`."""
    ratings = movielens.read_ratings(DATA)
    yield _of_frames(everybody, "seed", *recipe.frames(DATA))
    for number, name in enumerate(DRAWN, start=1):
        order = np.random.default_rng([SEED, number]).permutation(len(ratings))
        cut = len(ratings) - round(len(ratings) * TEST_SHARE)
        yield _of_frames(everybody, name, ratings.iloc[order[:cut]], ratings.iloc[order[cut:]])
    yield _of_frames(everybody, "last-20", *by_date(ratings))
    yield _new_people(everybody)


def by_date(ratings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each user's ratings but the last 20 %, and the last 20 %."""
    ordered = ratings.sort_values(["user_id", "timestamp"], kind="stable")
    sizes = ordered.groupby("user_id")["film_id"].transform("size")
    is_last = ordered.groupby("user_id").cumcount() >= sizes - (sizes * TEST_SHARE).round()
    return ordered[~is_last], ordered[is_last]


def _of_frames(everybody: Dataset, name: str, known: pd.DataFrame, test: pd.DataFrame) -> Split:
    return Split.of_frames(name, known, test, item_ids=everybody.item_ids, features=everybody.features)


def _new_people(everybody: Dataset) -> Split:
    data = evaluation_data(DATA)
    return Split(
        name="new-people",
        training=everybody.only(has_role(everybody.user_ids, Role.TRAIN)),
        user_ids=data.users.user_ids,
        held_out=tuple(HeldOut(*new_users.split(history)) for history in data.histories),
    )


def _spread(name: str, measured: Sequence[Sums]) -> float:
    return float(np.std([sums.value for sums in measured if sums.model == name and sums.k in DRAWN], ddof=1))
