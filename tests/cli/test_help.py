"""What the program says of itself: help, examples, version, completion."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from typer import completion as of_typer

import reelrec
from reelrec.cli import completion
from reelrec.cli.commands import PROGRAM
from reelrec.cli.main import app

ROOT = Path(__file__).parents[2]
GROUP = typer.main.get_command(app)
COMMANDS = [
    *((name,) for name in GROUP.commands),
    *(("data", name) for name in GROUP.commands["data"].commands),
]


def test_the_version_is_the_one_of_the_project(command):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert command("--version") == (0, f"ReelRec {project['version']}\n", "")
    assert reelrec.__version__ == project["version"]


@pytest.mark.parametrize("words", [(), *COMMANDS], ids=" ".join)
def test_every_command_has_a_help_with_examples_that_can_be_called(command, words):
    code, out, err = command(*words, "--help")
    assert (code, err) == (0, "")
    assert not re.search(r"<\w+(\[\w+\])?>", out)
    shown = GROUP
    for word in words:
        shown = shown.commands[word]
    calls = [line for line in shown.epilog.splitlines() if line.startswith(PROGRAM)]
    assert calls
    for call in calls:
        assert len(call) < 79
        assert call in out
        name, *rest = shlex.split(call)[3:]
        called = GROUP.commands[name]
        if hasattr(called, "commands"):
            called, rest = called.commands[rest[0]], rest[1:]
        called.make_context(name, rest)  # raises for a call that is a mistake


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, in which bash runs."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(of_typer, "_get_shell_name", lambda: "bash")
    return tmp_path


def test_bash_completes_commands_and_options_of_reelrec(command, home):
    code, out, err = command("--install-completion")
    assert (code, err.count(".venv/bin")) == (0, 2)
    (script,) = (home / ".bash_completions").iterdir()
    assert str(script) in out.replace("\n", "")
    assert str(script) in (home / ".bashrc").read_text()
    program = home / completion.COMMAND
    program.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m reelrec \"$@\"\n")
    program.chmod(0o755)
    for typed, completed in (
        (["rec"], "recommend"),
        (["data", "de"], "describe"),
        (["recommend", "--gen"], "--genre"),
        (["evaluate", "dia"], "dial"),
    ):
        words = " ".join(f"'{word}'" for word in [completion.COMMAND, *typed])
        asked = f"source '{script}'; COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _reelrec_completion '{program}'"
        done = subprocess.run(
            ["bash", "-c", f'{asked}; echo "${{COMPREPLY[@]}}"'], capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout.split() == [completed]


def test_a_shell_that_cannot_complete_is_told_those_that_can(command, home, monkeypatch):
    for shell, called in (("dash", "dash"), (None, "what this runs in")):
        monkeypatch.setattr(of_typer, "_get_shell_name", lambda shell=shell: shell)
        code, out, err = command("--install-completion")
        assert (code, out) == (2, "")
        assert f"There is no completion for {called}. Run it in one of: bash, zsh, fish, " in err
    assert [*home.iterdir()] == []
