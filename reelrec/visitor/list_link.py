"""A list of films as a link to give away: its films in their order and its name, and nothing of whoever made it.

The token is `sealed` bytes of the version "L": the list as in a visitor's own link, then the name in UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reelrec.errors import TokenError
from reelrec.translation import _
from reelrec.visitor import sealed

VERSION = "L"  # no version of a profile's link
MAX_FILMS = 1000
MAX_NAME_CHARS = 60
MAX_BODY_BYTES = 2 + 6 * MAX_FILMS + 4 * MAX_NAME_CHARS


@dataclass(frozen=True, slots=True)
class SharedList:
    """A list that somebody gave away. films: their numbers, in order. name: "" for none."""

    films: tuple[int, ...]
    name: str

    def joined(self, canonical: np.ndarray) -> SharedList:
        """With each film under the number of the row that is shown, none twice. canonical: (n_films,)."""
        return replace(self, films=tuple(dict.fromkeys(canonical[list(self.films)].tolist())))


def encode(name: str, films: tuple[int, ...]) -> str:
    """The token of a list, "" where it has no film. Of a list that is too long, the first MAX_FILMS films."""
    if not films:
        return ""
    return sealed.sealed(VERSION, sealed.listed(films[:MAX_FILMS]) + clean_name(name).encode())


def decode(token: str, n_films: int) -> SharedList:
    """The list of a token. n_films: of the catalogue. Raises TokenError."""
    if token[:1] != VERSION:
        raise TokenError(_("The list in this link is from another version of ReelRec and cannot be read."))
    try:
        body = sealed.opened(token, MAX_BODY_BYTES)
        films, place = sealed.read_list(body, 0, MAX_FILMS)
        name = body[place:].decode()
    except (ValueError, IndexError) as error:
        raise TokenError(_("The list in this link is incomplete or changed. Ask for the whole link again.")) from error
    if max(films) >= n_films:
        raise TokenError(_("The list in this link has films that this ReelRec does not know yet."))
    return SharedList(films, clean_name(name))


def clean_name(name: str) -> str:
    """A name on one line, without signs that cannot be seen, of at most MAX_NAME_CHARS characters."""
    seen = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(seen.split())[:MAX_NAME_CHARS].strip()
