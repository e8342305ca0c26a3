"""The searches behind `training.SETTINGS`, on people 8, who neither train nor test. LOG.md keeps the results.

python benchmarks/tune.py svd     the newcomer's ridge penalties, by RMSE after k ratings
python benchmarks/tune.py knn     the shrink term
python benchmarks/tune.py ease    regularisation and value curve, by NDCG (an hour: each row inverts a matrix)
python benchmarks/tune.py cut     what keeping only the strongest weights costs, at the settings that ship
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace

import numpy as np

from reelrec import artifacts, training
from reelrec.dataset import Dataset, History
from reelrec.evaluation import new_users, top_n
from reelrec.evaluation.people import Trial, trial
from reelrec.models.ease import EASE, item_weights, strongest

PEOPLE = 1500
KNOWN = (0, 3, 5, 10, 20, 50, "all")


def tune_stars(name: str, grid: dict[str, tuple[float, ...]]) -> None:
    """Try every combination of serving settings on the shipped weights."""
    tuning = trial(people=PEOPLE, digit=8)
    model = tuning.model(name)
    print(*grid, *(f"k={k}" for k in KNOWN), "mean", sep="\t")
    for values in itertools.product(*grid.values()):
        for setting, value in zip(grid, values, strict=True):
            setattr(model, setting, value)
        sums = sum(new_users.errors(model, history, KNOWN) for history in tuning.histories)
        rmse = np.sqrt(sums[:, 0] / sums[:, 3])
        print(*values, *(f"{value:.4f}" for value in rmse), f"{rmse.mean():.4f}", sep="\t", flush=True)


class WholeEASE(EASE):
    """EASE with all its weights, to see what keeping the strongest costs."""

    def fit(self, dataset: Dataset) -> WholeEASE:
        self.matrix_ = item_weights(self._gram(dataset), self.reg)
        return self

    def score(self, history: History) -> np.ndarray:
        return self.values(history) @ self.matrix_[history.items]

    def cut(self) -> EASE:
        """The same weights as they would ship."""
        model = EASE(self.reg, self.width, self.floor, self.power)
        model._keep(*strongest(self.matrix_, self.width))
        return model


def tune_ease(grid: list[tuple[float, float, float]]) -> None:
    """Fit each (floor, power, reg) once, and rank with all weights and with those that would ship."""
    films = artifacts.load_catalogue()
    dataset = training.letterboxd_people(films, range(8))
    tuning = trial(people=PEOPLE, digit=8)
    print("floor", "power", "reg", "ndcg@100", "ndcg@10", "cut ndcg@100", "cut ndcg@10", sep="\t")
    for floor, power, reg in grid:
        whole = WholeEASE(reg=reg, floor=floor, power=power).fit(dataset)
        found = [value for model in (whole, whole.cut()) for value in _ndcg(tuning, model)]
        print(floor, power, reg, *(f"{value:.4f}" for value in found), sep="\t", flush=True)


def _ndcg(tuning: Trial, model: EASE) -> list[float]:
    report = top_n.run(replace(tuning, model=lambda _: model), ["ease"])
    return [row.value for k in (100, 10) for row in report.rows if (row.metric, row.k) == ("ndcg", k)]


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["svd", "knn"]
    if "svd" in wanted:
        tune_stars("svd", {"bias_penalty": (3.0, 6.0, 12.0), "factor_penalty": (1.0, 2.0, 3.0, 4.0)})
    if "knn" in wanted:
        tune_stars("knn", {"shrink": (0.1, 0.25, 0.5, 1.0, 2.0)})
    if "ease" in wanted:
        tune_ease(list(itertools.product((0.03, 0.1), (1.0, 2.0, 3.0), (600.0, 1200.0))))
    if "cut" in wanted:
        shipped = training.SETTINGS["ease"]
        tune_ease([(shipped["floor"], shipped["power"], shipped["reg"])])
