"""The ratings of one side of the sampler, users or items, and the draw of the vectors of its rows.

Rows of similar length are solved in one batch. A user's ratings lie with one worker, so each worker draws its own
users. An item's ratings lie with all of them, so its normal equations are added up before they are solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from scipy.sparse import csr_array

from reelrec.data.half_stars import LOWEST
from reelrec.data.ratings.workers import Workers
from reelrec.models.bmf.noise import Noise
from reelrec.models.bmf.prior import Prior

RATINGS_AT_ONCE = 300_000
ROWS_AT_ONCE = 2_000  # solved in one batch where the ratings lie with several workers
LONGEST_BY_SHORTEST = 1.25  # rows in one batch


class Batch(NamedTuple):
    """Rows of similar length. ids: (b,). columns, places: (b, longest), padded where a row is shorter.

    places: of the stars on their scale.
    """

    ids: torch.Tensor
    columns: torch.Tensor
    places: torch.Tensor


class Others(NamedTuple):
    """The other side, given which the rows are drawn.

    vectors: (n_columns, d), the bias first. weights: (n_columns,) factors of the noise's precision. mean: of all
    ratings, stars.
    """

    vectors: torch.Tensor
    weights: torch.Tensor
    mean: float


class RatingsSide:
    """The ratings by row, in batches of rows of similar length.

    ratings: (n, n_columns) uint8, the places of the stars. keys: (n,) what the random numbers of each row follow from.
    shared_by: the workers that hold parts of every row; None where each worker has rows of its own.
    """

    def __init__(self, ratings: csr_array, keys: np.ndarray, device: torch.device, shared_by: Workers | None) -> None:
        self.n, self.padding = ratings.shape
        self.keys, self.shared_by = keys, shared_by
        start, sizes = ratings.indptr, np.diff(ratings.indptr)
        total = sizes if shared_by is None else shared_by.add(sizes.copy())
        self.sizes = torch.tensor(total, dtype=torch.float32, device=device)
        narrow = np.int16 if self.padding <= np.iinfo(np.int16).max else np.int32  # half the memory for 30,000 items
        self.batches: list[Batch] = []
        for ids in length_batches(sizes):
            longest = max(1, int(sizes[ids].max()))
            filled = np.arange(longest) < sizes[ids][:, None]
            cells = (start[ids][:, None] + np.arange(longest))[filled]
            columns = np.full((len(ids), longest), self.padding, dtype=narrow)
            places = np.zeros((len(ids), longest), dtype=np.uint8)
            columns[filled], places[filled] = ratings.indices[cells], ratings.data[cells]
            self.batches.append(Batch(*(torch.from_numpy(array).to(device) for array in (ids, columns, places))))

    def draw(
        self, others: Others, scale: torch.Tensor, prior: Prior, noise: Noise
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw every row's vector from its conditional: vectors (n, d), and weighted sums of squared errors (n,).

        scale: (n,) alpha times the row's own weight.
        """
        d = others.vectors.shape[1]
        drawn, squares = others.vectors.new_empty(self.n, d), others.vectors.new_empty(self.n)
        normal = noise.rows(self.keys, d).to(drawn)
        pull = prior.mean @ prior.precision
        for ids, gram in self._normal_equations(others):
            by = scale[ids][:, None, None]
            factor = torch.linalg.cholesky(gram[:, :d, :d] * by + prior.precision)
            right = gram[:, :d, d:] * by + pull[ids][..., None]
            half = torch.linalg.solve_triangular(factor, right, upper=False) + normal[ids][..., None]
            vectors = torch.linalg.solve_triangular(factor.transpose(1, 2), half, upper=True)  # (b, d, 1)
            drawn[ids] = vectors[..., 0]
            ends = torch.cat([vectors, -torch.ones_like(vectors[:, :1])], dim=1)
            squares[ids] = (ends.transpose(1, 2) @ gram @ ends)[:, 0, 0].clamp_min(0.0)
        return drawn, squares

    def _normal_equations(self, others: Others) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Rows (b,) and their normal equations, (b, d + 1, d + 1) with the target last; every row has its turn."""
        if self.shared_by is None or self.shared_by.n == 1:  # nothing to add, so nothing need be kept
            yield from self._grams(others)
            return
        total = others.vectors.new_empty(self.n, *[others.vectors.shape[1] + 1] * 2)
        for ids, gram in self._grams(others):
            total[ids] = gram
        total = self.shared_by.add(total)
        for rows in torch.arange(self.n, device=total.device).split(ROWS_AT_ONCE):
            yield rows, total[rows]

    def _grams(self, others: Others) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Rows (b,) and what this worker's ratings add to their normal equations."""
        vectors, root = others.vectors, others.weights.sqrt()
        d = vectors.shape[1]
        table = vectors.new_zeros(len(vectors) + 1, d + 2)  # the last row is the padding
        table[:-1, 0], table[:-1, 1:d] = root, vectors[:, 1:] * root[:, None]
        table[:-1, d] = (LOWEST - others.mean - vectors[:, 0]) * root
        table[:-1, d + 1] = 0.5 * root
        for ids, columns, places in self.batches:
            design = table[columns.long()]  # (b, longest, d + 2)
            design[..., d] += places * design[..., d + 1]  # stars above the mean and the bias, times the root
            design = design[..., : d + 1]
            yield ids, design.transpose(1, 2) @ design


def length_batches(sizes: np.ndarray) -> list[np.ndarray]:
    """Row indices in batches: lengths within a batch are similar, and its number of ratings is bounded.

    sizes: (n,) the length of each row.
    """
    order = np.argsort(sizes, kind="stable")
    ascending, batches, first = sizes[order], [], 0
    while first < len(order):
        longest = max(8, int(LONGEST_BY_SHORTEST * ascending[first]))
        last = int(np.searchsorted(ascending, longest, side="right"))
        last = min(last, first + max(1, RATINGS_AT_ONCE // max(1, int(ascending[last - 1]))))
        batches.append(order[first:last])
        first = last
    return batches
