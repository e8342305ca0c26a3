"""`top-n`: does the list hold what somebody went on to love?

80 % of each test person's ratings are shown, in a seeded random order; the liked ones (4 stars or more) of the rest are
hidden, and the whole catalogue but the shown films is ranked. People without a hidden liked film are skipped.

ndcg100 and stars10 ask the same of somebody who tells less: only the first 5, 10, 20 or 50 of these films are shown (k;
who has fewer shows all), and the same films are to be found. stars10 is the mean star a person gave to those hidden
films, liked or not, that reach the first ten; people with none are left out of it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation import metrics
from reelrec.evaluation.report import Report, Row, Sums, describe, differences, ratio_row
from reelrec.evaluation.users import EvaluationData
from reelrec.models.base import Recommender
from reelrec.serving.engine import top

NAME = "top-n"
HEADLINE = "ndcg"
MODELS = ("popularity", "knn", "svd", "ease", "ranker", "ease-whole")
KNOWN = (5, 10, 20, 50, "all")
SHOWN_SHARE = 0.8
NDCG_CUTS, PRECISION_CUTS, RECALL_CUTS = (5, 10, 100), (5, 10), (5, 10, 20, 50)
DEPTH = 100
LIST_LENGTH = 10  # of the lists whose coverage, popularity and overlap are measured


def run(data: EvaluationData, models: Sequence[str] | None = None) -> Report:
    """Rows of ndcg, precision and recall by k, of coverage, popularity and overlap of the first ten, of KNOWN.

    models: by default those of MODELS that are to be had.
    """
    began = time.perf_counter()
    names, notes = data.choose(models, MODELS)
    rows: list[Row] = []
    measured: list[Sums] = []
    for name in names:
        sums, more = _measured(data, name, data.model(name))
        measured += sums
        rows += [*(one.row() for one in sums), *more]
    seconds = time.perf_counter() - began
    notes = (*data.notes, *notes)
    return Report(NAME, describe(data.users), tuple(rows), seconds, notes, differences=differences(measured))


def _measured(data: EvaluationData, name: str, model: Recommender) -> tuple[list[Sums], list[Row]]:
    lists, found = [], []
    for shown, items, stars in parts(data):
        liked, before = items[stars >= RELEVANT_STARS], None
        mine: dict[tuple[str, int | str], float] = {}
        for k in KNOWN:
            size = len(shown) if k == "all" else min(k, len(shown))
            if size != before:  # who has no more ratings gets the same list
                best, before = ranked(model, shown.head(size)), size
            reached = stars[np.isin(items, best[:LIST_LENGTH])]
            mine["ndcg100", k] = metrics.ndcg_at_k(np.isin(best, liked), len(liked), DEPTH)
            mine["stars10", k] = reached.mean() if len(reached) else np.nan
        lists.append(best[:LIST_LENGTH])
        found.append(_measures(np.isin(best, liked), len(liked)) | mine)
    columns = {key: np.array([measure[key] for measure in found]) for key in found[0]}
    sums = [
        Sums(name, metric, k, np.nan_to_num(values), np.isfinite(values))
        for (metric, k), values in columns.items()
        if np.isfinite(values).any()
    ]
    return sums, list_rows(name, np.array(lists), data.n_ratings, LIST_LENGTH)


def parts(data: EvaluationData) -> list[tuple[History, np.ndarray, np.ndarray]]:
    """Of each person what a model may see, and the rest: items and stars. People who like nothing of it are skipped.

    Raises OptionError where nobody has a film to find.
    """
    found = []
    for history in data.histories:
        cut = int(len(history) * SHOWN_SHARE)
        if (history.ratings[cut:] >= RELEVANT_STARS).any():
            found.append((history.head(cut), history.items[cut:], history.ratings[cut:]))
    if not found:
        raise OptionError(
            f"Nobody among these {len(data.histories)} people likes a hidden film, so nothing can be found."
        )
    return found


def shown_and_hidden(data: EvaluationData) -> list[tuple[History, np.ndarray]]:
    """What a model may see of each person, and the liked films (item numbers) that it is to find. Raises as `parts`."""
    return [(shown, items[stars >= RELEVANT_STARS]) for shown, items, stars in parts(data)]


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
