import re
from urllib.parse import unquote
from xml.etree import ElementTree

from reelrec import app
from reelrec.ui.shelf import posters


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


def test_no_word_of_a_title_is_wider_than_its_poster_unless_it_is_enormous():
    for film in app.catalogue().films:
        size = posters.title_size(film.title)
        widest = max(map(posters.width, film.title.split()))
        assert size == posters.SIZES[-1] or widest * size <= posters.TEXT_WIDTH
