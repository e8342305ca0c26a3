"""The policies without training that ask for the sake of the list. They know the interviewer's pool only.

`greedy-slim` does not depend on the answers. `list-a-optimal` is the A-optimal design of `relevance.py`. `list-gain`
tries answers out: how much would the list of `dae` change, if the person gave a film few stars, or many?
"""

from __future__ import annotations

import numpy as np

from reelrec.data.half_stars import HIGHEST, LOWEST, half_star_places
from reelrec.interview.relevance import Relevance
from reelrec.interview.state import State, best

NEVER = 1e-6  # the chance of an answer about a film that the person has not seen
NODES, WEIGHTS = np.sqrt(3) * np.array([-1, 0, 1]), np.array([1, 4, 1]) / 6  # of Gauss and Hermite, for a Gaussian
LISTED = 500  # the items, with the highest bias, of which the list is made
ALIKE = 0.7  # of the gain of a film that is exactly like one on the screen is lost


def greedy_slim(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films from which a linear model reconstructs histories best, chosen one after another (arXiv 2406.06061)."""
    rank = np.empty(len(state.pool.items))
    rank[_relevance(state).order] = -np.arange(len(rank))
    return best(np.broadcast_to(rank, state.free.shape), state.free, n)


def list_a_optimal(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest P(seen) times A-optimal gain in the Gaussian of relevance, chosen one after another."""
    left = _relevance(state).after(state.asked, np.where(state.had, 1.0, NEVER))
    free, people, chosen = state.free.copy(), np.arange(len(state.free)), np.empty((len(state.free), n), np.int64)
    for place in range(n):
        taken = best(state.chances * left.gains(np.ones(free.shape)), free, 1)[:, 0]
        free[people, taken], chosen[:, place] = False, taken
        if place < n - 1:
            left = left.supposing(taken, state.chances[people, taken])
    return chosen


def list_gain(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The highest P(seen) times expected gain of the list; what is like a film on the screen already gains less."""
    vectors = state.lister.vectors(state.pool.items)
    cosines = np.maximum(vectors @ vectors.T, 0.0)  # (K, K)
    gains, free, people = state.chances * expected_gains(state), state.free.copy(), np.arange(len(state.free))
    nearest, chosen = np.zeros(free.shape), np.empty((len(free), n), dtype=np.int64)
    for place in range(n):
        taken = best(gains * (1 - ALIKE * nearest), free, 1)[:, 0]
        free[people, taken], chosen[:, place] = False, taken
        nearest = np.maximum(nearest, cosines[taken])
    return chosen


def expected_gains(state: State) -> np.ndarray:
    """(B, K) nats: the expected gain of the list's log-likelihood from the stars of each film.

    The stars are those of three nodes of what `bmf` expects. The list's probabilities after an answer are held against
    their mean over the answers (mutual information), so that a film whose stars change nothing gains nothing.
    """
    pool, belief, lister = state.pool, state.belief, state.lister
    spread = np.einsum("kd,bde,ke->bk", pool.centres, belief.covariance, pool.centres, optimize=True)
    sd = np.sqrt(spread + pool.noise / belief.steadiness[:, None])
    stars = np.clip(state.expected()[..., None] + sd[..., None] * NODES, LOWEST, HIGHEST)  # (B, K, 3)
    level = half_star_places(np.round(2 * stars) / 2)
    listed = lister.commonest(LISTED)
    gains = np.empty(state.free.shape)
    for person in range(len(gains)):  # one at a time, so that the answers of all films fit into memory
        entered = lister.entering(pool.items[:, None], level[person]).reshape(1, -1, lister.embedding_dim)
        hidden = state.list_belief.take(slice(person, person + 1)).supposing(lister, entered)[0]
        scores = lister.scores(hidden, listed).reshape(*level[person].shape, -1)  # (K, 3, LISTED)
        logs = scores - scores.max(axis=-1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=-1, keepdims=True))
        chances = np.exp(logs)
        mean = np.log(np.einsum("kal,a->kl", chances, WEIGHTS))[:, None]
        gains[person] = np.einsum("kal,kal,a->k", chances, logs - mean, WEIGHTS, optimize=True)
    return gains


def _relevance(state: State) -> Relevance:
    """The moments of the pool. Raises ValueError for a pool that has none."""
    if state.relevance is None:
        raise ValueError("The pool has no moments of relevance, so no policy of the list can ask about its films.")
    return state.relevance
