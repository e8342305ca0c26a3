"""`new-users`: how far off are the predicted stars for somebody new, after k ratings?

Each test person's ratings in a seeded random order; the last 30 % are the targets, and of the rest the first k are
shown (who has fewer shows all). Errors are pooled over ratings, predictions clipped to 0.5-5.0. A model that knows how
sure it is stands below `one-sd`: its own means with a single sd for all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from reelrec.data import half_stars
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation import calibration, stars
from reelrec.evaluation.report import Difference, Report, Sums, describe, differences
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.evaluation.users import EvaluationData
from reelrec.models.base import Prediction, Recommender, UncertainRecommender
from reelrec.models.registry import BUILDS_ON

NAME = "new-users"
HEADLINE = "rmse"
MODELS = ("film-mean", "baseline", "knn", "leader", "svd", "bmf", "deepfm", "gpt", "stack")
YARDSTICK = "baseline"
KNOWN = (0, 3, 5, 10, 20, 50, "all")
LOOKED_INTO = (20, "all")  # the k of the tables by popularity and of reliability
TARGET_SHARE = 0.3


def run(data: EvaluationData, models: Sequence[str] | None = None, known: Sequence[int | str] = KNOWN) -> Report:
    """Rows of every measure of `stars` for every model and k, and the tables of `calibration`.

    models: by default those of MODELS that are to be had. Raises OptionError for a model without stars.
    """
    began = time.perf_counter()
    names, notes = data.choose(models, MODELS)
    targets = all_targets(data.histories)
    measured: list[Sums] = []
    details = {"by_popularity": [], "calibration": {"coverage": [], "by_popularity": [], "reliability": []}}
    for name in names:
        model = data.model(name)
        if model.unit != "stars":
            raise OptionError(f"{name} makes lists and predicts no stars, so it has no row in {NAME}. Use top-n.")
        forecasts = dict(zip(known, predict(model, data.histories, known), strict=True))
        if isinstance(model, UncertainRecommender) and not any(one.model == stars.ONE_SD for one in measured):
            measured += [stars.one_sd(k, targets, Forecast.of(model, told)) for k, told in forecasts.items()]
        by_k = []
        for k, told in forecasts.items():
            forecast = Forecast.of(model, told)
            by_k.append(stars.measures(name, k, targets, forecast))
            _look_into(details, name, k, targets, forecast, data.n_ratings)
        measured += [one for of_one_metric in zip(*by_k, strict=True) for one in of_one_metric]
    first, beside = first_better(measured), beside_parts(measured)
    return Report(
        NAME,
        describe(data.users),
        tuple(one.row() for one in measured),
        time.perf_counter() - began,
        (*data.notes, *notes, *_sentence(first), *map(_gain, beside)),
        details | {"first_better": first, "beside_parts": [asdict(one) for one in beside]},
        differences(measured),
    )


def split(history: History) -> tuple[History, np.ndarray, np.ndarray]:
    """What may be shown, and the targets: their items and their stars."""
    cut = len(history) - round(len(history) * TARGET_SHARE)
    return history.head(cut), history.items[cut:], history.ratings[cut:]


def all_targets(histories: Sequence[History]) -> Targets:
    """The targets of all people, in their order."""
    parts = [split(history)[1:] for history in histories]
    sizes = [len(items) for items, _ in parts]
    items, ratings = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Targets(np.repeat(np.arange(len(sizes)), sizes), items, ratings, len(sizes))


def predict(model: Recommender, histories: Sequence[History], known: Sequence[int | str]) -> list[Prediction]:
    """For each k the predictions of all targets; sd is 0 from a model without a distribution."""
    uncertain = isinstance(model, UncertainRecommender)
    found: list[list[Prediction]] = [[] for _ in known]
    for history in histories:
        shown, items, _ = split(history)
        before = None
        for row, k in enumerate(known):
            size = len(shown) if k == "all" else min(k, len(shown))
            if size != before:  # who has no more ratings is not scored again
                seen = shown.head(size)
                told = model.predict(seen, items) if uncertain else _certain(model.score(seen)[items])
                before = size
            found[row].append(told)
    return [together(of_k) for of_k in found]


def rmse(model: Recommender, histories: Sequence[History], known: Sequence[int | str]) -> np.ndarray:
    """(len(known),) for tuning."""
    given = all_targets(histories).stars
    off = [half_stars.clipped(told.mean) - given for told in predict(model, histories, known)]
    return np.array([np.sqrt(np.mean(np.square(one, dtype=np.float64))) for one in off])


def first_better(measured: Sequence[Sums]) -> dict[str, int | str | None]:
    """For each model the first k at which its RMSE is below the baseline's, the interval below 0; None for never."""
    by_place = {(one.model, one.k): one for one in measured if one.metric == "rmse"}
    found = {}
    for (model, k), one in by_place.items():
        bar = by_place.get((YARDSTICK, k))
        if bar is None or model == YARDSTICK:
            continue
        if found.setdefault(model, None) is None and one.minus(bar).high < 0:
            found[model] = k
    return found


def beside_parts(measured: Sequence[Sums]) -> list[Difference]:
    """The RMSE of each model that builds on others minus that of the first of those, at every k."""
    by_place = {(one.model, one.k): one for one in measured if one.metric == "rmse"}
    built = [one for one in by_place.values() if one.model in BUILDS_ON]
    pairs = ((one, by_place.get((BUILDS_ON[one.model][0], one.k))) for one in built)
    return [one.minus(part) for one, part in pairs if part is not None]


def together(told: Sequence[Prediction]) -> Prediction:
    """Everybody's predictions one after another, each with its person's habit."""
    habits = [np.broadcast_to(np.float32(one.habit), (len(one.mean), len(HALF_STARS))) for one in told]
    return Prediction(*(np.concatenate(part) for part in ([t.mean for t in told], [t.sd for t in told], habits)))


def _certain(score: np.ndarray) -> Prediction:
    return Prediction(score, np.zeros_like(score))


def _look_into(
    details: dict, model: str, k: int | str, targets: Targets, forecast: Forecast, n_ratings: np.ndarray
) -> None:
    """Add one model's tables at one k."""
    certain, deep, tables = forecast.prediction is None, k in LOOKED_INTO, details["calibration"]
    if not certain:
        tables["coverage"] += calibration.coverage(model, k, targets, forecast)
    if deep:
        details["by_popularity"] += calibration.by_popularity(model, k, targets, forecast, n_ratings)
    if deep and not certain:
        tables["by_popularity"] += calibration.coverage_by_popularity(model, k, targets, forecast, n_ratings)
        tables["reliability"] += calibration.reliability(model, k, targets, forecast)


def _gain(one: Difference) -> str:
    return f"RMSE of {one.model} minus {one.than} at {one.k}: {one.value:+.4f} [{one.low:+.4f}, {one.high:+.4f}]."


def _sentence(first: dict[str, int | str | None]) -> tuple[str, ...]:
    if not first:
        return ()
    told = ", ".join(f"{model} {'never' if k is None else f'at {k}'}" for model, k in first.items())
    return (f"Ratings at which the RMSE is first below that of {YARDSTICK}, the 95 % interval too: {told}.",)
