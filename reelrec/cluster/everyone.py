"""Everybody's lists: those of `recommend`, for all people of a folder of parts, by several workers.

Ray Data hands out pieces of parts to workers. A worker loads the artifacts once, reads a piece from the file of its
part, makes the lists with the code that serves visitors, and writes them. Only the names of pieces travel, so the
memory of a worker is that of the artifacts and of one part, however many people there are. On a cluster, all machines
see both folders under the same paths.

A worker that ends is started again by Ray, and its piece is made again from the beginning.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from reelrec import progress
from reelrec.artifacts.kinds import CATALOGUE, kind_of
from reelrec.artifacts.store import shipped_store
from reelrec.cluster.engine import ray_engine
from reelrec.cluster.lists_folder import SCHEMA, ListsFolder, Piece, tried, write_piece
from reelrec.cluster.memory import held_bytes
from reelrec.data.half_stars import clipped
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.errors import ClusterError, ReelRecError
from reelrec.models import predictive
from reelrec.serving import engine, resources
from reelrec.serving.picks.filters import Filters
from reelrec.serving.picks.predictions import RANGE
from reelrec.visitor.profile import Profile

PIECE = 1000  # people; a worker that is killed loses the work on one piece
TRIES = 5  # at a piece; Ray itself would start a worker again for ever


@dataclass(frozen=True, slots=True)
class Wish:
    """What lists are wanted: the arguments of `engine.recommend` after the profile."""

    n: int
    model: str | None
    dial: float
    filters: Filters

    def as_json(self) -> dict[str, Any]:
        """The same for lists.json: sets in order."""
        filters = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in asdict(self.filters).items()
        }
        return {"n": self.n, "model": self.model, "dial": self.dial, "filters": filters}


class Made(NamedTuple):
    """How many people have lists now, how many of them are of this run, and the rows of all."""

    people: int
    new: int
    rows: int


def lists_for_everybody(
    data: Path, out: Path, wish: Wish, workers: int | None = None, cluster: str | None = None
) -> Made:
    """Write a list for everybody in a folder of parts into the folder `out`; go on where an earlier run ended.

    Raises OptionError, PartsError, ClusterError or ArtifactError.
    """
    parts = Parts.open(data)
    parts.check_films(resources.catalogue())
    engine.first_items(
        resources.served(), Profile(), wish.n, engine.FALLBACK_MODEL, wish.dial, wish.filters
    )  # may raise
    pieces = [*_pieces(parts)]
    made_of = {
        "data": {"name": parts.name, "sha256": parts.sha256},
        "artifacts": _artifacts(wish.model),
        "options": wish.as_json() | {"people_in_a_piece": PIECE},
    }
    folder = ListsFolder.open(out, made_of)
    with folder.locked():
        missing = folder.missing(pieces)
        new = 0
        if missing:
            with ray_engine(workers, cluster) as n:
                work = _results(data.resolve(), out.resolve(), wish, missing, n)
                for line in progress.steps(work, n=len(missing)):
                    if fault := line.pop("fault"):
                        raise ClusterError(f"{fault} Run the same command again: it goes on with what is missing.")
                    new += line["people"]
                    folder.log(line)
        if left := folder.missing(pieces):
            raise ClusterError(f"{len(left):,} pieces were not written. Run the same command again.")
        people = sum(piece.people for piece in pieces)
        return Made(people=people, new=new, rows=folder.finish(people))


class ListMaker:
    """One worker: makes the lists of a piece. Ray keeps it, with all that it loaded, for all its pieces."""

    def __init__(self, data: Path, out: Path, wish: Wish) -> None:
        self.data, self.out, self.wish = data, out, wish
        self._read: tuple[str, int] | None = None  # the part that `_people` holds
        self._people: Dataset | None = None

    def __call__(self, batch: dict[str, np.ndarray]) -> dict[str, list[Any]]:
        """A batch of one piece; gives a line for the log. A fault is given as a sentence, with which the run ends."""
        piece = Piece(*(column[0] for column in (batch[name] for name in Piece._fields)))
        began, fault = time.perf_counter(), ""
        try:
            with tried(self.out / f"{piece.name}.parquet", TRIES) as path:
                write_piece(path, self.lists(piece))
        except ReelRecError as error:
            fault = str(error)
        except OSError as error:
            fault = f"{error.filename or piece.name} could not be read or written: {error.strerror or error}."
        line = {
            "piece": piece.name,
            "people": int(piece.people),
            "seconds": round(time.perf_counter() - began, 2),
            "worker": os.getpid(),
            "memory_mb": round(held_bytes() / 2**20),
            "fault": fault,
        }
        return {name: [value] for name, value in line.items()}

    def lists(self, piece: Piece) -> pa.Table:
        """Columns of SCHEMA: the list of each person of the piece, best first."""
        people, served = self._part(piece), resources.served()
        slugs = served.films.slugs
        columns: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
        for user in range(piece.first, piece.first + piece.people):
            ratings = people.history(user)
            profile = Profile(ratings=dict(zip(ratings.items.tolist(), ratings.ratings.tolist(), strict=True)))
            name, found = engine.first_items(
                served, profile, self.wish.n, self.wish.model, self.wish.dial, self.wish.filters
            )
            n = len(found.items)
            columns["user_id"] += [int(people.user_ids[user])] * n
            columns["rank"] += range(1, n + 1)
            columns["film_id"] += [slugs[item] for item in found.items.tolist()]
            columns["score"] += found.scores.tolist()
            columns["model"] += [name] * n
            for key, values in _stars(found).items():
                columns[key] += values
        return pa.table(columns, schema=SCHEMA)

    def _part(self, piece: Piece) -> Dataset:
        """The people of the part, which is kept for its other pieces."""
        if self._people is None or self._read != (piece.role, piece.part):
            self._people = None  # the part before is let go of first
            self._people = Parts.open(self.data).read(Role(piece.role), [int(piece.part)])
            self._read = (piece.role, piece.part)
        return self._people


def _stars(found: engine.Found) -> dict[str, list[float | None]]:
    """The columns stars, low and high, as `Pick` has them."""
    nothing: list[float | None] = [None] * len(found.items)
    if found.stars is None:
        return {"stars": nothing, "low": nothing, "high": nothing}
    stars = clipped(found.stars.mean).tolist()
    if found.stars.distribution is None:
        return {"stars": stars, "low": nothing, "high": nothing}
    low, high = predictive.interval(found.stars.distribution, RANGE)
    return {"stars": stars, "low": low.tolist(), "high": high.tolist()}


def _results(data: Path, out: Path, wish: Wish, pieces: list[Piece], workers: int) -> Iterator[dict[str, Any]]:
    """The lines of the pieces, as they are done."""
    import ray

    ray.data.DataContext.get_current().enable_progress_bars = False  # there is one already
    rows = [piece._asdict() for piece in pieces]
    yield from (
        ray.data.from_items(rows, override_num_blocks=len(rows))
        .map_batches(
            ListMaker,
            fn_constructor_args=(data, out, wish),
            batch_size=1,
            num_cpus=1,
            compute=ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=2),
        )
        .iter_rows()
    )


def _pieces(parts: Parts) -> Iterator[Piece]:
    """All people of all roles, PIECE at a time."""
    for role in Role:
        for part, file in enumerate(parts.index.of_role(role)):
            for number, first in enumerate(range(0, file.people, PIECE)):
                yield Piece(role.value, part, number, first, min(PIECE, file.people - first))


def _artifacts(model: str | None) -> dict[str, str]:
    """The sha256 of the catalogue and of each model that has a part in the lists. Raises OptionError."""
    manifest = shipped_store().manifest()
    names = dict.fromkeys((*engine.LOADED_AHEAD, *((model, *kind_of(model).parts) if model else ())))
    entries = ((name, manifest.entry(name)) for name in (CATALOGUE, *names))
    return {name: str(entry["sha256"]) for name, entry in entries if entry}
