"""The searches behind the ranker's settings, on tune users, who neither train nor test. LOG.md keeps the results.

python -m experiments.tune_ranker weights [N]   inputs, targets, regularisation; on the 4,000 most rated films and 2,000
                                                users (15 minutes; N: only the N-th row)
python -m experiments.tune_ranker whole         regularisation on all films and 1,500 users (15 minutes, 4 GB)
python -m experiments.tune_ranker step          file size and NDCG by the step of the weights
python -m experiments.tune_ranker fame          the lead of famous films by number of ratings, on the shipped weights
python -m experiments.tune_ranker stars         predicted stars added to the log score, on the shipped weights
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from reelrec.artifacts.store import shipped_store
from reelrec.data import half_stars
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.evaluation import metrics
from reelrec.evaluation.protocols import top_n
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.lists import ranker
from reelrec.models.lists.ease import EASE
from reelrec.models.lists.ranker import Ranker
from reelrec.serving.engine import top
from reelrec.training.settings import SETTINGS
from reelrec.training.users import letterboxd_users

FILMS, PEOPLE = 4_000, 2_000
Score = Callable[[History], np.ndarray]
Curve = Callable[[np.ndarray], np.ndarray]  # stars to the value of a rating


@dataclass(frozen=True)
class Row:
    """weight: a user of n films counts n^-weight. share: the input is divided by n^share.

    input_curve, target_curve: floor and power of the value of a rating. relevant: predict "4 stars or more" instead of
    the value. fame: of the scores.
    """

    weight: float = 0.0
    share: float = 0.5
    reg: float = 400.0
    dropout: float = 0.5
    input_curve: tuple[float, float] = (0.03, 2.0)
    target_curve: tuple[float, float] = (0.03, 2.0)
    relevant: bool = False
    fame: float = -0.1


EASE_AS_SHIPPED = Row(share=0.0, reg=600.0, dropout=0.0, fame=0.0)
ROWS = (
    EASE_AS_SHIPPED,
    replace(EASE_AS_SHIPPED, relevant=True),
    replace(EASE_AS_SHIPPED, reg=400.0, dropout=0.3),
    replace(EASE_AS_SHIPPED, weight=0.5),
    Row(weight=0.5, share=0.0, reg=200.0, fame=0.0),
    Row(weight=0.5, share=0.0, reg=200.0),
    Row(fame=0.0),
    Row(),
    Row(reg=100.0),
    Row(weight=0.3),
    Row(share=0.8),
    Row(input_curve=(0.03, 1.5)),
    Row(input_curve=(0.1, 2.0)),
    Row(target_curve=(0.03, 3.0)),
)


def weights(rows: tuple[Row, ...]) -> None:
    """Fit and measure each row."""
    dataset = _best_known(letterboxd_users(shipped_store().load_catalogue(), Role.TRAIN))
    tuning = _best_known_data(evaluation_data(people=PEOPLE, role=Role.TUNE))
    print("row", "ndcg@100", "ndcg@10", "stars of hits", sep="\t")
    for row in rows:
        curve = _curve(row.input_curve)
        _print(row, measured(tuning, scorer(curve, solve(dataset, row, curve), dataset.counts(), row.fame)))


def scorer(curve: Curve, matrix: np.ndarray, counts: np.ndarray, fame: float) -> Score:
    """Scores by these item weights, with a power of the films' popularity."""
    lead = ranker.popularity(counts) ** fame
    return lambda history: curve(history.ratings) @ matrix[history.items] * lead


def _curve(floor_and_power: tuple[float, float]) -> Curve:
    floor, power = floor_and_power
    return EASE(floor=floor, power=power).value


def solve(dataset: Dataset, row: Row, curve: Curve) -> np.ndarray:
    """The item weights of a row, (n_items, n_items)."""
    films = np.repeat(np.diff(dataset.start), np.diff(dataset.start)) / np.float32(ranker.USUAL_FILMS)
    targets = _curve(row.target_curve)(dataset.ratings)
    if row.relevant:
        targets = (dataset.ratings >= half_stars.RELEVANT_STARS).astype(np.float32)
    inputs = curve(dataset.ratings) * films ** np.float32(-row.weight / 2 - row.share)
    shape = (dataset.n_users, dataset.n_items)
    left = csr_array((inputs, dataset.items, dataset.start), shape=shape)
    right = csr_array((targets * films ** np.float32(-row.weight / 2), dataset.items, dataset.start), shape=shape)
    return ranker.item_weights(ranker.product(left, left), ranker.product(left, right), row.reg, row.dropout)


def _best_known(dataset: Dataset) -> Dataset:
    """The ratings of the FILMS best known films, which come first in the catalogue."""
    kept = dataset.items < FILMS
    start = np.concatenate([[0], np.cumsum(kept)])[dataset.start]
    return replace(
        dataset, item_ids=dataset.item_ids[:FILMS], start=start, items=dataset.items[kept],
        ratings=dataset.ratings[kept],
    )  # fmt: skip


def _best_known_data(tuning: EvaluationData) -> EvaluationData:
    histories = (history.take(kept) for history in tuning.histories for kept in [history.items < FILMS])
    return replace(tuning, histories=tuple(histories))


def whole() -> None:
    """Regularisation on all films."""
    dataset = letterboxd_users(shipped_store().load_catalogue(), Role.TRAIN)
    tuning = evaluation_data(people=1500, role=Role.TUNE)
    curve = _curve((0.03, 2.0))
    for reg, dropout in ((400.0, 0.5), (800.0, 0.5), (400.0, 0.25), (200.0, 1.0)):
        row = Row(reg=reg, dropout=dropout, fame=-0.12)
        _print(row, measured(tuning, scorer(curve, solve(dataset, row, curve), dataset.counts(), row.fame)))


def step() -> None:
    """File size and metrics by the step of the weights."""
    dataset = letterboxd_users(shipped_store().load_catalogue(), Role.TRAIN)
    tuning = evaluation_data(people=1500, role=Role.TUNE)
    settings = SETTINGS["ranker"]
    model = Ranker(**settings)
    within, across = ranker.grams(dataset, model.value)
    matrix = ranker.item_weights(within, across, model.reg, model.dropout)
    counts = dataset.counts()
    for size in (0.0001, 0.003, 0.0046, 0.006, 0.01):
        model = Ranker(**settings | {"step": size})
        model.take(ranker.whole_steps(matrix, ranker.steps(counts, size)), counts)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ranker.npz"
            model.save(path)
            _print(
                (size, f"{model.numbers_.nnz:,} weights, {path.stat().st_size:,} bytes"), measured(tuning, model.score)
            )


def fame() -> None:
    """Metrics by the power of popularity and the number of films shown."""
    tuning = evaluation_data(role=Role.TUNE)
    model = tuning.model("ranker")
    assert isinstance(model, Ranker)
    model.fame_slope = 0.0
    for k in (3, 5, 10, 20, 50, 100, None):
        for model.fame_at_one in (-0.2, -0.15, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2, 0.3):
            _print((k, model.fame_at_one), measured(tuning, model.score, k))


def stars() -> None:
    """Metrics with predicted stars in the score, by their weight."""
    tuning = evaluation_data(people=1500, role=Role.TUNE)
    list_model, star_model = tuning.model("ranker"), tuning.model("svd")

    def blended(history: History, weight: float) -> np.ndarray:
        score = list_model.score(history)
        return np.log(np.maximum(score, 0.01 * score.max())) + weight * half_stars.clipped(star_model.score(history))

    for k in (None, 10):
        for weight in (0.0, 0.1, 0.2, 0.4, 0.8):
            _print((k, weight), measured(tuning, functools.partial(blended, weight=weight), k))


def measured(tuning: EvaluationData, score: Score, k: int | None = None) -> tuple[float, float, float]:
    """NDCG@100, NDCG@10 and the mean rating of the hidden films in the first ten, with k films shown."""
    deep, short, reached = [], [], []
    for shown, items, given in top_n.parts(tuning):
        head = shown.head(len(shown) if k is None else k)
        scores = score(head)
        allowed = np.ones(len(scores), dtype=bool)
        allowed[head.items] = False
        best = top(scores, allowed, top_n.DEPTH)
        liked = items[given >= half_stars.RELEVANT_STARS]
        deep.append(metrics.ndcg_at_k(np.isin(best, liked), len(liked), 100))
        short.append(metrics.ndcg_at_k(np.isin(best, liked), len(liked), 10))
        reached.append(given[np.isin(items, best[:10])])
    return float(np.mean(deep)), float(np.mean(short)), float(np.concatenate(reached).mean())


def _print(row: object, metrics_of_row: tuple[float, float, float]) -> None:
    print(row, *(f"{value:.4f}" for value in metrics_of_row), sep="\t", flush=True)


if __name__ == "__main__":
    searches = {"whole": whole, "step": step, "fame": fame, "stars": stars}
    name, *number = sys.argv[1:] or [""]
    if name == "weights":
        weights(ROWS if not number else (ROWS[int(number[0]) - 1],))
    elif name in searches:
        searches[name]()
    else:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
