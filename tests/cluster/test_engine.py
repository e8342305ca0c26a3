"""Ray is started and left by one function, and what keeps it from starting is one sentence."""

import os
import socket
import subprocess
import sys
import time

import pytest

from reelrec.cluster import engine
from reelrec.errors import ClusterError, OptionError


def test_workers_here_run_with_one_thread_each_and_end_with_the_block():
    ray = pytest.importorskip("ray")
    with engine.ray_engine(2) as workers:
        assert (workers, ray.cluster_resources()["CPU"]) == (2, 2)
        threads = ray.remote(lambda: (os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]))
        assert ray.get(threads.remote()) == ("1", "1")
        assert {node["NodeManagerAddress"] for node in ray.nodes()} == {engine.LOOPBACK}
    assert not ray.is_initialized()


def test_workers_here_run_at_the_priority_of_the_command():
    ray = pytest.importorskip("ray")
    with engine.ray_engine(1):
        assert ray.get(ray.remote(lambda: os.nice(0)).remote()) == os.nice(0)


def test_ray_ends_after_an_error_too():
    ray = pytest.importorskip("ray")
    with pytest.raises(ZeroDivisionError), engine.ray_engine(1):
        raise ZeroDivisionError
    assert not ray.is_initialized()


@pytest.mark.parametrize("listens", [True, False])
def test_a_cluster_that_does_not_answer_is_one_sentence_within_twenty_seconds(listens):
    pytest.importorskip("ray")
    with socket.socket() as server:
        server.bind((engine.LOOPBACK, 0))
        if listens:
            server.listen()  # and never says a word
        address = "{}:{}".format(*server.getsockname())
        began = time.monotonic()
        with pytest.raises(ClusterError, match=f"No Ray cluster answered at {address}"), engine.ray_engine(2, address):
            pass
    assert time.monotonic() - began < 20


def test_a_cluster_that_asks_for_a_token_says_where_it_is_looked_for(monkeypatch):
    pytest.importorskip("ray")
    refused = subprocess.CompletedProcess([], 1, b"", b"RPC error: InvalidAuthToken: it is missing or incorrect")
    monkeypatch.setattr(engine.subprocess, "run", lambda *words, **options: refused)
    with (
        pytest.raises(
            ClusterError, match=r"The cluster at 10\.0\.0\.5:6379 asks for a token\. Set RAY_AUTH_MODE=token"
        ),
        engine.ray_engine(2, "10.0.0.5:6379"),
    ):
        pass


@pytest.mark.parametrize("address", ["nowhere", "10.0.0.5", ":6379", "host:port"])
def test_what_is_no_address_is_not_tried(address):
    pytest.importorskip("ray")
    with pytest.raises(OptionError, match="is no address"), engine.ray_engine(2, address):
        pass


@pytest.mark.parametrize("workers", [0, -1])
def test_without_workers_nothing_is_started(workers):
    with pytest.raises(OptionError, match="1 or more"), engine.ray_engine(workers):
        pass


def test_without_ray_the_sentence_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OptionError, match="needs ray") as caught, engine.ray_engine(2):
        pass
    assert "requirements-cluster.txt" in str(caught.value)
