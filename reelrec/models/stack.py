"""A blend of models of stars, weighted by how much is known of the person.

    mean  =  sum_m w_m(n) mean_m,    w_m >= 0,  sum_m w_m = 1,        sd  =  s(n) sum_m w_m sd_m / sum_m w_m

n is the number of ratings; the sums of sds go over the members that have one. Weights are those of least squares on
people whose ratings taught no member (they may have said when to stop), at several n; between two of them they go with
ln(1 + n). Source: Breiman, "Stacked Regressions", Machine Learning 24, 1996, whose weights are non-negative too.

A member stays only while leaving it out would cost LEAST_GAIN stars of RMSE at some n; what each would cost is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import HALF_STARS, half_star_places
from reelrec.data.history import History
from reelrec.data.roles import Role
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.corrections.episodes import evidence_of
from reelrec.models.knn import KNN
from reelrec.models.predictive import LEAST_CHANCE, half_star_probabilities

MEMBERS = ("bmf", "knn", "deepfm", "gpt")
SIZES = (0, 3, 5, 10, 20, 50, 100, 200, 400)  # ratings known
ASKED_SHARE = 0.3  # of a person's ratings, which are predicted
FEWEST_PEOPLE = 20  # who have as many ratings, for a size to get weights of its own
LEAST_GAIN = 0.0003  # stars
SCALES = np.linspace(0.9, 1.1, 41)  # of the sd, from which the best is taken


class Trial(NamedTuple):
    """Ratings and what was said of them. means, sds: (n, members), NaN where none is known. habits: (n, 10)."""

    means: np.ndarray
    sds: np.ndarray
    habits: np.ndarray
    ratings: np.ndarray


class Stack(ArrayModel):
    """The members, which have been fitted on the same films. people: on how many the weights are learned, at most."""

    name = "stack"
    unit = "stars"
    builds_on = parts = MEMBERS
    learns_from = Role.TUNE  # train users taught the members
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

    def fit(self, dataset: Dataset) -> Self:
        """The people of the data set should have taught no member anything."""
        by_size: dict[int, list[Trial]] = {}
        for size, trial in self._trials(dataset):
            by_size.setdefault(size, []).append(trial)
        sizes = [size for size in SIZES if len(by_size.get(size, ())) >= (FEWEST_PEOPLE if size else 1)]
        trials = [Trial(*map(np.concatenate, zip(*by_size[size], strict=True))) for size in sizes]
        everyone = range(len(MEMBERS))
        costs = np.array([cost_without(trials, everyone, member) for member in everyone])  # (members, sizes)
        kept = members_kept(trials)
        weights = np.array([blend(trial, kept) for trial in trials])
        scales = [best_scale(trial, row, self.bmf.thresholds_) for trial, row in zip(trials, weights, strict=True)]
        self.keep(sizes=np.array(sizes), weights=weights, scales=np.array(scales), costs=costs)
        return self

    def keep(self, sizes: np.ndarray, weights: np.ndarray, scales: np.ndarray, costs: np.ndarray) -> None:
        """weights: (sizes, members). scales: (sizes,). costs: (members, sizes) stars of RMSE, of leaving one out."""
        self.sizes_, self.weights_, self.scales_, self.costs_ = sizes, weights, scales, costs
        for array in (sizes, weights, scales, costs):
            array.setflags(write=False)

    @property
    def weighted_members(self) -> tuple[str, ...]:
        """The members with a weight at some number of ratings."""
        return tuple(name for name, weights in zip(MEMBERS, self.weights_.T, strict=True) if weights.any())

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """What the person would give these items, or all of them, and how sure that is."""
        n = np.log1p(len(history.stars()[0]))
        places = np.log1p(self.sizes_)
        weights = [np.interp(n, places, of_member) for of_member in self.weights_.T]
        asked = np.array(weights) > 0
        means, sds, expected = self._members(history, items, asked)
        known = np.array(weights, dtype=np.float32)[asked]
        scale = np.float32(np.interp(n, places, self.scales_))
        return expected._replace(mean=means @ known, sd=scale * blended_sd(sds, known, expected.sd))

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10): the chance of each half-star."""
        return self.bmf.probabilities(prediction)

    def _members(
        self, history: History, items: np.ndarray | None, asked: Sequence[bool] = (True,) * len(MEMBERS)
    ) -> tuple[np.ndarray, np.ndarray, Prediction]:
        """Means and sds that the members that are asked say, (n, members asked) each, and the prediction of `bmf`."""
        evidence, expected = evidence_of(self.bmf, history, items)
        some = np.arange(len(expected.mean)) if items is None else items
        nothing = np.full_like(expected.sd, np.nan)
        answers = (
            lambda: expected,
            lambda: Prediction(self.knn.score(history)[some], nothing),
            lambda: self.deepfm.correct(evidence, expected, some),
            lambda: self.gpt.correct(evidence, expected, some),
        )
        told = [answer() for answer, ask in zip(answers, asked, strict=True) if ask]
        return np.stack([one.mean for one in told], axis=1), np.stack([one.sd for one in told], axis=1), expected

    def _trials(self, dataset: Dataset) -> Iterator[tuple[int, Trial]]:
        """For each person and size, some of their ratings and what is said of them when so many others are known."""
        rng = np.random.default_rng(self.seed)
        for user in rng.permutation(dataset.n_users)[: self.people]:
            history = dataset.history(user)
            order = rng.permutation(len(history))
            asked, known = np.split(order, [round(len(order) * ASKED_SHARE)])
            ratings = history.ratings[asked]
            for size in (size for size in SIZES if size <= len(known)):
                some = known[:size]
                shown = history.take(some)
                means, sds, expected = self._members(shown, history.items[asked])
                habits = np.broadcast_to(np.float32(expected.habit), (len(asked), len(HALF_STARS)))
                yield size, Trial(means, sds, habits, ratings)


def blend(trial: Trial, members: Sequence[int]) -> np.ndarray:
    """(all members,) the non-negative weights of these, adding up to 1, with the least squared error."""
    from scipy.optimize import nnls  # takes a tenth of a second, which serving does not need

    first, *others = members
    away = trial.means[:, others] - trial.means[:, [first]]
    heavy = 1e3 * np.sqrt(len(trial.ratings))  # holds the sum to 1
    design = np.column_stack([np.zeros(len(away)), away])
    found, _ = nnls(
        np.vstack([design.T @ design + 1e-6 * np.eye(len(members)), np.full(len(members), heavy)]),
        np.r_[design.T @ (trial.ratings - trial.means[:, first]), heavy],
    )
    weights = np.zeros(trial.means.shape[1])
    weights[list(members)] = found / found.sum()
    return weights


def blended_sd(sds: np.ndarray, weights: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """(n,) the weighted mean over the members that know it. sds: (n, members), NaN where none is known.

    otherwise: (n,) where no member with a weight knows.
    """
    known = np.isfinite(sds) * weights
    total = known.sum(axis=1)
    return np.where(total > 0, (np.nan_to_num(sds) * known).sum(axis=1) / np.maximum(total, 1e-9), otherwise)


def rmse(trial: Trial, weights: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(trial.means @ weights - trial.ratings, dtype=np.float64))))


def cost_without(trials: Sequence[Trial], members: Sequence[int], left_out: int) -> np.ndarray:
    """(trials,) stars of RMSE that leaving one of these members out costs, the weights of the others being its best."""
    others = [member for member in members if member != left_out]
    return np.array([rmse(trial, blend(trial, others)) - rmse(trial, blend(trial, members)) for trial in trials])


def members_kept(trials: Sequence[Trial]) -> list[int]:
    """Members left when one after another goes that costs less than LEAST_GAIN everywhere; the first never goes."""
    kept = list(range(len(MEMBERS)))
    while len(kept) > 1:
        costs = {member: cost_without(trials, kept, member).max() for member in kept[1:]}
        cheapest = min(costs, key=costs.get)
        if costs[cheapest] >= LEAST_GAIN:
            break
        kept.remove(cheapest)
    return kept


def best_scale(trial: Trial, weights: np.ndarray, thresholds: np.ndarray) -> float:
    """The factor on the sd with the least log loss."""
    mean, given = (trial.means @ weights).astype(np.float32), half_star_places(trial.ratings)
    sd = blended_sd(trial.sds, weights, trial.sds[:, 0]).astype(np.float32)

    def loss(scale: float) -> float:
        chances = half_star_probabilities(Prediction(mean, sd * np.float32(scale), trial.habits), thresholds)
        return -np.log(np.maximum(chances[np.arange(len(given)), given], LEAST_CHANCE)).mean()

    return float(min(SCALES, key=loss))
