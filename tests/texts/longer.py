"""A catalogue whose texts are English, but longer: for the layout."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from release import texts

# A word that people read: not within a place, a link, code or the name of an icon.
WORD = re.compile(r"\{[^}]*\}|`[^`]*`|\]\([^)]*\)|:[\w/-]+[:\[]|https?://\S+|([^\W\d_]{3,})")
VOWEL = re.compile(r"([aeiou])", re.IGNORECASE)


def longer(text: str, by: float) -> str:
    """The text with longer words, so that it has so much more letters."""

    def stretch(found: re.Match[str]) -> str:
        word = found[1]
        if word is None:
            return found[0]
        more = round(by * (len(word) + 1))  # the space behind a word grows too
        vowel = VOWEL.search(word)
        return word.replace(vowel[0], vowel[0] + vowel[0].lower() * more, 1) if vowel else word + word[-1] * more

    return WORD.sub(stretch, text)


def write(folder: Path, language: str, by: float) -> None:
    """The catalogue of a language as a file of that folder."""
    catalogue = read_po(iter(texts.head(language).encode().splitlines(keepends=True)), locale=language)
    catalogue.update(texts.extracted(), no_fuzzy_matching=True)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(longer(form, by) for form in message.id)
        elif message.id:
            message.string = longer(message.id, by)
    (folder / f"{language}.po").write_bytes(texts.in_a_file(catalogue))
