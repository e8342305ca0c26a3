"""Metrics of one ranked list against the hidden items. Gain is binary; the ideal list is cut at min(hits, k)."""

from __future__ import annotations

import numpy as np

from reelrec.data.half_stars import LIKED_STARS

HALF_STEP = 0.25  # half of a half-star


def ndcg_at_k(relevant: np.ndarray, n_relevant: int, k: int) -> float:
    """Normalised discounted cumulative gain.

    relevant: (n,) bool, whether each ranked item is a hidden one, best first, n >= k. n_relevant: all hidden items.
    """
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    return float((relevant[:k] * discounts).sum() / discounts[: min(n_relevant, k)].sum())


def precision_at_k(relevant: np.ndarray, k: int) -> float:
    """Share of the first k items that are relevant."""
    return float(relevant[:k].mean())


def recall_at_k(relevant: np.ndarray, n_relevant: int, k: int) -> float:
    """Relevant items among the first k, of as many as could be there: min(n_relevant, k)."""
    return float(relevant[:k].sum() / min(n_relevant, k))


def overlap(lists: np.ndarray, n_items: int) -> float:
    """Mean share of equal items between two users' lists, over all pairs of users.

    lists: (n_users, n) items, no item twice in a row. 0: no two lists share an item, or there is one list; 1: all
    lists are equal.
    """
    n_users, n = lists.shape
    if n_users < 2:
        return 0.0
    counts = np.bincount(lists.ravel(), minlength=n_items).astype(np.float64)
    return float((counts * (counts - 1)).sum() / (n_users * (n_users - 1) * n))


def coverage(lists: np.ndarray, n_items: int) -> float:
    """Share of all items that are in a list. lists: (n_users, n)."""
    return len(np.unique(lists)) / n_items


def is_liked(ratings: np.ndarray, cut: float = LIKED_STARS) -> np.ndarray:
    """(n,) bool: `cut` stars or more."""
    return ratings >= cut


def is_predicted_liked(predicted: np.ndarray, cut: float = LIKED_STARS) -> np.ndarray:
    """(n,) bool for models without a distribution: the predicted stars round to `cut` or more."""
    return predicted >= cut - HALF_STEP
