"""A visitor's profile as a link, so that the server keeps nothing.

The token of a link is the version "1", then in base64url a checksum of 4 bytes and the compressed films. The films are
their number (2 bytes), the gaps between their ascending numbers (varints), and a byte a film: stars x 2 in the low four
bits, then the flags seen, liked, set aside and watchlist. A byte of zero means "haven't seen". Dates and other marks of
an export are not in a link.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from reelrec.data.half_stars import half_star
from reelrec.errors import RatingError, TokenError
from reelrec.visitor.profile import Profile

VERSION = "1"
MAX_RATINGS = 2000  # in a link, beside at most as many films with other marks
MAX_TOKEN_CHARS = 20_000
MAX_BODY_BYTES = 6 * 2 * MAX_RATINGS
SEEN, LIKED, SET_ASIDE, WATCHLIST = 16, 32, 64, 128
FLAGS = {"seen": SEEN, "liked": LIKED, "set_aside": SET_ASIDE, "watchlist": WATCHLIST}


def fits(profile: Profile) -> bool:
    """Whether a link can hold the whole profile."""
    return len(profile.ratings) <= MAX_RATINGS and len(_marks(profile)) <= MAX_RATINGS + len(profile.ratings)


def encode(profile: Profile) -> str:
    """The token of a profile, "" for an empty one. Of a profile that is too large, the last films of each kind."""
    marks = _marks(profile)
    rated = list(profile.ratings)[-MAX_RATINGS:]
    others = sorted(marks.keys() - profile.ratings.keys())[-MAX_RATINGS:]
    films = sorted([*rated, *others])
    if not films:
        return ""
    gaps = (film - before for film, before in zip(films, [-1, *films[:-1]], strict=True))
    body = b"".join(map(_varint, gaps)) + bytes(marks[film] for film in films)
    packed = zlib.compress(len(films).to_bytes(2, "big") + body, 9)
    return VERSION + base64.urlsafe_b64encode(_checksum(packed) + packed).decode().rstrip("=")


def decode(token: str, n_films: int) -> Profile:
    """The profile of a token; "" is an empty profile. n_films: of the catalogue. Raises TokenError."""
    if not token:
        return Profile()
    if token[0] != VERSION:
        raise TokenError("The ratings in this link are from another version of ReelRec and cannot be read.")
    damaged = TokenError("The ratings in this link are incomplete or changed. Open the whole link again.")
    try:
        if len(token) > MAX_TOKEN_CHARS:
            raise damaged
        raw = base64.b64decode(token[1:] + "=" * (-len(token[1:]) % 4), altchars=b"-_", validate=True)
        check, packed = raw[:4], raw[4:]
        if check != _checksum(packed):
            raise damaged
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(packed, MAX_BODY_BYTES)
        if unpacker.unconsumed_tail:
            raise damaged
        films, marks = _films(body)
        return _profile(films, marks, n_films)
    except (ValueError, IndexError, binascii.Error, zlib.error, RatingError) as error:
        raise damaged from error


def _marks(profile: Profile) -> dict[int, int]:
    """Film number to the film's byte."""
    marks = dict.fromkeys(profile.unseen, 0)
    for name, flag in FLAGS.items():
        for film in getattr(profile, name):
            marks[film] = marks.get(film, 0) | flag
    for film, stars in profile.ratings.items():
        marks[film] = marks.get(film, 0) | int(stars * 2)
    return marks


def _profile(films: list[int], marks: bytes, n_films: int) -> Profile:
    """The profile of films and their bytes. Raises TokenError or RatingError."""
    if films[-1] >= n_films:
        raise TokenError("The ratings in this link are of films that this ReelRec does not know yet.")
    byte = dict(zip(films, marks, strict=True))

    def flagged(flag: int) -> frozenset[int]:
        return frozenset(film for film in films if byte[film] & flag)

    return Profile(
        # A link keeps no order. The best known films come last, so that a link too small for all drops them last.
        ratings={film: half_star((byte[film] & 15) / 2) for film in reversed(films) if byte[film] & 15},
        seen=flagged(SEEN),
        liked=flagged(LIKED),
        set_aside=flagged(SET_ASIDE),
        watchlist=flagged(WATCHLIST),
        unseen=frozenset(film for film in films if byte[film] == 0),
    )


def _films(body: bytes) -> tuple[list[int], bytes]:
    """Film numbers and their bytes. Raises ValueError or IndexError for a body that `encode` did not write."""
    count = int.from_bytes(body[:2], "big")
    place, film = 2, -1
    films: list[int] = []
    for _ in range(count):
        gap, shift = 0, 0
        while True:
            byte = body[place]
            place += 1
            gap |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if gap < 1:
            raise ValueError("numbers must ascend")
        film += gap
        films.append(film)
    marks = body[place:]
    if not films or len(marks) != count:
        raise ValueError("a byte for each film is expected")
    return films, marks


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _checksum(packed: bytes) -> bytes:
    return zlib.crc32(VERSION.encode() + packed).to_bytes(4, "big")
