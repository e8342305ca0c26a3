"""`evaluate` on a folder of parts: each part's test users are measured by themselves, by any worker, and joined."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reelrec import progress
from reelrec.cluster.engine import ray_engine
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError, ReelRecError
from reelrec.evaluation.protocol import Protocol
from reelrec.evaluation.registry import PROTOCOLS
from reelrec.evaluation.report import Report
from reelrec.evaluation.shards import TestUsers, shard_data, test_users
from reelrec.serving import resources


def evaluate(
    chosen: Protocol,
    data: Path,
    models: Sequence[str] | None = None,
    people: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
) -> Report:
    """The report of a protocol over the test users of a folder of parts, by the shipped models.

    models: names. people: the size of a seeded sample. Without workers and cluster this process measures, part after
    part. Raises OptionError, PartsError, ArtifactError, ClusterError or RatingsFileError.
    """
    if not chosen.in_shards:
        names = " and ".join(name for name, protocol in PROTOCOLS.items() if protocol.in_shards)
        raise OptionError(f"{chosen.name} does not measure parts by themselves: only {names} do.")
    began = time.perf_counter()
    parts = Parts.open(data)
    parts.check_films(resources.catalogue())
    everybody = test_users(parts, people)
    tasks = [(chosen.name, data.resolve(), part, everybody, models) for part in range(parts.n_parts)]
    if workers is None and cluster is None:
        measured = [measure(*task) for task in progress.steps(tasks)]
    else:
        with ray_engine(workers, cluster) as n:
            measured = [*progress.steps(_measured(tasks, n), n=len(tasks))]
    dataset = {
        "name": f"{parts.name} {Role.TEST} users",
        "sha256": parts.sha256,
        "people": everybody.people,
        "ratings": everybody.ratings,
    }
    return chosen.load().report([shard for shard in measured if shard is not None], dataset, began)


def measure(name: str, data: Path, part: int, everybody: TestUsers, models: Sequence[str] | None) -> Any:
    """What the users of one part add; None where nobody is measured."""
    shard = shard_data(Parts.open(data), part, everybody)
    return None if shard is None else PROTOCOLS[name].load().measured(shard, models)


def _measured(tasks: Sequence[tuple], workers: int) -> Iterator[Any]:
    """What `measure` makes of each task, in their order; so many at once. Ray gives a killed worker's task to another.

    Raises what a worker raised.
    """
    import ray

    remote = ray.remote(num_cpus=1)(_guarded)
    left, running, done = [*enumerate(tasks)], dict[Any, int](), dict[int, Any]()
    for place in range(len(tasks)):
        while place not in done:
            while left and len(running) < workers:
                number, task = left.pop(0)
                running[remote.remote(*task)] = number
            ready, _ = ray.wait([*running])
            for reference in ready:
                done[running.pop(reference)] = ray.get(reference)
        result = done.pop(place)
        if isinstance(result, ReelRecError):
            raise result
        yield result


def _guarded(*task: Any) -> Any:
    """`measure`; an error that ReelRec explains comes back as it is, not as one of Ray."""
    try:
        return measure(*task)
    except ReelRecError as error:
        return error
