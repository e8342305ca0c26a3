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
# Letters and marks that draw nothing: fillers of Hangul and Braille, a null notehead, joiners and variation selectors.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)


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
    if not _seen(name):
        name = _(NOT_NAMED)
    others = {_seen(other) for other in taken}
    free, number = name, 2
    while _seen(free) in others:
        free, number = f"{name[: MOST_LETTERS - 2].rstrip()} {number}", number + 1
    return free


def _seen(name: str) -> str:
    """What people see of a name, to compare: in small letters, without signs that draw nothing of their own."""
    drawn = (
        letter
        for letter in unicodedata.normalize("NFKC", name).casefold()
        if letter not in _BLANK and unicodedata.category(letter)[0] != "C"
    )
    seen = "".join(drawn).strip()
    return seen if any(unicodedata.category(letter)[0] in "LNPS" for letter in seen) else ""
