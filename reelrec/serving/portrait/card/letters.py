"""Texts from outside, such as names and titles, as far as the card has letters for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reelrec.data.film import Film
from reelrec.serving.portrait.card import faces
from reelrec.translation import _

MOST_LETTERS = 60  # of a name
EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
MOST_OF_IT = 0.5  # of a title's letters have to be left


@dataclass(frozen=True, slots=True)
class Name:
    """A visitor's name as the card has it; "" for none. note: what became of what was typed; "" where it stands."""

    text: str
    note: str = ""


def name(typed: str) -> Name:
    """The name to draw. Control characters and what turns the direction of a text are dropped without a word."""
    clean = _seen(typed)
    note = ""
    if len(clean) > MOST_LETTERS:
        clean = clean[:MOST_LETTERS].rstrip()
        note = _("The card has the first {n} letters of this name.", n=MOST_LETTERS)
    drawn = _exchanged(clean)
    symbols = [letter for letter in faces.lacking(drawn) if unicodedata.category(letter)[0] in "SP"]
    if symbols:
        drawn = _joined(drawn.translate({ord(symbol): " " for symbol in symbols}))
        note = _("The card has no picture of every sign in this name, so the name goes without them.")
    if clean and (not _counts(drawn) or faces.face_for(drawn) is None):
        return Name("", _("The card has no letters for this name, so it goes without."))
    return Name(drawn, note)


def title(film: Film) -> str | None:
    """What the card calls a film: its title or most of it, or another of its titles; None where none can be drawn."""
    for own in (film.title, *film.other_titles):
        drawn = _exchanged(_seen(own))
        whole = _counts(drawn)
        drawn = _joined(EMPTY_BRACKETS.sub(" ", drawn.translate({ord(letter): " " for letter in faces.lacking(drawn)})))
        if _counts(drawn) > MOST_OF_IT * whole and faces.face_for(drawn, faces.HEADING):
            return drawn
    return None


def words(text: str) -> str | None:
    """A name of a genre or a person, whole; None where it cannot be drawn."""
    drawn = _exchanged(_seen(text))
    return drawn if drawn and faces.face_for(drawn) else None


def _seen(text: str) -> str:
    """The text with its marks on its letters, on one line, without what nobody sees."""
    kept = (letter if unicodedata.category(letter)[0] != "C" else " " if letter.isspace() else "" for letter in text)
    return _joined(unicodedata.normalize("NFC", "".join(kept)))


def _exchanged(text: str) -> str:
    """The text with letters that no face has as the plain ones that they stand for: a raised 4 as a 4."""
    plain = {letter: unicodedata.normalize("NFKC", letter) for letter in faces.lacking(text)}
    return text.translate({ord(old): new for old, new in plain.items() if not faces.lacking(new) and "⁄" not in new})


def _joined(text: str) -> str:
    return " ".join(text.split())


def _counts(text: str) -> int:
    """How many of its characters say something."""
    return sum(letter.isalnum() for letter in text)
