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

import threading
from functools import cached_property, partial
from typing import ClassVar, NamedTuple, Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction, Ranked
from reelrec.models.bmf.user_posterior import UserPosterior
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


class Parts:
    """What the score of one history is made of, each worked out when it is first asked for."""

    def __init__(self, blend: Blend, history: History) -> None:
        self.blend, self.history = blend, history

    @cached_property
    def signed(self) -> np.ndarray:
        """(n_items,) float32: the signed ranker."""
        return self.blend.ranker.signed(self.history, self.blend.dislike_of(len(self.history)))

    @cached_property
    def network(self) -> np.ndarray:
        """(n_items,) float32: the score of the network."""
        return self.blend.dae.score(self.history)

    @cached_property
    def user(self) -> UserPosterior:
        """The user, as `bmf` knows them."""
        return self.blend.stack.fold_in(self.history)

    @cached_property
    def rough(self) -> np.ndarray:
        """(n_items,) float32: the mean stars of `bmf`."""
        return self.blend.stack.rough_means(self.user)


_of_thread = threading.local()  # its last `Parts`


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
        return self._base(self._parts(history), place)

    def score(self, history: History) -> np.ndarray:
        """The score with the dial at its default."""
        base = self.base(history)
        allowed = np.ones(len(base), dtype=bool)
        allowed[history.items] = False  # they are in no list
        return self._with_stars(history, base, allowed, CANDIDATES)[0]

    def ranked(self, history: History, allowed: np.ndarray, n: int, place: float = DEFAULT_PLACE) -> Ranked:
        """The first n of the allowed items, and their stars. allowed: (n_items,) bool. place: of the dial."""
        parts = self._parts(history)
        base = self._base(parts, place)
        score, candidates, stars = self._with_stars(history, base, allowed, max(n, CANDIDATES))
        order = np.lexsort((candidates, -score[candidates]))[:n]
        items = candidates[order]
        explain = partial(self._explain, weight=self.weights(len(history), place).ranker / _spread(parts.signed))
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
        weight = self.weights(len(history), DEFAULT_PLACE).ranker / _spread(self._parts(history).signed)
        return self._explain(history, items, places, weight=weight)

    def _explain(self, history: History, items: np.ndarray, places: np.ndarray, *, weight: float) -> np.ndarray:
        """`contributions`. weight: of the signed ranker, divided by its spread."""
        dislike = self.dislike_of(len(history))
        parts: np.ndarray = weight * self.ranker.contributions(history, items, places, dislike)
        strongest = np.argsort(-parts.max(axis=1, initial=0.0), kind="stable")[:LEFT_OUT]
        parts[strongest] += self.dae.contributions(history, items, places[strongest])
        return parts

    def _with_stars(
        self, history: History, base: np.ndarray, allowed: np.ndarray, n: int
    ) -> tuple[np.ndarray, np.ndarray, Prediction]:
        """The score of every item, and the candidates, ascending, with their stars."""
        parts = self._parts(history)
        score = base + self._appeal(parts.rough)
        among = np.flatnonzero(allowed)
        if len(among) > n > 0:
            among = np.sort(among[np.argpartition(-score[among], n - 1)[:n]])
        stars = self.stack.predict(history, among, parts.user)
        score[among] = base[among] + self._appeal(stars.mean)
        return score, among, stars

    def _appeal(self, means: np.ndarray) -> np.ndarray:
        """What predicted stars add to the score."""
        appeal: np.ndarray = self.stars_weight * means - self.doubt * np.maximum(self.sure_from - means, 0)
        return appeal

    def _base(self, parts: Parts, place: float) -> np.ndarray:
        weights = self.weights(len(parts.history), place)
        fame = np.log(np.maximum(self.ranker.counts_, 1)).astype(np.float32)
        base: np.ndarray = parts.network + weights.ranker * _z(parts.signed) - weights.fame * fame
        return base

    def _parts(self, history: History) -> Parts:
        """What is worked out once for the rankings of one page: a thread remembers it of the history it had last."""
        parts: Parts | None = getattr(_of_thread, "parts", None)
        if parts is None or parts.blend is not self or parts.history is not history:
            parts = _of_thread.parts = Parts(self, history)
        return parts

    def _with_ranker(self, history: History) -> Scores:
        parts = Parts(self, history)
        return Scores(dae=parts.network, ranker=_z(parts.signed), unsigned=self.ranker.score(history))

    def dislike_of(self, n: int) -> float:
        return self.dislike / (1 + (n / self.dislike_films) ** 2)


def _z(signed: np.ndarray) -> np.ndarray:
    """z of the formula; all zeros where nothing is known of the user."""
    z: np.ndarray = (signed - signed.mean()) / _spread(signed)
    return z


def _spread(scores: np.ndarray) -> float:
    return max(float(scores.std()), 1e-9)
