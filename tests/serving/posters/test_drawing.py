from dataclasses import replace

import pytest

from reelrec import app
from reelrec.serving.posters import palettes
from reelrec.serving.posters.drawing import drawing
from reelrec.serving.posters.motifs import by_genre


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("decade", "mood"), [(decade, mood) for decade, moods in palettes.PALETTES.items() for mood in moods]
)
def test_the_words_of_every_palette_can_be_read(decade, mood):
    palette = palettes.PALETTES[decade][mood]
    light, dark = sorted((luminance(palette.paper), luminance(palette.ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_genre_of_the_catalogue_has_a_motif_and_a_mood():
    genres = set(app.catalogue().genres)
    assert genres <= by_genre.MOTIFS.keys()
    assert genres <= {genre for mood in palettes.MOODS.values() for genre in mood}


def test_a_film_always_has_the_same_drawing_and_its_address_chooses_it():
    heat = app.film("heat-1995")
    assert drawing(heat) == drawing(replace(heat, title="Another title"))
    assert len({drawing(replace(heat, slug=f"heat-{n}")).motif for n in range(20)}) > 5
