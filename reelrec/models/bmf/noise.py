"""The random numbers of the sampler: each follows from a seed, the sweep, its purpose, and the row it is for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from reelrec.data.ratings import random_numbers


class Noise(NamedTuple):
    """Random numbers of one purpose. keys: what they follow from besides the keys of a call."""

    keys: tuple[int, ...]

    def at(self, *keys: int) -> Noise:
        """The numbers of a narrower purpose."""
        return Noise((*self.keys, *keys))

    def rows(self, keys: np.ndarray, d: int) -> torch.Tensor:
        """(n, d) float32 standard normal numbers. keys: (n,) of the rows."""
        return torch.from_numpy(random_numbers.normals(d, *self.keys, keys))

    def gamma(self, shapes: torch.Tensor, keys: np.ndarray) -> torch.Tensor:
        """(n,) float64 gamma numbers of these shapes with scale 1. keys: (n,)."""
        return torch.from_numpy(random_numbers.gammas(shapes.double().cpu().numpy(), *self.keys, keys))

    def uniform(self) -> float:
        """A number between 0 and 1."""
        return float(random_numbers.uniforms(*self.keys))
