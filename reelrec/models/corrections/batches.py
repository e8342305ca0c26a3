"""Batches of episodes, and the dropout of a network that reads them, in torch.

Both follow the users' ids: which batch a user is in, and which numbers are dropped, is the same however many workers
share the users, and in whatever order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import torch

from reelrec.data.half_stars import half_star_places
from reelrec.data.ratings.random_numbers import bits, shorts, uniforms
from reelrec.data.ratings.workers import Workers
from reelrec.models.corrections.episodes import MAX_KNOWN, Episode, Purpose

Batch = dict[str, torch.Tensor]
BATCH = 64  # episodes of all workers, on average
WINDOW = 32  # batches whose episodes are parted by length together, so that little is padding


def n_batches(episodes: int) -> int:
    """The number of batches of an epoch. episodes: of all workers."""
    levels = _levels(episodes)
    return levels * -(-episodes // (BATCH * levels))


def _levels(episodes: int) -> int:
    """How many batches, of one length each, a window has."""
    return max(1, min(WINDOW, -(-episodes // BATCH)))


def batches(training: Sequence[Episode], workers: Workers, seed: int, epoch: int) -> Iterator[list[Episode]]:
    """All episodes once, in random batches of similar length; of each batch this worker's part, which may be empty."""
    lengths = np.array([len(episode.known.items) for episode in training], dtype=np.int64)
    keys = np.array([episode.key for episode in training], dtype=np.uint64)
    counts = workers.add(np.bincount(lengths, minlength=MAX_KNOWN + 1))
    n = int(counts.sum())
    levels = _levels(n)
    windows = n_batches(n) // levels
    shorter = np.cumsum(counts) - counts  # episodes of all workers
    rank = shorter[lengths] + counts[lengths] * uniforms(seed, epoch, Purpose.TIE, keys)
    window = (uniforms(seed, epoch, Purpose.WINDOW, keys) * windows).astype(np.int64)
    level = np.minimum(rank / max(n, 1) * levels, levels - 1).astype(np.int64)  # the last rank may be rounded up to n
    batch = window * levels + level
    members = np.split(np.argsort(batch, kind="stable"), np.cumsum(np.bincount(batch, minlength=windows * levels))[:-1])
    for place in np.random.default_rng([seed, epoch]).permutation(len(members)):
        yield [training[i] for i in members[place]]


def noisy(batch: Batch, seed: int, epoch: int) -> Batch:
    """The batch with other noise for each epoch."""
    keys = batch["noise"].numpy().view(np.uint64)
    return batch | {"noise": signed(bits(seed, epoch, Purpose.DROPOUT, keys))}


def signed(keys: np.ndarray) -> torch.Tensor:
    """Keys as torch holds them."""
    return torch.from_numpy(keys.view(np.int64))


class Dropout:
    """The dropout of one forward pass. Each call draws for the next layer of it.

    share: of the numbers that become zero. noise: (B,) of the batch.
    """

    def __init__(self, share: float, noise: torch.Tensor) -> None:
        self.share, self.noise, self.layers = share, noise.numpy().view(np.uint64), itertools.count()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """x: (B, ...). What is dropped of a user does not depend on how far the other axes are padded."""
        layer = next(self.layers)
        if not self.share:
            return x
        inner = np.ix_(*map(np.arange, x.shape[1:-1]))  # the places along each axis
        users = self.noise.reshape(-1, *[1] * (x.dim() - 2))
        kept = shorts(x.shape[-1], layer, users, *inner) >= round(self.share * 2**16)
        return x * torch.from_numpy(kept) / (1 - self.share)


def padded(rows: Sequence[np.ndarray], dtype: torch.dtype) -> torch.Tensor:
    """(len(rows), longest, ...), zeros where a row is shorter; at least one column."""
    width = max(1, *(len(row) for row in rows))
    table = np.zeros((len(rows), width, *rows[0].shape[1:]), dtype=rows[0].dtype)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return torch.as_tensor(table).to(dtype)


def filled(rows: Sequence[np.ndarray]) -> torch.Tensor:
    """(len(rows), longest) bool: where `padded` holds an entry of the row."""
    sizes = torch.tensor([len(row) for row in rows])
    return torch.arange(max(1, int(sizes.max()))) < sizes[:, None]


def collated(part: Sequence[Episode]) -> Batch:
    """The input of every net: the history (B, N), the targets (B, M), and the ratings of the targets (B, M).

    noise: (B,) int64 of the user's key, from which `Dropout` follows.
    """
    is_target = filled([episode.items for episode in part])
    return {
        "noise": signed(np.array([episode.key for episode in part], dtype=np.uint64)),
        "known": padded([episode.known.items for episode in part], torch.long),
        "stars": padded([half_star_places(episode.known.ratings) for episode in part], torch.long),
        "residuals": padded([episode.known.residuals for episode in part], torch.float32),
        "is_known": filled([episode.known.items for episode in part]),
        "items": padded([episode.items for episode in part], torch.long),
        "mean": padded([episode.expected.mean for episode in part], torch.float32),
        "sd": padded([episode.expected.sd for episode in part], torch.float32).masked_fill(~is_target, 1.0),
        "ratings": padded([episode.ratings for episode in part], torch.float32),
        "is_target": is_target,
    }
