"""From the sampler's draws to the arrays of `bmf`: draws of the items in one coordinate system, and new users' priors.

Draws are only defined up to a linear map of the factors. Each draw is moved into the coordinates of the last one, with
the mean user at zero, so that all draws share one prior of new users. That prior depends on the number of items that a
user has seen. For n items it is a linear regression of the train users' vectors on what n random items of their history
say about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq
from scipy.sparse import csr_array
from scipy.special import ndtr

from reelrec.data.half_stars import HALF_STARS
from reelrec.data.ratings import random_numbers
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.models.arrays import Arrays
from reelrec.models.bmf.components import components_of, directions_of
from reelrec.models.bmf.draws import Draw, SamplerSettings, sampler_draws

SIZES = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 400)  # numbers of items seen for which a prior is fitted
MIN_USERS = 100  # with enough items, for a size to get a prior
MAX_SHOWN = 0.8  # of a train user's items; users with fewer items than n / MAX_SHOWN are left out of size n
THRESHOLD_RATINGS = 200_000  # on which the thresholds between half-stars are fitted
RIDGE = 1e-3
MAX_STRETCH = 10.0  # of a direction by alignment; with a few dozen users it could be thousands
ORDER, SAMPLE = 101, 102  # purposes of random numbers, other than those of the sampler
FAR_BELOW, FAR_ABOVE = -5.0, 10.0  # stars: no threshold lies beyond


def fitted_arrays(dataset: Dataset, settings: SamplerSettings) -> Arrays:
    """Run the sampler. Returns the arrays that `BMF.keep` takes, by name."""
    seed, add = settings.seed, dataset.workers.add
    counts, lengths = dataset.counts(), np.diff(dataset.start)
    by_user = dataset.matrix(np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths))  # unit rows
    directions = directions_of(by_user, dataset.all_users(), settings.components, add, seed)
    user_components = (by_user @ directions).astype(np.float32)  # (n_users, components)
    del by_user
    by_item = dataset.matrix((1.0 / np.sqrt(np.maximum(counts, 1)))[dataset.items])  # unit columns
    item_components = components_of(by_item, dataset.all_users(), settings.rater_components, add, seed)
    del by_item
    draws = sampler_draws(dataset, settings, user_components, item_components)
    design = draws[-1].design()
    draws = [aligned(draw, design, counts, dataset.workers) for draw in draws]
    gram = add(user_components.T @ user_components)
    gram = gram + RIDGE * np.eye(len(gram)) * dataset.all_users()
    regressions = [np.linalg.solve(gram, add(user_components.T @ draw.user_vectors)) for draw in draws]
    seen = directions @ np.mean(regressions, axis=0)
    sizes, weights, covariances = new_user_priors(
        dataset, [draw.user_vectors for draw in draws], seen, random_places(dataset, seed)
    )
    biases = np.array([draw.item_vectors[:, 0] for draw in draws])
    mean = dataset.mean()
    return {
        "mean": mean,
        "item_biases": biases.astype(np.float16),
        "item_factors": np.array([draw.item_vectors[:, 1:] for draw in draws]).astype(np.float16),
        "precisions": np.mean([draw.precision * draw.item_weights for draw in draws], axis=0).astype(np.float32),
        "selection": selection(dataset, mean + biases.mean(axis=0)),
        "seen": seen.astype(np.float16),
        "prior_sizes": sizes,
        "prior_weights": weights.astype(np.float32),
        "prior_covariances": covariances.astype(np.float32),
        "freedom": float(np.mean([draw.user_freedom for draw in draws])),
        "thresholds": _thresholds(dataset, draws, mean, seed),
    }


def _thresholds(dataset: Dataset, draws: Sequence[Draw], mean: float, seed: int) -> np.ndarray:
    """`thresholds` of a sample of the train ratings, each under every draw of its user and item."""
    share = THRESHOLD_RATINGS / dataset.all_ratings()
    sampled = np.concatenate([_random_numbers(part, seed, SAMPLE) < share for part in dataset.blocks()])
    users, items = dataset.users[sampled], dataset.items[sampled]
    means = [
        mean + draw.item_vectors[items, 0] + (draw.design()[items] * draw.user_vectors[users]).sum(axis=1)
        for draw in draws
    ]
    precisions = [draw.precision * draw.user_weights[users] * draw.item_weights[items] for draw in draws]
    ratings = np.tile(dataset.ratings[sampled], len(draws))
    sds = 1.0 / np.sqrt(np.concatenate(precisions))
    return thresholds(np.concatenate(means), sds, ratings, dataset.workers)


def aligned(draw: Draw, design: np.ndarray, counts: np.ndarray, workers: Workers = ALONE) -> Draw:
    """The same draw with the mean user at zero and its factors in the coordinates of `design`, (n_items, d).

    counts: (n_items,) numbers of ratings, as weights. Every predicted rating stays what it was.
    """
    own = draw.design().astype(np.float64)
    centre = workers.add(draw.user_vectors.sum(axis=0, dtype=np.float64)) / workers.add(len(draw.user_vectors))
    bias = draw.item_vectors[:, 0] + own @ centre
    weights = counts[:, None]
    turn = np.linalg.solve(own.T @ (own * weights) + RIDGE * np.eye(own.shape[1]), own.T @ (design * weights))
    left, sizes, right = np.linalg.svd(turn[1:, 1:])
    turn[1:, 1:] = left * np.clip(sizes, 1 / MAX_STRETCH, MAX_STRETCH) @ right
    turn[:, 0] = np.eye(len(turn))[0]  # the column of ones stays ones
    user_vectors = (draw.user_vectors - centre) @ np.linalg.inv(turn).T
    item_vectors = np.column_stack([bias, (own @ turn)[:, 1:]])
    return replace(draw, user_vectors=user_vectors.astype(np.float32), item_vectors=item_vectors.astype(np.float32))


def random_places(dataset: Dataset, seed: int) -> np.ndarray:
    """(n_ratings,) int16: the place of each rating in a random order of its user's ratings, up to SIZES[-1]."""
    return np.concatenate([_places(part, seed) for part in dataset.blocks()])


def _places(dataset: Dataset, seed: int) -> np.ndarray:
    order = np.lexsort((_random_numbers(dataset, seed, ORDER), dataset.users))
    places = np.empty(len(order), dtype=np.int16)
    places[order] = np.minimum(np.arange(len(order)) - dataset.start[dataset.users], SIZES[-1])
    return places


def _random_numbers(dataset: Dataset, seed: int, purpose: int) -> np.ndarray:
    """(n_ratings,) one for each rating."""
    return random_numbers.uniforms(seed, purpose, dataset.user_keys[dataset.users], dataset.items)


def new_user_priors(
    dataset: Dataset, user_vectors: Sequence[np.ndarray], seen: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The prior of a user who has seen n items, N([1, sum of seen / sqrt(n)] @ weights, covariance), for n in SIZES.

    user_vectors: draws of (n_users, d), over which weights and covariances are averaged. seen: (n_items, d). places: of
    `random_places`. Returns n (sizes,), weights (sizes, 1 + d, d) and covariances (sizes, d, d); sizes that too few
    users reach are left out.
    """
    add, counts, d = dataset.workers.add, np.diff(dataset.start), seen.shape[1]
    sizes, all_weights, all_covariances = [], [], []
    for n in SIZES:
        enough = counts * MAX_SHOWN >= n
        reached = add(int(enough.sum()))
        if n and reached < min(MIN_USERS, dataset.all_users()):
            break
        sums = _sums(dataset, places < n, seen)[enough] / np.sqrt(max(n, 1))  # (reached, d)
        design = np.hstack([np.ones((len(sums), 1)), sums])
        gram, square = add(design.T @ design), add(float(np.square(sums, dtype=np.float64).sum()))
        variance = square / (reached * d) - (gram[0, 1:].sum() / (reached * d)) ** 2
        ridge = np.diag(np.r_[0.0, np.full(d, RIDGE * reached * max(variance, 1e-12))])
        weights = [
            np.linalg.solve(gram + ridge, add(design.T @ vectors[enough])) if n else np.zeros((1 + d, d))
            for vectors in user_vectors
        ]
        errors = (vectors[enough] - design @ own for vectors, own in zip(user_vectors, weights, strict=True))
        sizes.append(n)
        all_weights.append(np.mean(weights, axis=0))
        all_covariances.append(add(np.mean([rows.T @ rows for rows in errors], axis=0)) / reached)
    return np.array(sizes), np.array(all_weights), np.array(all_covariances)


def _sums(dataset: Dataset, shown: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(n_users, d) the sum of `seen` over each user's shown ratings. shown: (n_ratings,) bool. seen: (n_items, d)."""
    sums, first = [], 0
    for part in dataset.blocks():
        own = shown[first : first + len(part.items)]
        start = np.concatenate([[0], np.cumsum(own)])[part.start]
        items = part.items[own]
        sums.append(csr_array((np.ones(len(items), np.float32), items, start), (part.n_users, part.n_items)) @ seen)
        first += len(own)
    return np.concatenate(sums)


def selection(dataset: Dataset, bias: np.ndarray) -> np.ndarray:
    """(n_items,) float32 stars: the selection effect, by how much an item's raters rate it above the mean user.

    Users choose to see what they expect to like, so those who rate an item are no random sample. The effect is shrunk
    towards zero for items with few ratings, by the ratio of the variance within items to that between items.

    bias: (n_items,) the mean user's stars.
    """
    counts = dataset.counts()
    rated = counts > 1
    means = dataset.sums() / np.maximum(counts, 1)
    effect = np.where(rated, means - bias, 0.0)
    own = (np.bincount(part.items, (part.ratings - means[part.items]) ** 2, part.n_items) for part in dataset.blocks())
    squares = dataset.workers.add(sum(own, start=np.zeros(dataset.n_items)))
    within = squares[rated].sum() / (counts[rated] - 1).sum()
    between = max(np.average(effect[rated] ** 2, weights=counts[rated]) - within / counts[rated].mean(), 1e-6)
    return np.asarray(effect * counts / (counts + within / between), dtype=np.float32)


def thresholds(means: np.ndarray, sds: np.ndarray, ratings: np.ndarray, workers: Workers = ALONE) -> np.ndarray:
    """(9,) stars at which to cut N(mean, sd), so that each half-star is as frequent as it is among the ratings.

    means, sds, ratings: (n,) of this worker.
    """
    below = workers.add(np.array([(ratings <= half_star).sum() for half_star in HALF_STARS[:-1]], dtype=np.float64))
    counts = np.clip(below, 0.5, workers.add(len(ratings)) - 0.5)

    def excess(cut: float, count: float) -> float:
        """By how much more ratings than `count` are expected below the cut."""
        return workers.add(float(ndtr((cut - means) / sds).sum(dtype=np.float64))) - count

    cuts = [brentq(excess, FAR_BELOW, FAR_ABOVE, args=(count,), xtol=1e-6) for count in counts]
    return np.maximum.accumulate(cuts).astype(np.float32)
