"""The searches behind `training.SETTINGS`, on people 8, who neither train nor test. LOG.md keeps the results.

python -m benchmarks.tune svd-training     factors, epochs, learning rate and reg: RMSE after k ratings (15 minutes)
python -m benchmarks.tune svd              the newcomer's ridge penalties, on the shipped weights
python -m benchmarks.tune knn              the shrink term, on the shipped weights
python -m benchmarks.tune ease [N]         value curve and regularisation: NDCG with all weights and with those that
                                           would ship (20 minutes; N: only the N-th row)
python -m benchmarks.tune folds            the notebook's grid winner under six seeds of its folds
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace

import numpy as np

from reelrec.artifacts import store
from reelrec.data.roles import Role
from reelrec.evaluation.comparators.registry import WholeEASE
from reelrec.evaluation.notebook import seed_svd
from reelrec.evaluation.protocols import new_users, top_n
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.ease import EASE
from reelrec.models.svd import SVD
from reelrec.training.users import letterboxd_users

PEOPLE = 1500
EASE_ROWS = [  # floor, power, reg
    (0.5, 1.0, 300.0), (0.5, 1.0, 800.0), (0.1, 1.0, 300.0), (0.1, 1.0, 800.0), (0.1, 2.0, 300.0), (0.1, 2.0, 800.0),
    (0.1, 3.0, 600.0), (0.1, 3.0, 1200.0), (0.03, 2.0, 600.0), (0.03, 2.0, 1200.0),
]  # fmt: skip
SVD_ROWS = [  # embedding_dim, epochs, learning_rate, reg
    (50, 20, 0.005, 0.02), (50, 30, 0.005, 0.05), (100, 30, 0.005, 0.05), (50, 30, 0.01, 0.05), (100, 30, 0.005, 0.1),
]  # fmt: skip
KNOWN = (0, 3, 5, 10, 20, 50, "all")


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
    """Fit each row of settings, and fold people in with each factor penalty."""
    films = store.load_catalogue()
    dataset = letterboxd_users(films, Role.TRAIN)
    tuning = evaluation_data(people=800, role=Role.TUNE)
    print("factors", "epochs", "lr", "reg", "penalty", *(f"k={k}" for k in KNOWN), sep="\t")
    for dim, epochs, rate, reg in SVD_ROWS:
        model = SVD(dim, epochs, rate, reg, bias_penalty=6.0).fit(dataset)
        for model.factor_penalty in (1.0, 2.0, 4.0, 8.0):
            rmse = new_users.rmse(model, tuning.histories, KNOWN)
            print(
                dim, epochs, rate, reg, model.factor_penalty, *(f"{value:.4f}" for value in rmse), sep="\t", flush=True
            )


def folds() -> None:
    """RMSE of 50, 100 and 150 factors by three folds of the notebook's training 80 %, for six seeds of the folds."""
    import surprise
    from surprise.model_selection import KFold

    training_data, _ = seed_svd.split()
    print("seed", 50, 100, 150, sep="\t")
    for seed in (42, 0, 1, 2, 3, 4):
        row = []
        for factors in (50, 100, 150):
            model = surprise.SVD(random_state=42, **seed_svd.TUNED | {"n_factors": factors})
            parts = KFold(n_splits=3, random_state=seed).split(training_data)
            row.append(np.mean([surprise.accuracy.rmse(model.fit(a).test(b), verbose=False) for a, b in parts]))
        print(seed, *(f"{value:.5f}" for value in row), sep="\t", flush=True)


def tune_ease(grid: list[tuple[float, float, float]]) -> None:
    """Fit each (floor, power, reg) once, and rank with all weights and with those that would ship."""
    films = store.load_catalogue()
    dataset = letterboxd_users(films, Role.TRAIN)
    tuning = evaluation_data(role=Role.TUNE)
    print("floor", "power", "reg", "ndcg@100", "ndcg@10", "cut ndcg@100", "cut ndcg@10", sep="\t")
    for floor, power, reg in grid:
        whole = WholeEASE(reg=reg, floor=floor, power=power).fit(dataset)
        found = [value for model in (whole, whole.cut()) for value in _ndcg(tuning, model)]
        print(floor, power, reg, *(f"{value:.4f}" for value in found), sep="\t", flush=True)


def _ndcg(tuning: EvaluationData, model: EASE) -> list[float]:
    report = top_n.run(replace(tuning, model=lambda _: model), ["ease"])
    return [row.value for k in (100, 10) for row in report.rows if (row.metric, row.k) == ("ndcg", k)]


if __name__ == "__main__":
    name, *row = sys.argv[1:] or [""]
    if name == "svd-training":
        train_svd()
    elif name == "svd":
        tune_stars("svd", {"bias_penalty": (3.0, 6.0, 12.0), "factor_penalty": (1.0, 2.0, 3.0, 4.0)})
    elif name == "knn":
        tune_stars("knn", {"shrink": (0.1, 0.25, 0.5, 1.0, 2.0)})
    elif name == "ease":
        tune_ease([EASE_ROWS[int(row[0]) - 1]] if row else EASE_ROWS)
    elif name == "folds":
        folds()
    else:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
