"""Measures of one ranked list against the films that were hidden. Binary gain; the ideal is cut at min(hits, k)."""

from __future__ import annotations

import numpy as np


def ndcg_at_k(relevant: np.ndarray, n_relevant: int, k: int) -> float:
    """Normalised discounted cumulative gain.

    relevant: (n,) bool, whether each ranked item is one of the hidden, best first, n >= k. n_relevant: all hidden ones.
    """
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    return float((relevant[:k] * discounts).sum() / discounts[: min(n_relevant, k)].sum())


def precision_at_k(relevant: np.ndarray, k: int) -> float:
    """Share of the first k that are relevant."""
    return float(relevant[:k].mean())


def recall_at_k(relevant: np.ndarray, n_relevant: int, k: int) -> float:
    """Relevant items among the first k, of as many as could be there: min(n_relevant, k)."""
    return float(relevant[:k].sum() / min(n_relevant, k))


def overlap(lists: np.ndarray, n_items: int) -> float:
    """Mean share of equal items between two people's lists, over all pairs of people.

    lists: (n_people, n) items, no item twice in a row. 0: nothing in common, or nobody to share with; 1: everybody
    gets the same.
    """
    people, n = lists.shape
    if people < 2:
        return 0.0
    counts = np.bincount(lists.ravel(), minlength=n_items).astype(np.float64)
    return float((counts * (counts - 1)).sum() / (people * (people - 1) * n))


def coverage(lists: np.ndarray, n_items: int) -> float:
    """Share of all items that appear in anybody's list. lists: (n_people, n)."""
    return len(np.unique(lists)) / n_items


def is_liked(stars: np.ndarray, cut: float = 3.5) -> np.ndarray:
    """(n,) bool: `cut` stars or more."""
    return stars >= cut


def is_predicted_liked(predicted: np.ndarray, cut: float = 3.5) -> np.ndarray:
    """(n,) bool for models without a distribution: nearer to `cut` than to the half-star below."""
    return predicted >= cut - 0.25
