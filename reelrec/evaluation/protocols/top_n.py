"""`top-n`: does the list hold films that the user went on to love?

80 % of each test user's ratings are shown, in a seeded random order. The relevant films (4 stars or more) of the rest
are hidden, and the whole catalogue but the shown films is ranked. Users without a hidden relevant film are skipped.

ndcg100 and stars10 measure the same for a shorter history: only the first 5, 10, 20 or 50 of these films are shown (k;
all, where there are fewer), and the same films are to be found. stars10 is the mean rating that a user gave to those
hidden films, relevant or not, that reach the first ten; users with none are left out of it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation import metrics
from reelrec.evaluation.held_out import HeldOut
from reelrec.evaluation.protocol import Doing, Options
from reelrec.evaluation.report import K, Report, Row, Sums, describe, differences, mean_row
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.base import Recommender
from reelrec.serving.engine import top

NAME = "top-n"
HEADLINE = "ndcg"
MODELS = ("popularity", "knn", "svd", "ease", "ranker", "ease-whole")
KNOWN: tuple[int | str, ...] = (5, 10, 20, 50, "all")
SHOWN_SHARE = 0.8
NDCG_CUTS, PRECISION_CUTS, RECALL_CUTS = (5, 10, 100), (5, 10), (5, 10, 20, 50)
DEPTH = 100
LIST_LENGTH = 10  # of the lists whose coverage, popularity and overlap are measured


def evaluate(options: Options, doing: Doing) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    return run(evaluation_data(options.data, options.ratings, options.people), options.models)


def tables(report: Report) -> list[Printed]:
    return by_metric(report)


def headlines(report: Report) -> dict[str, dict[str, float]]:
    return report.headlines(HEADLINE)


def run(data: EvaluationData, models: Sequence[str] | None = None) -> Report:
    """Rows of ndcg, precision and recall by cut-off, of coverage, popularity and overlap of the first ten, of KNOWN.

    models: by default those of MODELS that can be had.
    """
    began = time.perf_counter()
    names, notes = data.choose(models, MODELS)
    rows: list[Row] = []
    measured: list[Sums] = []
    for name in names:
        sums, of_lists = _measured(data, name, data.model(name))
        measured += sums
        rows += [*(entry.row() for entry in sums), *of_lists]
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(rows),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *notes),
        differences=differences(measured),
    )


def _measured(data: EvaluationData, name: str, model: Recommender) -> tuple[list[Sums], list[Row]]:
    """One model's metrics by user, and the rows of its lists."""
    lists, users = [], []
    for user in parts(data):
        best, by_known = _by_known(model, user)
        lists.append(best[:LIST_LENGTH])
        relevant = relevant_items(user)
        users.append(_by_cut(np.isin(best, relevant), len(relevant)) | by_known)
    columns = {key: np.array([values[key] for values in users]) for key in users[0]}
    sums = [
        Sums(model=name, metric=metric, k=k, sums=np.nan_to_num(values), counts=np.isfinite(values))
        for (metric, k), values in columns.items()
        if np.isfinite(values).any()
    ]
    return sums, list_rows(name, np.array(lists), data.n_ratings, LIST_LENGTH)


def _by_known(model: Recommender, user: HeldOut) -> tuple[np.ndarray, dict[tuple[str, int | str], float]]:
    """The list for the whole history, and ndcg100 and stars10 by the number of films shown."""
    relevant, values, size_before = relevant_items(user), {}, None
    for k in KNOWN:
        size = len(user.history) if isinstance(k, str) else min(k, len(user.history))
        if size != size_before:  # a history with no more ratings gets the same list
            best, size_before = ranked(model, user.history.head(size)), size
        reached = user.ratings[np.isin(user.items, best[:LIST_LENGTH])]
        values["ndcg100", k] = metrics.ndcg_at_k(np.isin(best, relevant), len(relevant), DEPTH)
        values["stars10", k] = reached.mean() if len(reached) else np.nan
    return best, values


def parts(data: EvaluationData) -> list[HeldOut]:
    """Of each user what a model may see, and the rest. Users without a relevant film in the rest are skipped.

    Raises OptionError where nobody has a film to find.
    """
    users = []
    for history in data.histories:
        cut = int(len(history) * SHOWN_SHARE)
        if (history.ratings[cut:] >= RELEVANT_STARS).any():
            users.append(HeldOut(history.head(cut), history.items[cut:], history.ratings[cut:]))
    if not users:
        raise OptionError(
            f"Nobody among these {len(data.histories)} people likes a hidden film, so nothing can be found."
        )
    return users


def relevant_items(user: HeldOut) -> np.ndarray:
    """(n,) the hidden items that are to be found."""
    return user.items[user.ratings >= RELEVANT_STARS]


def ranked(model: Recommender, shown: History) -> np.ndarray:
    """The first hundred items of the catalogue without the shown ones."""
    score = model.score(shown)
    allowed = np.ones(len(score), dtype=bool)
    allowed[shown.items] = False
    return top(score, allowed, DEPTH)


def _by_cut(relevant: np.ndarray, n_relevant: int) -> dict[tuple[str, int | str], float]:
    return {
        **{("ndcg", k): metrics.ndcg_at_k(relevant, n_relevant, k) for k in NDCG_CUTS},
        **{("precision", k): metrics.precision_at_k(relevant, k) for k in PRECISION_CUTS},
        **{("recall", k): metrics.recall_at_k(relevant, n_relevant, k) for k in RECALL_CUTS},
    }


def list_rows(name: str, lists: np.ndarray, n_ratings: np.ndarray, k: K) -> list[Row]:
    """Share of the catalogue in any list, mean number of ratings of a listed film, overlap between users.

    lists: (n_users, n) items. k: of the rows.
    """
    n_users, n_items = len(lists), len(n_ratings)
    return [
        Row(model=name, metric="coverage", k=k, value=metrics.coverage(lists, n_items), n=n_users),
        mean_row(name, "popularity", k, n_ratings[lists].mean(axis=1)),
        Row(model=name, metric="overlap", k=k, value=metrics.overlap(lists, n_items), n=n_users),
    ]
