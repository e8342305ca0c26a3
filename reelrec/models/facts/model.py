"""Stars and a list order for films that nobody has rated, from facts alone, in closed form.

    W  =  argmin  sum_j  n_j / (n_j + few)  |y_j - centre - x_j W|^2  +  |W|^2,        [level, q]  =  centre + x_f W + e
    r_uf  ~  N(level + z . u,  noise / v_u  +  z' C_u z  +  a' R a  +  tr(C_u R)),     z = [1, q]

x holds the facts of a film (`words.py`), n_j is the number of ratings of item j, and y_j = [mu + b_j, q_j] its vector
in `bmf`. u, C_u and v_u are what `bmf` says of the user: mean, covariance and steadiness; a is [1, the user's factors].
What facts leave open is measured on items that the regression did not see. R is its covariance. e is its mean over all
ratings, by which a film that somebody sees is better than its facts.

    preference_uf  =  max(centre + x_f w, 0)  fame_f^power,        y_j = score_uj / (n_j + few),     fame_f = exp(x_f v)

The order of a list regresses in the same way what `ranker` gives this user's items for each of their ratings. How many
ratings a film will get is regressed on its facts too, without the year: a new film has had no time for ratings.

Source: Monteil et al., "MARec: Metadata Alignment for cold-start Recommendation", RecSys 2024, which aligns
similarities by metadata with a linear model of items. How we differ. 1. Facts are regressed on the vectors and scores
of models that are already there, so that nothing is fitted again. 2. What facts leave open enters the range. 3. A film
whose director is unknown is less sure than others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from scipy.sparse import csr_array

from reelrec.data.history import History
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.facts import words
from reelrec.models.facts.ridge import Ridge
from reelrec.models.facts.words import Words
from reelrec.models.lists.ranker import Ranker

# The strength of each block of facts. Tuned by cross-validation over items (LOG.md).
STRENGTHS = {
    "genre": 0.8, "year": 0.85, "runtime": 0.8, "director": 1.5, "actor": 0.5, "kind": 2.0, "country": 0.2,
    "language": 0.2,
}  # fmt: skip
TELLING = ("genre", "director")  # blocks of which one must be known for stars to be shown
SURE = "director"  # the block that makes two groups of films, each with an R of its own
TIMELESS = tuple(name for name in STRENGTHS if name != "year")  # the blocks that say how many ratings a film will get
LEAST = 1e-6  # of a preference before fame, so that fame alone orders what lies below


class Facts(ArrayModel):
    """Hyperparameters. few: the number of ratings at which an item counts half. power: of fame in the preference.
    folds: of the items, to measure R.
    """

    name = "facts"
    unit = "stars"
    builds_on: ClassVar[tuple[str, ...]] = ("bmf", "ranker")
    parts: ClassVar[tuple[str, ...]] = ("bmf", "ranker")
    arrays = (*words.ARRAYS, "weights", "centre", "left_open", "noise", "fame_weights")

    def __init__(
        self, bmf: BMF, ranker: Ranker, few: float = 300.0, power: float = 0.5, folds: int = 5, seed: int = 42
    ) -> None:
        self.bmf = bmf
        self.ranker = ranker
        self.few = few
        self.power = power
        self.folds = folds
        self.seed = seed

    def fit(self, features: Mapping[str, csr_array]) -> Self:
        """Learn what facts say. features: blocks of (n_films, width) by name; the first n_items films are the items.

        Blocks without a strength in STRENGTHS are left out.
        """
        facts, weights = Words.of(features, STRENGTHS), trust(self.ranker.counts_, self.few)
        design = facts.design[: len(weights)]
        vectors = item_vectors(self.bmf)
        centre = weights @ vectors / weights.sum()
        errors = unseen_errors(design, weights, vectors - centre, self.folds, self.seed)
        lift = self.ranker.counts_ @ errors / self.ranker.counts_.sum()  # e
        self.keep(
            **facts.arrays(),
            weights=Ridge(design, weights).solve(vectors - centre).astype(np.float16),
            centre=(centre + lift).astype(np.float32),
            left_open=covariances(errors - lift, weights, facts.known(SURE)[: len(weights)]),
            noise=float(weights @ (1.0 / self.bmf.precisions_) / weights.sum()),
            fame_weights=fame_weights(facts, self.ranker.counts_).astype(np.float16),
        )
        return self

    def keep(
        self,
        *,
        weights: np.ndarray,
        centre: np.ndarray,
        left_open: np.ndarray,
        noise: float,
        fame_weights: np.ndarray,
        **arrays: Any,
    ) -> None:
        """Hold what was learned.

        weights: (d, k) W of the formula, k = 1 + embedding_dim of `bmf`. centre: (k,) stars and factors, e included.
        left_open: (2, k, k) R of films whose director is unknown and known. noise: variance of a rating. fame_weights:
        (d,) v of the formula. arrays: those of `Words`.
        """
        self.weights_, self.centre_, self.left_open_, self.noise_ = weights, centre, left_open, float(noise)
        self.fame_weights_ = fame_weights
        self._words = Words(**arrays)
        self._sure = self._words.known(SURE).astype(np.int64)
        self._telling = self._words.known(*TELLING)
        self._weights = weights.astype(np.float32)
        self._fame = np.exp(self.power * (self._words.design @ fame_weights.astype(np.float32)))
        self._trust = trust(self.ranker.counts_, self.few)
        self._ridge = Ridge(self._words.design[: len(self._trust)], self._trust)
        for array in (self._sure, self._telling, self._weights, self._fame, self._trust):
            array.setflags(write=False)

    def learned(self) -> Arrays:
        own = {name: getattr(self, f"{name}_") for name in self.arrays if name not in words.ARRAYS}
        return {**self._words.arrays(), **own}

    @property
    def n_films(self) -> int:
        return len(self._telling)

    def is_telling(self, films: np.ndarray) -> np.ndarray:
        """(n,) bool: whether enough is known of these films to show predicted stars; not of films added since `fit`."""
        telling: np.ndarray = (films < self.n_films) & self._telling[np.minimum(films, self.n_films - 1)]
        return telling

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, films: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these films, or of every film, as if nobody had rated it.

        A film of the history that is no item is left out.
        """
        known = self._of_items(history)
        user = self.bmf.fold_in(known)
        films = np.arange(self.n_films) if films is None else films
        vectors = self.vectors(films)
        centre, covariance = user.vectors.mean(axis=0), user.covariances.mean(axis=0)
        design = np.hstack([np.ones((len(films), 1)), vectors[:, 1:]])  # z
        mean = vectors[:, 0] + design @ centre
        spread = np.einsum("nd,nd->n", design @ covariance, design)
        direction = np.r_[1.0, centre[1:]]  # a
        open_ = np.array([direction @ r @ direction + (covariance[1:, 1:] * r[1:, 1:]).sum() for r in self.left_open_])
        variance = self.noise_ / user.steadiness.mean() + spread + open_[self._sure[films]]
        rated, ratings = known.stars()
        habit = self.bmf.habit(ratings, self.bmf.expected(user, rated))
        return Prediction(mean=mean.astype(np.float32), sd=np.sqrt(variance, dtype=np.float32), habit=habit)

    def influence(self, history: History, films: np.ndarray) -> np.ndarray:
        """(n_rated, len(films)) stars by which the predictions of these films fall without each rating, nearly.

        Rows in the order of the ratings of items.
        """
        design = np.hstack([np.ones((len(films), 1)), self.vectors(films)[:, 1:]])  # z of the formula
        return self.bmf.leave_one_out(self._of_items(history), design.astype(np.float32))

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star."""
        return self.bmf.probabilities(prediction)

    def vectors(self, films: np.ndarray) -> np.ndarray:
        """(n, k) float32 [level, q] of these films."""
        vectors: np.ndarray = self.centre_ + self._words.design[films] @ self._weights
        return vectors

    def preference(self, history: History, films: np.ndarray | None = None) -> np.ndarray:
        """(n,) float32: the order of these films, or of every film, in a list for this user; higher is better."""
        targets = self.ranker.score(self._of_items(history)) / (self.ranker.counts_ + self.few)
        centre = self._trust @ targets / self._trust.sum()
        effects = self._ridge.solve((targets - centre)[:, None])[:, 0]
        scale = max(float(np.abs(targets).max()), LEAST)
        expected = (centre + self._words.design @ effects) / scale
        preference = np.asarray(np.maximum(expected, LEAST) * self._fame, dtype=np.float32)
        return preference if films is None else preference[films]

    def _of_items(self, history: History) -> History:
        """The history without films that are no items."""
        return history.take(history.items < len(self._trust))


def trust(counts: np.ndarray, few: float) -> np.ndarray:
    """(n_items,) float32: n / (n + few), how much each item counts."""
    return np.asarray(counts / (counts + few), dtype=np.float32)


def item_vectors(bmf: BMF) -> np.ndarray:
    """(n_items, 1 + embedding_dim) [mu + b, q] of each item, the mean of the draws."""
    items = np.arange(len(bmf.precisions_))
    return np.column_stack([bmf.levels(items).mean(axis=0), bmf.vectors(items).mean(axis=0)[:, 1:]])


def fame_weights(facts: Words, counts: np.ndarray) -> np.ndarray:
    """(d,) v of the formula: ln(1 + n) of the rated items, regressed on their facts but the year."""
    timeless = facts.only(*TIMELESS).design[: len(counts)]
    rated = (counts > 0).astype(np.float32)
    fame = np.log1p(counts)
    return Ridge(timeless, rated).solve((fame - rated @ fame / rated.sum())[:, None])[:, 0]


def unseen_errors(design: csr_array, weights: np.ndarray, targets: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """(n_items, k) targets minus what a regression says that did not see the item. targets: (n_items, k)."""
    fold = np.random.default_rng(seed).permutation(len(targets)) % folds
    errors = np.empty_like(targets)
    for place in range(folds):
        asked = fold == place
        effects = Ridge(design, np.where(asked, 0.0, weights)).solve(targets)
        errors[asked] = targets[asked] - design[np.flatnonzero(asked)] @ effects
    return errors


def covariances(errors: np.ndarray, weights: np.ndarray, sure: np.ndarray) -> np.ndarray:
    """(2, k, k) float32: the weighted mean of e e' of the other items, and of those that are sure.

    errors: (n_items, k). weights, sure (bool): (n_items,). A group without weight gets the covariance of all.
    """
    groups = []
    for group in (~sure, sure):
        own = weights * group if weights[group].any() else weights
        groups.append((errors * own[:, None]).T @ errors / own.sum())
    return np.array(groups, dtype=np.float32)
