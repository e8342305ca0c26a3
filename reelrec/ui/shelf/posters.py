"""A designed poster for every film, set in type: title, year and director, over a motif in the colours of its decade.

The genre chooses the motif and the mood, the decade the palette, and the film's address the details, so a film always
has the same poster. The motif never lies under the words; every palette's ink reads on its paper at 4.5 to 1 or more.
"""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reelrec.ui.shelf import motifs

if TYPE_CHECKING:
    from reelrec.data.film import Film

MOODS = {
    "dark": {"Horror", "Thriller", "Crime", "Mystery", "War"},
    "bright": {"Comedy", "Family", "Animation", "Romance", "Music"},
    "vivid": {"Science Fiction", "Fantasy", "Adventure", "Action", "Western"},
    "plain": {"Drama", "History", "Documentary"},
}
# Decade to mood to (paper, ink, first colour, second colour).
PALETTES: dict[int, dict[str, tuple[str, str, str, str]]] = {
    1910: {
        "dark": ("#1c1a17", "#efe3c8", "#b08d57", "#5e4b32"),
        "bright": ("#efe3c8", "#2a221a", "#a6402f", "#c99a4b"),
        "vivid": ("#d9c08c", "#2b1d10", "#7c2f1d", "#3d5a50"),
        "plain": ("#e9dfcb", "#262019", "#6b5d4a", "#a8926f"),
    },
    1930: {
        "dark": ("#15171c", "#ecdfc0", "#c8a24a", "#41485a"),
        "bright": ("#f1e4c6", "#1d2a33", "#c65b3b", "#2f6f73"),
        "vivid": ("#16343b", "#f2e2b8", "#d8a032", "#b5432e"),
        "plain": ("#e6dcc6", "#1f2329", "#8a6f3c", "#4d5a63"),
    },
    1950: {
        "dark": ("#1b2430", "#f3e9d2", "#d2462f", "#e0a93b"),
        "bright": ("#f6e7c1", "#20333a", "#e2583e", "#2a8c82"),
        "vivid": ("#f2b233", "#2a1712", "#c93a2b", "#1f6f78"),
        "plain": ("#efe6d3", "#22302f", "#4b8178", "#d08b3e"),
    },
    1960: {
        "dark": ("#23161f", "#f7e6d0", "#e4572e", "#8f2d56"),
        "bright": ("#ffe8a3", "#3a1230", "#e8436e", "#f08a24"),
        "vivid": ("#e8572a", "#1f0f0a", "#ffd166", "#20567a"),
        "plain": ("#e9e4d0", "#24231c", "#7d8f3b", "#d9822b"),
    },
    1970: {
        "dark": ("#261812", "#f4dfbd", "#c8561f", "#8a3b16"),
        "bright": ("#f6d491", "#3b1f10", "#d9622b", "#8a5a2b"),
        "vivid": ("#d9772b", "#23110a", "#f5d08a", "#7a2f1b"),
        "plain": ("#eadbbd", "#2e2116", "#b0702f", "#6c7145"),
    },
    1980: {
        "dark": ("#120f2b", "#ffe9f6", "#ff3d81", "#4b3cff"),
        "bright": ("#ffd9e8", "#2a1150", "#ff5fa2", "#35b8c9"),
        "vivid": ("#1b1147", "#fff1c9", "#ff8a3c", "#22c7d6"),
        "plain": ("#e6e3f2", "#221c3d", "#6f63c6", "#e0789c"),
    },
    1990: {
        "dark": ("#161d1a", "#e6ecdf", "#5f8f6b", "#a63a3a"),
        "bright": ("#e8efc8", "#1f2f2a", "#e5683c", "#3f8f7b"),
        "vivid": ("#103b3a", "#f3efcf", "#e9b43c", "#d1492e"),
        "plain": ("#e4e6df", "#232826", "#7a8f87", "#b4634a"),
    },
    2000: {
        "dark": ("#12202b", "#e5f0f4", "#3fa7c4", "#27556b"),
        "bright": ("#dff2ee", "#123238", "#f2713f", "#2fa39a"),
        "vivid": ("#0e3a5c", "#f2f6e9", "#f4c23c", "#e0563b"),
        "plain": ("#e5e9ec", "#1e262c", "#6f8799", "#c7784e"),
    },
    2010: {
        "dark": ("#17161c", "#f3eee8", "#e2574c", "#3f5873"),
        "bright": ("#ffe3d3", "#3a1c2a", "#f2695c", "#2f9c95"),
        "vivid": ("#0d3f45", "#fdf2dd", "#f58a4b", "#f2c14e"),
        "plain": ("#ece7e1", "#26221f", "#9a7b68", "#4f7c82"),
    },
    2020: {
        "dark": ("#191426", "#f4ecff", "#b16cf0", "#f2a03d"),
        "bright": ("#fff0c9", "#33204f", "#f06a7e", "#7a5cd6"),
        "vivid": ("#2b1a5e", "#fff3d6", "#ffb03a", "#e24a7d"),
        "plain": ("#ebe6f0", "#26202f", "#8a77a8", "#e0924f"),
    },
}
MOTIF_SHARE = 0.6  # of the height; the words have the rest
# Widths of the heading face's letters, in type sizes.
NARROW, WIDE = set("iljtfrI.,:;!'’|-() "), set("mwMW@&—")
LETTER, NARROW_LETTER, CAPITAL, WIDE_LETTER = 0.63, 0.42, 0.76, 0.97
TEXT_WIDTH, TEXT_LINES_HEIGHT = 86.0, 37.0  # room for the title in hundredths of the poster's width
SIZES = (19.0, 16.5, 14.5, 12.5, 11.0, 9.5, 8.2, 7.0, 6.0, 5.2)


@dataclass(frozen=True, slots=True)
class Poster:
    """What a tile needs to draw one. size: of the title, in hundredths of the poster's width. top: words above."""

    image: str
    paper: str
    ink: str
    size: float
    top: bool


@functools.lru_cache(maxsize=4096)
def poster(film: Film) -> Poster:
    """The film's poster; always the same."""
    chance = random.Random(film.slug)
    paper, ink, first, second = palette(film)
    if chance.random() < 0.5:
        first, second = second, first
    top = chance.random() < 0.3
    drawn = motifs.draw(film.genres, chance, first, second, ink)
    move = f"translate(0 {300 * (1 - MOTIF_SHARE):.0f})" if top else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300" preserveAspectRatio="xMidYMid slice">'
        f'<clipPath id="c"><rect width="200" height="{300 * MOTIF_SHARE:.0f}"/></clipPath>'
        f'<rect width="200" height="300" fill="{paper}"/>'
        f'<g transform="{move}"><g clip-path="url(#c)">{drawn}</g></g></svg>'
    )
    return Poster("data:image/svg+xml," + quote(svg, safe="/:=' "), paper, ink, title_size(film.title), top)


def palette(film: Film) -> tuple[str, str, str, str]:
    """Paper, ink and two colours, by decade and by the first genre that has a mood."""
    decades = [decade for decade in PALETTES if decade <= (film.year or 2020)]
    moods = [mood for genre in film.genres for mood, genres in MOODS.items() if genre in genres]
    return PALETTES[max(decades, default=1910)][moods[0] if moods else "plain"]


def title_size(title: str) -> float:
    """The largest type size at which the title's words fit the room for them."""
    for size in SIZES:
        room = TEXT_WIDTH / size
        if max(map(width, title.split()), default=0) <= room and _lines(title, room) * size * 1.05 <= TEXT_LINES_HEIGHT:
            return size
    return SIZES[-1]


def width(text: str) -> float:
    """How wide a text is set in the heading face, in type sizes."""
    return sum(
        NARROW_LETTER
        if c in NARROW
        else WIDE_LETTER
        if c in WIDE
        else CAPITAL
        if c.isupper() or c.isdigit()
        else LETTER
        for c in text
    )


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split():
        needed = width(word)
        if used and used + NARROW_LETTER + needed > room:
            lines, used = lines + 1, 0.0
        used += needed + (NARROW_LETTER if used else 0.0)
    return lines
