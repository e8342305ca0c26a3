"""Completion of commands and options with the Tab key, for the command `reelrec` that `dev.py` puts into .venv.

A shell completes by the first word, and of `python -m reelrec` that is `python`.
"""

from __future__ import annotations

import shutil

import typer
from typer import completion

from reelrec.cli import terminal
from reelrec.errors import OptionError

COMMAND, VARIABLE = "reelrec", "_REELREC_COMPLETE"  # VARIABLE: in it the shell asks what may follow
completion.completion_init()  # else Typer answers no shell


def install(asked: bool) -> None:
    """Write the completion of the shell that runs this. Raises OptionError for a shell that Typer does not know."""
    if not asked:
        return
    shell = completion._get_shell_name()
    known = [name.value for name in completion.Shells]
    if shell not in known:
        raise OptionError(
            f"There is no completion for {shell or 'what this runs in'}. Run it in one of: {', '.join(known)}."
        )
    _, path = completion.install(shell, COMMAND, VARIABLE)
    terminal.say(f"From the next terminal on, {shell} completes {COMMAND} with the Tab key, by {path}.")
    if shutil.which(COMMAND) is None:
        terminal.note(
            f"{COMMAND} is in .venv/bin, where dev.py puts it. To call it by its name: source .venv/bin/activate"
        )
    raise typer.Exit
