"""Two workers on loopback learn what one process learns."""

import functools
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.cluster.training import train
from reelrec.errors import ArtifactError
from reelrec.training.trainers import trainer

pytestmark = [pytest.mark.train, pytest.mark.usefixtures("two_workers")]


LARGEST = 5e-4  # of the differences: factors ship as float16, weights as bytes, which a rounding error may tip over


def learned(store: ArtifactStore, name: str) -> dict[str, np.ndarray]:
    return {key: np.float64(array) for key, array in store.load(name).learned().items()}


def difference(one: dict, other: dict) -> float:
    return max(float(np.linalg.norm(one[key] - other[key]) / max(np.linalg.norm(one[key]), 1e-12)) for key in one)


def pids() -> list[int]:
    """The workers of this test."""
    mine = f"REELREC_TEST={os.getpid()}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            worker = b"RayTrainWorker" in (process / "cmdline").read_bytes()
            if worker and mine in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:  # it ended in between
            continue
    return found


@pytest.fixture(scope="module")
def alone(ratings, tmp_path_factory):
    """A store in which one process trained the artifact of that name."""

    @functools.cache
    def trained(name: str) -> ArtifactStore:
        store = ArtifactStore(tmp_path_factory.mktemp("alone"))
        trainer(name).train(store, ratings)
        return store

    return trained


@pytest.mark.parametrize("name", ["popularity", "ranker", "dae"])
def test_two_workers_learn_the_same_as_one_process(name, alone, ratings, tmp_path):
    together = ArtifactStore(tmp_path)
    workers = train(name, together, ratings, 2)
    assert difference(learned(alone(name), name), learned(together, name)) < LARGEST
    if name == "popularity":
        assert learned(alone(name), name)["counts"].tolist() == learned(together, name)["counts"].tolist()
    assert alone(name).manifest().entry(name)["data"] == together.manifest().entry(name)["data"]
    assert [worker.moved for worker in workers] == [workers[0].moved] * 2
    assert all(worker.moved > 0 and worker.peak > 1e7 for worker in workers)
    assert {path.name for path in tmp_path.iterdir()} == {"catalogue.parquet", "manifest.json", f"{name}.npz"}


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(alone, ratings, tmp_path):
    killed: list[int] = []

    def kill() -> None:
        """Once a checkpoint is there."""
        deadline = time.monotonic() + 120
        while not list(tmp_path.glob(".training-bmf/run/checkpoint_*/worker-1.npz")):
            if time.monotonic() > deadline:
                return
            time.sleep(0.02)
        for pid in pids()[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    train("bmf", ArtifactStore(tmp_path), ratings, 2, pause=1.0)
    killer.join()
    assert killed
    assert difference(learned(alone("bmf"), "bmf"), learned(ArtifactStore(tmp_path), "bmf")) < LARGEST
    assert not list(tmp_path.glob(".training*"))


def test_what_cannot_be_trained_is_said_in_one_sentence(ratings, tmp_path):
    with pytest.raises(ArtifactError, match=r"bmf is not in shipped/manifest.json. Run: python -m reelrec train bmf"):
        train("deepfm", ArtifactStore(tmp_path), ratings, 2)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".npz" or "training" in path.name] == []
