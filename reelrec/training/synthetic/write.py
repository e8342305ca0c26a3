"""Writing invented people as a folder of parts, a part at a time and as many at once as there are cores."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.part_files.file import SCHEMA, part_of
from reelrec.data.ratings.part_files.index import PartFile
from reelrec.data.ratings.part_files.writer import PartsWriter, write_file
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role, has_role
from reelrec.errors import OptionError
from reelrec.models.bmf.model import BMF
from reelrec.training.synthetic.world import TOGETHER, World

MOST_PEOPLE = 10**10
IDS_AT_ONCE = 1 << 22
BATCHES_AT_ONCE = 16  # of TOGETHER people, in one piece of the file
FEW = 20_000  # people for whom other processes would not be worth their start


def synthesise(folder: Path, n_people: int, n_parts: int, seed: int) -> Parts:
    """Write the ratings of invented people, whose ids are 0 to n_people - 1, and read the folder's index.

    Raises OptionError for numbers that cannot be or a folder that holds anything; ArtifactError without `bmf`; OSError.
    """
    if not 1 <= n_people <= MOST_PEOPLE:
        raise OptionError(f"{n_people:,} people cannot be invented. Ask for 1 to {MOST_PEOPLE:,}.")
    if seed < 0:
        raise OptionError(f"A seed is 0 or more, not {seed}.")
    films = shipped_store().load_catalogue()
    world = shipped_world(films, seed)
    name = f"synthetic-{n_people}-{seed}"
    data = hashlib.sha256(f"{name} {n_parts} {films.fingerprint} {_checksum(world)}".encode()).hexdigest()[:32]
    with PartsWriter(folder, name=name, data=data, n_parts=n_parts, films=films) as writer:
        job = _Job(world, folder, data, n_people, n_parts)
        for part, files in _written(job):
            for role, file in files.items():
                writer.add(role, part, file)
    return Parts.open(folder)


def shipped_world(films: Catalogue, seed: int) -> World:
    """The world of the `bmf` that ships. Raises ArtifactError."""
    model = shipped_store().load(BMF.name)
    return World.of(model, films.n_ratings[: films.n_items], seed)


class _Job:
    """What writes one part; each process gets it once."""

    def __init__(self, world: World, folder: Path, data: str, n_people: int, n_parts: int) -> None:
        self.world, self.folder, self.data = world, folder, data
        self.n_people, self.n_parts = n_people, n_parts

    def write(self, part: int) -> tuple[int, dict[Role, PartFile]]:
        """Write the files of a part."""
        with threadpool_limits(1):  # the parts are what runs at once
            people = self.people(part)
            files = {
                role: write_file(
                    self.folder, self.data, role, part, self.n_parts, self.batches(people[has_role(people, role)])
                )
                for role in Role
            }
        return part, files

    def people(self, part: int) -> np.ndarray:
        """(n,) the ids of the people of a part, ascending."""
        found = []
        for begin in range(0, self.n_people, IDS_AT_ONCE):
            ids = np.arange(begin, min(begin + IDS_AT_ONCE, self.n_people))
            found.append(ids[part_of(ids, self.n_parts) == part])
        return np.concatenate(found)

    def batches(self, people: np.ndarray) -> Iterator[pa.RecordBatch]:
        """The ratings of these people, some of the people at a time."""
        for begin in range(0, len(people), TOGETHER * BATCHES_AT_ONCE):
            ends = range(begin, min(begin + TOGETHER * BATCHES_AT_ONCE, len(people)), TOGETHER)
            pieces = [self.world.ratings(people[end : end + TOGETHER]) for end in ends]
            columns = [pa.array(np.concatenate(column)) for column in zip(*pieces, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


_job: _Job | None = None  # in a process that writes parts


def _hold(job: _Job) -> None:
    global _job
    _job = job


def _write(part: int) -> tuple[int, dict[Role, PartFile]]:
    assert _job is not None
    return _job.write(part)


def _written(job: _Job) -> Iterator[tuple[int, dict[Role, PartFile]]]:
    """The files of each part, as they are done."""
    processes = min(os.cpu_count() or 1, job.n_parts)
    if job.n_people <= FEW or processes == 1:
        yield from (job.write(part) for part in progress.steps(range(job.n_parts)))
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, initializer=_hold, initargs=(job,)) as workers:
        try:
            yield from progress.steps(workers.map(_write, range(job.n_parts)), job.n_parts)
        except BaseException:
            workers.shutdown(cancel_futures=True)  # else all parts would be written before the error is said
            raise


def _checksum(world: World) -> str:
    """A checksum of what the ratings are drawn from: another bmf makes other people."""
    arrays = (world.vectors, world.levels, world.noise, world.spread, world.popularity, world.thresholds)
    digest = hashlib.sha256(f"{world.seed} {world.freedom}".encode())
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
