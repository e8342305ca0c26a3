"""`new-users`: how far off are the predicted stars for a new user, after k ratings?

Each test user's ratings come in a seeded random order. The last 30 % are the targets; of the rest the first k are
shown (all, where there are fewer). Errors are pooled over ratings, predictions clipped to 0.5-5.0. Above a model that
knows its uncertainty stands `one-sd`: its own means with a single sd for all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import NamedTuple, cast

import numpy as np

from reelrec import progress
from reelrec.data import half_stars
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation import calibration, stars
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Difference, K, Report, Sums, describe, differences
from reelrec.evaluation.shards import joined_rows, joined_sums
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models import registry
from reelrec.models.base import Prediction, Recommender, UncertainRecommender

NAME = "new-users"
HEADLINE = "rmse"
MODELS = ("film-mean", "baseline", "knn", "leader", "svd", "bmf", "deepfm", "gpt", "stack")
YARDSTICK = "baseline"
ALL = "all"
KNOWN: tuple[int | str, ...] = (0, 3, 5, 10, 20, 50, ALL)
DETAILED = (20, ALL)  # the k of the tables by popularity and of reliability
TARGET_SHARE = 0.3


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    return run(evaluation_data(options.data, options.ratings, options.people), options.models)


def tables(report: Report) -> list[Printed]:
    return by_metric(report)


def headlines(report: Report) -> dict[str, dict[str, float]]:
    return report.headlines(HEADLINE)


def run(data: EvaluationData, models: Sequence[str] | None = None, known: Sequence[int | str] = KNOWN) -> Report:
    """Rows of every metric of `stars` for every model and k, and the tables of `calibration`.

    models: by default those of MODELS that can be had. Raises OptionError for a model that predicts no stars.
    """
    began = time.perf_counter()
    return report([measured(data, models, known)], describe(data.users), began)


class OneSd(NamedTuple):
    """What the one sd of all users is fitted on at one k: it cannot be added up. stars: (n,) of the forecast."""

    k: K
    targets: Targets
    stars: np.ndarray


class Measured(NamedTuple):
    """What the users of one shard add. sums: in the order of the rows. details: tables with counts."""

    user_ids: np.ndarray
    sums: list[Sums | OneSd]
    details: dict
    notes: tuple[str, ...]


def measured(data: EvaluationData, models: Sequence[str] | None = None, known: Sequence[int | str] = KNOWN) -> Measured:
    """Measure one shard. The arguments are those of `run`."""
    names, notes = data.choose(models, MODELS)
    targets = all_targets(data.histories)
    sums: list[Sums | OneSd] = []
    details: dict = {"by_popularity": [], "calibration": {"coverage": [], "by_popularity": [], "reliability": []}}
    for name in progress.steps(names):
        model = data.model(name)
        if model.unit != "stars":
            raise OptionError(f"{name} makes lists and predicts no stars, so it has no row in {NAME}. Use top-n.")
        predictions = predict(model, data.histories, known)
        forecasts = {k: Forecast.of(model, of_k) for k, of_k in zip(known, predictions, strict=True)}
        if isinstance(model, UncertainRecommender) and not any(isinstance(entry, OneSd) for entry in sums):
            sums += [OneSd(k, targets, forecast.stars) for k, forecast in forecasts.items()]
        by_k = [stars.measures(name, k, targets, forecast) for k, forecast in forecasts.items()]
        sums += [entry for of_one_metric in zip(*by_k, strict=True) for entry in of_one_metric]
        for k, forecast in forecasts.items():
            _add_details(details, name, k, targets, forecast, data.n_ratings)
    return Measured(data.users.user_ids, sums, details, (*data.notes, *notes))


def report(shards: Sequence[Measured], dataset: dict, began: float) -> Report:
    """The report over the users of all shards. dataset: of `describe`. began: of `time.perf_counter`."""
    user_ids = [shard.user_ids for shard in shards]
    sums = [_joined(entries, user_ids) for entries in zip(*(shard.sums for shard in shards), strict=True)]
    details = _joined_details([shard.details for shard in shards])
    first, beside = first_better(sums), beside_parts(sums)
    return Report(
        protocol=NAME,
        dataset=dataset,
        rows=tuple(entry.row() for entry in sums),
        seconds=time.perf_counter() - began,
        notes=(*shards[0].notes, *_first_note(first), *map(_beside_note, beside)),
        details=details | {"first_better": first, "beside_parts": [asdict(entry) for entry in beside]},
        differences=differences(sums),
    )


def _joined(entries: Sequence[Sums | OneSd], user_ids: Sequence[np.ndarray]) -> Sums:
    """One entry of `Measured.sums` over all shards."""
    if isinstance(entries[0], Sums):
        return joined_sums(cast(Sequence[Sums], entries), user_ids)
    fitted_on = cast(Sequence[OneSd], entries)
    targets = Targets.joined([entry.targets for entry in fitted_on])
    forecast = Forecast(np.concatenate([entry.stars for entry in fitted_on]))
    together = stars.one_sd(fitted_on[0].k, targets, forecast)
    order = np.argsort(np.concatenate(user_ids), kind="stable")
    return replace(together, sums=together.sums[order], counts=together.counts[order])


def _joined_details(shards: Sequence[dict]) -> dict:
    """The tables of all shards."""
    calibrated = [shard["calibration"] for shard in shards]

    def joined(name: str, *means: str) -> list[dict]:
        return joined_rows([tables[name] for tables in calibrated], means)

    return {
        "by_popularity": joined_rows([shard["by_popularity"] for shard in shards], (), ("rmse",)),
        "calibration": {
            "coverage": joined("coverage", "covered"),
            "by_popularity": joined("by_popularity", "covered"),
            "reliability": joined("reliability", "predicted", "liked"),
        },
    }


def split(history: History) -> tuple[History, np.ndarray, np.ndarray]:
    """What may be shown, and the targets: their items and their ratings."""
    cut = len(history) - round(len(history) * TARGET_SHARE)
    return history.head(cut), history.items[cut:], history.ratings[cut:]


def all_targets(histories: Sequence[History]) -> Targets:
    """The targets of all users, in their order."""
    return Targets.of([split(history)[1:] for history in histories])


def predict(model: Recommender, histories: Sequence[History], known: Sequence[int | str]) -> list[Prediction]:
    """For each k the predictions of all targets; sd is 0 from a model without a distribution."""
    by_k: list[list[Prediction]] = [[] for _ in known]
    for history in progress.steps(histories):
        shown, items, _ = split(history)
        size_before = None
        for predictions, k in zip(by_k, known, strict=True):
            size = len(shown) if isinstance(k, str) else min(k, len(shown))
            if size != size_before:  # a history with no more ratings is not scored again
                prediction, size_before = _predict(model, shown.head(size), items), size
            predictions.append(prediction)
    return [stars.together(predictions) for predictions in by_k]


def rmse(model: Recommender, histories: Sequence[History], known: Sequence[int | str]) -> np.ndarray:
    """(len(known),) for tuning."""
    ratings = all_targets(histories).ratings
    errors = [half_stars.clipped(prediction.mean) - ratings for prediction in predict(model, histories, known)]
    return np.array([np.sqrt(np.mean(np.square(of_k, dtype=np.float64))) for of_k in errors])


def first_better(measured: Sequence[Sums]) -> dict[str, K]:
    """For each model the first k at which its RMSE is below the baseline's, the interval too; None for never."""
    errors = {(sums.model, sums.k): sums for sums in measured if sums.metric == "rmse"}
    first: dict[str, K] = {}
    for (model, k), sums in errors.items():
        bar = errors.get((YARDSTICK, k))
        if bar is None or model == YARDSTICK:
            continue
        if first.setdefault(model, None) is None and sums.minus(bar).high < 0:
            first[model] = k
    return first


def beside_parts(measured: Sequence[Sums]) -> list[Difference]:
    """The RMSE of each model that builds on others minus that of the first of those, at every k."""
    errors = {(sums.model, sums.k): sums for sums in measured if sums.metric == "rmse"}
    built = [
        sums for sums in errors.values() if sums.model in registry.MODELS and registry.MODELS[sums.model].builds_on
    ]
    pairs = ((sums, errors.get((registry.MODELS[sums.model].builds_on[0], sums.k))) for sums in built)
    return [sums.minus(part) for sums, part in pairs if part is not None]


def _predict(model: Recommender, history: History, items: np.ndarray) -> Prediction:
    if isinstance(model, UncertainRecommender):
        return model.predict(history, items)
    score = model.score(history)[items]
    return Prediction(score, np.zeros_like(score))


def _add_details(
    details: dict, model: str, k: int | str, targets: Targets, forecast: Forecast, n_ratings: np.ndarray
) -> None:
    """Add one model's tables at one k."""
    uncertain, detailed, calibrated = forecast.prediction is not None, k in DETAILED, details["calibration"]
    if uncertain:
        calibrated["coverage"] += calibration.coverage(model, k, targets, forecast)
    if detailed:
        details["by_popularity"] += calibration.by_popularity(model, k, targets, forecast, n_ratings)
    if detailed and uncertain:
        calibrated["by_popularity"] += calibration.coverage_by_popularity(model, k, targets, forecast, n_ratings)
        calibrated["reliability"] += calibration.reliability(model, k, targets, forecast)


def _beside_note(entry: Difference) -> str:
    return (
        f"RMSE of {entry.model} minus {entry.than} at {entry.k}: {entry.value:+.4f} "
        f"[{entry.low:+.4f}, {entry.high:+.4f}]."
    )


def _first_note(first: dict[str, K]) -> tuple[str, ...]:
    if not first:
        return ()
    listed = ", ".join(f"{model} {'never' if k is None else f'at {k}'}" for model, k in first.items())
    return (f"Ratings at which the RMSE is first below that of {YARDSTICK}, the 95 % interval too: {listed}.",)
