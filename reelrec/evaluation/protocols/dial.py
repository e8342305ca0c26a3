"""`dial`: what does turning the dial from safe to specific cost?

Users, shown films and hidden films are those of `top-n`, and so is the question: are the relevant films among the first
ten? Here it is asked of what the app shows, `engine.recommend` with the default list, at five places of the dial. k of
a row is the dial's place. The app keeps shorts and series, a film's second row and the fourth film of a series out of
the first ten, which `top-n`, which ranks every row, does not. Metrics with the prefix short_ are those for users of
whom only the first SHORT films are shown.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation import list_measures, metrics
from reelrec.evaluation.held_out import HeldOut
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.protocols import top_n
from reelrec.evaluation.report import Report, Row, describe, mean_row
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.serving import engine
from reelrec.visitor.profile import Profile

NAME = "dial"
MODEL = engine.LIST_MODEL
PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
SHORT, SHORT_PREFIX = 10, "short_"
LIST_LENGTH = list_measures.LIST_LENGTH
PEOPLE = 1_000  # by default: each gets five lists with stars and reasons, as in the app


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    data = evaluation_data(ratings=options.ratings, people=options.people or PEOPLE)
    return run(data, shipped_store().load_catalogue())


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="dial")


def run(data: EvaluationData, films: Catalogue) -> Report:
    """Rows ndcg, precision, recall (of the first ten), stars (as predicted), coverage, popularity, overlap, by place.

    films: the catalogue whose numbers the users and models of the data use.
    """
    began = time.perf_counter()
    app = engine.Engine(films, functools.cache(data.model))

    def measure(place: float, known: Sequence[HeldOut], prefix: str) -> list[Row]:
        return [replace(row, metric=prefix + row.metric) for row in _rows(app, known, data.n_ratings, place)]

    users = top_n.parts(data)
    short = [user._replace(history=user.history.head(SHORT)) for user in users]
    groups = (("", users), (SHORT_PREFIX, short))
    by_place = [
        [row for prefix, known in progress.steps(groups) for row in measure(place, known, prefix)]
        for place in progress.steps(PLACES)
    ]
    rows = tuple(row for of_one_metric in zip(*by_place, strict=True) for row in of_one_metric)
    seconds = time.perf_counter() - began
    return Report(protocol=NAME, dataset=describe(data.users), rows=rows, seconds=seconds, notes=data.notes)


def _rows(app: engine.Engine, users: Sequence[HeldOut], n_ratings: np.ndarray, place: float) -> list[Row]:
    """All metrics at one place of the dial."""
    profiles = progress.steps([profile(user.history) for user in users])
    shelves = [engine.recommend(app, visitor, LIST_LENGTH, MODEL, place)[1] for visitor in profiles]
    lists = np.array([[pick.film.number for pick in shelf] for shelf in shelves])  # (n_users, 10)
    relevant = [list_measures.relevant_items(user) for user in users]
    hits = [np.isin(best, items) for best, items in zip(lists, relevant, strict=True)]
    sizes = [len(items) for items in relevant]
    columns = {
        "ndcg": [metrics.ndcg_at_k(of_user, n, LIST_LENGTH) for of_user, n in zip(hits, sizes, strict=True)],
        "precision": [metrics.precision_at_k(of_user, LIST_LENGTH) for of_user in hits],
        "recall": [metrics.recall_at_k(of_user, n, LIST_LENGTH) for of_user, n in zip(hits, sizes, strict=True)],
        "stars": [float(np.mean([pick.stars for pick in shelf])) for shelf in shelves],
    }
    rows = [mean_row(MODEL, metric, place, values) for metric, values in columns.items()]
    return rows + top_n.list_rows(MODEL, lists, n_ratings, place)


def profile(shown: History) -> Profile:
    """A visitor with these ratings, in their order."""
    return Profile(ratings=dict(zip(shown.items.tolist(), shown.ratings.tolist(), strict=True)))
