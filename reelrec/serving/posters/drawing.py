"""What is drawn on a film's poster: a motif of its genre in the colours of its decade, and where the words stand.

The film's address chooses the details, so a film has the same poster wherever it is drawn.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from reelrec.data.film import Film
from reelrec.serving.posters.motifs import by_genre
from reelrec.serving.posters.palettes import palette

MOTIF_SHARE = 0.6  # of the height; the words have the rest


@dataclass(frozen=True, slots=True)
class Drawing:
    """paper: the background. ink: the words. motif: SVG shapes, 200 wide and 180 high. top: the words are above it."""

    paper: str
    ink: str
    motif: str
    top: bool


def drawing(film: Film) -> Drawing:
    """What the film's poster shows."""
    chance = random.Random(film.slug)
    colours = palette(film.year, film.genres)
    first, second = colours.first, colours.second
    if chance.random() < 0.5:
        first, second = second, first
    top = chance.random() < 0.3
    motif = by_genre.draw(film.genres, chance, first, second, colours.ink)
    return Drawing(paper=colours.paper, ink=colours.ink, motif=motif, top=top)
