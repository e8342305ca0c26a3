"""A drawn poster for every film: title, year and director in type, beside a motif in the colours of its decade.

`reelrec/serving/posters/` chooses what is drawn. The motif never lies under the words.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reelrec import app

if TYPE_CHECKING:
    from reelrec.data.film import Film

# Widths of the heading face's letters, in type sizes.
NARROW, WIDE = frozenset("iljtfrI.,:;!'’|-() "), frozenset("mwMW@&—")
LETTER, NARROW_LETTER, CAPITAL, WIDE_LETTER = 0.63, 0.42, 0.76, 0.97
TEXT_WIDTH, TEXT_LINES_HEIGHT = 86.0, 37.0  # room for the title in hundredths of the poster's width
SIZES = (19.0, 16.5, 14.5, 12.5, 11.0, 9.5, 8.2, 7.0, 6.0, 5.2)


@dataclass(frozen=True, slots=True)
class Poster:
    """What a tile needs to draw a poster. size: of the title, in hundredths of the width. top: the words are above."""

    image: str
    paper: str
    ink: str
    size: float
    top: bool


@functools.lru_cache(maxsize=4096)
def poster(film: Film) -> Poster:
    """The film's poster; the same film always has the same."""
    drawn = app.drawing.drawing(film)
    move = f"translate(0 {300 * (1 - app.drawing.MOTIF_SHARE):.0f})" if drawn.top else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300" preserveAspectRatio="xMidYMid slice">'
        f'<clipPath id="c"><rect width="200" height="{300 * app.drawing.MOTIF_SHARE:.0f}"/></clipPath>'
        f'<rect width="200" height="300" fill="{drawn.paper}"/>'
        f'<g transform="{move}"><g clip-path="url(#c)">{drawn.motif}</g></g></svg>'
    )
    image = "data:image/svg+xml," + quote(svg, safe="/:=' ")
    return Poster(image=image, paper=drawn.paper, ink=drawn.ink, size=title_size(film.title), top=drawn.top)


def title_size(title: str) -> float:
    """The largest type size at which the title's words fit the room for them."""
    for size in SIZES:
        room = TEXT_WIDTH / size
        if max(map(width, title.split()), default=0) <= room and _lines(title, room) * size * 1.05 <= TEXT_LINES_HEIGHT:
            return size
    return SIZES[-1]


def width(text: str) -> float:
    """The width of a text in the heading face, in type sizes."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return NARROW_LETTER
    if letter in WIDE:
        return WIDE_LETTER
    return CAPITAL if letter.isupper() or letter.isdigit() else LETTER


def _lines(text: str, room: float) -> int:
    """How many lines of this width the text takes."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = width(word)
        if used and used + NARROW_LETTER + needed > room:
            lines, used = lines + 1, 0.0
        used += needed + (NARROW_LETTER if used else 0.0)
    return lines
