"""`backtest`: would we have known them? What the tab of Taste does for a visitor, for many test users.

Each user's ratings go through the function that serves the page: hidden once each, a fifth at a time, guessed by every
model from the rest. `rmse`, `mae` and `like_accuracy` are pooled over ratings, `concordance` is the mean over users.

details: verdicts, of how many users each model is the best (by chance or not), and of how many that is noise; by_size,
users by their number of ratings, with the deciles of their errors; floor, the share of each model's mean squared error
that the noise of single ratings explains; new_users, the RMSE that `new-users` measured for the same models.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec import progress
from reelrec.data.history import History
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, Sums, describe, differences
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.registry import MODELS
from reelrec.serving import resources
from reelrec.serving.portrait import rerating
from reelrec.serving.portrait.backtest import Backtest, backtest
from reelrec.visitor.profile import Profile

NAME = "backtest"
PEOPLE = 200  # by default
SIZES = (60, 150, 300, 600)  # from so many ratings on, for the users by their number of ratings
LEAST_USERS = 10  # of a size
POOLED = ("rmse", "mae", "like_accuracy")
ALL = "all"


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    data = evaluation_data(ratings=options.ratings, people=options.people or PEOPLE)
    beside = None if options.ratings else resources.metrics("new-users")  # which is of other people than a file's
    return run(data, options.models, beside)


def tables(report: Report) -> list[Printed]:
    return by_metric(report)


@dataclass(frozen=True, slots=True)
class Tested:
    """One user's result. n: their hidden ratings."""

    n: int
    result: Backtest

    def value(self, model: str, metric: str) -> float | None:
        """A metric of one model; None where it has none."""
        scored = self.result.model(model)
        return None if scored is None else getattr(scored, "likes" if metric == "like_accuracy" else metric)


def run(data: EvaluationData, models: Sequence[str] | None = None, new_users: dict | None = None) -> Report:
    """Rows of every metric by model, and the details above.

    models: by default every model that can be had. new_users: the report of `new-users`.
    """
    began = time.perf_counter()
    names, notes = data.choose(models, tuple(MODELS))
    loaded = {name: data.model(name) for name in names}
    n_items = len(data.n_ratings)
    users = []
    for history in progress.steps(data.histories):
        result = backtest(loaded.__getitem__, n_items, profile_of(history), names)
        users.append(Tested(len(result.films), result))
    measured = [sums for metric in (*POOLED, "concordance") for sums in _measured(users, names, metric)]
    beside = beside_new_users(measured, new_users)
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *notes, *map(_beside_note, beside)),
        differences=differences(measured),
        details={
            "verdicts": {kind: verdicts(users, kind) for kind in ("best", "best_order")},
            "by_size": by_size(users),
            "floor": floor(measured),
            "new_users": beside,
        },
    )


def profile_of(history: History) -> Profile:
    """The profile of a visitor with these ratings."""
    return Profile(ratings=dict(zip(history.items.tolist(), history.ratings.tolist(), strict=True)))


def _measured(users: Sequence[Tested], names: Sequence[str], metric: str) -> list[Sums]:
    """One metric of every model that has it."""
    measured = []
    for name in names:
        values = [user.value(name, metric) for user in users]
        if all(value is None for value in values):
            continue
        known = np.array([value is not None for value in values])
        each = np.array([value or 0.0 for value in values])
        counts = known * (np.array([user.n for user in users]) if metric in POOLED else 1)
        sums = (each**2 if metric == "rmse" else each) * counts
        measured.append(Sums(model=name, metric=metric, k=ALL, sums=sums, counts=counts, root=metric == "rmse"))
    return measured


def verdicts(users: Sequence[Tested], kind: str) -> dict[str, object]:
    """Of how many users each model comes first and is best by more than chance; and of how many that is noise.

    kind: "best" or "best_order" of `Backtest`. Users of whom nothing can be told apart are not counted.
    """
    found = [best for user in users if (best := getattr(user.result, kind)) is not None]
    models = sorted({best.name for best in found} | {name for best in found for name in best.level_with})
    return {
        "users": len(found),
        "noise": sum(not best.is_sure for best in found),
        "models": [
            {
                "model": model,
                "first": sum(best.name == model for best in found),
                "sure": sum(best.name == model and best.is_sure for best in found),
                "may_be_best": sum(model in (best.name, *best.level_with) for best in found),
            }
            for model in models
        ],
    }


def by_size(users: Sequence[Tested]) -> list[dict]:
    """The users in groups by their number of ratings: how many, and their errors by the model whose stars are shown."""
    ends = (*SIZES[1:], None)
    groups = []
    for least, end in zip(SIZES, ends, strict=True):
        shown = [user.result.shown for user in users if least <= user.n and (end is None or user.n < end)]
        maes = np.array([scored.mae for scored in shown if scored is not None], dtype=float)
        if len(maes) < LEAST_USERS:
            continue
        groups.append(
            {
                "least": least,
                "most": None if end is None else end - 1,
                "people": len(maes),
                "mae": float(maes.mean()),
                "deciles": [float(decile) for decile in np.quantile(maes, np.arange(1, 10) / 10)],
            }
        )
    return groups


def floor(measured: Sequence[Sums]) -> list[dict]:
    """For each model of stars the share of its mean squared error that the noise of one rating explains: from, to."""
    low, high = rerating.studied()
    return [
        {
            "model": sums.model,
            "low": rerating.share_of_error(low, sums.value),
            "high": rerating.share_of_error(high, sums.value),
        }
        for sums in measured
        if sums.metric == "rmse"
    ]


def beside_new_users(measured: Sequence[Sums], report: dict | None) -> list[dict]:
    """For each model of stars its RMSE, that of `new-users` with all ratings shown, and whether our interval holds it.

    `new-users` shows 70 % of a user's ratings and has more users; a backtest shows 80 %.
    """
    rows = (report or {"rows": []})["rows"]
    known = {row["model"]: row["value"] for row in rows if (row["metric"], row["k"]) == ("rmse", ALL)}
    entries = []
    for row in (sums.row() for sums in measured if sums.metric == "rmse"):
        if row.model in known and row.low is not None and row.high is not None:
            entries.append(
                {
                    "model": row.model,
                    "rmse": row.value,
                    "new_users": known[row.model],
                    "within": row.low <= known[row.model] <= row.high,
                }
            )
    return entries


def _beside_note(entry: dict) -> str:
    verdict = "within" if entry["within"] else "outside"
    values = f"{entry['rmse']:.4f}; new-users has {entry['new_users']:.4f}"
    return f"RMSE of {entry['model']}: {values}, {verdict} the interval."
