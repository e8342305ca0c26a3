"""What a list is worth to one user, in several senses: all of them are functions of one score for each item.

- ndcg100, recall20: are the hidden films that the user liked among the first?
- stars10: the mean rating of the hidden films among the first ten; nothing where there are none.
- novel20: recall of the hidden liked films outside the FAMOUS most rated, where only such films are ranked.
- disliked20: the share with 2.5 stars or less among the first twenty of the hidden films.
- fame10: the mean number of ratings of the first ten.
- alike10: the mean cosine between any two of the first ten (intra-list similarity).
- below: the share of the first ten whose predicted stars do not round to a liked film's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelrec.data.half_stars import LIKED_STARS, RELEVANT_STARS
from reelrec.data.history import History
from reelrec.evaluation import metrics
from reelrec.evaluation.held_out import HeldOut
from reelrec.models.base import Recommender
from reelrec.serving.engine import top

DEPTH = 100  # of the list that is kept
LIST_LENGTH = 10
RECALL = 20
FAMOUS = 300
DISLIKED_STARS = 2.5


@dataclass(frozen=True, slots=True)
class ListMeasures:
    """What does not depend on the user. famous: (n_items,) bool. n_ratings: (n_items,). vectors: (n_items, d), unit."""

    famous: np.ndarray
    n_ratings: np.ndarray
    vectors: np.ndarray

    @classmethod
    def of(cls, n_ratings: np.ndarray, vectors: np.ndarray) -> ListMeasures:
        famous = np.zeros(len(n_ratings), dtype=bool)
        famous[np.argsort(-n_ratings, kind="stable")[:FAMOUS]] = True
        return cls(famous=famous, n_ratings=n_ratings, vectors=unit(vectors))

    def measure(self, score: np.ndarray, shown: History, user: HeldOut) -> tuple[np.ndarray, dict[str, float]]:
        """The list, and all measures but `below`. shown: what of the user's history made the score."""
        best = ranked(score, shown)
        relevant, first = relevant_items(user), best[:LIST_LENGTH]
        hits = np.isin(best, relevant)
        reached = user.ratings[np.isin(user.items, first)]
        return best, {
            "ndcg100": metrics.ndcg_at_k(hits, len(relevant), DEPTH),
            "recall20": metrics.recall_at_k(hits, len(relevant), RECALL),
            "stars10": float(reached.mean()) if len(reached) else np.nan,
            "novel20": self._novel(score, shown, relevant),
            "disliked20": disliked(score, user),
            "fame10": float(self.n_ratings[first].mean()),
            "alike10": alike(self.vectors[first]),
        }

    def _novel(self, score: np.ndarray, shown: History, relevant: np.ndarray) -> float:
        wanted = relevant[~self.famous[relevant]]
        if not len(wanted):
            return np.nan
        hits = np.isin(ranked(score, shown, ~self.famous, RECALL), wanted)
        return metrics.recall_at_k(hits, len(wanted), RECALL)


def relevant_items(user: HeldOut) -> np.ndarray:
    """(n,) the hidden items that are to be found."""
    return user.items[user.ratings >= RELEVANT_STARS]


def ranked(score: np.ndarray, shown: History, among: np.ndarray | None = None, n: int = DEPTH) -> np.ndarray:
    """The first n items without the shown ones. among: (n_items,) bool, which others may be listed; by default all."""
    allowed = np.ones(len(score), dtype=bool) if among is None else among.copy()
    allowed[shown.items] = False
    return top(score, allowed, n)


def disliked(score: np.ndarray, user: HeldOut) -> float:
    """The share of disliked films among the first of the hidden ones."""
    first = np.argsort(-score[user.items], kind="stable")[:RECALL]
    return float((user.ratings[first] <= DISLIKED_STARS).mean())


def alike(vectors: np.ndarray) -> float:
    """The mean cosine of all pairs. vectors: (n, d) of length 1, n > 1."""
    n = len(vectors)
    together = vectors.sum(axis=0)
    return float((together @ together - n) / (n * (n - 1)))


def below(model: Recommender, shown: History, lists: np.ndarray) -> np.ndarray:
    """(m,) the share of the films of each list that the user is not expected to like.

    lists: (m, n) items. model: of stars.
    """
    items, places = np.unique(lists, return_inverse=True)
    predict = getattr(model, "predict", None)
    stars = predict(shown, items).mean if predict else model.score(shown)[items]
    liked = metrics.is_predicted_liked(stars, LIKED_STARS)
    shares: np.ndarray = 1 - liked[places.reshape(lists.shape)].mean(axis=1)
    return shares


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same rows with length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: np.ndarray = vectors / np.maximum(lengths, 1e-12)
    return scaled
