"""The frontier between lists that find most and lists that are least famous, and the weights of `blend` on it.

Of each tune user a part is shown and the rest is hidden, as in the protocol `top-n`. At every size of the shown part,
each pair of weights of the grid makes a list for each user; its NDCG@100 and the mean number of ratings of its first
ten are measured. At each place of the dial the weights with the best NDCG are taken among those whose lists are at most
`fame` times as famous as the ranker's, and which heed the ranker enough to be specific.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset

SIZES = (1, 3, 5, 10, 20, 50, 100, 200, 400)
WHOLE, NEAR = 100, 1.4  # the size from which histories are whole, and how far from it, as a factor, they may be
MIN_USERS = 20  # of a size; with fewer the size below it stands
SHOWN_SHARE = 0.8
DEPTH, FIRST = 100, 10
RANKER = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2, 2.0, 3.0, 5.0)
FAME = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


class Scores(NamedTuple):
    """What is blended, (n_items,) each. ranker: signed and standardised. unsigned: what its list is ordered by."""

    dae: np.ndarray
    ranker: np.ndarray
    unsigned: np.ndarray


class Place(NamedTuple):
    """A place of the dial. fame: at most, relative to the ranker's list. least: weight of the ranker."""

    place: float
    fame: float
    least: float


PLACES = (Place(0.0, np.inf, 0.0), Place(0.5, 1.0, 0.1), Place(1.0, 0.75, 0.05))


class Measured(NamedTuple):
    """What the lists of some weights are worth: NDCG@100, and the mean number of ratings of the first ten."""

    ndcg: float
    fame: float


class Panel(NamedTuple):
    """Users with a film to find. shown: the part that is known. blocked, relevant: (n_users, n_items) bool."""

    shown: list[History]
    blocked: np.ndarray
    relevant: np.ndarray

    @classmethod
    def of(cls, dataset: Dataset, size: int, n_users: int, seed: int) -> Panel:
        """At most n_users with `size` films shown, of those who have so many.

        From WHOLE on, users of about that size with all their films shown: nobody rates so many one by one, and an
        import brings the whole history.
        """
        rng = np.random.default_rng([seed, size])
        shown, hidden = [], []
        for user in rng.permutation(dataset.n_users):
            history = dataset.history(user)
            history = history.take(rng.permutation(len(history)))
            cut = int(SHOWN_SHARE * len(history))
            liked = history.items[cut:][history.ratings[cut:] >= RELEVANT_STARS]
            fits = size / NEAR <= cut <= size * NEAR if size >= WHOLE else cut >= size
            if fits and len(liked):
                shown.append(history.head(cut if size >= WHOLE else size))
                hidden.append(liked)
            if len(shown) == n_users:
                break
        blocked, relevant = np.zeros((2, len(shown), dataset.n_items), dtype=bool)
        for row, (history, liked) in enumerate(zip(shown, hidden, strict=True)):
            blocked[row, history.items], relevant[row, liked] = True, True
        return cls(shown, blocked, relevant)

    def measure(self, scores: np.ndarray, counts: np.ndarray) -> Measured:
        """scores: (n_users, n_items), overwritten. counts: (n_items,) ratings."""
        depth = min(DEPTH, scores.shape[1])
        scores[self.blocked] = -np.inf
        best = np.argpartition(scores, -depth, axis=1)[:, -depth:]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        best = np.take_along_axis(best, order, axis=1)  # (n_users, depth)
        discounts = 1 / np.log2(np.arange(2, depth + 2))
        ideal = np.cumsum(discounts)[np.minimum(self.relevant.sum(axis=1), depth) - 1]
        hits = np.take_along_axis(self.relevant, best, axis=1)
        return Measured(
            ndcg=float(((hits * discounts).sum(axis=1) / ideal).mean()), fame=float(counts[best[:, :FIRST]].mean())
        )


def learned_weights(
    scores: Callable[[History], Scores], dataset: Dataset, counts: np.ndarray, n_users: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sizes (s,), places (p,) and the table (s, p, 2) of `blend`. counts: (n_items,) ratings of the train users."""
    log_ratings = np.log(np.maximum(counts, 1)).astype(np.float32)
    sizes: list[int] = []
    table: list[list[tuple[float, float]]] = []
    for size in SIZES:
        panel = Panel.of(dataset, size, n_users, seed)
        if sizes and len(panel.shown) < MIN_USERS:
            break
        found = Scores(*(np.stack(part) for part in zip(*map(scores, panel.shown), strict=True)))
        bar = panel.measure(found.unsigned, counts)
        points = [
            ((a, b), panel.measure(found.dae + np.float32(a) * found.ranker - np.float32(b) * log_ratings, counts))
            for a in RANKER
            for b in FAME
        ]
        sizes.append(size)
        table.append([best(points, bar, place) for place in PLACES])
    return np.array(sizes), np.array([place.place for place in PLACES]), np.array(table, dtype=np.float32)


def best(points: Sequence[tuple[tuple[float, float], Measured]], bar: Measured, place: Place) -> tuple[float, float]:
    """The weights for this place; where no list is as little famous as it asks, those of the least famous.

    points: weights and what their lists are worth. bar: what the ranker's list is worth.
    """
    specific = [point for point in points if point[0][0] >= place.least]
    fitting = [point for point in specific if point[1].fame <= place.fame * bar.fame]
    if not fitting:
        return min(specific, key=lambda point: point[1].fame)[0]
    return max(fitting, key=lambda point: point[1].ndcg)[0]
