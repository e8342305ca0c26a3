"""What Typer finds wrong with a call, said in our words: one sentence, and where to read more."""

from __future__ import annotations

from typing import Any

from reelrec.names import nearest

WRONG = {
    "int_parsing": "it takes a whole number",
    "int_parsing_size": "it takes a smaller number",
    "float_parsing": "it takes a number",
    "greater_than_equal": "the least is {ge}",
}


def sentence(error: Any, context: Any) -> str:
    """What is wrong, and what to do. error: of Typer, which keeps its kinds to itself, so that their names tell them.

    context: of the command.
    """
    said = SENTENCES.get(type(error).__name__, _words_too_many)(error, context)
    return f"{said} See: {context.command_path} --help"


def of_system(error: OSError) -> str:
    """What the system would not do, with the file."""
    return f"{error.filename or 'A file'} could not be read or written: {error.strerror or error}."


def _unknown_option(error: Any, context: Any) -> str:
    known = [name[2:] for option in context.command.params for name in option.opts if name.startswith("--")]
    near = nearest(error.option_name.lstrip("-"), known)
    hint = f" Did you mean '--{near}'?" if near else ""
    return f"There is no option called {error.option_name!r}.{hint}"


def _option_alone(error: Any, context: Any) -> str:
    """An option without its value, or a switch with one."""
    name = error.option_name
    option = next(option for option in context.command.get_params(context) if name in option.opts)
    if option.is_flag:
        return f"{name} is a switch and takes no value: leave out what follows it."
    return f"{name} needs a value after it. {option.help}"


def _missing(error: Any, context: Any) -> str:
    return f"{context.info_name} needs {error.param.metavar}. {error.param.help}"


def _wrong_value(error: Any, context: Any) -> str:
    fault = error.__cause__.errors()[0]  # of pydantic, with which Typer reads values
    why = WRONG.get(fault["type"], "it takes another value").format(**fault.get("ctx", {}))
    return f"{error.param.opts[0]} cannot be {fault['input']!r}: {why}."


def _words_too_many(error: Any, context: Any) -> str:
    words = error.message.partition("(s) (")[2].removesuffix(")")  # Typer puts them into brackets
    return f"{context.info_name} does not take {words!r}: leave it out, or write an option in front of it."


SENTENCES = {
    "NoSuchOption": _unknown_option,
    "BadOptionUsage": _option_alone,
    "MissingParameter": _missing,
    "BadParameter": _wrong_value,
}
