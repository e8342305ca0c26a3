"""`habits`: how generous, spread and near to everybody are the ratings of the train users?

The page Taste sets a visitor beside them. A user's habits are worked out by the function that works out the visitor's,
from the films and means of the catalogue. Only quantiles are kept.
"""

from __future__ import annotations

import time

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, describe
from reelrec.evaluation.tables import Printed, plain
from reelrec.training.users import letterboxd_users
from reelrec.visitor.taste.habits import COMPARED, STEPS, Habits, habits

NAME = "habits"
SHOWN = (0, 10, 25, 50, 75, 90, 100)  # percent


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises SourceError or ArtifactError."""
    films = shipped_store().load_catalogue()
    return run(letterboxd_users(films, Role.TRAIN), films)


def tables(report: Report) -> list[Printed]:
    rows = [
        (name, *(f"{quantiles[place * (STEPS - 1) // 100]:.2f}" for place in SHOWN))
        for name, quantiles in report.details["quantiles"].items()
    ]
    return [plain(["", *(f"{place} %" for place in SHOWN)], rows), *report.notes]


def run(users: Dataset, films: Catalogue) -> Report:
    """Details: quantiles, STEPS numbers a habit, and users, how many of them were counted.

    users: their items are those of the catalogue.
    """
    began = time.perf_counter()
    found = [one for history in progress.steps(list(users.histories())) if (one := of_user(history, films))]
    columns = {name: [getattr(one, name) for one in found] for name in ("generosity", "spread", "agreement")}
    quantiles = {name: _quantiles([value for value in values if value is not None]) for name, values in columns.items()}
    return Report(
        protocol=NAME,
        dataset=describe(users),
        seconds=time.perf_counter() - began,
        notes=(f"{len(found):,} users with at least {COMPARED} rated films.",),
        details={"users": len(found), "quantiles": quantiles},
    )


def of_user(history: History, films: Catalogue) -> Habits | None:
    """The habits of one user; None for one of too few films."""
    others = films.mean[history.items].astype(np.float64)
    known = np.isfinite(others)
    return habits(history.ratings[known].astype(np.float64), others[known]) if known.sum() >= COMPARED else None


def _quantiles(values: list[float]) -> list[float]:
    """STEPS numbers; none where there is no value."""
    return np.quantile(values, np.linspace(0, 1, STEPS)).round(4).tolist() if values else []
