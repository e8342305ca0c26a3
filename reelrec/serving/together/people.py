"""Who is at the table: two to six people, each with a name and a profile."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from reelrec.translation import N_, _
from reelrec.visitor.profile import Profile

LEAST, MOST = 2, 6
MOST_LETTERS = 24  # of a name
NOT_NAMED = N_("Guest")
_CHOSEN_BY_MARKS = {"\u200d", "\u200c"}  # joiners, without which some scripts and signs fall apart


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people. name: as `clean_name` gives it."""

    name: str
    profile: Profile


def clean_name(typed: str, taken: Collection[str] = ()) -> str:
    """A name to show, which nobody else has: "Ann", "Ann 2", or "Guest" where nothing legible was typed.

    Control characters and what turns the direction of a text are dropped; the rest stands on one line and is cut.
    """
    kept = (
        letter if unicodedata.category(letter)[0] != "C" or letter in _CHOSEN_BY_MARKS else " " * letter.isspace()
        for letter in unicodedata.normalize("NFC", typed[: 10 * MOST_LETTERS])
    )
    name = " ".join("".join(kept).split())[:MOST_LETTERS].strip()
    if not any(letter.isprintable() and not letter.isspace() for letter in name):
        name = _(NOT_NAMED)
    others = {other.casefold() for other in taken}
    free, number = name, 2
    while free.casefold() in others:
        free, number = f"{name[: MOST_LETTERS - 2]} {number}", number + 1
    return free
