"""A visitor's profile as a link, so that the server keeps nothing.

The token of a link is `sealed` bytes. Those of version 1 are films: their number (2 bytes), the gaps between their
ascending numbers (varints), and a byte a film: stars x 2 in the low four bits, then the flags seen, liked, set aside
and watchlist. A byte of zero means "haven't seen". Version 2 is written where the visitor has a list of their own: the
bytes of version 1, with or without films, and behind them the list in its order. Dates and other marks of an export are
not in a link.
"""

from __future__ import annotations

from reelrec.data.half_stars import half_star
from reelrec.errors import RatingError, TokenError
from reelrec.translation import _
from reelrec.visitor import sealed
from reelrec.visitor.profile import Profile

VERSION, WITH_LIST = "1", "2"
MAX_RATINGS = 2000  # in a link, beside at most as many films with other marks
MAX_LISTED = 1000  # films of the visitor's own list
MAX_TOKEN_CHARS = sealed.MAX_CHARS
MAX_BODY_BYTES = 6 * 2 * MAX_RATINGS
SEEN, LIKED, SET_ASIDE, WATCHLIST = 16, 32, 64, 128
FLAGS = {"seen": SEEN, "liked": LIKED, "set_aside": SET_ASIDE, "watchlist": WATCHLIST}


def fits(profile: Profile) -> bool:
    """Whether a link can hold the whole profile."""
    marked = len(_marks(profile)) <= MAX_RATINGS + len(profile.ratings)
    return len(profile.ratings) <= MAX_RATINGS and marked and len(profile.shortlist) <= MAX_LISTED


def encode(profile: Profile) -> str:
    """The token of a profile, "" for an empty one.

    Of a profile that is too large, the last films of each kind, and the first of the visitor's own list.
    """
    marks = _marks(profile)
    rated = list(profile.ratings)[-MAX_RATINGS:]
    others = sorted(marks.keys() - profile.ratings.keys())[-MAX_RATINGS:]
    films = sorted([*rated, *others])
    shortlist = profile.shortlist[:MAX_LISTED]
    if not films and not shortlist:
        return ""
    gaps = (film - before for film, before in zip(films, [-1, *films[:-1]], strict=False))
    body = len(films).to_bytes(2, "big") + b"".join(map(sealed.varint, gaps)) + bytes(marks[film] for film in films)
    if shortlist:
        return sealed.sealed(WITH_LIST, body + sealed.listed(shortlist))
    return sealed.sealed(VERSION, body)


def decode(token: str, n_films: int) -> Profile:
    """The profile of a token; "" is an empty profile. n_films: of the catalogue. Raises TokenError."""
    if not token:
        return Profile()
    if token[0] not in (VERSION, WITH_LIST):
        raise TokenError(_("The ratings in this link are from another version of ReelRec and cannot be read."))
    try:
        return _read(token[0], sealed.opened(token, MAX_BODY_BYTES), n_films)
    except (ValueError, IndexError, RatingError) as error:
        raise TokenError(_("The ratings in this link are incomplete or changed. Open the whole link again.")) from error


def _read(version: str, body: bytes, n_films: int) -> Profile:
    """The profile of the bytes of this version. Raises TokenError, ValueError, IndexError or RatingError."""
    films, marks, place = _films(body)
    shortlist: tuple[int, ...] = ()
    if version == WITH_LIST:
        shortlist, place = sealed.read_list(body, place, MAX_LISTED)
    elif not films:
        raise ValueError("a film is expected")
    if place != len(body):
        raise ValueError("there are bytes behind the end")
    if max((*films[-1:], *shortlist)) >= n_films:
        raise TokenError(_("The ratings in this link are of films that this ReelRec does not know yet."))
    return _profile(films, marks, shortlist)


def _marks(profile: Profile) -> dict[int, int]:
    """Film number to the film's byte."""
    marks = dict.fromkeys(profile.unseen, 0)
    for name, flag in FLAGS.items():
        for film in getattr(profile, name):
            marks[film] = marks.get(film, 0) | flag
    for film, stars in profile.ratings.items():
        marks[film] = marks.get(film, 0) | int(stars * 2)
    return marks


def _profile(films: list[int], marks: bytes, shortlist: tuple[int, ...]) -> Profile:
    """The profile of films, their bytes and the visitor's own list. Raises RatingError."""
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
        shortlist=shortlist,
    )


def _films(body: bytes) -> tuple[list[int], bytes, int]:
    """Film numbers, their bytes, and the place after them.

    Raises ValueError or IndexError for a body that `encode` did not write.
    """
    count = int.from_bytes(body[:2], "big")
    place, film = 2, -1
    films: list[int] = []
    for _time in range(count):
        gap, place = sealed.read_varint(body, place)
        if gap < 1:
            raise ValueError("numbers must ascend")
        film += gap
        films.append(film)
    marks = body[place : place + count]
    if len(body) < 2 or len(marks) != count:
        raise ValueError("a byte for each film is expected")
    return films, marks, place + count
