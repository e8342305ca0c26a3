"""From the sampler's draws to what `bmf` ships: item samples in one coordinate system, and a newcomer's prior.

Draws are only defined up to a linear map of the factors. Each is moved into the coordinates of the last one, with the
mean person at zero, so that all share one prior for newcomers. That prior depends on how many films the newcomer is
known to have seen: it is what n films, drawn from a training person's history, say about that person's vector.
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

from reelrec.data.dataset import Dataset

SIZES = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 400)  # films seen, for which a newcomer's prior is worked out
FEWEST_PEOPLE = 100  # who have as many films, for a size to be worked out
SHOWN_AT_MOST = 0.8  # of a training person's films; who has no more than that is left out of a size
CHECKED_RATINGS = 200_000  # on which the thresholds between half-stars are set
RIDGE = 1e-3
STRETCH = 10.0  # of a direction by alignment, at most; with a few dozen people it could be thousands
TOO_MANY = {"actor"}  # blocks of so many columns that the sampler leaves them to others
FAR_BELOW, FAR_ABOVE = -5.0, 10.0  # stars: no threshold lies beyond


def sampled(
    dataset: Dataset,
    embedding_dim: int,
    components: int,
    rater_components: int,
    burn_in: int,
    samples: int,
    thin: int,
    seed: int,
) -> dict[str, np.ndarray | float]:
    """Everything that `BMF` keeps, by name."""
    shape = dataset.n_users, dataset.n_items
    seen_by = unit_rows(dataset.users, dataset.items, shape)
    directions = principal(seen_by, components, seed)
    told = seen_by @ directions  # (n_users, components)
    rated_by = unit_rows(dataset.items, dataset.users, shape[::-1])
    raters = rated_by @ principal(rated_by, rater_components, seed)  # (n_items, rater_components)
    kept = list(draws(dataset, embedding_dim, told, raters, burn_in, samples, thin, seed))
    counts, design = dataset.counts(), kept[-1].design()
    kept = [aligned(draw, design, counts) for draw in kept]
    gram = told.T @ told + RIDGE * np.eye(told.shape[1]) * dataset.n_users
    seen = directions @ np.mean([np.linalg.solve(gram, told.T @ draw.people) for draw in kept], axis=0)
    places = shown(dataset, seed)
    sizes, weights, covariances = newcomers_priors(dataset, [draw.people for draw in kept], seen, places)
    biases = np.array([draw.films[:, 0] for draw in kept])
    mean = float(dataset.ratings.mean(dtype=np.float64))
    return {
        "mean": mean,
        "item_biases": biases.astype(np.float16),
        "item_factors": np.array([draw.films[:, 1:] for draw in kept]).astype(np.float16),
        "precisions": np.mean([draw.precision * draw.film_weights for draw in kept], axis=0).astype(np.float32),
        "selection": selection(dataset, mean + biases.mean(axis=0)),
        "seen": seen.astype(np.float16),
        "prior_sizes": sizes,
        "prior_weights": weights.astype(np.float32),
        "prior_covariances": covariances.astype(np.float32),
        "freedom": float(np.mean([draw.person_freedom for draw in kept])),
        "thresholds": _thresholds(dataset, kept, mean, seed),
    }


def _thresholds(dataset: Dataset, kept: list[Draw], mean: float, seed: int) -> np.ndarray:
    """Set on some of the training ratings, each under the draws of its person and film."""
    size = min(CHECKED_RATINGS, len(dataset.items))
    some = np.random.default_rng(seed).choice(len(dataset.items), size, replace=False)
    users, items = dataset.users[some], dataset.items[some]
    means = [mean + draw.films[items, 0] + (draw.design()[items] * draw.people[users]).sum(axis=1) for draw in kept]
    noise = [draw.precision * draw.person_weights[users] * draw.film_weights[items] for draw in kept]
    ratings = np.tile(dataset.ratings[some], len(kept))
    return thresholds(np.concatenate(means), 1.0 / np.sqrt(np.concatenate(noise)), ratings)


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of the sampler.

    people, films: (n, d), the bias first. person_weights, film_weights: (n,) of the noise's precision.
    """

    people: np.ndarray
    films: np.ndarray
    person_weights: np.ndarray
    film_weights: np.ndarray
    precision: float
    person_freedom: float

    def design(self) -> np.ndarray:
        """(n_items, d): a 1 and the factors of each film."""
        return np.hstack([np.ones((len(self.films), 1), dtype=self.films.dtype), self.films[:, 1:]])


def draws(
    dataset: Dataset,
    embedding_dim: int,
    told: np.ndarray,
    raters: np.ndarray,
    burn_in: int,
    samples: int,
    thin: int,
    seed: int,
) -> Iterator[Draw]:
    """One draw in `thin` sweeps, after `burn_in` of them.

    told: (n_users, components) what people's seen films say. raters: (n_items, components) what a film's public says.
    """
    # Threads that spin while they wait make training four times slower as soon as anything else runs.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from reelrec.models.gibbs import Chain  # brings torch, which serving does without

    blocks = {name: block for name, block in dataset.features.items() if name not in TOO_MANY}
    known = [*(block.toarray() for block in blocks.values()), raters]
    chain = Chain(dataset, embedding_dim, [told], known, seed)
    for sweep in range(burn_in + samples * thin):
        chain.sweep()
        if sweep >= burn_in and (sweep - burn_in) % thin == thin - 1:
            state = (chain.people, chain.films, chain.person_weights, chain.film_weights)
            yield Draw(*(part.cpu().numpy().copy() for part in state), chain.precision, chain.person_freedom)


def unit_rows(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """A float32 matrix with an entry at each of these places, every row of length 1 or empty."""
    sizes = np.bincount(rows, minlength=shape[0])
    return csr_array(((1.0 / np.sqrt(sizes[rows])).astype(np.float32), (rows, columns)), shape=shape)


def principal(matrix: csr_array, components: int, seed: int) -> np.ndarray:
    """(n_columns, components) float32: the matrix times this has about unit spread in every column."""
    components = min(components, min(matrix.shape) // 4)
    if components < 1:
        return np.zeros((matrix.shape[1], 0), dtype=np.float32)
    _, sizes, rows = svds(matrix, k=components, random_state=seed)
    kept = sizes > 1e-3 * sizes.max()
    return (rows[kept].T / sizes[kept] * np.sqrt(matrix.shape[0])).astype(np.float32)


def aligned(draw: Draw, design: np.ndarray, counts: np.ndarray) -> Draw:
    """The same draw with the mean person at zero and its factors in the coordinates of `design`, (n_items, d).

    counts: (n_items,) ratings, which say how well a film's vector is known. Every predicted star stays what it was.
    """
    own = draw.design().astype(np.float64)
    centre = draw.people.mean(axis=0).astype(np.float64)
    bias = draw.films[:, 0] + own @ centre
    weights = counts[:, None]
    turn = np.linalg.solve(own.T @ (own * weights) + RIDGE * np.eye(own.shape[1]), own.T @ (design * weights))
    left, sizes, right = np.linalg.svd(turn[1:, 1:])
    turn[1:, 1:] = left * np.clip(sizes, 1 / STRETCH, STRETCH) @ right
    turn[:, 0] = np.eye(len(turn))[0]  # a film's 1 stays a 1
    people = (draw.people - centre) @ np.linalg.inv(turn).T
    films = np.column_stack([bias, (own @ turn)[:, 1:]])
    return Draw(
        people.astype(np.float32), films.astype(np.float32), draw.person_weights, draw.film_weights,
        draw.precision, draw.person_freedom,
    )  # fmt: skip


def shown(dataset: Dataset, seed: int) -> np.ndarray:
    """(n_ratings,) place of each rating in a random order of its person's."""
    order = np.lexsort((np.random.default_rng(seed).random(len(dataset.items)), dataset.users))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order)) - np.repeat(dataset.start[:-1], np.diff(dataset.start))
    return places


def newcomers_priors(
    dataset: Dataset, people: Sequence[np.ndarray], seen: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Films seen (sizes,), weights (sizes, 1 + d, d) and covariances (sizes, d, d) of a newcomer's prior.

    It is N([1, sum of seen / sqrt(n)] @ weights, covariance). people: draws of (n_users, d), over which the weights and
    the covariances are averaged. seen: (n_items, d). places: of `shown`.
    """
    counts, users, d = np.diff(dataset.start), dataset.users, seen.shape[1]
    found = []
    for n in SIZES:
        who = counts * SHOWN_AT_MOST >= n
        if n and who.sum() < min(FEWEST_PEOPLE, dataset.n_users):
            break
        part = places < n
        values = np.full(part.sum(), 1.0 / np.sqrt(max(n, 1)), dtype=np.float32)
        told = csr_array((values, (users[part], dataset.items[part])), shape=(dataset.n_users, dataset.n_items)) @ seen
        design = np.hstack([np.ones((who.sum(), 1)), told[who]])
        ridge = np.diag(np.r_[0.0, np.full(d, RIDGE * len(design) * max(told.var(), 1e-12))])
        solution = np.linalg.solve(design.T @ design + ridge, design.T) if n else np.zeros((1 + d, len(design)))
        weights = [solution @ draw[who] for draw in people]
        rests = [draw[who] - design @ weight for draw, weight in zip(people, weights, strict=True)]
        covariances = [rest.T @ rest / len(rest) for rest in rests]
        found.append((n, np.mean(weights, axis=0), np.mean(covariances, axis=0)))
    return tuple(np.array(column) for column in zip(*found, strict=True))


def selection(dataset: Dataset, bias: np.ndarray) -> np.ndarray:
    """(n_items,) stars by which those who chose a film rate it above what the mean person would.

    bias: (n_items,) what the mean person would. People see what they expect to like. Shrunk towards zero where few
    ratings tell, by the ratio of the spread within films to that between films.
    """
    counts = dataset.counts()
    rated = counts > 1
    means = dataset.sums() / np.maximum(counts, 1)
    away = np.where(rated, means - bias, 0.0)
    within = np.bincount(dataset.items, (dataset.ratings - means[dataset.items]) ** 2, dataset.n_items)
    within = within[rated].sum() / (counts[rated] - 1).sum()
    between = max(np.average(away[rated] ** 2, weights=counts[rated]) - within / counts[rated].mean(), 1e-6)
    return (away * counts / (counts + within / between)).astype(np.float32)


def thresholds(means: np.ndarray, sds: np.ndarray, ratings: np.ndarray) -> np.ndarray:
    """(9,) stars at which to cut N(mean, sd), so that each half-star is as frequent as it is among the ratings."""
    wanted = [np.clip((ratings <= half / 2).sum(), 0.5, len(ratings) - 0.5) for half in range(1, 10)]

    def over(cut: float, count: float) -> float:
        return float(ndtr((cut - means) / sds).sum(dtype=np.float64)) - count

    cuts = [brentq(over, FAR_BELOW, FAR_ABOVE, args=(count,), xtol=1e-6) for count in wanted]
    return np.maximum.accumulate(cuts).astype(np.float32)
