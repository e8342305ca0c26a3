"""`dial`: what turning from familiar films to hidden gems costs.

The people, the shown and the hidden films of `top-n`, and its question: are the films they went on to like among the
first ten? But asked of what the app shows, `engine.recommend` with the ranker, at five places of the dial. k of a row
is the dial's place. A second row of a film that the catalogue has twice is never shown, so at 0 a few people may get a
film that `top-n`, which ranks every row, does not give them.
"""

from __future__ import annotations

import functools
import time

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation import metrics
from reelrec.evaluation.protocols import top_n
from reelrec.evaluation.report import Report, Row, describe, ratio_row
from reelrec.evaluation.users import EvaluationData
from reelrec.serving import engine
from reelrec.visitor.profile import Profile

NAME = "dial"
MODEL = "ranker"
PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
LIST_LENGTH = top_n.LIST_LENGTH
PEOPLE = 1_000  # by default: each gets five lists with stars and reasons, as in the app


def run(data: EvaluationData, films: Catalogue) -> Report:
    """Rows ndcg, precision, recall (of the first ten), stars (as predicted), coverage, popularity, overlap.

    films: the catalogue whose numbers the data's people and models use.
    """
    began = time.perf_counter()
    app = engine.Engine(films, functools.cache(data.model))
    people = top_n.shown_and_hidden(data)
    places = [_rows(app, people, data.n_ratings, place) for place in PLACES]
    rows = tuple(row for of_one_metric in zip(*places, strict=True) for row in of_one_metric)
    return Report(NAME, describe(data.users), rows, time.perf_counter() - began, data.notes)


def _rows(
    app: engine.Engine, people: list[tuple[History, np.ndarray]], n_ratings: np.ndarray, place: float
) -> list[Row]:
    shelves = [engine.recommend(app, profile(shown), LIST_LENGTH, MODEL, place)[1] for shown, _ in people]
    lists = np.array([[pick.film.number for pick in shelf] for shelf in shelves])  # (n_people, 10)
    found = [(np.isin(best, hidden), len(hidden)) for best, (_, hidden) in zip(lists, people, strict=True)]
    columns = {
        "ndcg": [metrics.ndcg_at_k(*hits, LIST_LENGTH) for hits in found],
        "precision": [metrics.precision_at_k(relevant, LIST_LENGTH) for relevant, _ in found],
        "recall": [metrics.recall_at_k(*hits, LIST_LENGTH) for hits in found],
        "stars": [np.mean([pick.stars for pick in shelf]) for shelf in shelves],
    }
    ones = np.ones(len(people))
    rows = [ratio_row(MODEL, metric, place, values, ones) for metric, values in columns.items()]
    return rows + top_n.list_rows(MODEL, lists, n_ratings, place)


def profile(shown: History) -> Profile:
    """A visitor who told us these ratings, in their order."""
    return Profile(ratings=dict(zip(shown.items.tolist(), shown.ratings.tolist(), strict=True)))
