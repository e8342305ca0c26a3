"""`top-n`: does the list hold films that the user went on to love?

80 % of each test user's ratings are shown, in a seeded random order. The relevant films (4 stars or more) of the rest
are hidden, and the whole catalogue but the shown films is ranked. Users without a hidden relevant film are skipped.

The measures of `list_measures.py` are taken for shorter histories too: only the first 1 … 50 of these films are shown
(k; all, where there are fewer), and the same films are to be found. overlap10 is the share of equal films in two users'
first ten. details: each measure of a model as a multiple of the YARDSTICK's (ratios).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple, cast

import numpy as np

from reelrec import progress
from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation import metrics
from reelrec.evaluation.held_out import HeldOut
from reelrec.evaluation.list_measures import LIST_LENGTH, ListMeasures, below, relevant_items
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import K, Report, Row, Sums, describe, differences, mean_row
from reelrec.evaluation.shards import by_user
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.base import Recommender
from reelrec.models.bmf.model import BMF
from reelrec.serving.engine import STARS_MODEL

NAME = "top-n"
HEADLINE = "ndcg"
MODELS = ("popularity", "knn", "svd", "ease", "ranker", "dae", "blend", "ease-whole")
YARDSTICK = "ranker"
FILM_VECTORS = "bmf"  # the model whose item factors say how alike two films are
KNOWN: tuple[int | str, ...] = (1, 3, 5, 10, 20, 50, "all")
SHOWN_SHARE = 0.8
NDCG_CUTS, PRECISION_CUTS, RECALL_CUTS = (5, 10, 100), (5, 10), (5, 10, 20, 50)

Values = dict[tuple[str, K], float]  # of one user, by measure and k


def evaluate(options: Options) -> Report:
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
    return report([measured(data, models)], describe(data.users), began)


class Measured(NamedTuple):
    """What the users of one shard add, by model: their first LIST_LENGTH items by k, (n_users, LIST_LENGTH), and the
    values of each measure by measure and k, (n_users,). n_ratings: (n_items,). looked_at: users, with those skipped.
    """

    user_ids: np.ndarray
    lists: dict[tuple[str, K], np.ndarray]
    values: dict[str, dict[tuple[str, K], np.ndarray]]
    n_ratings: np.ndarray
    looked_at: int
    notes: tuple[str, ...]


def measured(data: EvaluationData, models: Sequence[str] | None = None) -> Measured:
    """Measure one shard. The arguments are those of `run`."""
    names, notes = data.choose(models, MODELS)
    by_model = {name: data.model(name) for name in progress.steps(names)}
    held_out = [_held_out(history) for history in data.histories]
    users = [user for user in held_out if user is not None]
    lists: dict[tuple[str, K], np.ndarray] = {
        (name, k): np.empty((len(users), LIST_LENGTH), dtype=int) for name in names for k in KNOWN
    }
    values: dict[str, list[Values]] = {name: [] for name in names}
    measures, stars = ListMeasures.of(data.n_ratings, film_vectors(data)), data.model(STARS_MODEL)
    for row, user in enumerate(progress.steps(users)):
        for name, of_user in _by_known(by_model, user, measures, stars).items():
            for k, best in of_user.lists.items():
                lists[name, k][row] = best[:LIST_LENGTH]
            relevant = relevant_items(user)
            values[name].append(_by_cut(np.isin(of_user.lists["all"], relevant), len(relevant)) | of_user.values)
    return Measured(
        user_ids=data.users.user_ids[[user is not None for user in held_out]],
        lists=lists,
        values={name: _columns(of_model) for name, of_model in values.items()},
        n_ratings=data.n_ratings,
        looked_at=len(data.histories),
        notes=(*data.notes, *notes),
    )


def report(shards: Sequence[Measured], dataset: dict, began: float) -> Report:
    """The report over the users of all shards. dataset: of `describe`. began: of `time.perf_counter`.

    Raises OptionError where nobody has a film to find.
    """
    notes, n_ratings = shards[0].notes, shards[0].n_ratings
    _check_found(sum(len(shard.user_ids) for shard in shards), sum(shard.looked_at for shard in shards))
    shards = [shard for shard in shards if len(shard.user_ids)]
    user_ids = [shard.user_ids for shard in shards]
    lists = {key: by_user([shard.lists[key] for shard in shards], user_ids) for key in shards[0].lists}
    measured: dict[str, list[Sums]] = {}
    for name, columns in shards[0].values.items():
        joined = {key: by_user([shard.values[name][key] for shard in shards], user_ids) for key in columns}
        measured[name] = _sums(name, joined)
    return Report(
        protocol=NAME,
        dataset=dataset,
        rows=tuple(row for name, sums in measured.items() for row in _rows(name, sums, lists, n_ratings)),
        seconds=time.perf_counter() - began,
        notes=notes,
        differences=differences([sums for of_model in measured.values() for sums in of_model]),
        details={"ratios": ratios(measured)},
    )


class _OfUser(NamedTuple):
    """One model's lists for one user, by the films shown, and their measures."""

    lists: dict[K, np.ndarray]
    values: Values


def _by_known(
    models: Mapping[str, Recommender], user: HeldOut, measures: ListMeasures, stars: Recommender
) -> dict[str, _OfUser]:
    found = {name: _OfUser({}, {}) for name in models}
    before, size_before = KNOWN[0], None
    for k in KNOWN:
        size = len(user.history) if isinstance(k, str) else min(k, len(user.history))
        shown = user.history.head(size)
        if size == size_before:  # a history with no more ratings gets the same list
            for of_user in found.values():
                of_user.lists[k] = of_user.lists[before]
                of_user.values.update({(m, k): v for (m, at), v in [*of_user.values.items()] if at == before})
            continue
        for name, model in models.items():
            of_user = found[name]
            of_user.lists[k], by_measure = measures.measure(model.score(shown), shown, user)
            of_user.values.update({(measure, k): value for measure, value in by_measure.items()})
        firsts = np.array([of_user.lists[k][:LIST_LENGTH] for of_user in found.values()])
        for of_user, share in zip(found.values(), below(stars, shown, firsts).tolist(), strict=True):
            of_user.values["below", k] = share
        before, size_before = k, size
    return found


def parts(data: EvaluationData) -> list[HeldOut]:
    """Of each user what a model may see, and the rest. Users without a relevant film in the rest are skipped.

    Raises OptionError where nobody has a film to find.
    """
    users = [user for user in map(_held_out, data.histories) if user is not None]
    _check_found(len(users), len(data.histories))
    return users


def _held_out(history: History) -> HeldOut | None:
    """What a model may see of a user, and the rest; None where there is no relevant film in the rest."""
    cut = int(len(history) * SHOWN_SHARE)
    if not (history.ratings[cut:] >= RELEVANT_STARS).any():
        return None
    return HeldOut(history.head(cut), history.items[cut:], history.ratings[cut:])


def _check_found(n_users: int, looked_at: int) -> None:
    if not n_users:
        raise OptionError(f"Nobody among these {looked_at} people likes a hidden film, so nothing can be found.")


def film_vectors(data: EvaluationData) -> np.ndarray:
    """(n_items, d) the item factors by which two films are alike."""
    factors: np.ndarray = cast(BMF, data.model(FILM_VECTORS)).item_factors_
    return factors.astype(np.float32).mean(axis=0)


def ratios(measured: Mapping[str, Sequence[Sums]]) -> list[dict]:
    """Each measure of each model as a multiple of the YARDSTICK's on the same users, with its interval."""
    bars = {(sums.metric, sums.k): sums for sums in measured.get(YARDSTICK, ())}
    return [
        asdict(sums.over(bars[sums.metric, sums.k]))
        for name, of_model in measured.items()
        for sums in of_model
        if name != YARDSTICK and (sums.metric, sums.k) in bars and bars[sums.metric, sums.k].value
    ]


def _by_cut(relevant: np.ndarray, n_relevant: int) -> Values:
    return {
        **{("ndcg", k): metrics.ndcg_at_k(relevant, n_relevant, k) for k in NDCG_CUTS},
        **{("precision", k): metrics.precision_at_k(relevant, k) for k in PRECISION_CUTS},
        **{("recall", k): metrics.recall_at_k(relevant, n_relevant, k) for k in RECALL_CUTS},
    }


def _columns(users: Sequence[Values]) -> dict[tuple[str, K], np.ndarray]:
    """(n_users,) of each measure and k; NaN for a user without a value of it."""
    return {key: np.array([values[key] for values in users]) for key in (users[0] if users else ())}


def _sums(name: str, columns: Mapping[tuple[str, K], np.ndarray]) -> list[Sums]:
    """Each measure of a model over all users; a user without a value of it is left out of it."""
    return [
        Sums(model=name, metric=metric, k=k, sums=np.nan_to_num(values), counts=np.isfinite(values))
        for (metric, k), values in columns.items()
        if np.isfinite(values).any()
    ]


def _rows(
    name: str, measured: Sequence[Sums], lists: Mapping[tuple[str, K], np.ndarray], n_ratings: np.ndarray
) -> list[Row]:
    overlaps = [
        Row(model=name, metric="overlap10", k=k, value=metrics.overlap(best, len(n_ratings)), n=len(best))
        for (model, k), best in lists.items()
        if model == name
    ]
    of_lists = list_rows(name, lists[name, "all"], n_ratings, LIST_LENGTH)
    return [*(sums.row() for sums in measured), *of_lists, *overlaps]


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
