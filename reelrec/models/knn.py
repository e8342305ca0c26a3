"""Item-based nearest neighbours with baselines ("KNNBaseline"), fitted by Surprise, served from 100 neighbours an item.

    r_ui  ~  b_ui + sum_j s_ij (r_uj - b_uj) / (sum_j s_ij + shrink)      j in N(i), rated by u

s is the shrunk Pearson correlation around the baselines of `baseline.py`. Source: Koren, "Factor in the Neighbors",
TKDD 4(1), 2010, section 2.2. How we differ from Surprise: it keeps all similarities and uses the 40 largest among the
items that a user rated. We keep the nearest 100 of each item, and a new user has rated few or none of them. The
denominator therefore has a shrink term, so that one distant neighbour counts little.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.sparse import by_row, shared_csr


class KNN(ArrayModel):
    """Hyperparameters.

    neighbours: kept for each item. shrink: added to the sum of similarities. min_support: users who must have rated
    both items. reg_user: regularisation of the user's bias, as a number of ratings.
    """

    name = "knn"
    unit = "stars"
    arrays = ("mean", "item_bias", "nearest", "similarity")

    def __init__(
        self, neighbours: int = 100, shrink: float = 0.5, min_support: int = 1, reg_user: float = 15.0
    ) -> None:
        self.neighbours = neighbours
        self.shrink = shrink
        self.min_support = min_support
        self.reg_user = reg_user

    def fit(self, dataset: Dataset) -> Self:
        from surprise import KNNBaseline

        from reelrec.models.surprise_data import trainset

        options = {"name": "pearson_baseline", "user_based": False, "min_support": self.min_support}
        model = KNNBaseline(sim_options=options, verbose=False).fit(trainset(dataset))
        np.fill_diagonal(model.sim, 0.0)
        columns, similarity = nearest(model.sim, self.neighbours)
        bias = np.asarray(model.bx, dtype=np.float32)  # x is the item side
        self.keep(mean=model.trainset.global_mean, item_bias=bias, nearest=columns, similarity=similarity)
        return self

    def learned(self) -> Arrays:
        """mean: stars. item_bias: (n_items,) float32 stars. nearest: (n_items, k) uint16. similarity: float16."""
        return {
            "mean": self.mean_,
            "item_bias": self.item_bias_,
            "nearest": self.nearest_.astype(np.uint16),
            "similarity": self.similarity_.astype(np.float16),
        }

    def keep(self, *, mean: float, item_bias: np.ndarray, nearest: np.ndarray, similarity: np.ndarray) -> None:
        """Hold each item's neighbours, and the inverse: for each rated item, the items whose neighbour it is."""
        self.mean_, self.item_bias_ = float(mean), item_bias
        self.nearest_, self.similarity_ = nearest, similarity
        shape = (len(nearest), len(nearest))
        self._by_rated = shared_csr("by_rated", shape, lambda: by_row(nearest, similarity).T.tocsr())

    def score(self, history: History) -> np.ndarray:
        items, ratings = history.stars()
        residuals = ratings - self.mean_ - self.item_bias_[items]
        user_bias = residuals.sum() / (self.reg_user + len(items))
        rows = self._by_rated[items]  # (n_rated, n_items) sparse
        weighted = rows.T @ (residuals - user_bias).astype(np.float32)  # (n_items,)
        total = rows.T @ np.ones(len(items), dtype=np.float32)
        scores = self.mean_ + self.item_bias_ + user_bias + weighted / (total + self.shrink)
        return np.asarray(scores, dtype=np.float32)

    def influence(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n_rated, len(items)) stars that each rating adds to the predictions of these items as their neighbour."""
        rated, ratings = history.stars()
        residuals = ratings - self.mean_ - self.item_bias_[rated]
        user_bias = residuals.sum() / (self.reg_user + len(rated))
        rows = self._by_rated[rated][:, items].toarray()  # (n_rated, m)
        weighted = rows * (residuals - user_bias)[:, None]
        return np.asarray(weighted / (rows.sum(axis=0) + self.shrink), dtype=np.float32)


def nearest(similarity: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row's k largest similarities, by ascending column; negative ones count as zero.

    similarity: (n, n). Returns columns (n, k) and similarities (n, k), float16 as they ship.
    """
    k = min(k, len(similarity) - 1)
    columns = np.sort(np.argpartition(-similarity, k, axis=1)[:, :k], axis=1)
    values = np.maximum(np.take_along_axis(similarity, columns, axis=1), 0.0)
    return columns, values.astype(np.float16)
