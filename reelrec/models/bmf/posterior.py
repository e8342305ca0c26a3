"""From the sampler's draws to the arrays of `bmf`: draws of the items in one coordinate system, and new users' priors.

Draws are only defined up to a linear map of the factors. Each draw is moved into the coordinates of the last one, with
the mean user at zero, so that all draws share one prior of new users. That prior depends on the number of items that a
user has seen. For n items it is a linear regression of the train users' vectors on what n random items of their history
say about them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds
from scipy.special import ndtr

from reelrec import progress
from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import HALF_STARS
from reelrec.models.arrays import Arrays

SIZES = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 400)  # numbers of items seen for which a prior is fitted
MIN_USERS = 100  # with enough items, for a size to get a prior
MAX_SHOWN = 0.8  # of a train user's items; users with fewer items than n / MAX_SHOWN are left out of size n
THRESHOLD_RATINGS = 200_000  # on which the thresholds between half-stars are fitted
RIDGE = 1e-3
MAX_STRETCH = 10.0  # of a direction by alignment; with a few dozen users it could be thousands
TOO_WIDE = {"actor"}  # blocks of features with too many columns for the sampler
FAR_BELOW, FAR_ABOVE = -5.0, 10.0  # stars: no threshold lies beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplerSettings:
    """The settings of `BMF`, by the same names."""

    embedding_dim: int
    components: int
    rater_components: int
    samples: int
    burn_in: int
    thin: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw of the sampler.

    user_vectors, item_vectors: (n, d), the bias first. user_weights, item_weights: (n,) factors of the noise's
    precision. user_freedom: degrees of freedom of the user weights.
    """

    user_vectors: np.ndarray
    item_vectors: np.ndarray
    user_weights: np.ndarray
    item_weights: np.ndarray
    precision: float
    user_freedom: float

    def design(self) -> np.ndarray:
        """(n_items, d): a 1 and the factors of each item."""
        ones = np.ones((len(self.item_vectors), 1), dtype=self.item_vectors.dtype)
        return np.hstack([ones, self.item_vectors[:, 1:]])


def fitted_arrays(dataset: Dataset, settings: SamplerSettings) -> Arrays:
    """Run the sampler. Returns the arrays that `BMF.keep` takes, by name."""
    seed = settings.seed
    shape = dataset.n_users, dataset.n_items
    seen_by = unit_rows(dataset.users, dataset.items, shape)
    directions = principal(seen_by, settings.components, seed)
    user_components = seen_by @ directions  # (n_users, components)
    rated_by = unit_rows(dataset.items, dataset.users, shape[::-1])
    item_components = rated_by @ principal(rated_by, settings.rater_components, seed)  # (n_items, rater_components)
    draws = list(sampler_draws(dataset, settings, user_components, item_components))
    counts, design = dataset.counts(), draws[-1].design()
    draws = [aligned(draw, design, counts) for draw in draws]
    gram = user_components.T @ user_components + RIDGE * np.eye(user_components.shape[1]) * dataset.n_users
    regressions = [np.linalg.solve(gram, user_components.T @ draw.user_vectors) for draw in draws]
    seen = directions @ np.mean(regressions, axis=0)
    order = random_places(dataset, seed)
    sizes, weights, covariances = new_user_priors(dataset, [draw.user_vectors for draw in draws], seen, order)
    biases = np.array([draw.item_vectors[:, 0] for draw in draws])
    mean = float(dataset.ratings.mean(dtype=np.float64))
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
    size = min(THRESHOLD_RATINGS, len(dataset.items))
    rows = np.random.default_rng(seed).choice(len(dataset.items), size, replace=False)
    users, items = dataset.users[rows], dataset.items[rows]
    means = [
        mean + draw.item_vectors[items, 0] + (draw.design()[items] * draw.user_vectors[users]).sum(axis=1)
        for draw in draws
    ]
    precisions = [draw.precision * draw.user_weights[users] * draw.item_weights[items] for draw in draws]
    ratings = np.tile(dataset.ratings[rows], len(draws))
    return thresholds(np.concatenate(means), 1.0 / np.sqrt(np.concatenate(precisions)), ratings)


def sampler_draws(
    dataset: Dataset, settings: SamplerSettings, user_components: np.ndarray, item_components: np.ndarray
) -> Iterator[Draw]:
    """Every `thin`-th state of the chain after `burn_in` sweeps.

    user_components: (n_users, components) of which items each user has seen. item_components: (n_items,
    rater_components) of who has rated each item.
    """
    # Threads that spin while they wait make training four times slower as soon as anything else runs.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from reelrec.models.bmf.gibbs import Chain  # imports torch, which serving does without

    features = [block.toarray() for name, block in dataset.features.items() if name not in TOO_WIDE]
    chain = Chain(
        dataset,
        settings.embedding_dim,
        user_blocks=[user_components],
        item_blocks=[*features, item_components],
        seed=settings.seed,
    )
    for sweep in progress.steps(range(settings.burn_in + settings.samples * settings.thin)):
        chain.sweep()
        kept = sweep - settings.burn_in
        if kept >= 0 and kept % settings.thin == settings.thin - 1:
            yield Draw(
                user_vectors=chain.user_vectors.cpu().numpy().copy(),
                item_vectors=chain.item_vectors.cpu().numpy().copy(),
                user_weights=chain.user_weights.cpu().numpy().copy(),
                item_weights=chain.item_weights.cpu().numpy().copy(),
                precision=chain.precision,
                user_freedom=chain.user_freedom,
            )


def unit_rows(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """A float32 matrix with an entry at each of these places; every row has length 1 or is empty."""
    sizes = np.bincount(rows, minlength=shape[0])
    return csr_array(((1.0 / np.sqrt(sizes[rows])).astype(np.float32), (rows, columns)), shape=shape)


def principal(matrix: csr_array, components: int, seed: int) -> np.ndarray:
    """(n_columns, components) float32 directions: matrix @ directions has about unit variance in every column."""
    components = min(components, min(matrix.shape) // 4)
    if components < 1:
        return np.zeros((matrix.shape[1], 0), dtype=np.float32)
    _, sizes, rows = svds(matrix, k=components, random_state=seed)
    large = sizes > 1e-3 * sizes.max()
    return np.asarray(rows[large].T / sizes[large] * np.sqrt(matrix.shape[0]), dtype=np.float32)


def aligned(draw: Draw, design: np.ndarray, counts: np.ndarray) -> Draw:
    """The same draw with the mean user at zero and its factors in the coordinates of `design`, (n_items, d).

    counts: (n_items,) numbers of ratings, as weights. Every predicted rating stays what it was.
    """
    own = draw.design().astype(np.float64)
    centre = draw.user_vectors.mean(axis=0).astype(np.float64)
    bias = draw.item_vectors[:, 0] + own @ centre
    weights = counts[:, None]
    turn = np.linalg.solve(own.T @ (own * weights) + RIDGE * np.eye(own.shape[1]), own.T @ (design * weights))
    left, sizes, right = np.linalg.svd(turn[1:, 1:])
    turn[1:, 1:] = left * np.clip(sizes, 1 / MAX_STRETCH, MAX_STRETCH) @ right
    turn[:, 0] = np.eye(len(turn))[0]  # the column of ones stays ones
    user_vectors = (draw.user_vectors - centre) @ np.linalg.inv(turn).T
    item_vectors = np.column_stack([bias, (own @ turn)[:, 1:]])
    return Draw(
        user_vectors=user_vectors.astype(np.float32),
        item_vectors=item_vectors.astype(np.float32),
        user_weights=draw.user_weights,
        item_weights=draw.item_weights,
        precision=draw.precision,
        user_freedom=draw.user_freedom,
    )


def random_places(dataset: Dataset, seed: int) -> np.ndarray:
    """(n_ratings,) the place of each rating in a random order of its user's ratings."""
    order = np.lexsort((np.random.default_rng(seed).random(len(dataset.items)), dataset.users))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order)) - np.repeat(dataset.start[:-1], np.diff(dataset.start))
    return places


def new_user_priors(
    dataset: Dataset, user_vectors: Sequence[np.ndarray], seen: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The prior of a user who has seen n items, N([1, sum of seen / sqrt(n)] @ weights, covariance), for n in SIZES.

    user_vectors: draws of (n_users, d), over which weights and covariances are averaged. seen: (n_items, d). places: of
    `random_places`. Returns n (sizes,), weights (sizes, 1 + d, d) and covariances (sizes, d, d); sizes that too few
    users reach are left out.
    """
    counts, users, d = np.diff(dataset.start), dataset.users, seen.shape[1]
    sizes, all_weights, all_covariances = [], [], []
    for n in SIZES:
        enough = counts * MAX_SHOWN >= n
        if n and enough.sum() < min(MIN_USERS, dataset.n_users):
            break
        part = places < n
        values = np.full(part.sum(), 1.0 / np.sqrt(max(n, 1)), dtype=np.float32)
        shown = csr_array((values, (users[part], dataset.items[part])), shape=(dataset.n_users, dataset.n_items))
        sums = shown @ seen  # (n_users, d)
        design = np.hstack([np.ones((enough.sum(), 1)), sums[enough]])
        ridge = np.diag(np.r_[0.0, np.full(d, RIDGE * len(design) * max(sums.var(), 1e-12))])
        solution = np.linalg.solve(design.T @ design + ridge, design.T) if n else np.zeros((1 + d, len(design)))
        weights = [solution @ vectors[enough] for vectors in user_vectors]
        errors = [vectors[enough] - design @ own for vectors, own in zip(user_vectors, weights, strict=True)]
        sizes.append(n)
        all_weights.append(np.mean(weights, axis=0))
        all_covariances.append(np.mean([rows.T @ rows / len(rows) for rows in errors], axis=0))
    return np.array(sizes), np.array(all_weights), np.array(all_covariances)


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
    squares = np.bincount(dataset.items, (dataset.ratings - means[dataset.items]) ** 2, dataset.n_items)
    within = squares[rated].sum() / (counts[rated] - 1).sum()
    between = max(np.average(effect[rated] ** 2, weights=counts[rated]) - within / counts[rated].mean(), 1e-6)
    return np.asarray(effect * counts / (counts + within / between), dtype=np.float32)


def thresholds(means: np.ndarray, sds: np.ndarray, ratings: np.ndarray) -> np.ndarray:
    """(9,) stars at which to cut N(mean, sd), so that each half-star is as frequent as it is among the ratings."""
    counts = [np.clip((ratings <= half_star).sum(), 0.5, len(ratings) - 0.5) for half_star in HALF_STARS[:-1]]

    def excess(cut: float, count: float) -> float:
        """By how much more ratings than `count` are expected below the cut."""
        return float(ndtr((cut - means) / sds).sum(dtype=np.float64)) - count

    cuts = [brentq(excess, FAR_BELOW, FAR_ABOVE, args=(count,), xtol=1e-6) for count in counts]
    return np.maximum.accumulate(cuts).astype(np.float32)
