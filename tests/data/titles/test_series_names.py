"""What series are called that films belong to."""

import pytest

from reelrec import app
from reelrec.data.catalogue import LEAST_KNOWN, Catalogue


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("harry-potter-and-the-goblet-of-fire", ("Harry Potter",)),
        ("twilight-2008", ("The Twilight Saga",)),
        ("the-twilight-saga-eclipse", ("The Twilight Saga",)),
        ("iron-man-2", ("Iron Man", "Marvel")),
        ("star-wars-episode-i-the-phantom-menace", ("Star Wars",)),
        ("heat-1995", ()),
    ],
)
def test_films_of_the_catalogue_are_of_the_series_that_people_know(slug, names):
    number = app.film(slug).number
    assert app.catalogue().series.get(number, ()) == names


@pytest.fixture
def called(make_film):
    """The series of films with these titles, by title and year."""

    def of(*films: tuple[str, int]) -> dict[tuple[str, int], tuple[str, ...]]:
        rows = [
            make_film(n, title=title, year=year, n_ratings=LEAST_KNOWN + 99 - n)
            for n, (title, year) in enumerate(films)
        ]
        return {films[number]: names for number, names in Catalogue(rows).series.items()}

    return of


def test_a_series_is_called_as_its_titles_begin(called):
    found = called(("Night Ferry", 1990), ("Night Ferry II", 1993), ("Night Ferry: The Return", 1999), ("Alone", 2000))
    assert set(found.values()) == {("Night Ferry",)}
    assert len(found) == 3
    assert set(called(("Odd Movie 2", 2001), ("Odd Movie 3", 2003)).values()) == {("Odd Movie",)}


def test_remakes_and_films_called_alike_are_of_no_series(called):
    found = called(("Heirs", 2015), ("The Heirs", 2011), ("Heirs 2", 2017))
    assert {title for title, _ in found} == {"Heirs", "Heirs 2"}
    assert called(("Apollo 11", 2019), ("Apollo 18", 2011)) == {}


def test_little_known_films_say_no_series(make_film):
    rows = [make_film(n, title=f"Night Ferry {n + 1}", year=1990 + n, n_ratings=LEAST_KNOWN - 1) for n in range(3)]
    assert Catalogue(rows).series == {}
