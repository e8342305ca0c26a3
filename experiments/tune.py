"""The searches behind `training.settings`, on tune users, who neither train nor test. LOG.md keeps the results.

python -m experiments.tune svd-training    factors, epochs, learning rate and reg: RMSE after k ratings (15 minutes)
python -m experiments.tune svd             the fold-in's ridge penalties, on the shipped weights
python -m experiments.tune knn             the shrink term, on the shipped weights
python -m experiments.tune ease [N]        value curve and regularisation: NDCG with all weights and with those that
                                           would ship (20 minutes; N: only the N-th row)
python -m experiments.tune folds           the notebook's grid winner under six seeds of its folds
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.ratings.roles import Role
from reelrec.evaluation.comparators.registry import WholeEASE
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.protocols import new_users, top_n
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.lists.ease import EASE
from reelrec.models.svd import SVD
from reelrec.training.users import letterboxd_users

PEOPLE = 1500
KNOWN = new_users.KNOWN


class EaseRow(NamedTuple):
    floor: float
    power: float
    reg: float


class SvdRow(NamedTuple):
    embedding_dim: int
    epochs: int
    learning_rate: float
    reg: float


EASE_ROWS = [
    EaseRow(floor, power, reg)
    for floor, power, regs in (
        (0.5, 1.0, (300.0, 800.0)),
        (0.1, 1.0, (300.0, 800.0)),
        (0.1, 2.0, (300.0, 800.0)),
        (0.1, 3.0, (600.0, 1200.0)),
        (0.03, 2.0, (600.0, 1200.0)),
    )
    for reg in regs
]
SVD_ROWS = [
    SvdRow(50, 20, 0.005, 0.02),
    SvdRow(50, 30, 0.005, 0.05),
    SvdRow(100, 30, 0.005, 0.05),
    SvdRow(50, 30, 0.01, 0.05),
    SvdRow(100, 30, 0.005, 0.1),
]


def tune_stars(name: str, grid: dict[str, tuple[float, ...]]) -> None:
    """Try every combination of serving settings on the shipped weights."""
    tuning = evaluation_data(people=PEOPLE, role=Role.TUNE)
    model = tuning.model(name)
    print(*grid, *(f"k={k}" for k in KNOWN), "mean", sep="\t")
    for values in itertools.product(*grid.values()):
        for setting, value in zip(grid, values, strict=True):
            setattr(model, setting, value)
        rmse = new_users.rmse(model, tuning.histories, KNOWN)
        print(*values, *(f"{value:.4f}" for value in rmse), f"{rmse.mean():.4f}", sep="\t", flush=True)


def train_svd() -> None:
    """Fit each row of settings, and fold users in with each factor penalty."""
    films = shipped_store().load_catalogue()
    dataset = letterboxd_users(films, Role.TRAIN)
    tuning = evaluation_data(people=800, role=Role.TUNE)
    print("factors", "epochs", "lr", "reg", "penalty", *(f"k={k}" for k in KNOWN), sep="\t")
    for row in SVD_ROWS:
        model = SVD(**row._asdict(), bias_penalty=6.0).fit(dataset)
        for model.factor_penalty in (1.0, 2.0, 4.0, 8.0):
            rmse = new_users.rmse(model, tuning.histories, KNOWN)
            print(*row, model.factor_penalty, *(f"{value:.4f}" for value in rmse), sep="\t", flush=True)


def folds() -> None:
    """RMSE of 50, 100 and 150 factors by three folds of the notebook's training 80 %, for six seeds of the folds."""
    import surprise
    from surprise.model_selection import KFold

    training_data, _ = recipe.split()
    print("seed", 50, 100, 150, sep="\t")
    for seed in (42, 0, 1, 2, 3, 4):
        means = []
        for factors in (50, 100, 150):
            model = surprise.SVD(random_state=42, **recipe.TUNED | {"n_factors": factors})
            parts = KFold(n_splits=3, random_state=seed).split(training_data)
            rmse = [surprise.accuracy.rmse(model.fit(most).test(rest), verbose=False) for most, rest in parts]
            means.append(np.mean(rmse))
        print(seed, *(f"{mean:.5f}" for mean in means), sep="\t", flush=True)


def tune_ease(rows: list[EaseRow]) -> None:
    """Fit each row once, and rank with all weights and with those that would ship."""
    films = shipped_store().load_catalogue()
    dataset = letterboxd_users(films, Role.TRAIN)
    tuning = evaluation_data(role=Role.TUNE)
    print("floor", "power", "reg", "ndcg@100", "ndcg@10", "cut ndcg@100", "cut ndcg@10", sep="\t")
    for row in rows:
        whole = WholeEASE(**row._asdict()).fit(dataset)
        ndcg = [value for model in (whole, whole.cut()) for value in _ndcg(tuning, model)]
        print(*row, *(f"{value:.4f}" for value in ndcg), sep="\t", flush=True)


def _ndcg(tuning: EvaluationData, model: EASE) -> list[float]:
    """NDCG at 100 and at 10."""
    report = top_n.run(replace(tuning, model=lambda _: model), ["ease"])
    return [row.value for k in (100, 10) for row in report.rows if (row.metric, row.k) == ("ndcg", k)]


if __name__ == "__main__":
    name, *number = sys.argv[1:] or [""]
    if name == "svd-training":
        train_svd()
    elif name == "svd":
        tune_stars("svd", {"bias_penalty": (3.0, 6.0, 12.0), "factor_penalty": (1.0, 2.0, 3.0, 4.0)})
    elif name == "knn":
        tune_stars("knn", {"shrink": (0.1, 0.25, 0.5, 1.0, 2.0)})
    elif name == "ease":
        tune_ease([EASE_ROWS[int(number[0]) - 1]] if number else EASE_ROWS)
    elif name == "folds":
        folds()
    else:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
