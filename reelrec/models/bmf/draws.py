"""The draws of the sampler that are kept, one every few sweeps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from reelrec import progress
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import State

if TYPE_CHECKING:
    from reelrec.models.bmf.gibbs import Chain

TOO_WIDE = {"actor"}  # blocks of features with too many columns for the sampler


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

    @classmethod
    def of(cls, chain: Chain) -> Self:
        """The state of the chain."""
        parts = (chain.users.vectors, chain.items.vectors, chain.users.weights, chain.items.weights)
        users, items, user_weights, item_weights = (part.cpu().numpy().copy() for part in parts)
        return cls(
            user_vectors=users,
            item_vectors=items,
            user_weights=user_weights,
            item_weights=item_weights,
            precision=chain.precision,
            user_freedom=chain.users.freedom,
        )

    @classmethod
    def restored(cls, state: State, place: int) -> Self:
        """A draw from what `_kept` gave. place: of the draw."""
        arrays: dict[str, Any] = {name: state[f"{name}_{place}"] for name in cls.__slots__}
        return cls(**{name: array if array.ndim else array.item() for name, array in arrays.items()})

    def design(self) -> np.ndarray:
        """(n_items, d): a 1 and the factors of each item."""
        ones = np.ones((len(self.item_vectors), 1), dtype=self.item_vectors.dtype)
        return np.hstack([ones, self.item_vectors[:, 1:]])


def sampler_draws(
    dataset: Dataset, settings: SamplerSettings, user_components: np.ndarray, item_components: np.ndarray
) -> list[Draw]:
    """Every `thin`-th state of the chain after `burn_in` sweeps.

    user_components: (n_users, components) of which items each user has seen. item_components: (n_items,
    rater_components) of who has rated each item.
    """
    # Threads that spin while they wait make training four times slower as soon as anything else runs.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from reelrec.models.bmf.gibbs import Chain  # imports torch, which serving does without

    chain = Chain(
        dataset,
        settings.embedding_dim,
        user_components=user_components,
        item_components=item_components,
        features=[block for name, block in dataset.features.items() if name not in TOO_WIDE],
        seed=settings.seed,
    )
    draws: list[Draw] = []
    if kept := dataset.workers.kept():
        chain.restore(kept)
        draws = [Draw.restored(kept, place) for place in range((chain.sweeps - settings.burn_in) // settings.thin)]
    for sweep in progress.steps(range(chain.sweeps, settings.burn_in + settings.samples * settings.thin)):
        chain.sweep()
        past = sweep - settings.burn_in
        if past >= 0 and past % settings.thin == settings.thin - 1:
            draws.append(Draw.of(chain))
        dataset.workers.keep(chain.sweeps, lambda: chain.state() | _kept(draws))
    return draws


def _kept(draws: Sequence[Draw]) -> dict[str, np.ndarray]:
    """What `Draw.restored` reads."""
    return {
        f"{name}_{place}": np.asarray(getattr(draw, name))
        for place, draw in enumerate(draws)
        for name in Draw.__slots__
    }
