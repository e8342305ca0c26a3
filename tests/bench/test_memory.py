"""What `bench memory` measures: real processes of the app, with arrays of their own and shared ones."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from reelrec import bench
from reelrec.bench import memory
from reelrec.errors import OptionError, ReelRecError


def has_smaps() -> bool:
    return os.path.exists("/proc/self/smaps_rollup")


pytestmark = pytest.mark.skipif(not has_smaps(), reason="/proc/PID/smaps_rollup is Linux only")


def test_processes_are_started_and_measured_with_arrays_of_their_own_and_shared_ones(tiny_artifacts, monkeypatch):
    ended = []
    wait = subprocess.Popen.wait
    monkeypatch.setattr(subprocess.Popen, "wait", lambda self, *words: ended.append(self.pid) or wait(self, *words))
    made = bench.run("memory", processes=2)
    assert [(row["arrays"], row["processes"]) for row in made.rows] == [
        ("own", 1), ("own", 2), ("shared", 1), ("shared", 2),
    ]  # fmt: skip
    for row in made.rows:
        assert row["pss_mb"] == pytest.approx(row["pss_mb_each"] * row["processes"])
        assert 30 < row["pss_mb_each"] < row["rss_mb"] < 4000
        assert row["start_cpu_seconds"] > 0.1
    written = json.loads(made.to_json())
    assert {"catalogue", "bmf", "ranker"} <= set(written["shared_mb"])  # they went through the cache folder
    assert len(set(ended)) == 4
    assert not [pid for pid in ended if os.path.exists(f"/proc/{pid}")]


def test_pages_that_two_processes_share_count_once_in_their_pss(tmp_path):
    np.save(tmp_path / "large.npy", np.ones(25_000_000 // 8))
    code = (
        "import sys, numpy; array = numpy.load(sys.argv[1], mmap_mode='r'); array.sum(); print('ready', flush=True);"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "large.npy")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as one:
        assert one.stdout.readline() == "ready\n"
        alone = memory.held(one.pid)["Pss"]
        with subprocess.Popen(command, **pipes) as other:
            assert other.stdout.readline() == "ready\n"
            together = memory.row("shared", [memory.Running(process.pid, 1.0) for process in (one, other)])
            other.kill()
        one.kill()
    assert together["pss_mb"] * 1e6 < 2 * alone - 20e6


def test_a_process_that_ends_early_is_told_with_what_it_said(monkeypatch):
    monkeypatch.setattr(memory, "CHILD", "raise SystemExit('no models here')")
    with pytest.raises(ReelRecError, match="ended before its visit:\nno models here"):
        bench.run("memory", processes=1)


def test_the_verdict_says_what_sharing_saves():
    rows = [{"arrays": arrays, "processes": 10, "pss_mb": mb} for arrays, mb in (("own", 4000.0), ("shared", 1000.0))]
    said = memory.verdict(rows)
    assert said == (
        "10 processes hold 4,000 MB together with arrays of their own and 1,000 MB with shared ones (75% less)."
    )


def test_a_system_without_pss_is_told_before_anything_is_started(monkeypatch):
    monkeypatch.setattr(memory.os, "getpid", lambda: 0)
    with pytest.raises(OptionError, match="smaps_rollup, which this system does not have"):
        bench.run("memory")


@pytest.mark.parametrize("number", ["0", "-3"])
def test_fewer_processes_than_one_are_a_mistake(command, number):
    code, _, err = command("bench", "memory", "--processes", number)
    assert code == 2
    assert "Give 1 or more" in err


def test_processes_belong_to_memory_and_millions_to_training(command):
    for words, known in (
        (("train", "--processes", "2"), "bench memory"),
        (("memory", "--millions", "1"), "bench train"),
    ):
        code, _, err = command("bench", *words)
        assert code == 2
        assert known in " ".join(err.split())
