"""People drawn from the shipped Bayesian model, so that size can be tested without anybody's data.

    x ~ N(m_0, C_0),   v ~ Gamma(nu/2, nu/2),   n ~ COUNTS
    seen: n items with the largest  ln(ratings_i + 1) + TASTE ([1, q_i] . x) + Gumbel noise
    r_i  =  mu + b_i + [1, q_i] . x + N(0, 1 / (v w_i)),  cut into half-stars at the model's thresholds

The items are those of the mean draw of `bmf`, without its selection effect: here it comes of TASTE, by which people see
what they like. Taking the largest after adding Gumbel noise is sampling without replacement (Yellott, 1977). All random
numbers follow the person's id, so that the number of parts and of processes changes nobody.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Self

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.history import History
from reelrec.data.parts import NewParts, Parts, part_name
from reelrec.data.random_numbers import bits, normals, uniforms
from reelrec.data.roles import Role, has_role
from reelrec.errors import OptionError, PartsError
from reelrec.models.bmf.model import BMF

MOST_PEOPLE = 1_000_000_000
# Ratings of a Letterboxd train user: what so many per cent have at most.
PER_CENT = (0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100)
COUNTS = (2, 48, 71, 104, 212, 318, 506, 697, 823, 1047, 1706)
TASTE = 0.6  # by how much a star more raises the logarithm of how likely an item is seen
AT_ONCE = 64  # people; their table of items stays in the processor's cache
VECTOR, STEADINESS, COUNT, SEEN, NOISE, PART = range(6)  # purposes of random numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What people are drawn from. vectors: (n_items, d). levels: (n_items,) stars. fame: (n_items,) log of the ratings.

    noise: (n_items,) variance of one rating. centre, root: (d,) and (d, d) of a person's vector.
    """

    vectors: np.ndarray
    levels: np.ndarray
    fame: np.ndarray
    noise: np.ndarray
    centre: np.ndarray
    root: np.ndarray
    freedom: float
    thresholds: np.ndarray
    seed: int

    @classmethod
    def of(cls, bmf: BMF, n_ratings: np.ndarray, seed: int) -> Self:
        """The world of a model. n_ratings: (n_items,)."""
        everything = np.arange(len(n_ratings))
        centre, covariance = bmf.prior(History.empty().items)
        return cls(
            vectors=bmf.vectors(everything).mean(axis=0),
            levels=bmf.levels(everything).mean(axis=0),
            fame=np.log1p(n_ratings).astype(np.float32),
            noise=(1.0 / bmf.precisions_).astype(np.float32),
            centre=centre.astype(np.float32),
            root=np.linalg.cholesky(covariance).astype(np.float32),
            freedom=bmf.freedom_,
            thresholds=bmf.thresholds_,
            seed=seed,
        )

    def people(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The ratings of these people: who (index into ids), items and stars, (n,) each."""
        n, items = len(ids), np.arange(len(self.levels))
        column = ids[:, None]
        noise = normals(self.seed, VECTOR, column, np.arange(len(self.centre)))
        liked = (self.centre + noise @ self.root.T) @ self.vectors.T  # (n, n_items) stars above the item's
        drawn = uniforms(self.seed, SEEN, column, items).astype(np.float32)
        keys = self.fame + np.float32(TASTE) * liked - np.log(-np.log(np.clip(drawn, 1e-7, 1 - 1e-7)))
        counts = np.interp(uniforms(self.seed, COUNT, ids) * 100, PER_CENT, COUNTS).astype(np.int64)
        counts = np.minimum(counts, len(items))
        most = int(counts.max())
        best = np.argpartition(-keys, most - 1, axis=1)[:, :most]
        order = np.argsort(np.take_along_axis(-keys, best, axis=1), axis=1)
        told = np.arange(most) < counts[:, None]
        who, seen = np.repeat(np.arange(n), counts), np.take_along_axis(best, order, axis=1)[told]
        half = np.float64(self.freedom / 2)
        from scipy.special import gammaincinv

        steadiness = gammaincinv(half, uniforms(self.seed, STEADINESS, ids)) / half
        errors = normals(self.seed, NOISE, ids[who], seen) * np.sqrt(self.noise[seen] / steadiness[who])
        latent = self.levels[seen] + liked[who, seen] + errors
        return who, seen, HALF_STARS[np.searchsorted(self.thresholds, latent)]


def synth(people: int, n_parts: int, folder: Path, seed: int, processes: int | None = None) -> Parts:
    """Write a folder of parts with invented people, whose ids are 1 … people.

    processes: by default as many as there are cores. Raises OptionError, PartsError or ArtifactError.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise OptionError(f"{people:,} people cannot be drawn. Ask for 1 to {MOST_PEOPLE:,}.")
    if not 1 <= n_parts <= 10_000:
        raise OptionError(f"--parts {n_parts} is no number of parts. Give one from 1 to 10,000.")
    store = shipped_store()
    films, model = store.load_catalogue(), store.check(BMF.name)["sha256"]
    told = hashlib.sha256(f"{people} {n_parts} {seed} {model} {films.fingerprint}".encode())
    new = NewParts(
        folder=folder,
        name=f"{people:,} invented people, seed {seed}",
        id=told.hexdigest()[:32],
        n_parts=n_parts,
        n_items=films.n_items,
        fingerprint=films.fingerprint,
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    new.begin()
    files: dict[str, dict[str, Any]] = {}
    n = min(processes or os.cpu_count() or 1, n_parts)
    try:
        with ProcessPoolExecutor(n, multiprocessing.get_context("spawn")) as pool:
            made = pool.map(_part, range(n_parts), repeat(new), repeat(people), repeat(seed), repeat(store.folder))
            for part in progress.steps(made, n_parts):
                files |= part
    except OSError as error:
        raise PartsError(
            f"{folder} could not be written ({error.strerror or error}). Make room, and try again."
        ) from error
    except BrokenProcessPool as error:
        raise PartsError(f"{folder} was not finished, because a process was ended from outside.") from error
    return new.finish(files)


def _part(part: int, new: NewParts, people: int, seed: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Draw the people of one part and write them, in a process of its own."""
    from threadpoolctl import threadpool_limits

    store = ArtifactStore(folder)
    films = store.load_catalogue()
    world = World.of(store.load(BMF.name), films.n_ratings[: films.n_items], seed)
    ids = np.concatenate([*_ids(people, part, new.n_parts), np.zeros(0, dtype=np.int64)])
    files = {}
    with threadpool_limits(1):
        for role in Role:
            mine = ids[has_role(ids, role)]
            drawn = [world.people(mine[first : first + AT_ONCE]) for first in range(0, len(mine), AT_ONCE)]
            who = [mine[first * AT_ONCE :][part_of] for first, (part_of, _, _) in enumerate(drawn)]
            users, items, stars = (
                np.concatenate([*arrays, np.zeros(0, kind)]).astype(kind)
                for arrays, kind in (
                    (who, np.int64), ([one[1] for one in drawn], np.int32), ([one[2] for one in drawn], np.float32)
                )
            )  # fmt: skip
            files[part_name(role, part)] = new.write(role, part, users, items, stars)
    return files


def _ids(people: int, part: int, n_parts: int) -> Iterator[np.ndarray]:
    """The ids of a part, in blocks."""
    for first in range(1, people + 1, 1_000_000):
        ids = np.arange(first, min(first + 1_000_000, people + 1))
        yield ids[bits(PART, ids) % np.uint64(n_parts) == part]
