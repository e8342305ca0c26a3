"""Work of several processes: Ray starts them, and starts them again from the last checkpoint where one is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reelrec import errors
from reelrec.cluster.memory import peak_bytes
from reelrec.data.ratings.workers import Workers
from reelrec.errors import ClusterError, ReelRecError

PAUSE = 30.0  # seconds from one checkpoint to the next, at least
LOOK = {"RAY_TRAIN_HEALTH_CHECK_INTERVAL_S": "0.2"}  # a checkpoint waits for such a look; Ray's own two seconds add up
LOST_WORKERS = 3  # after so many it gives up

Work = Callable[[Workers, Any], float]


class Worked(NamedTuple):
    """What one worker did. seconds: of its work. moved: bytes, for sums. peak: bytes of memory."""

    seconds: float
    moved: int
    peak: int


class _Task(NamedTuple):
    """What each worker is asked to do. folder: for what they say and keep, on a disk that all of them reach."""

    work: Work
    asked: Any
    pause: float
    folder: Path

    @property
    def refused(self) -> Path:
        """The file in which a worker says why nothing can be done."""
        return self.folder / "refused.json"

    def told(self, rank: int) -> Path:
        """The file in which a worker says what it did."""
        return self.folder / f"worker-{rank}.json"


def together(work: Work, asked: Any, workers: int, folder: Path, pause: float = PAUSE) -> list[Worked]:
    """Let several workers do `work(worker, asked)`, which gives its seconds, inside of `ray_engine`.

    folder: for the time of the work; every machine of the cluster reaches it. Returns what each worker did. Raises
    ClusterError, and the ReelRecError of a worker.
    """
    import ray
    from ray.train import CheckpointConfig, FailureConfig, RunConfig, ScalingConfig
    from ray.train.torch import TorchConfig, TorchTrainer
    from ray.train.v2.api.exceptions import TrainingFailedError

    os.environ.update(LOOK | os.environ)
    folder = folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    gpus = int(ray.cluster_resources().get("GPU", 0)) >= workers
    task = _Task(work, asked, pause, folder)
    training = TorchTrainer(
        _work,
        train_loop_config={"task": task},
        torch_config=TorchConfig(backend="cpu:gloo,cuda:nccl" if gpus else "gloo"),
        scaling_config=ScalingConfig(num_workers=workers, use_gpu=gpus),
        run_config=RunConfig(
            name="run",
            storage_path=str(folder),
            failure_config=FailureConfig(max_failures=LOST_WORKERS),
            checkpoint_config=CheckpointConfig(num_to_keep=1),
        ),
    )
    try:
        training.fit()
        if task.refused.exists():
            kind, text = json.loads(task.refused.read_text(encoding="utf-8"))
            raise getattr(errors, kind)(text)
        return [Worked(**json.loads(task.told(rank).read_text(encoding="utf-8"))) for rank in range(workers)]
    except TrainingFailedError as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        raise ClusterError(f"The workers failed {LOST_WORKERS + 1} times, in the end with: {said[:300]}") from error
    except OSError as error:
        raise ClusterError(f"The work was not done: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _work(config: Mapping[str, _Task]) -> None:
    """One worker, in its process.

    An error of ours is said once and not tried again: the workers that Ray starts anew return at once.
    """
    from reelrec.cluster.workers import RayWorker

    task = config["task"]
    if task.refused.exists():
        return
    worker = RayWorker(task.pause)
    try:
        with worker.threads():
            seconds = task.work(worker, task.asked)
    except ReelRecError as error:
        task.refused.write_text(json.dumps([type(error).__name__, str(error)]), encoding="utf-8")
        raise
    told = Worked(seconds=seconds, moved=worker.moved, peak=peak_bytes())
    task.told(worker.rank).write_text(json.dumps(told._asdict()), encoding="utf-8")
