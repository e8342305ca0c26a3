"""dev.py, which must run with nothing but Python: what it installs and runs, and what it says when it cannot."""

import ast
import importlib.util
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = "python -m pip install --no-compile --quiet --require-hashes --no-deps"
LOG = '#!/bin/sh\nprintf "%s %s\\n" "$(basename "$0")" "$*" >> "$(dirname "$0")/../../calls"\n'

pytestmark = pytest.mark.skipif(os.name == "nt", reason="The stand-in for python is a shell script.")


@pytest.fixture
def program(tmp_path):
    """Write a program of .venv as a shell script, which writes down what it is asked to do before it does anything."""

    def write(name: str, script: str = "") -> None:
        path = tmp_path / ".venv" / "bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LOG + script)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return write


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load dev.py over a folder of its own, with locks and without uv."""

    def load() -> object:
        spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
        monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
        monkeypatch.setattr(module, "COMMAND", tmp_path / ".venv" / "bin" / "reelrec")
        monkeypatch.setattr(module.shutil, "which", lambda name: None)
        return module

    (tmp_path / "locks").mkdir()
    for name in ("app", "dev", "train", "cluster", "torch", "torch-cpu"):
        (tmp_path / "locks" / f"{name}.txt").write_text(f"{name}==1\n")
    return load


@pytest.fixture
def dev(load, program, monkeypatch):
    """dev.py with a .venv whose programs only write down what they are asked to do; no port is taken."""
    for name in ("python", "ruff", "mypy", "lint-imports"):
        program(name)
    module = load()
    monkeypatch.setattr(module, "taken", lambda port: False)
    return module


@pytest.fixture
def calls(tmp_path):
    """What the programs of .venv were asked to do since the last look, a line each."""

    def read() -> list[str]:
        path = tmp_path / "calls"
        lines = path.read_text().replace(str(tmp_path) + os.sep, "").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [line.strip() for line in lines]

    return read


def test_run_installs_what_the_app_needs_and_starts_it(dev, calls):
    assert dev.main(["run", "--server.port", "9"]) == 0
    assert calls() == [
        f"{PIP} -r locks/app.txt",
        "python -m streamlit run streamlit_app.py --server.address=127.0.0.1 --server.port 9",
    ]


@pytest.mark.parametrize("given", ["words", "environment"])
def test_the_app_listens_elsewhere_only_where_it_is_told_to(dev, calls, monkeypatch, given):
    words = ["--server.address=0.0.0.0"] if given == "words" else []
    if given == "environment":
        monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    dev.main(["run", *words])
    command = " ".join(["python -m streamlit run streamlit_app.py --server.address=0.0.0.0", *words])
    assert calls()[-1] == command


def test_the_command_reelrec_is_put_into_the_venv(dev, calls, tmp_path):
    dev.main(["run"])
    calls()
    subprocess.run([tmp_path / ".venv" / "bin" / "reelrec", "recommend", "--rate", "Heat=4.5"], cwd="/", check=True)
    assert calls() == ["python -m reelrec recommend --rate Heat=4.5"]


def test_test_leaves_out_the_training_packages(dev, calls):
    dev.main(["test", "-x"])
    assert calls() == [f"{PIP} -r locks/dev.txt", "python -m pytest -x"]


def test_train_takes_the_torch_for_the_cpu_where_pip_finds_one(dev, calls):
    for _ in range(2):
        dev.main(["test", "--train", "-k", "svd"])
    assert calls() == [
        *(f"{PIP} -r locks/{name}.txt" for name in ("dev", "train", "cluster", "torch-cpu")),
        "python -m pytest --train -k svd",
        "python -m pytest --train -k svd",
    ]


def test_train_takes_the_torch_of_pypi_elsewhere(dev, calls, program, capfd):
    program("python", 'case "$*" in *torch-cpu*) echo "no such version" >&2; exit 1;; esac\n')
    for _ in range(2):
        assert dev.main(["test", "--train"]) == 0
    assert calls() == [
        *(f"{PIP} -r locks/{name}.txt" for name in ("dev", "train", "cluster", "torch-cpu", "torch")),
        "python -m pytest --train",
        "python -m pytest --train",
    ]
    assert capfd.readouterr().err == ""


def test_nothing_is_installed_twice(dev, calls):
    dev.main(["test"])
    calls()
    dev.main(["test"])
    assert calls() == ["python -m pytest"]


def test_a_changed_lock_is_installed_again(dev, calls, tmp_path):
    dev.main(["test"])
    calls()
    (tmp_path / "locks" / "dev.txt").write_text("dev==2\n")
    dev.main(["test"])
    assert calls()[0] == f"{PIP} -r locks/dev.txt"


def test_uv_installs_where_there_is_one(dev, calls, program, tmp_path, monkeypatch):
    program("uv")
    monkeypatch.setattr(dev.shutil, "which", lambda name: str(tmp_path / ".venv" / "bin" / name))
    dev.main(["run"])
    assert calls()[0] == "uv pip install --python .venv/bin/python --quiet --require-hashes --no-deps -r locks/app.txt"


def test_fuzz_runs_the_loop_with_the_words(dev, calls):
    assert dev.main(["fuzz", "--minutes", "3"]) == 0
    assert calls() == [f"{PIP} -r locks/dev.txt", "python -m tests.fuzz.loop --minutes 3"]


def test_lint_runs_every_check_and_names_those_that_failed(dev, calls, program, capsys):
    program("ruff", 'test "$1" = format\n')
    program("lint-imports", "exit 1\n")
    assert dev.main(["lint"]) == 1
    assert calls()[1:] == ["ruff check", "ruff format --check", "mypy", "lint-imports"]
    assert capsys.readouterr().err == "Failed: ruff check, lint-imports. What to change is above.\n"


def test_lint_is_content_when_every_check_is(dev):
    assert dev.main(["lint"]) == 0


def test_lock_gives_every_package_one_version(dev, calls, tmp_path):
    assert dev.main(["lock", "--upgrade"]) == 0
    assert [line.split("dev.py lock ")[1] for line in calls()[1:]] == [
        "requirements.txt -o locks/app.txt --upgrade",
        "-c locks/app.txt requirements-dev.txt -o locks/dev.txt --upgrade",
        "-c locks/app.txt -c locks/dev.txt requirements-train.txt -o locks/train.txt --upgrade",
        "-c locks/app.txt -c locks/dev.txt -c locks/train.txt requirements-cluster.txt -o locks/cluster.txt --upgrade",
    ]


def test_lock_gives_torch_and_its_cuda_libraries_a_file_of_their_own(dev, tmp_path):
    head, numpy = "# python3 dev.py lock\n", "numpy==2.0 \\\n    --hash=sha256:2\n    # via torch\n"
    nvidia = "nvidia-cublas==1 ; sys_platform == 'linux' \\\n    --hash=sha256:3\n"
    torch = "torch==2.13.0 \\\n    --hash=sha256:1\n    # via -r requirements-train.txt\n"
    (tmp_path / "train.txt").write_text(head + nvidia + numpy + torch)
    dev.split_torch(tmp_path / "train.txt", tmp_path / "torch.txt")
    assert (tmp_path / "train.txt").read_text() == head + numpy
    assert (tmp_path / "torch.txt").read_text() == head + nvidia + torch


def test_audit_and_release_run_with_the_tools_of_the_venv(dev, calls):
    assert dev.main(["audit"]) == 0
    assert dev.main(["release", "1.2.3", "--dry-run"]) == 0
    assert calls() == [
        f"{PIP} -r locks/dev.txt",
        "python -m release.audit",
        "python -m release.publish 1.2.3 --dry-run",
    ]


@pytest.mark.parametrize("words", [[], ["nope"], ["--help"]])
def test_other_words_show_the_usage(dev, calls, capsys, words):
    assert dev.main(words) == 2
    assert "dev.py test --train" in capsys.readouterr().err
    assert calls() == []


def test_an_old_python_is_told_so(dev, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert dev.main(["run"]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_an_old_python_can_read_the_file():
    """Python 3.6 is what some long-lived systems still call python3."""
    text = (ROOT / "dev.py").read_text()
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text


def test_a_python_without_ensurepip_is_told_what_to_install(load, tmp_path, monkeypatch, capsys):
    dev = load()
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == (
        "This Python has no ensurepip, so it cannot make .venv. On Debian and Ubuntu run: apt install python3-venv\n"
    )
    assert not (tmp_path / ".venv").exists()


def test_a_half_made_venv_is_taken_away(load, tmp_path, monkeypatch, capsys):
    dev = load()

    def fail(folder: str, with_pip: bool) -> None:
        Path(folder).mkdir()
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(dev.venv, "create", fail)
    assert dev.main(["run"]) == 1
    assert "could not be made; the reason is above" in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_a_failed_installation_says_what_to_do_and_is_tried_again(dev, program, calls, capsys):
    program("python", 'test "$2" != pip\n')  # as pip ends without a network
    for _ in range(2):
        assert dev.main(["run"]) == 1
        assert capsys.readouterr().err.splitlines()[-1] == (
            "locks/app.txt could not be installed; the reason is above. Installing needs the network: "
            "once it is there, run the same command again."
        )
        assert calls() == [f"{PIP} -r locks/app.txt"]


@pytest.mark.parametrize("given", ["words", "word", "environment"])
def test_a_taken_port_is_named_before_the_app_starts(load, program, calls, capsys, monkeypatch, given):
    program("python")
    dev = load()
    monkeypatch.setattr(dev, "install", lambda *names: None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = {"words": ["--server.port", str(port)], "word": [f"--server.port={port}"], "environment": []}[given]
        if given == "environment":
            monkeypatch.setenv("STREAMLIT_SERVER_PORT", str(port))
        assert dev.main(["run", *words]) == 1
    assert f"Port {port} is taken. Choose another: python3 dev.py run --server.port {port + 1}" in (
        capsys.readouterr().err
    )
    assert calls() == []


def test_the_default_port_is_streamlits(dev, monkeypatch):
    monkeypatch.delenv("STREAMLIT_SERVER_PORT", raising=False)
    asked: list = []
    monkeypatch.setattr(dev, "taken", asked.append)
    dev.main(["run"])
    assert asked == [8501]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_it_ends_what_it_started(tmp_path, program, sent):
    """dev.py itself, as a process of its own, whose python sleeps until it is told to stop."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "dev.txt").write_text("")
    program(
        "python", 'test "$2" = pip && exit 0\ntrap "exit 0" TERM INT\necho $$ > pid\nwhile :; do sleep 0.05; done\n'
    )
    process = subprocess.Popen(
        [sys.executable, tmp_path / "dev.py", "test"],
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where the tests run behind nohup
    )
    pid = tmp_path / "pid"
    wait_until(lambda: pid.exists() and pid.read_text())
    child = int(pid.read_text())
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does
    else:
        process.send_signal(sent)
    assert process.wait(20) == 0
    assert not alive(child)


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_needs_no_package():
    done = subprocess.run([sys.executable, "-I", "-S", ROOT / "dev.py"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "python3 dev.py run" in done.stderr
