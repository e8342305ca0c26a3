"""What groups of films are called in the visitor's language."""

from __future__ import annotations

from reelrec.translation import _, country


def label(kind: str, name: str) -> str:
    """A group's name as it is shown. kind, name: of a Group. Titles of series and names of people stay."""
    if kind == "decade":
        return _("{decade}s", decade=name.removesuffix("s"))
    if kind == "country":
        return country(name)
    return _(name) if kind in ("genre", "language", "length") else name
