"""One of several names: in any case, and where none is meant, the one that comes nearest."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from reelrec.errors import OptionError

MOST_NAMED = 25  # names in an error


def one_of(text: str, names: Collection[str], kind: str) -> str:
    """The name that this text is, in any case. kind: what the names name, as in "genre".

    Raises OptionError with the name that comes nearest, else with the first MOST_NAMED.
    """
    if text in names:
        return text
    by_case = {name.casefold(): name for name in names}
    wanted = text.strip().casefold()
    if wanted in by_case:
        return by_case[wanted]
    near = nearest(wanted, by_case)
    hint = f"Did you mean {by_case[near]!r}?" if near else f"Known: {', '.join([*names][:MOST_NAMED])}."
    raise OptionError(f"There is no {kind} called {text!r}. {hint}")


def nearest(text: str, names: Collection[str]) -> str | None:
    """The name that begins so or has these initials, else the one that differs least; None where all differ much."""
    short = [name for name in names if text and (name.startswith(text) or _initials(name) == text)]
    return next(iter(short or get_close_matches(text, names, n=1)), None)


def _initials(name: str) -> str:
    """Of the longer words: "usa" for "united states of america"."""
    return "".join(word[0] for word in name.split() if len(word) > 2)
