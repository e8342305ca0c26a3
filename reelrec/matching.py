"""Titles as people write them: folding, the forms one title takes, and the year's tolerance.

A title alone never decides (one film in eight shares its title with another): a match needs the year. The order of
rules, each tried only when the one before found nothing: the folded title with the exact year; one year off, if a
single film fits; the title without a leading possessive or without what follows or precedes a colon or dash, with the
exact year.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ARTICLE_BEHIND = re.compile(
    r"^(.*), (the|a|an|le|la|les|l'|el|los|las|il|lo|gli|der|die|das|den|det|o|os|un|une)$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_PARTS = re.compile(r":\s+|\s+[-–—]\s+")
_POSSESSIVE = re.compile(r"^\S+(?:\s\S+)?['’]s\s+", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"^(.+?)\s*\((\d{4})\)\s*$")


def words(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: what search compares."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS).replace("&", " and "))
    letters = "".join(c if c.isalnum() else "" if c in "'’." else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def fold(title: str) -> str:
    """The key under which two spellings of a title meet: a moved article goes back, then letters and digits only."""
    title = title.strip()
    if moved := _ARTICLE_BEHIND.match(title):
        title = f"{moved[2]} {moved[1]}"
    return words(title).replace(" ", "") or title.casefold()


def spellings(title: str) -> list[str]:
    """Folded forms that all mean the whole title: as it stands, without brackets, and what a bracket holds."""
    inside = [re.sub(r"^a\.?k\.?a\.?\s+", "", text, flags=re.IGNORECASE) for text in _BRACKETS.findall(title)]
    return _unique([title, _BRACKETS.sub("", title), *inside])


def shorter(title: str) -> list[str]:
    """Folded forms of parts of the title, the last resort: "Star Wars: Episode IV - A New Hope" gives "starwars"."""
    bare = _BRACKETS.sub("", title)
    parts = _PARTS.split(bare)
    forms = [":".join(parts[i:]) for i in range(1, len(parts))] + [":".join(parts[:i]) for i in range(1, len(parts))]
    return _unique([*forms, _POSSESSIVE.sub("", bare)])


def title_and_year(text: str) -> tuple[str, int | None]:
    """ "Heat (1995)" gives ("Heat", 1995); without a year in brackets the year is None."""
    found = _TITLE_YEAR.match(text.strip())
    return (found[1], int(found[2])) if found else (text.strip(), None)


def _unique(titles: list[str]) -> list[str]:
    return list(dict.fromkeys(key for key in map(fold, titles) if key))
