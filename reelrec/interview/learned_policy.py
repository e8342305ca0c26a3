"""The learned policy, `policy`: a small network gives every film of a state a value, and a screen takes the highest.

    f(x_j) = s index_j + (1 - e) (v x_j + w relu(W x_j + b))

index_j is the index of `a_optimal`, e the person's enjoyment. x_j are features of the film for this person,
standardised over the films: what the beliefs about stars and about the list say of it, and its vector in `bmf`. The
network reads one film at a time, so it takes any number of films in any order (an equivariant layer: Zaheer et al.,
"Deep Sets", NeurIPS 2017). With v = w = 0 it is `a_optimal`, where training starts. Training draws screens from the
Plackett-Luce distribution of these values (`reinforce.py`); serving takes the highest.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from reelrec.data.ratings.roles import Role
from reelrec.interview.gains import Gains
from reelrec.interview.policies import screen
from reelrec.interview.state import State, best
from reelrec.models.arrays import Settings, read_arrays, write_arrays

OF_FILMS, OF_PEOPLE = 12, 3  # features, beside the film's vector
MOST_SCREENS, MOST_ANSWERS = 4, 50  # the most that training saw; a longer interview has the features of these
ARRAYS = ("scale", "linear", "first_weight", "first_bias", "second_weight")


class SetPolicy:
    """The network. weights: scale (), linear (features,), first_weight (width, features), first_bias (width,),
    second_weight (width,).
    """

    name = "policy"

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights_ = weights

    def __call__(self, state: State, n: int, rng: np.random.Generator) -> np.ndarray:
        """(B, n) places of the films to show."""
        return best(self.values(*features(state, n), state.enjoyment), state.free, n)

    def values(self, index: np.ndarray, x: np.ndarray, enjoyment: np.ndarray) -> np.ndarray:
        """(B, K) f of the formula. index: (B, K). x: (B, K, features). enjoyment: (B,)."""
        weights = self.weights_
        hidden = np.maximum(x @ weights["first_weight"].T + weights["first_bias"], 0.0)
        learned = x @ weights["linear"] + hidden @ weights["second_weight"]
        values: np.ndarray = weights["scale"] * index + (1.0 - enjoyment[:, None]) * learned
        return values


class Policies:
    """Learned policies by name, which share one file. updates: the number of gradient steps of their training."""

    name: ClassVar[str] = SetPolicy.name
    builds_on: ClassVar[tuple[str, ...]] = ("bmf", "interview")
    parts: ClassVar[tuple[str, ...]] = ()  # its weights are read alone
    by_film: ClassVar[bool] = False
    learns_from: ClassVar[Role] = Role.TUNE
    validates_on: ClassVar[Role | None] = None  # some of the tune users: `roles.validates_policy`

    def __init__(self, policies: dict[str, SetPolicy], updates: int) -> None:
        self.policies_ = policies
        self.updates = updates

    def settings(self) -> Settings:
        return {"updates": self.updates}

    def save(self, path: Path) -> None:
        """Write all policies to an .npz file."""
        names = sorted(self.policies_)
        stacked = {part: np.stack([self.policies_[name].weights_[part] for name in names]) for part in ARRAYS}
        write_arrays(path, self.settings(), {"names": np.array(names), **stacked})

    @classmethod
    def load(cls, path: Path) -> Self:
        """The policies that `save` wrote. Raises ArtifactError."""
        settings, arrays = read_arrays(path, "names", *ARRAYS)
        weights = [{part: arrays[part][i] for part in ARRAYS} for i in range(len(arrays["names"]))]
        policies = {name: SetPolicy(own) for name, own in zip(arrays["names"].tolist(), weights, strict=True)}
        return cls(policies, updates=int(settings["updates"]))


def features(state: State, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The index of `a_optimal` for a screen of n films, (B, K), and x, (B, K, features) float32."""
    gains, (_, index), pool = Gains(state), screen(state, n), state.pool
    alone, information, expected = gains.a_optimal(), gains.information(), state.expected()
    listed, usual = state.lister.scores(state.list_belief.hidden, pool.items), state.lister.bias(pool.items)
    films = (
        index, np.log(state.chances), np.log(alone), expected, np.log(information), pool.fame, pool.doubt,
        np.log(pool.noise), _distance(expected), listed, usual, _distance(listed - usual),
    )  # fmt: skip
    vectors = pool.centres[:, 1:]
    x = np.empty((*index.shape, OF_FILMS + OF_PEOPLE + vectors.shape[1]), dtype=np.float32)
    for place, part in enumerate((*films, *vectors.T)):
        x[..., place] = _standardised(np.broadcast_to(part, index.shape), state.free)
    answered = np.minimum((state.ratings > 0).sum(axis=1), MOST_ANSWERS)
    screens = np.full(len(index), min(state.screens, MOST_SCREENS))
    for place, person in enumerate((screens / 5, answered / 10, state.belief.steadiness - 1), -OF_PEOPLE):
        x[..., place] = person[:, None]
    return index, x


def _distance(part: np.ndarray) -> np.ndarray:
    """(B, K) how far each film is from the mean of all."""
    return np.abs(part - part.mean(axis=1, keepdims=True))


def _standardised(part: np.ndarray, free: np.ndarray) -> np.ndarray:
    """(B, K) scaled to mean 0 and sd 1 over each person's free films."""
    count = np.maximum(free.sum(axis=1, keepdims=True), 1)
    mean = (part * free).sum(axis=1, keepdims=True) / count
    sd = np.sqrt(((part - mean) ** 2 * free).sum(axis=1, keepdims=True) / count)
    return (part - mean) / np.maximum(sd, 1e-6)
