"""dev.py, which must run with nothing but Python: what it installs, when it installs again, what it runs."""

import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """dev.py over a folder of its own, with a .venv whose python only writes down what it was asked to do."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements-app.txt").write_text("a>=1\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements-app.txt\nb\n")
    (tmp_path / "requirements.txt").write_text("a>=1\nc\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> "$(dirname "$0")/../../said"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module.shutil, "which", lambda name: None)  # without uv, pip installs
    return module


@pytest.fixture
def said(tmp_path):
    """What the python of .venv was asked to do since the last look, a line each."""

    def read() -> list[str]:
        path = tmp_path / "said"
        found = path.read_text().replace(str(tmp_path) + os.sep, "").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return found

    return read


pytestmark = pytest.mark.skipif(os.name == "nt", reason="The stand-in for python is a shell script.")


def test_run_installs_what_serves_and_starts_the_app(dev, said):
    assert dev.main(["run", "--server.port", "9"]) == 0
    assert said() == [
        "-m pip install --quiet -r requirements-app.txt",
        "-m streamlit run streamlit_app.py --server.port 9",
    ]


def test_test_leaves_out_what_needs_training_packages(dev, said):
    dev.main(["test", "-x"])
    assert said() == ["-m pip install --quiet -r requirements-dev.txt", "-m pytest -x"]


def test_test_with_train_installs_and_runs_everything(dev, said):
    dev.main(["test", "--train", "-k", "svd"])
    assert said() == [
        "-m pip install --quiet -r requirements-dev.txt -r requirements.txt",
        "-m pytest --train -k svd",
    ]


def test_nothing_is_installed_twice(dev, said):
    dev.main(["test"])
    said()
    dev.main(["test"])
    assert said() == ["-m pytest"]


def test_a_changed_file_is_installed_again_even_if_another_file_names_it(dev, said, tmp_path):
    dev.main(["test"])
    said()
    (tmp_path / "requirements-app.txt").write_text("a>=2\n")
    dev.main(["test"])
    assert said()[0] == "-m pip install --quiet -r requirements-dev.txt"


def test_lint_checks_rules_and_format(dev, said):
    assert dev.main(["lint"]) == 0
    assert said()[1:] == ["-m ruff check", "-m ruff format --check"]


@pytest.mark.parametrize("words", [[], ["nope"], ["--help"]])
def test_other_words_show_the_usage(dev, said, capsys, words):
    assert dev.main(words) == 2
    assert "dev.py test --train" in capsys.readouterr().err
    assert said() == []


def test_an_old_python_is_told_so(dev, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert dev.main(["run"]) == 2
    assert "Python 3.11 or newer" in capsys.readouterr().err


def test_it_needs_no_package():
    done = subprocess.run([sys.executable, "-I", "-S", ROOT / "dev.py"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "python3 dev.py run" in done.stderr
