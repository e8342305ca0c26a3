"""The blend makes the list: the network for short histories, the ranker with a sign, fame, and predicted stars.

    base_j   =  dae_j  +  a z_j  -  b ln(ratings_j),        z = the signed ranker, standardised over the items
    score_j  =  base_j  +  stars_weight m_j  -  doubt max(sure_from - m_j, 0),        m = predicted stars

a and b depend on the number of rated films and on the place of the dial, from 0 (safe: most likely to please) to 1
(specific: what people with just this taste love beyond what everyone loves). Between the sizes and places of the table
they are interpolated, in ln n and in the place. The sign: an item enters the ranker with its value minus
dislike / (1 + (n / dislike_films)^2), so that low stars push away.

m is the mean of `stack` for the CANDIDATES items that come first with the means of `bmf`, which the others keep. `fit`
learns the table on tune users: at each size and place the best NDCG among the weights whose lists are not more famous
than a multiple of the ranker's (`frontier.py`).
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar, NamedTuple, Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction, Ranked
from reelrec.models.lists.dae import DAE
from reelrec.models.lists.frontier import Scores, learned_weights
from reelrec.models.lists.ranker import Ranker
from reelrec.models.stack import Stack

DEFAULT_PLACE = 0.5  # of the dial
CANDIDATES = 150  # items whose stars are predicted by all members, at least
LEFT_OUT = 64  # items of the history that are left out one at a time


class Weights(NamedTuple):
    """The weights of the formula for one history and one place of the dial."""

    ranker: float
    fame: float


class Blend(ArrayModel):
    """dae, ranker, stack: what it blends, fitted on the same items.

    Hyperparameters of the formula. users: tune users of each size on whom the table is learned.
    """

    name = "blend"
    unit = "preference"
    builds_on: ClassVar[tuple[str, ...]] = ("dae", "ranker", "stack")
    parts: ClassVar[tuple[str, ...]] = ("dae", "ranker", "stack")
    learns_from: ClassVar[Role] = Role.TUNE
    arrays = ("sizes", "places", "table")

    def __init__(
        self,
        dae: DAE,
        ranker: Ranker,
        stack: Stack,
        dislike: float = 0.3,
        dislike_films: float = 50.0,
        stars_weight: float = 0.4,
        doubt: float = 3.0,
        sure_from: float = 3.35,
        users: int = 1000,
        seed: int = 42,
    ) -> None:
        self.dae = dae
        self.ranker = ranker
        self.stack = stack
        self.dislike = dislike
        self.dislike_films = dislike_films
        self.stars_weight = stars_weight
        self.doubt = doubt
        self.sure_from = sure_from
        self.users = users
        self.seed = seed

    @property
    def stars_model(self) -> Stack:
        """Predicts the stars that are part of the score."""
        return self.stack

    def fit(self, dataset: Dataset) -> Self:
        sizes, places, table = learned_weights(self._with_ranker, dataset, self.ranker.counts_, self.users, self.seed)
        self.keep(sizes=sizes, places=places, table=table)
        return self

    def keep(self, *, sizes: np.ndarray, places: np.ndarray, table: np.ndarray) -> None:
        """sizes: (s,) films. places: (p,) of the dial, both ascending. table: (s, p, 2) a and b of the formula."""
        for array in (sizes, places, table):
            array.setflags(write=False)
        self.sizes_, self.places_, self.table_ = sizes, places, table

    def weights(self, n: int, place: float) -> Weights:
        """The weights for a history of n items. place: of the dial, from 0 to 1."""
        by_size = [[np.interp(place, self.places_, row[:, i]) for i in range(2)] for row in self.table_]
        logs = np.log1p(self.sizes_)
        ranker, fame = (float(np.interp(np.log1p(n), logs, column)) for column in np.transpose(by_size))
        return Weights(ranker=ranker, fame=fame)

    def base(self, history: History, place: float = DEFAULT_PLACE) -> np.ndarray:
        """(n_items,) float32: the score without predicted stars."""
        return self._base(history, place, self._signed(history))

    def score(self, history: History) -> np.ndarray:
        """The score with the dial at its default."""
        base = self.base(history)
        allowed = np.ones(len(base), dtype=bool)
        allowed[history.items] = False  # they are in no list
        return self._with_stars(history, base, allowed, CANDIDATES)[0]

    def ranked(self, history: History, allowed: np.ndarray, n: int, place: float = DEFAULT_PLACE) -> Ranked:
        """The first n of the allowed items, and their stars. allowed: (n_items,) bool. place: of the dial."""
        signed = self._signed(history)
        base = self._base(history, place, signed)
        score, candidates, stars = self._with_stars(history, base, allowed, max(n, CANDIDATES))
        order = np.lexsort((candidates, -score[candidates]))[:n]
        items = candidates[order]
        explain = partial(self._explain, weight=self.weights(len(history), place).ranker / _spread(signed))
        return Ranked(items=items, scores=score[items], stars=stars.at(order), explain=explain)

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(n, d) float32 of length 1: what the network scores these items by."""
        return self.dae.vectors(items)

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        """(len(places), len(items)) float32: how far the score of these items falls without one item of the history.

        The weights, the spread over which the ranker is standardised and the stars, whose part is small, stay. Of more
        than LEFT_OUT places only those with the largest parts in the ranker are left out of the network's history too:
        in a long history no single item moves the network far.
        """
        weight = self.weights(len(history), DEFAULT_PLACE).ranker / _spread(self._signed(history))
        return self._explain(history, items, places, weight=weight)

    def _explain(self, history: History, items: np.ndarray, places: np.ndarray, *, weight: float) -> np.ndarray:
        """`contributions`. weight: of the signed ranker, divided by its spread."""
        dislike = self._dislike(len(history))
        parts: np.ndarray = weight * self.ranker.contributions(history, items, places, dislike)
        strongest = np.argsort(-parts.max(axis=1, initial=0.0), kind="stable")[:LEFT_OUT]
        parts[strongest] += self.dae.contributions(history, items, places[strongest])
        return parts

    def _with_stars(
        self, history: History, base: np.ndarray, allowed: np.ndarray, n: int
    ) -> tuple[np.ndarray, np.ndarray, Prediction]:
        """The score of every item, and the candidates, ascending, with their stars."""
        user = self.stack.fold_in(history)
        score = base + self._appeal(self.stack.rough_means(user))
        among = np.flatnonzero(allowed)
        if len(among) > n > 0:
            among = np.sort(among[np.argpartition(-score[among], n - 1)[:n]])
        stars = self.stack.predict(history, among, user)
        score[among] = base[among] + self._appeal(stars.mean)
        return score, among, stars

    def _appeal(self, means: np.ndarray) -> np.ndarray:
        """What predicted stars add to the score."""
        appeal: np.ndarray = self.stars_weight * means - self.doubt * np.maximum(self.sure_from - means, 0)
        return appeal

    def _base(self, history: History, place: float, signed: np.ndarray) -> np.ndarray:
        weights = self.weights(len(history), place)
        fame = np.log(np.maximum(self.ranker.counts_, 1)).astype(np.float32)
        base: np.ndarray = self.dae.score(history) + weights.ranker * _z(signed) - weights.fame * fame
        return base

    def _signed(self, history: History) -> np.ndarray:
        return self.ranker.signed(history, self._dislike(len(history)))

    def _with_ranker(self, history: History) -> Scores:
        z = _z(self._signed(history))
        return Scores(dae=self.dae.score(history), ranker=z, unsigned=self.ranker.score(history))

    def _dislike(self, n: int) -> float:
        return self.dislike / (1 + (n / self.dislike_films) ** 2)


def _z(signed: np.ndarray) -> np.ndarray:
    """z of the formula; all zeros where nothing is known of the user."""
    z: np.ndarray = (signed - signed.mean()) / _spread(signed)
    return z


def _spread(scores: np.ndarray) -> float:
    return max(float(scores.std()), 1e-9)
