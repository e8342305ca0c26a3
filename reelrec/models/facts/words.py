"""The facts of all films as one design: the words of each film, each as strong as its block.

    x_fw  =  strength of the word's block / sqrt(number of the film's words in that block)

The blocks are those of `data/film_features.py`. A word's strength is the standard deviation that its effect has before
any film is seen, so that a ridge of 1 fits all blocks.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_array, hstack

from reelrec.models.arrays import Arrays
from reelrec.models.sparse import shared_csr

ARRAYS = ("blocks", "strengths", "edges", "start", "columns")


class Words:
    """The words of n_films films.

    blocks: (n_blocks,) names. strengths: (n_blocks,). edges: (n_blocks + 1,) first column of each block, and the end.
    start: (n_films + 1,) of each film's words. columns: (n,) int32 words, ascending in each film. design: (n_films, d)
    x of the formula.
    """

    def __init__(
        self, *, blocks: np.ndarray, strengths: np.ndarray, edges: np.ndarray, start: np.ndarray, columns: np.ndarray
    ) -> None:
        self.blocks, self.strengths, self.edges, self.start, self.columns = blocks, strengths, edges, start, columns
        n_films, n_blocks = len(start) - 1, len(blocks)
        block = np.searchsorted(edges, columns, side="right") - 1
        place = np.repeat(np.arange(n_films), np.diff(start)) * n_blocks + block  # of the film's block
        counts = np.bincount(place, minlength=n_films * n_blocks)
        self._known = (counts > 0).reshape(n_films, n_blocks)
        values = (strengths[block] / np.sqrt(counts[place])).astype(np.float32)
        shape = (n_films, int(edges[-1]))
        self.design = shared_csr("design", shape, lambda: csr_array((values, columns, start), shape=shape))
        for array in (*self.arrays().values(), self._known):
            array.setflags(write=False)

    @classmethod
    def of(cls, features: Mapping[str, csr_array], strengths: Mapping[str, float]) -> Words:
        """Of the features that have a strength. features: (n_films, width) by name of the block."""
        names = [name for name in strengths if name in features]
        joined = hstack([features[name] for name in names], format="csr")
        joined.sort_indices()
        return cls(
            blocks=np.array(names),
            strengths=np.array([strengths[name] for name in names], dtype=np.float32),
            edges=np.cumsum([0, *(features[name].shape[1] for name in names)]).astype(np.int32),
            start=joined.indptr.astype(np.int32),
            columns=joined.indices.astype(np.int32),
        )

    def only(self, *blocks: str) -> Words:
        """The same films and columns, with no words but those of these blocks."""
        block = np.searchsorted(self.edges, self.columns, side="right") - 1
        kept = np.isin(self.blocks, blocks)[block]
        return Words(
            blocks=self.blocks,
            strengths=self.strengths,
            edges=self.edges,
            start=np.r_[0, np.cumsum(kept)][self.start].astype(np.int32),
            columns=self.columns[kept],
        )

    def arrays(self) -> Arrays:
        """What a file holds; the constructor takes it."""
        return {name: getattr(self, name) for name in ARRAYS}

    def known(self, *blocks: str) -> np.ndarray:
        """(n_films,) bool: whether a film has a word in any of these blocks."""
        return np.asarray(self._known[:, np.isin(self.blocks, blocks)].any(axis=1))
