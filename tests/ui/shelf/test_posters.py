import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from reelrec import app
from reelrec.serving.posters import palettes
from reelrec.serving.posters.motifs import by_genre
from reelrec.ui.shelf import posters


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


def test_every_poster_is_a_drawing_that_names_nothing_from_outside():
    for film in app.catalogue().films[::97]:
        image = posters.poster(film).image
        svg = unquote(image.removeprefix("data:image/svg+xml,"))
        ElementTree.fromstring(svg)
        assert not re.search(r"<(script|text|image|foreignObject|a)\b|href|http(?!://www.w3.org/2000/svg)", svg)


def test_a_film_always_has_the_same_poster_and_two_films_differ():
    first, second = app.film("heat-1995"), app.film("parasite-2019")
    posters.poster.cache_clear()
    again = posters.poster(first)
    posters.poster.cache_clear()
    assert posters.poster(first) == again
    assert posters.poster(second).image != again.image


def test_every_genre_of_the_catalogue_has_a_motif_and_a_mood():
    genres = set(app.catalogue().genres)
    assert genres <= by_genre.MOTIFS.keys()
    assert genres <= {genre for mood in palettes.MOODS.values() for genre in mood}


def test_no_word_of_a_title_is_wider_than_its_poster_unless_it_is_enormous():
    for film in app.catalogue().films:
        size = posters.title_size(film.title)
        widest = max(map(posters.width, film.title.split()))
        assert size == posters.SIZES[-1] or widest * size <= posters.TEXT_WIDTH
