"""Commands as Typer shows them, with examples in their help; and a group of them, which says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from reelrec.cli import mistakes
from reelrec.errors import OptionError
from reelrec.names import one_of

PROGRAM = "python -m reelrec"
Function = TypeVar("Function", bound=Callable[..., None])


class _Ours:
    """A command that says in our words what is wrong with a call, and whose help names no types of Python."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.param_type_name == "argument":
                param.display_type_rich = lambda ctx: ""
            elif param.is_flag:
                param.metavar = ""
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises OptionError."""
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except typer.TyperException as error:
            raise OptionError(mistakes.sentence(error, ctx)) from error
        return rest


class Command(_Ours, TyperCommand):
    """One command."""


class Commands(_Ours, TyperGroup):
    """Commands, in any case. Raises OptionError for a name that none has, and, after the help, where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not (ctx.resilient_parsing or {*args} - {"--"}):
            typer.echo(ctx.get_help())
            raise OptionError(f"Name a command after {ctx.command_path}: {', '.join(self.commands)}.")
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if not ctx.resilient_parsing:
            args = [one_of(args[0], self.commands, "command"), *args[1:]]
        return super().resolve_command(ctx, args)


def command(app: typer.Typer, *calls: str, **options: Any) -> Callable[[Function], Function]:
    """Make a function a command. calls: examples for its help. options: as of `typer.Typer.command`."""
    return app.command(cls=Command, epilog=examples(*calls), **options)


def examples(*calls: str) -> str:
    """The end of a command's help. calls: what follows the name of the program."""
    return "\n".join(("Examples:" if len(calls) > 1 else "Example:", *(f"{PROGRAM} {call}" for call in calls)))
