"""The motifs of the posters: a few for each genre, on a field 200 wide and 180 high.

A motif takes a source of chance, two colours and the ink, and returns SVG shapes. No text from outside is in them.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from reelrec.serving.posters.motifs import patterns, scenes

Motif = Callable[[Random, str, str, str], str]

MOTIFS: dict[str, tuple[Motif, ...]] = {
    "Science Fiction": (patterns.orbits, scenes.horizon),
    "Horror": (scenes.teeth, scenes.eye, scenes.keyhole),
    "Western": (scenes.sunset, scenes.hills),
    "War": (patterns.chevrons, patterns.shards),
    "Music": (patterns.bars, patterns.burst),
    "Documentary": (patterns.blocks, scenes.columns),
    "History": (scenes.columns, patterns.arches),
    "Romance": (scenes.hearts, patterns.waves),
    "Animation": (patterns.confetti, scenes.balloons, scenes.pinwheel, patterns.dots),
    "Family": (scenes.balloons, scenes.pinwheel, patterns.confetti, patterns.burst),
    "Fantasy": (scenes.hills, patterns.orbits),
    "Adventure": (scenes.hills, patterns.burst),
    "Action": (patterns.shards, patterns.chevrons),
    "Crime": (patterns.blinds, scenes.window, scenes.keyhole),
    "Mystery": (scenes.keyhole, scenes.eye),
    "Thriller": (patterns.spiral, scenes.eye, patterns.blinds),
    "Comedy": (patterns.dots, scenes.smile, patterns.burst),
    "Drama": (patterns.arches, patterns.waves, scenes.window, scenes.steps),
}


def draw(genres: tuple[str, ...], chance: Random, first: str, second: str, ink: str) -> str:
    """A motif of the first genre that has some; of drama where none has."""
    motifs = next((MOTIFS[genre] for genre in genres if genre in MOTIFS), MOTIFS["Drama"])
    return chance.choice(motifs)(chance, first, second, ink)
