"""Ray for as long as a command runs: started on this machine, or that of a cluster."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from reelrec.errors import ClusterError, OptionError

INSTALL = "pip install -r requirements-cluster.txt"
LOOPBACK = "127.0.0.1"
OBJECT_STORE_BYTES = 256 * 2**20  # of a Ray that is started here; workers read their data from files
NO_TOKEN = b"InvalidAuthToken"  # what Ray says of a token that is missing or wrong
REACH_SECONDS = 15.0  # in which a cluster has to answer
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray would report to its makers
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else it warns, on a machine without a GPU, of what a GPU would see
}
QUIET = {"RAY_DATA_LOG_LEVEL": "ERROR", "RAY_BACKEND_LOG_LEVEL": "fatal"}  # unless the caller wants to see more
# Workers run at the priority of the command. At Ray's own niceness of 15 they hardly run on a busy machine (LOG.md).
PRIORITY = {"RAY_worker_niceness": "0"}
ONLY_HERE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}  # else servers of a Ray on one machine listen to all others
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}  # a worker is one core


@contextmanager
def ray_engine(workers: int | None = None, cluster: str | None = None) -> Iterator[int]:
    """Ray with this many workers on this machine, or the Ray of a cluster; gives the number of workers, one CPU each.

    workers: by default 1 here, and on a cluster one for each CPU that it has. cluster: HOST:PORT of its head. Ray is
    left again in the end, and one that was started here ends, also after an error. Raises OptionError where ray is not
    installed or workers are not 1 or more; ClusterError where the cluster does not answer, or Ray does not start.
    """
    if workers is not None and workers < 1:
        raise OptionError(f"{workers} workers can do nothing: ask for 1 or more.")
    os.environ.update(QUIET | PRIORITY | dict(os.environ))
    os.environ.update(ENVIRONMENT if cluster else ENVIRONMENT | ONLY_HERE)  # read when ray is imported
    try:
        import ray
    except ImportError as error:
        raise OptionError(f"More than one worker needs {error.name}. Run: {INSTALL}") from error
    if cluster is not None:
        _reach(cluster)
    try:
        _start(workers or 1, cluster)
        yield workers or (1 if cluster is None else max(1, int(ray.cluster_resources().get("CPU", 1))))
    finally:
        ray.shutdown()


def _start(workers: int, cluster: str | None) -> None:
    """Start Ray here, or connect to a cluster that answers. Raises ClusterError."""
    import ray

    environment = {"env_vars": ENVIRONMENT | ONE_THREAD}
    try:
        if cluster is not None:
            ray.init(address=cluster, log_to_driver=False, logging_level=logging.ERROR, runtime_env=environment)
            return
        ray.init(
            address="local",  # not the cluster that $RAY_ADDRESS names
            num_cpus=workers,
            include_dashboard=False,
            object_store_memory=OBJECT_STORE_BYTES,
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env=environment,
            _node_ip_address=LOOPBACK,
        )
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        where = "on this machine" if cluster is None else f"with the cluster at {cluster}"
        raise ClusterError(f"Ray could not start {where}: {_first_line(error)}") from error


def _reach(cluster: str) -> None:
    """Raises ClusterError for a cluster that does not answer as Ray in REACH_SECONDS.

    Ray itself would try for minutes and then end the process, so another process asks.
    """
    host, colon, port = cluster.rpartition(":")
    if not (host and colon and port.isdigit()):
        raise OptionError(f"--cluster {cluster!r} is no address. Write HOST:PORT of its head, such as 10.0.0.5:6379.")
    ask = [sys.executable, "-m", "ray.scripts.scripts", "health-check", "--address", cluster]
    with suppress(subprocess.TimeoutExpired):
        answer = subprocess.run(ask, capture_output=True, timeout=REACH_SECONDS, check=False)
        if answer.returncode == 0:
            return
        if NO_TOKEN in answer.stderr:
            raise ClusterError(
                f"The cluster at {cluster} asks for a token. Set RAY_AUTH_MODE=token, and its token in "
                "RAY_AUTH_TOKEN or in ~/.ray/auth_token, as its machines have it."
            )
    raise ClusterError(
        f"No Ray cluster answered at {cluster} in {REACH_SECONDS:.0f} seconds, or one of another version did. Give "
        "HOST:PORT of its head to --cluster, or use --workers for this machine."
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
