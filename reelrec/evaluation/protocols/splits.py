"""`splits`: does the order of the models hang on how ratings were held out?

Four ways on ml-latest-small, every model fitted anew each time: `seed`, the notebook's random 20 % of the rows;
`random`, five more such draws, together and one by one; `last-20`, the last 20 % of each person by date, ratings of one
time in the file's order; `new-people`, as in `new-users` with all known: models have never seen the person, and the
last 30 % of a seeded random order are asked.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from reelrec.data.dataset import Dataset
from reelrec.data.roles import Role, has_role
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.evaluation.notebook import seed_svd
from reelrec.evaluation.protocols import new_users
from reelrec.evaluation.report import Report, Row, Sums, describe, differences
from reelrec.evaluation.users import evaluation_data, movielens_dataset
from reelrec.sources import movielens

NAME = "splits"
DATA = seed_svd.DATA
MODELS = ("baseline", "knn", "svd", "bmf")
RANDOM_SPLITS = 5
TEST_SHARE = 0.2
SEED = 42


def run(models: Sequence[str] = MODELS) -> Report:
    """Rows rmse by split, and rmse_sd, the spread over the five random ones. Raises OptionError."""
    began = time.perf_counter()
    for name in models:
        held_out.check(name)  # a mistake is said before minutes have gone
    everybody = movielens_dataset(DATA)
    measured, spreads = [], []
    drawn: dict[str, list[pd.DataFrame]] = {name: [] for name in models}
    for split in splits(everybody):
        for name in models:
            predicted = held_out.predictions(held_out.fitted(name, split.training), split)
            measured.append(held_out.rmse(name, split.name, predicted))
            if split.name.startswith("random-"):
                drawn[name].append(predicted)
    for name, parts in drawn.items():
        measured.append(held_out.rmse(name, "random", pd.concat(parts)))
        spreads.append(Row(name, "rmse_sd", "random", _spread(name, measured), None, None, RANDOM_SPLITS))
    measured.sort(key=lambda one: ORDER.index(one.k))
    rows = (*(one.row() for one in measured), *spreads)
    return Report(NAME, describe(everybody), rows, time.perf_counter() - began, differences=differences(measured))


ORDER = ("seed", "random", *(f"random-{number}" for number in range(1, RANDOM_SPLITS + 1)), "last-20", "new-people")


def splits(everybody: Dataset) -> Iterator[Split]:
    """Every way once, the films and their side information those of `everybody`."""
    ratings = movielens.read_ratings(DATA)
    yield _of(everybody, "seed", *seed_svd.frames(DATA))
    for number in range(1, RANDOM_SPLITS + 1):
        order = np.random.default_rng([SEED, number]).permutation(len(ratings))
        cut = len(ratings) - round(len(ratings) * TEST_SHARE)
        yield _of(everybody, f"random-{number}", ratings.iloc[order[:cut]], ratings.iloc[order[cut:]])
    yield _of(everybody, "last-20", *by_date(ratings))
    yield _new_people(everybody)


def by_date(ratings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each person's ratings but the last 20 %, and the last 20 %."""
    ordered = ratings.sort_values(["user_id", "timestamp"], kind="stable")
    sizes = ordered.groupby("user_id")["film_id"].transform("size")
    is_last = ordered.groupby("user_id").cumcount() >= sizes - (sizes * TEST_SHARE).round()
    return ordered[~is_last], ordered[is_last]


def _of(everybody: Dataset, name: str, known: pd.DataFrame, test: pd.DataFrame) -> Split:
    return Split.of_frames(name, known, test, everybody.item_ids, everybody.features)


def _new_people(everybody: Dataset) -> Split:
    newcomers = evaluation_data(DATA)
    asked = tuple(new_users.split(history) for history in newcomers.histories)
    return Split(
        "new-people", everybody.only(has_role(everybody.user_ids, Role.TRAIN)), newcomers.users.user_ids, asked
    )


def _spread(name: str, measured: list[Sums]) -> float:
    return float(np.std([one.value for one in measured if one.model == name and one.k.startswith("random-")], ddof=1))
