"""A blend of models of stars, with weights that depend on the length of the history.

    mean  =  sum_m w_m(n) mean_m,    w_m >= 0,  sum_m w_m = 1,        sd  =  s(n) sum_m w_m sd_m / sum_m w_m

n is the number of ratings; the sums of sds run over the members that have one. The weights minimise the squared error
at several n, on users whose ratings trained no member (they may have stopped its training). Between two n they are
interpolated in ln(1 + n). Source: Breiman, "Stacked Regressions", Machine Learning 24, 1996, whose weights are
non-negative too.

A member stays only while leaving it out would cost MIN_GAIN stars of RMSE at some n. `costs` holds each member's cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np

from reelrec.data.half_stars import HALF_STARS, half_star_places
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.bmf.user_posterior import UserPosterior
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.corrections.episodes import evidence_of
from reelrec.models.knn import KNN
from reelrec.models.predictive import LEAST_CHANCE, half_star_probabilities

MEMBERS = ("bmf", "knn", "deepfm", "gpt")
SIZES = (0, 3, 5, 10, 20, 50, 100, 200, 400)  # numbers of known ratings
TARGET_SHARE = 0.3  # of a user's ratings, which are predicted
MIN_USERS = 20  # with enough ratings, for a size to get weights of its own
MIN_GAIN = 0.0003  # stars
SCALES = np.linspace(0.9, 1.1, 41)  # factors on the sd, of which the best is taken


class Forecasts(NamedTuple):
    """What the members predict for n ratings, and the ratings.

    means, sds: (n, members); the sd is NaN where a member has none. habits: (n, 10) of `Prediction`. ratings: (n,).
    """

    means: np.ndarray
    sds: np.ndarray
    habits: np.ndarray
    ratings: np.ndarray


class Stack(ArrayModel):
    """The members are fitted on the same items. people: the number of users on which weights are learned, at most."""

    name = "stack"
    unit = "stars"
    builds_on: ClassVar[tuple[str, ...]] = MEMBERS
    parts: ClassVar[tuple[str, ...]] = MEMBERS
    learns_from = Role.TUNE  # the members learned from the train users
    arrays = ("sizes", "weights", "scales", "costs")

    def __init__(
        self, bmf: BMF, knn: KNN, deepfm: Corrector, gpt: Corrector, people: int = 1500, seed: int = 42
    ) -> None:
        self.bmf = bmf
        self.knn = knn
        self.deepfm = deepfm
        self.gpt = gpt
        self.people = people
        self.seed = seed

    @classmethod
    def of_one(cls, bmf: BMF) -> Self:
        """The blend of `bmf` alone, for where another member is missing."""
        nobody: Any = None
        alone = cls(bmf, nobody, nobody, nobody)
        weights = np.eye(1, len(MEMBERS))
        alone.keep(sizes=np.zeros(1), weights=weights, scales=np.ones(1), costs=np.zeros((len(MEMBERS), 1)))
        return alone

    def fit(self, dataset: Dataset) -> Self:
        """Learn the weights. No member should have learned from the users of the data set."""
        by_size: dict[int, list[Forecasts]] = {}
        for size, forecasts in self._forecasts(dataset):
            by_size.setdefault(size, []).append(forecasts)
        sizes = [size for size in SIZES if len(by_size.get(size, ())) >= (MIN_USERS if size else 1)]
        trials = [joined(by_size[size]) for size in sizes]
        everyone = range(len(MEMBERS))
        costs = np.array([cost_without(trials, everyone, member) for member in everyone])  # (members, sizes)
        kept = members_kept(trials)
        weights = np.array([blend(trial, kept) for trial in trials])
        scales = [best_scale(trial, row, self.bmf.thresholds_) for trial, row in zip(trials, weights, strict=True)]
        self.keep(sizes=np.array(sizes), weights=weights, scales=np.array(scales), costs=costs)
        return self

    def keep(self, *, sizes: np.ndarray, weights: np.ndarray, scales: np.ndarray, costs: np.ndarray) -> None:
        """Hold the learned arrays, by the number of known ratings.

        sizes: (sizes,). weights: (sizes, members). scales: (sizes,) factors on the sd. costs: (members, sizes) stars of
        RMSE that leaving a member out would cost.
        """
        self.sizes_, self.weights_, self.scales_, self.costs_ = sizes, weights, scales, costs
        for array in (sizes, weights, scales, costs):
            array.setflags(write=False)

    @property
    def weighted_members(self) -> tuple[str, ...]:
        """The members with a weight at some number of ratings."""
        return tuple(name for name, weights in zip(MEMBERS, self.weights_.T, strict=True) if weights.any())

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def fold_in(self, history: History) -> UserPosterior:
        """What `bmf` knows of a user; the other members follow it."""
        return self.bmf.fold_in(history)

    def rough_means(self, user: UserPosterior) -> np.ndarray:
        """(n_items,) float32 stars of a user who is folded in, by `bmf` alone: fast, for a first choice."""
        return self.bmf.rough_means(user)

    def predict(
        self, history: History, items: np.ndarray | None = None, user: UserPosterior | None = None
    ) -> Prediction:
        """The predictive distribution of the rating of these items, or of every item.

        user: the history folded in, where that is done already.
        """
        n = len(history.stars()[0])
        weights = self.weights_of(n)
        used = weights > 0
        means, sds, expected = self._members(history, items, used, user)
        used_weights = weights.astype(np.float32)[used]
        scale = np.float32(np.interp(np.log1p(n), np.log1p(self.sizes_), self.scales_))
        return expected._replace(mean=means @ used_weights, sd=scale * blended_sd(sds, used_weights, expected.sd))

    def weights_of(self, n: int) -> np.ndarray:
        """(members,) the weights for a history with n ratings."""
        places = np.log1p(self.sizes_)
        return np.array([np.interp(np.log1p(n), places, weights) for weights in self.weights_.T])

    def influence(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n_rated, len(items)) stars by which the predictions of these items fall without each rating, nearly.

        The corrections of `bmf` are taken to stay as they are.
        """
        of_knn = self.weights_of(len(history.stars()[0]))[MEMBERS.index("knn")]
        influence = (1 - of_knn) * self.bmf.influence(history, items)
        if of_knn > 0:
            influence += of_knn * self.knn.influence(history, items)
        return np.asarray(influence, dtype=np.float32)

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star."""
        return self.bmf.probabilities(prediction)

    def _members(
        self,
        history: History,
        items: np.ndarray | None,
        used: np.ndarray | None = None,
        user: UserPosterior | None = None,
    ) -> tuple[np.ndarray, np.ndarray, Prediction]:
        """Means and sds of the used members, (n, used members) each, and the prediction of `bmf`.

        used: (members,) bool, by default all. A member that is not used costs no time.
        """
        evidence, expected = evidence_of(self.bmf, history, items, user)
        targets = np.arange(len(expected.mean)) if items is None else items
        no_sd = np.full_like(expected.sd, np.nan)
        predict: tuple[Callable[[], Prediction], ...] = (
            lambda: expected,
            lambda: Prediction(self.knn.score(history)[targets], no_sd),
            lambda: self.deepfm.correct(evidence, expected, targets),
            lambda: self.gpt.correct(evidence, expected, targets),
        )
        used = np.ones(len(MEMBERS), dtype=bool) if used is None else used
        predictions = [predict[member]() for member in np.flatnonzero(used)]
        means = np.stack([prediction.mean for prediction in predictions], axis=1)
        sds = np.stack([prediction.sd for prediction in predictions], axis=1)
        return means, sds, expected

    def _forecasts(self, dataset: Dataset) -> Iterator[tuple[int, Forecasts]]:
        """For each user and size: the predictions of some ratings, with so many others known."""
        rng = np.random.default_rng(self.seed)
        for user in rng.permutation(dataset.n_users)[: self.people]:
            history = dataset.history(user)
            order = rng.permutation(len(history))
            targets, others = np.split(order, [round(len(order) * TARGET_SHARE)])
            for size in (size for size in SIZES if size <= len(others)):
                means, sds, expected = self._members(history.take(others[:size]), history.items[targets])
                habits = np.broadcast_to(np.float32(expected.habit), (len(targets), len(HALF_STARS)))
                yield size, Forecasts(means=means, sds=sds, habits=habits, ratings=history.ratings[targets])


def joined(parts: Sequence[Forecasts]) -> Forecasts:
    """The forecasts of several users as one."""
    return Forecasts(
        means=np.concatenate([part.means for part in parts]),
        sds=np.concatenate([part.sds for part in parts]),
        habits=np.concatenate([part.habits for part in parts]),
        ratings=np.concatenate([part.ratings for part in parts]),
    )


def blend(trial: Forecasts, members: Sequence[int]) -> np.ndarray:
    """(all members,) weights of these members, non-negative and with sum 1, that minimise the squared error."""
    from scipy.optimize import nnls  # takes a tenth of a second to import, and serving does not need it

    first, *others = members
    differences = trial.means[:, others] - trial.means[:, [first]]
    penalty = 1e3 * np.sqrt(len(trial.ratings))  # holds the sum to 1
    design = np.column_stack([np.zeros(len(differences)), differences])
    solution, _ = nnls(
        np.vstack([design.T @ design + 1e-6 * np.eye(len(members)), np.full(len(members), penalty)]),
        np.r_[design.T @ (trial.ratings - trial.means[:, first]), penalty],
    )
    weights = np.zeros(trial.means.shape[1])
    weights[list(members)] = solution / solution.sum()
    return weights


def blended_sd(sds: np.ndarray, weights: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """(n,) the weighted mean of the members' sds. sds: (n, members), NaN where a member has none.

    otherwise: (n,) the sd where no member with a weight has one.
    """
    usable = np.isfinite(sds) * weights
    total = usable.sum(axis=1)
    return np.where(total > 0, (np.nan_to_num(sds) * usable).sum(axis=1) / np.maximum(total, 1e-9), otherwise)


def rmse(trial: Forecasts, weights: np.ndarray) -> float:
    """The RMSE of the blended means, in stars."""
    return float(np.sqrt(np.mean(np.square(trial.means @ weights - trial.ratings, dtype=np.float64))))


def cost_without(trials: Sequence[Forecasts], members: Sequence[int], left_out: int) -> np.ndarray:
    """(trials,) stars of RMSE that leaving out one of these members costs, with new weights for the others."""
    others = [member for member in members if member != left_out]
    return np.array([rmse(trial, blend(trial, others)) - rmse(trial, blend(trial, members)) for trial in trials])


def members_kept(trials: Sequence[Forecasts]) -> list[int]:
    """Backward elimination: remove the cheapest member while it costs less than MIN_GAIN at every size.

    The first member always stays.
    """
    kept = list(range(len(MEMBERS)))
    while len(kept) > 1:
        costs = {member: float(cost_without(trials, kept, member).max()) for member in kept[1:]}
        cheapest = min(costs, key=lambda member: costs[member])
        if costs[cheapest] >= MIN_GAIN:
            break
        kept.remove(cheapest)
    return kept


def best_scale(trial: Forecasts, weights: np.ndarray, thresholds: np.ndarray) -> float:
    """The factor on the sd with the least log loss."""
    mean, places = (trial.means @ weights).astype(np.float32), half_star_places(trial.ratings)
    sd = blended_sd(trial.sds, weights, trial.sds[:, 0]).astype(np.float32)

    def loss(scale: float) -> float:
        prediction = Prediction(mean=mean, sd=sd * np.float32(scale), habit=trial.habits)
        chances = half_star_probabilities(prediction, thresholds)[np.arange(len(places)), places]
        return float(-np.log(np.maximum(chances, LEAST_CHANCE)).mean())

    return float(min(SCALES, key=loss))
