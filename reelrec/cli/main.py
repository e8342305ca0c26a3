"""python -m reelrec: data, training, evaluation, recommendations and speed in the terminal.

Exit codes: 0 done, 2 a mistake in the call or the input, 1 a fault, 130 stopped with Ctrl-C. Heavy imports wait until a
command needs them.
"""

from __future__ import annotations

from typing import Annotated

import typer

from reelrec import __version__
from reelrec.cli import bench, completion, data, evaluate, match, mistakes, recommend, terminal, train
from reelrec.cli.commands import PROGRAM, Commands, command, examples
from reelrec.errors import InputError, ReelRecError

app = typer.Typer(
    cls=Commands,
    add_completion=False,  # Typer's own would be for a program called "python -m reelrec"
    pretty_exceptions_enable=False,
    epilog=examples('recommend --rate "Heat=4.5" --rate "Cats=0.5"', "evaluate new-users", "data list"),
)
command(app, *recommend.EXAMPLES)(recommend.recommend)
command(app, *match.EXAMPLES)(match.match)
command(app, *evaluate.EXAMPLES, help=evaluate.HELP)(evaluate.evaluate)
command(app, *bench.EXAMPLES)(bench.bench)
command(app, *train.EXAMPLES)(train.train)
app.add_typer(data.app, name="data")


def main() -> None:
    """Run the command line; a mistake is one line on stderr, never a traceback."""
    try:
        raise SystemExit(app(standalone_mode=False, prog_name=PROGRAM, complete_var=completion.VARIABLE))
    except ReelRecError as error:
        terminal.complain(str(error))
        raise SystemExit(2 if isinstance(error, InputError) else 1) from None
    except OSError as error:
        terminal.complain(mistakes.of_system(error))
        raise SystemExit(1) from None
    except typer.Abort:
        raise SystemExit(1) from None


def print_version(asked: bool) -> None:
    """Print the version and end, if that is asked for."""
    if asked:
        terminal.say(f"ReelRec {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True)]
Completion = Annotated[
    bool,
    typer.Option(
        "--install-completion", help="Let this shell complete reelrec.", callback=completion.install, is_eager=True
    ),
]


@app.callback()
def program(version: Version = False, install_completion: Completion = False) -> None:
    """Say what to watch, and measure how good that is.

    Exit codes: 0 done, 2 a mistake in the call or the input, 1 a fault.
    """


if __name__ == "__main__":
    main()
