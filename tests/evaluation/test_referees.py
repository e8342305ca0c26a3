"""Our measures against those of others: ir-measures for lists, scikit-learn for stars."""

import numpy as np
import pytest

from reelrec.evaluation import metrics, stars
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.models.base import Prediction
from reelrec.models.predictive import half_star_probabilities
from tests.fakes.unsure import Unsure

RNG = np.random.default_rng(5)
CUTS = (5, 10, 20, 100)


def ranking(seed: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """A score for each of 150 films, and which of them are to be found (one at least)."""
    rng = np.random.default_rng(seed)
    relevant = rng.random(150) < share
    relevant[7] = True
    return rng.random(150), relevant


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("share", [0.01, 0.1, 0.6], ids=["one to find", "15", "90: more than there are places"])
def test_lists_are_judged_as_ir_measures_does(seed, share):
    ir = pytest.importorskip("ir_measures")
    score, relevant = ranking(seed, share)
    films = [f"film-{i:03d}" for i in range(150)]
    run = {"ann": {film: float(value) for film, value in zip(films, score, strict=True)}}
    qrels = {"ann": {film: int(is_relevant) for film, is_relevant in zip(films, relevant, strict=True)}}
    asked = [measure @ k for measure in (ir.nDCG, ir.P, ir.R) for k in CUTS]
    theirs = {str(measure): value for measure, value in ir.calc_aggregate(asked, qrels, run).items()}
    ours, n = relevant[np.argsort(-score)], int(relevant.sum())
    for k in CUTS:
        assert metrics.ndcg_at_k(ours, n, k) == pytest.approx(theirs[f"nDCG@{k}"])
        assert metrics.precision_at_k(ours, k) == pytest.approx(theirs[f"P@{k}"])
        # theirs divides by all there are to find, ours by as many as k places can hold
        assert metrics.recall_at_k(ours, n, k) == pytest.approx(theirs[f"R@{k}"] * n / min(n, k))


@pytest.mark.train
@pytest.mark.parametrize("seed", range(4))
def test_ndcg_is_that_of_scikit_learn(seed):
    theirs = pytest.importorskip("sklearn.metrics").ndcg_score
    score, relevant = ranking(seed, 0.1)
    for k in CUTS:
        ours = metrics.ndcg_at_k(relevant[np.argsort(-score)], int(relevant.sum()), k)
        assert ours == pytest.approx(theirs([relevant.astype(float)], [score], k=k))


@pytest.fixture
def judged() -> tuple[Targets, Forecast]:
    """500 ratings of 20 people, and what a model that knows its doubt says of them."""
    mean, sd = RNG.normal(3.5, 0.8, 500).astype(np.float32), RNG.uniform(0.4, 1.2, 500).astype(np.float32)
    given = np.clip(np.round(2 * RNG.normal(mean, sd)) / 2, 0.5, 5.0).astype(np.float32)
    user = np.sort(RNG.integers(0, 20, 500))
    targets = Targets(user=user, items=np.arange(500), ratings=given, n_users=20)
    return targets, Forecast.of(Unsure(None), Prediction(mean, sd))


@pytest.mark.train
def test_errors_in_stars_are_those_of_scikit_learn(judged):
    sklearn = pytest.importorskip("sklearn.metrics")
    targets, forecast = judged
    ours = {entry.metric: entry.value for entry in stars.measures("m", 5, targets, forecast)}
    assert ours["rmse"] == pytest.approx(sklearn.root_mean_squared_error(targets.ratings, forecast.stars))
    assert ours["mae"] == pytest.approx(sklearn.mean_absolute_error(targets.ratings, forecast.stars))
    liked, expected = targets.ratings >= 3.5, forecast.chance(3.5) > 0.5
    assert ours["like_accuracy"] == pytest.approx(sklearn.accuracy_score(liked, expected))


@pytest.mark.train
def test_the_log_loss_is_that_of_scikit_learn(judged):
    sklearn = pytest.importorskip("sklearn.metrics")
    targets, forecast = judged
    ours = {entry.metric: entry.value for entry in stars.measures("m", 5, targets, forecast)}
    chances = half_star_probabilities(Prediction(*map(np.float64, forecast.prediction))).astype(np.float64)
    chances /= chances.sum(axis=1, keepdims=True)
    theirs = sklearn.log_loss((2 * targets.ratings).astype(int), chances, labels=range(1, 11))
    assert ours["nll"] == pytest.approx(theirs, rel=1e-5)
