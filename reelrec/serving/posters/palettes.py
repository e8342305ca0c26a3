"""The colours of the posters: the decade chooses the palette, the genre its mood.

Every ink reads on its paper at a contrast of 4.5 to 1 or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """paper: the background. ink: the words. first, second: the colours of the motif."""

    paper: str
    ink: str
    first: str
    second: str


MOODS = {
    "dark": {"Horror", "Thriller", "Crime", "Mystery", "War"},
    "bright": {"Comedy", "Family", "Animation", "Romance", "Music"},
    "vivid": {"Science Fiction", "Fantasy", "Adventure", "Action", "Western"},
    "plain": {"Drama", "History", "Documentary"},
}
# By decade and mood. A decade that is missing has the palettes of the one before it.
PALETTES: dict[int, dict[str, Palette]] = {
    1910: {
        "dark": Palette(paper="#1c1a17", ink="#efe3c8", first="#b08d57", second="#5e4b32"),
        "bright": Palette(paper="#efe3c8", ink="#2a221a", first="#a6402f", second="#c99a4b"),
        "vivid": Palette(paper="#d9c08c", ink="#2b1d10", first="#7c2f1d", second="#3d5a50"),
        "plain": Palette(paper="#e9dfcb", ink="#262019", first="#6b5d4a", second="#a8926f"),
    },
    1930: {
        "dark": Palette(paper="#15171c", ink="#ecdfc0", first="#c8a24a", second="#41485a"),
        "bright": Palette(paper="#f1e4c6", ink="#1d2a33", first="#c65b3b", second="#2f6f73"),
        "vivid": Palette(paper="#16343b", ink="#f2e2b8", first="#d8a032", second="#b5432e"),
        "plain": Palette(paper="#e6dcc6", ink="#1f2329", first="#8a6f3c", second="#4d5a63"),
    },
    1950: {
        "dark": Palette(paper="#1b2430", ink="#f3e9d2", first="#d2462f", second="#e0a93b"),
        "bright": Palette(paper="#f6e7c1", ink="#20333a", first="#e2583e", second="#2a8c82"),
        "vivid": Palette(paper="#f2b233", ink="#2a1712", first="#c93a2b", second="#1f6f78"),
        "plain": Palette(paper="#efe6d3", ink="#22302f", first="#4b8178", second="#d08b3e"),
    },
    1960: {
        "dark": Palette(paper="#23161f", ink="#f7e6d0", first="#e4572e", second="#8f2d56"),
        "bright": Palette(paper="#ffe8a3", ink="#3a1230", first="#e8436e", second="#f08a24"),
        "vivid": Palette(paper="#e8572a", ink="#1f0f0a", first="#ffd166", second="#20567a"),
        "plain": Palette(paper="#e9e4d0", ink="#24231c", first="#7d8f3b", second="#d9822b"),
    },
    1970: {
        "dark": Palette(paper="#261812", ink="#f4dfbd", first="#c8561f", second="#8a3b16"),
        "bright": Palette(paper="#f6d491", ink="#3b1f10", first="#d9622b", second="#8a5a2b"),
        "vivid": Palette(paper="#d9772b", ink="#23110a", first="#f5d08a", second="#7a2f1b"),
        "plain": Palette(paper="#eadbbd", ink="#2e2116", first="#b0702f", second="#6c7145"),
    },
    1980: {
        "dark": Palette(paper="#120f2b", ink="#ffe9f6", first="#ff3d81", second="#4b3cff"),
        "bright": Palette(paper="#ffd9e8", ink="#2a1150", first="#ff5fa2", second="#35b8c9"),
        "vivid": Palette(paper="#1b1147", ink="#fff1c9", first="#ff8a3c", second="#22c7d6"),
        "plain": Palette(paper="#e6e3f2", ink="#221c3d", first="#6f63c6", second="#e0789c"),
    },
    1990: {
        "dark": Palette(paper="#161d1a", ink="#e6ecdf", first="#5f8f6b", second="#a63a3a"),
        "bright": Palette(paper="#e8efc8", ink="#1f2f2a", first="#e5683c", second="#3f8f7b"),
        "vivid": Palette(paper="#103b3a", ink="#f3efcf", first="#e9b43c", second="#d1492e"),
        "plain": Palette(paper="#e4e6df", ink="#232826", first="#7a8f87", second="#b4634a"),
    },
    2000: {
        "dark": Palette(paper="#12202b", ink="#e5f0f4", first="#3fa7c4", second="#27556b"),
        "bright": Palette(paper="#dff2ee", ink="#123238", first="#f2713f", second="#2fa39a"),
        "vivid": Palette(paper="#0e3a5c", ink="#f2f6e9", first="#f4c23c", second="#e0563b"),
        "plain": Palette(paper="#e5e9ec", ink="#1e262c", first="#6f8799", second="#c7784e"),
    },
    2010: {
        "dark": Palette(paper="#17161c", ink="#f3eee8", first="#e2574c", second="#3f5873"),
        "bright": Palette(paper="#ffe3d3", ink="#3a1c2a", first="#f2695c", second="#2f9c95"),
        "vivid": Palette(paper="#0d3f45", ink="#fdf2dd", first="#f58a4b", second="#f2c14e"),
        "plain": Palette(paper="#ece7e1", ink="#26221f", first="#9a7b68", second="#4f7c82"),
    },
    2020: {
        "dark": Palette(paper="#191426", ink="#f4ecff", first="#b16cf0", second="#f2a03d"),
        "bright": Palette(paper="#fff0c9", ink="#33204f", first="#f06a7e", second="#7a5cd6"),
        "vivid": Palette(paper="#2b1a5e", ink="#fff3d6", first="#ffb03a", second="#e24a7d"),
        "plain": Palette(paper="#ebe6f0", ink="#26202f", first="#8a77a8", second="#e0924f"),
    },
}


def palette(year: int | None, genres: Sequence[str]) -> Palette:
    """The palette of a film's decade and of its first genre that has a mood."""
    decades = [decade for decade in PALETTES if decade <= (year or 2020)]
    moods = [mood for genre in genres for mood, of_mood in MOODS.items() if genre in of_mood]
    return PALETTES[max(decades, default=1910)][moods[0] if moods else "plain"]
