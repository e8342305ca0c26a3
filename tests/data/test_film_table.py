import numpy as np
import pytest

from reelrec.data.film_table import FilmTable


def test_films_come_back_as_they_went_in(films):
    rows = list(films.films)
    assert [films.films[number] for number in range(14)] == rows
    assert films.films[-1] == rows[-1]
    assert films.films[3:5] == tuple(rows[3:5])
    with pytest.raises(IndexError):
        films.films[14]


def test_columns_are_arrays(films):
    year = films.films.array("year", 0, np.int16)
    assert year.tolist() == [film.year or 0 for film in films.films]
    with pytest.raises(ValueError, match="read-only"):
        year[0] = 1


@pytest.mark.parametrize("name", ["genres", "language"])
def test_words_say_which_row_has_which(films, name):
    words, rows, places = films.films.words(name)
    found = {(int(row), words[place]) for row, place in zip(rows, places, strict=True)}
    wanted = set()
    for film in films.films:
        value = getattr(film, name)
        wanted |= {(film.number, word) for word in (value if isinstance(value, tuple) else [value] if value else [])}
    assert found == wanted


def test_an_empty_table_has_no_films():
    assert list(FilmTable.of([])) == []


def test_a_column_of_some_films_is_in_their_order(films):
    table = films.films
    assert table.column("title", np.array([3, 0, 3])) == [table[3].title, table[0].title, table[3].title]


def test_a_film_asked_for_again_is_the_same_one(films):
    assert films.films[2] is films.films[2]
