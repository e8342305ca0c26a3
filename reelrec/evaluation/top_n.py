"""`top-n`: does the list hold what somebody went on to love?

80 % of each test person's ratings are shown, in a seeded random order; the liked ones (4 stars or more) of the rest are
hidden, and the whole catalogue but the shown films is ranked. People without a hidden liked film are skipped.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from reelrec.dataset import History
from reelrec.engine import top
from reelrec.errors import OptionError
from reelrec.evaluation import metrics
from reelrec.evaluation.people import Trial
from reelrec.evaluation.report import Report, Row, describe, ratio_row
from reelrec.models.base import Recommender

NAME = "top-n"
HEADLINE = "ndcg"
MODELS = ("popularity", "knn", "svd", "ease")
SHOWN_SHARE = 0.8
LIKED_STARS = 4.0
NDCG_CUTS, PRECISION_CUTS, RECALL_CUTS = (5, 10, 100), (5, 10), (5, 10, 20, 50)
DEPTH = 100
LIST_LENGTH = 10  # of the lists whose coverage, popularity and overlap are measured


def run(trial: Trial, models: Sequence[str] = MODELS) -> Report:
    """Rows of ndcg, precision and recall by k, and of coverage, popularity and overlap of the first ten."""
    began = time.perf_counter()
    rows = [row for name in models for row in _rows(trial, name, trial.model(name))]
    return Report(NAME, describe(trial.people), tuple(rows), time.perf_counter() - began, trial.notes)


def _rows(trial: Trial, name: str, model: Recommender) -> list[Row]:
    lists, measures = [], []
    for shown, hidden in shown_and_hidden(trial):
        best = ranked(model, shown)
        lists.append(best[:LIST_LENGTH])
        measures.append(_measures(np.isin(best, hidden), len(hidden)))
    columns = {key: np.array([measure[key] for measure in measures]) for key in measures[0]}
    ones = np.ones(len(measures))
    rows = [ratio_row(name, metric, k, values, ones) for (metric, k), values in columns.items()]
    return rows + list_rows(name, np.array(lists), trial.n_ratings, LIST_LENGTH)


def shown_and_hidden(trial: Trial) -> list[tuple[History, np.ndarray]]:
    """What a model may see of each person, and the liked films (item numbers) that it is to find.

    Raises OptionError where nobody has one to find.
    """
    found = []
    for history in trial.histories:
        cut = int(len(history) * SHOWN_SHARE)
        hidden = history.items[cut:][history.ratings[cut:] >= LIKED_STARS]
        if len(hidden):
            found.append((history.head(cut), hidden))
    if not found:
        raise OptionError(
            f"Nobody among these {len(trial.histories)} people likes a hidden film, so nothing can be found."
        )
    return found


def ranked(model: Recommender, shown: History) -> np.ndarray:
    """The first hundred of the catalogue without the shown films."""
    score = model.score(shown)
    allowed = np.ones(len(score), dtype=bool)
    allowed[shown.items] = False
    return top(score, allowed, DEPTH)


def _measures(relevant: np.ndarray, n_relevant: int) -> dict[tuple[str, int], float]:
    return {
        **{("ndcg", k): metrics.ndcg_at_k(relevant, n_relevant, k) for k in NDCG_CUTS},
        **{("precision", k): metrics.precision_at_k(relevant, k) for k in PRECISION_CUTS},
        **{("recall", k): metrics.recall_at_k(relevant, n_relevant, k) for k in RECALL_CUTS},
    }


def list_rows(name: str, lists: np.ndarray, n_ratings: np.ndarray, k: float) -> list[Row]:
    """Share of the catalogue shown to anybody, mean ratings of a film, sameness between people.

    lists: (n_people, n) items. k: what stands in the rows.
    """
    people = len(lists)
    fame = n_ratings[lists].mean(axis=1)
    return [
        Row(name, "coverage", k, metrics.coverage(lists, len(n_ratings)), None, None, people),
        ratio_row(name, "popularity", k, fame, np.ones(people)),
        Row(name, "overlap", k, metrics.overlap(lists, len(n_ratings)), None, None, people),
    ]
