"""The map of films: each item has a place in the plane, near items that the same people love and that are like it.

It is trained by `reelrec.training.film_map`; serving reads places.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from scipy.spatial import cKDTree

from reelrec.models.arrays import ArrayModel

SIZE = 100.0  # the map reaches from -SIZE to SIZE


class FilmMap(ArrayModel):
    """Hyperparameters. alike: how much being alike counts beside being loved by the same people. perplexity: how many
    neighbours of an item count. regions: into how many the map is divided.

    Learned: `places_`, (n_items, 2) float16; `region_`, (n_items,) int16, the region that each item lies in; `names_`,
    (regions,) their names. A second row of a film lies where its main row does.
    """

    name = "map"
    builds_on: ClassVar[tuple[str, ...]] = ("dae", "bmf")
    arrays = ("places", "region", "names")

    def __init__(self, alike: float = 0.8, perplexity: float = 30.0, regions: int = 48, seed: int = 42) -> None:
        self.alike = alike
        self.perplexity = perplexity
        self.regions = regions
        self.seed = seed

    def keep(self, *, places: np.ndarray, region: np.ndarray, names: np.ndarray) -> None:
        """Hold what was learned. Raises ValueError or TypeError for arrays that are no map."""
        if places.dtype.kind != "f" or places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
            raise ValueError("a place is two numbers")
        if region.dtype.kind not in "iu" or region.shape != (len(places),) or names.dtype.kind != "U":
            raise TypeError("each film lies in a region, and each region has a name")
        if names.ndim != 1 or (len(region) and not 0 <= region.min() <= region.max() < len(names)):
            raise ValueError("a film lies in a region that is not there")
        self.places_, self.region_, self.names_ = places, region, names
        self.places = places.astype(np.float32)
        self.region = region.astype(np.int64)
        for array in (self.places_, self.region_, self.names_, self.places, self.region):
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def tree(self) -> cKDTree:
        """The places, for looking up which items lie near."""
        return cKDTree(self.places)

    @cached_property
    def centres(self) -> np.ndarray:
        """(regions, 2) float32: the middle of each region."""
        sums = np.stack([np.bincount(self.region, self.places[:, axis], len(self.names_)) for axis in (0, 1)], axis=1)
        counts = np.bincount(self.region, minlength=len(self.names_))
        centres: np.ndarray = (sums / np.maximum(counts, 1)[:, None]).astype(np.float32)
        centres.setflags(write=False)
        return centres
