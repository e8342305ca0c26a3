"""Invented people: how many films each has rated, which ones, and with how many stars, drawn from `bmf`.

    n_u ~ the counts of train users,       x_u ~ N(0, C_0),       v_u ~ Gamma(nu/2, nu/2)
    film i is seen before film j with odds exp(s_ui) : exp(s_uj),     s_ui = ln(w_i) + c d_ui - c^2 var(d_i) / 2
    stars ~ N(mu + b_i + d_ui, 1 / (v_u w'_i)), cut at the thresholds,                d_ui = [1, q_i] . x_u

d is by how much a user likes an item more than the mean user does, under one draw of the items. w is the popularity of
an item, fitted so that each is seen as often as the catalogue says. c is how much taste steers what people see. Films
are drawn without replacement as an exponential race: item i comes at time E_i / exp(s_ui), and the first n_u are seen.

All random numbers of a person follow the seed and the person's id, so nobody depends on who is drawn beside them. Left
out: habits (people who never give a half), films that are seen together beyond what taste says, dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.data.half_stars import HALF_STARS
from reelrec.models.bmf.model import BMF

# How many ratings a train user has, at these shares of the users:
# np.quantile(np.diff(letterboxd_users(films, Role.TRAIN).start), SHARES).
SHARES = (0.0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0)
COUNTS = (2, 24, 48, 54, 71, 104, 174, 246, 283, 318, 417, 479, 561, 697, 823, 949, 1047, 1317, 1706)
STEERING = 0.9  # c: the mean of the stars is 3.48, as of the train users; at 0 it would be 3.35
TOGETHER = 64  # people in one product of matrices; always as many, so that no sum depends on who is in it
GRID = 64  # numbers of ratings over which the popularity is fitted
ROUNDS = 60  # of that fit
MOST_SEEN = 0.95  # the share of people who may have rated one film
NEVER = 80.0  # -s of an item that nobody sees; exp of it is still a float32


class Ratings(NamedTuple):
    """Ratings of some people, by person, in the order in which they saw the films.

    users: (n,) int64 ids. items: (n,) int32. stars: (n,) float32.
    """

    users: np.ndarray
    items: np.ndarray
    stars: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the people share. d = embedding_dim + 1.

    vectors: (d, n_items) float32 [1, q_i]. levels: (n_items,) float32 stars, mu + b_i. noise: (n_items,) float32 stars,
    the standard deviation of a usual person's ratings. spread: (d, d), its rows z @ spread are x_u for normal z.
    popularity: (n_items,) float32, ln(w_i) - c^2 var(d_i) / 2, where var is without the bias of people, which steers
    nothing. thresholds: (9,). freedom: nu.
    """

    seed: int
    vectors: np.ndarray
    levels: np.ndarray
    noise: np.ndarray
    spread: np.ndarray
    popularity: np.ndarray
    thresholds: np.ndarray
    freedom: float

    @classmethod
    def of(cls, model: BMF, n_ratings: np.ndarray, seed: int) -> World:
        """The world of a fitted model. n_ratings: (n_items,) how often each item was rated."""
        items = np.arange(len(n_ratings))
        draw = int(np.random.default_rng(seed).integers(len(model.item_biases_)))
        vectors, levels = model.vectors(items)[draw], model.levels(items)[draw]
        covariance = model.prior_covariances_[0].astype(np.float64)
        factors = vectors[:, 1:]
        variance = np.einsum("nd,de,ne->n", factors, covariance[1:, 1:], factors)
        weights = race_weights(n_ratings)
        popularity = np.full(len(weights), -NEVER)
        seen = weights > 0
        popularity[seen] = np.log(weights[seen]) - STEERING**2 * variance[seen] / 2
        return cls(
            seed=seed,
            vectors=np.ascontiguousarray(vectors.T),
            levels=levels,
            noise=(1.0 / np.sqrt(model.precisions_)).astype(np.float32),
            spread=np.linalg.cholesky(covariance).T.astype(np.float32),
            popularity=popularity.astype(np.float32),
            thresholds=model.thresholds_,
            freedom=model.freedom_,
        )

    def ratings(self, people: np.ndarray) -> Ratings:
        """The ratings of these people. people: (n,) ids, at most TOGETHER."""
        d, n_items = self.vectors.shape
        possible = int((self.popularity > -NEVER).sum())
        normal, race = np.zeros((TOGETHER, d), dtype=np.float32), np.ones((len(people), n_items), dtype=np.float32)
        random = [np.random.default_rng([self.seed, person]) for person in people.tolist()]
        counts, steadiness = np.empty(len(people), dtype=np.int64), np.empty(len(people), dtype=np.float32)
        for row, rng in enumerate(random):
            counts[row] = min(round(np.interp(rng.random(), SHARES, COUNTS)), possible)
            steadiness[row] = rng.standard_gamma(self.freedom / 2) / (self.freedom / 2)
            rng.standard_normal(out=normal[row], dtype=np.float32)
            rng.standard_exponential(out=race[row], dtype=np.float32)
        liking = ((normal @ self.spread) @ self.vectors)[: len(people)]  # d_ui, (n_people, n_items)
        times = np.exp(np.minimum(-self.popularity - np.float32(STEERING) * liking, np.float32(NEVER))) * race
        items = np.concatenate([first(own, n) for own, n in zip(times, counts.tolist(), strict=True)])
        rows = np.repeat(np.arange(len(people)), counts)
        errors = [rng.standard_normal(n, dtype=np.float32) for rng, n in zip(random, counts.tolist(), strict=True)]
        scatter = self.noise[items] / np.sqrt(steadiness)[rows]
        latent = self.levels[items] + liking[rows, items] + scatter * np.concatenate(errors)
        return Ratings(people[rows], items.astype(np.int32), HALF_STARS[np.searchsorted(self.thresholds, latent)])


def first(times: np.ndarray, n: int) -> np.ndarray:
    """(n,) the places of the n least times, the least first. times: (n_items,)."""
    early = np.flatnonzero(times <= np.partition(times, n - 1)[n - 1])
    return early[np.argsort(times[early], kind="stable")[:n]]


def race_weights(n_ratings: np.ndarray) -> np.ndarray:
    """(n_items,) w: with people's numbers of films, item i is seen by a share of them in proportion to n_ratings[i].

    In a race that ends at time t, item i is seen with the chance 1 - exp(-w_i t), and t is where these add up to the
    person's number of films. w is solved for by turns with the t of a grid of numbers.
    """
    numbers = np.interp((np.arange(GRID) + 0.5) / GRID, SHARES, COUNTS)
    numbers = np.minimum(numbers, 0.9 * (n_ratings > 0).sum())
    wanted = numbers.mean() * n_ratings / n_ratings.sum()
    while (wanted > MOST_SEEN).any():  # what is too much for one film goes to the others
        full = wanted >= MOST_SEEN
        wanted[full] = MOST_SEEN
        wanted[~full] *= (numbers.mean() - wanted[full].sum()) / wanted[~full].sum()
    weights = -np.log1p(-wanted)
    ends = numbers / numbers.mean()
    for _ in range(ROUNDS):
        for _ in range(3):  # steps of Newton's method for the ends of the races
            missed = np.exp(-np.outer(ends, weights))
            ends = np.maximum(ends + (numbers - (1 - missed).sum(axis=1)) / (missed @ weights), ends / 4)
        seen = (1 - np.exp(-np.outer(ends, weights))).mean(axis=0)
        weights = weights * np.where(seen > 0, np.log1p(-wanted) / np.log1p(-np.maximum(seen, 1e-300)), 0.0)
    return weights
