"""The policies without training: which films to ask about next.

Each policy gives every free film of a state an index and takes the films with the highest. `random`, `popularity` and
`entropy` do not depend on the answers. `greedy`, `thompson`, `linucb` and `lints` take films that the person may like.
`information-gain` and `a-optimal` take films whose ratings say most (`gains.py`). Those of `list_policies.py` take
films that say most about the list.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reelrec.interview.gains import Gains
from reelrec.interview.list_policies import greedy_slim, list_a_optimal, list_gain
from reelrec.interview.state import State, best

Choice = Callable[[State, int, np.random.Generator], np.ndarray]  # a policy: (B, n) places of the films to show
FONDNESS = 1.5  # e-folds of the index that a star adds at enjoyment 1
LEAST = 1e-9  # stars squared: the least gain of a film, because rounding can leave less than zero
RIDGE, WIDTH = 1.0, 1.0  # of LinUCB: the penalty of its regression, and the sds of its upper confidence bound


def random(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """Films drawn at random."""
    return best(rng.random(state.free.shape), state.free, n)


def popularity(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films with the most ratings, as in the notebook."""
    return best(np.broadcast_to(state.pool.fame, state.free.shape), state.free, n)


def entropy(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """Films with many and diverse ratings: popularity times entropy (Rashid et al., IUI 2002)."""
    return best(np.broadcast_to(state.pool.fame * state.pool.doubt, state.free.shape), state.free, n)


def greedy(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films with the highest expected stars."""
    return best(state.expected(), state.free, n)


def thompson(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films with the highest expected stars under one draw of the person's vector (Thompson, 1933)."""
    root = np.linalg.cholesky(state.belief.covariance)
    noise = (root @ rng.standard_normal((*root.shape[:2], 1)))[..., 0]
    return best(state.expected() + noise @ state.pool.centres.T, state.free, n)


def linucb(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest upper confidence bounds of a linear bandit on the films' vectors, fitted to this person alone."""
    theta, inverse = _regression(state)
    variance = np.einsum("kd,bde,ke->bk", state.pool.centres, inverse, state.pool.centres, optimize=True)
    bound = theta @ state.pool.centres.T + state.pool.levels.mean(axis=0) + WIDTH * np.sqrt(variance)
    return best(bound, state.free, n)


def lints(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The same bandit with a draw of its vector, Thompson sampling (Agrawal and Goyal, ICML 2013)."""
    theta, inverse = _regression(state)
    drawn = theta + WIDTH * (np.linalg.cholesky(inverse) @ rng.standard_normal((*theta.shape, 1)))[..., 0]
    return best(drawn @ state.pool.centres.T + state.pool.levels.mean(axis=0), state.free, n)


def information_gain(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest P(seen) times information gain."""
    return best(state.chances * Gains(state).information(), state.free, n)


def a_optimal(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest P(seen) times A-optimal gain: the films whose ratings lower the error of all predictions most.

    The state's enjoyment moves the index towards films that the person will love.
    """
    return screen(state, n)[0]


def screen(state: State, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The screen of `a_optimal`, (B, n) places, and the index of every film, (B, K).

    The index of a film on the screen is the one with which it was chosen; that of any other film is the last one.
    """
    gains, free, weight = Gains(state), state.free.copy(), 1.0 - state.enjoyment[:, None]
    likely = np.log(state.chances) + FONDNESS * state.expected() * state.enjoyment[:, None]
    people, index, chosen = np.arange(len(free)), likely, np.empty((len(free), n), dtype=np.int64)
    for place in range(n):
        now = likely + weight * np.log(np.maximum(gains.a_optimal(), LEAST))
        index = np.where(free, now, index) if place else now
        taken = best(now, free, 1)[:, 0]
        free[people, taken], chosen[:, place] = False, taken
        if place < n - 1:
            gains.suppose(taken, state.chances[people, taken])
    return chosen, index


def _regression(state: State) -> tuple[np.ndarray, np.ndarray]:
    """The vector (B, d) and the inverse (B, d, d) of LinUCB. Sherman and Morrison's formula adds each answer.

    Li et al., "A Contextual-Bandit Approach to Personalized News Article Recommendation", WWW 2010, with one vector for
    all arms. The reward is the rating less the film's mean.
    """
    pool, size = state.pool, state.pool.centres.shape[1]
    place = {item: place for place, item in enumerate(pool.items.tolist())}
    inverse = np.tile(np.eye(size) / RIDGE, (len(state.items), 1, 1))
    moment = np.zeros((len(state.items), size))
    for items, ratings in zip(state.items.T, state.ratings.T, strict=True):
        places = np.array([place.get(item, -1) for item in items.tolist()])
        known = (places >= 0)[:, None]
        films = np.where(known, pool.centres[places], 0.0)
        gain = np.einsum("bde,be->bd", inverse, films)
        scale = 1.0 / (1.0 + (gain * films).sum(axis=1))
        inverse -= gain[:, :, None] * gain[:, None, :] * scale[:, None, None]
        moment += np.where(known, (ratings - pool.levels.mean(axis=0)[places])[:, None] * films, 0.0)
    return np.einsum("bde,be->bd", inverse, moment), inverse


LIST_POLICIES: dict[str, Choice] = {
    "greedy-slim": greedy_slim,
    "list-a-optimal": list_a_optimal,
    "list-gain": list_gain,
}
POLICIES: dict[str, Choice] = {
    "random": random,
    "popularity": popularity,
    "entropy": entropy,
    "greedy": greedy,
    "thompson": thompson,
    "linucb": linucb,
    "lints": lints,
    "information-gain": information_gain,
    "a-optimal": a_optimal,
    **LIST_POLICIES,
}
