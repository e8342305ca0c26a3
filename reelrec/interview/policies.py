"""Which films to ask about next: the policies that learn nothing before they ask.

Each gives every free film of a state an index and shows the highest. `random`, `popularity` and `entropy` ask everybody
the same kind of thing; `greedy`, `thompson`, `linucb` and `lints` show what the person may like; `information-gain` and
`a-optimal` ask what tells most (`gains.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reelrec.interview.gains import Gains
from reelrec.interview.state import State, best

Choice = Callable[[State, int, np.random.Generator], np.ndarray]  # (B, n) places of the films to show
FONDNESS = 1.5  # e-folds by which a star more outweighs what a film tells, where all is enjoyment
LEAST = 1e-9  # stars squared that a film is said to bring, where rounding leaves less
RIDGE, WIDTH = 1.0, 1.0  # of LinUCB: the penalty of its regression, and the sds that it hopes for


def random(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """Any film."""
    return best(rng.random(state.free.shape), state.free, n)


def popularity(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The most rated films, as the notebook asked."""
    return best(np.broadcast_to(state.pool.fame, state.free.shape), state.free, n)


def entropy(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """Films that many have rated and not alike: popularity times entropy (Rashid et al., IUI 2002)."""
    return best(np.broadcast_to(state.pool.fame * state.pool.doubt, state.free.shape), state.free, n)


def greedy(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest expected stars."""
    return best(state.expected(), state.free, n)


def thompson(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest stars under one draw of the person (Thompson, 1933)."""
    root = np.linalg.cholesky(state.belief.covariance)
    noise = (root @ rng.standard_normal((*root.shape[:2], 1)))[..., 0]
    return best(state.expected() + noise @ state.pool.centres.T, state.free, n)


def linucb(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest hope of a linear bandit on the films' vectors, which knows nothing of other people's tastes."""
    theta, inverse = _regression(state)
    spread = np.einsum("kd,bde,ke->bk", state.pool.centres, inverse, state.pool.centres, optimize=True)
    hope = theta @ state.pool.centres.T + state.pool.levels.mean(axis=0) + WIDTH * np.sqrt(spread)
    return best(hope, state.free, n)


def lints(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The same bandit, its vector drawn at random (Agrawal and Goyal, ICML 2013)."""
    theta, inverse = _regression(state)
    drawn = theta + WIDTH * (np.linalg.cholesky(inverse) @ rng.standard_normal((*theta.shape, 1)))[..., 0]
    return best(drawn @ state.pool.centres.T + state.pool.levels.mean(axis=0), state.free, n)


def information_gain(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """What is least known of the person, in the share in which people like this have seen it."""
    return best(state.chances * Gains(state).information(), state.free, n)


def a_optimal(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """What lowers the error of all predictions most, in the share in which people like this have seen it.

    The state's enjoyment moves it from there towards films that the person will love.
    """
    return screen(state, n)[0]


def screen(state: State, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The screen of `a_optimal`, (B, n), and every film's index when it was chosen or, of the others, at the end."""
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
    """LinUCB's vector (B, d) and inverse (B, d, d), each answer added by Sherman and Morrison's formula.

    Li et al., "A Contextual-Bandit Approach to Personalized News Article Recommendation", WWW 2010, with one arm's
    vector for all arms; the reward is the rating less the film's mean.
    """
    pool, size = state.pool, state.pool.centres.shape[1]
    place = {item: place for place, item in enumerate(pool.items.tolist())}
    inverse = np.tile(np.eye(size) / RIDGE, (len(state.items), 1, 1))
    moment = np.zeros((len(state.items), size))
    for items, ratings in zip(state.items.T, state.ratings.T, strict=True):
        places = np.array([place.get(item, -1) for item in items.tolist()])
        known = (places >= 0)[:, None]
        films = np.where(known, pool.centres[places], 0.0)
        told = np.einsum("bde,be->bd", inverse, films)
        scale = 1.0 / (1.0 + (told * films).sum(axis=1))
        inverse -= told[:, :, None] * told[:, None, :] * scale[:, None, None]
        moment += np.where(known, (ratings - pool.levels.mean(axis=0)[places])[:, None] * films, 0.0)
    return np.einsum("bde,be->bd", inverse, moment), inverse


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
}
