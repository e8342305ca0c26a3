"""Which film comes right before which."""

from __future__ import annotations

import pytest

from reelrec import app
from reelrec.data.catalogue import Catalogue
from reelrec.visitor.profile import Profile


def before(films: Catalogue, title: str) -> str | None:
    """The name of the film before the one of this title and year."""
    (number,) = (film.number for film in films.match(*_split(title)))
    place = int(films.predecessors[number])
    return None if place < 0 else films.films[place].name


def _split(title: str) -> tuple[str, int]:
    return title[:-7], int(title[-5:-1])


@pytest.fixture(scope="module")
def films(make_film) -> Catalogue:
    titles = [
        ("Moss", 1980, 50), ("Moss II", 1983, 40), ("Moss Part Three", 1990, 30), ("Moss 4: The Fern", 1991, 20),
        ("The Moss", 2015, 60), ("Moss", 1930, 90), ("Summer of 84", 2018, 5), ("Summer of 85", 2020, 5),
        ("Fern - Chapter 2", 1999, 9), ("Fern", 2001, 9), ("Reed 2", 1999, 7), ("Reed", 1998, 0),
    ]  # fmt: skip
    return Catalogue(make_film(i, title=t, year=y, n_ratings=n) for i, (t, y, n) in enumerate(titles))


def test_a_number_follows_the_number_before_it(films):
    assert before(films, "Moss II (1983)") == "Moss (1980)"  # the one of 1930 is too old
    assert before(films, "Moss Part Three (1990)") == "Moss II (1983)"
    assert before(films, "Moss 4: The Fern (1991)") == "Moss Part Three (1990)"


@pytest.mark.parametrize(
    "title", ["Moss (1980)", "The Moss (2015)", "Summer of 85 (2020)", "Fern - Chapter 2 (1999)", "Reed 2 (1999)"]
)
def test_what_follows_nothing_that_can_be_shown_follows_nothing(films, title):
    assert before(films, title) is None  # the first Fern came later, and nobody rated the first Reed


@pytest.mark.parametrize(
    ("sequel", "film"),
    [
        ("Harry Potter and the Prisoner of Azkaban (2004)", "Harry Potter and the Chamber of Secrets (2002)"),
        ("The Lord of the Rings: The Two Towers (2002)", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("Before Sunset (2004)", "Before Sunrise (1995)"),
        ("The Empire Strikes Back (1980)", "Star Wars (1977)"),
        ("Aliens (1986)", "Alien (1979)"),
        ("Toy Story 3 (2010)", "Toy Story 2 (1999)"),
        ("The Karate Kid Part II (1986)", "The Karate Kid (1984)"),
        ("The Batman (2022)", None),
        ("Se7en (1995)", None),
        ("District 9 (2009)", None),
        ("Apollo 13 (1995)", None),
        ("12 Angry Men (1957)", None),
        ("Star Wars (1977)", None),
    ],
)
def test_of_the_films_that_ship(sequel, film):
    assert before(app.catalogue(), sequel) == film


def test_nothing_comes_before_itself_or_after_what_it_follows():
    films = app.catalogue()
    for number, place in enumerate(films.predecessors.tolist()):
        seen = {number}
        while place >= 0:
            assert place not in seen
            seen.add(place)
            place = int(films.predecessors[place])


@pytest.mark.parametrize(
    "title", ["The Lord of the Rings: The Two Towers (2002)", "Toy Story 3 (2010)", "Aliens (1986)"]
)
def test_no_list_has_a_sequel_before_what_it_follows(title):
    films = app.catalogue()
    (loved,) = films.match(*_split(title))
    shown = [loved.number]
    for pick in app.recommend(Profile(ratings={loved.number: 5.0}), 24).picks:
        earlier = int(films.predecessors[pick.film.number])
        assert earlier < 0 or earlier in shown
        shown.append(pick.film.number)
    assert int(films.predecessors[loved.number]) in shown
