"""Titles as they are called elsewhere, films of one name without ratings, and the time a search takes."""

from __future__ import annotations

import time

import pytest

from reelrec import app
from reelrec.data import catalogue_file
from reelrec.data.catalogue import Catalogue
from reelrec.data.titles.title_index import TitleKeys


@pytest.fixture(scope="module")
def known_elsewhere(make_film) -> Catalogue:
    return Catalogue(
        [
            make_film(0, title="Moss", year=2001, other_titles=("Le Moussu", "Mousse"), other_years=(2002,)),
            make_film(1, title="Mousse", year=1990, n_ratings=3),
            make_film(2, title="Fern", year=1995, n_ratings=40),
            make_film(3, title="Fern", year=1995, n_ratings=0),
            make_film(4, title="Reed", year=1980, n_ratings=0),
            make_film(5, title="Reed", year=1980, n_ratings=0),
        ]
    )


def matched(films: Catalogue, title: str, year: int | None) -> list[int]:
    return [film.number for film in films.match(title, year)]


def test_another_title_is_found_with_the_films_year_and_after_films_of_that_title(known_elsewhere):
    assert matched(known_elsewhere, "le moussu", 2001) == [0]
    assert matched(known_elsewhere, "Le Moussu", 2002) == [0]  # which is its year elsewhere
    assert matched(known_elsewhere, "Le Moussu", 1999) == []
    assert matched(known_elsewhere, "Mousse", 1990) == [1]
    assert matched(known_elsewhere, "Mousse", None) == [1]
    assert matched(known_elsewhere, "Le Moussu", None) == [0]


def test_a_year_known_from_elsewhere_finds_the_film(known_elsewhere):
    assert matched(known_elsewhere, "Moss", 2002) == [0]


def test_a_rated_film_is_meant_before_an_unrated_namesake_of_its_year(known_elsewhere):
    assert matched(known_elsewhere, "Fern", 1995) == [2]
    assert matched(known_elsewhere, "Reed", 1980) == [4, 5]  # and of two unrated ones either


def test_search_looks_at_other_titles_last(known_elsewhere):
    assert [film.number for film in known_elsewhere.search("mous", 5)] == [1, 0]
    assert [film.number for film in known_elsewhere.search("mous (2001)", 5)] == [0]


def test_the_keys_in_the_file_are_those_of_the_rules(known_elsewhere, tmp_path):
    catalogue_file.write(known_elsewhere, tmp_path / "catalogue.parquet")
    again = catalogue_file.read(tmp_path / "catalogue.parquet")
    for name in known_elsewhere.titles.keys.table.column_names:
        assert again.titles.keys.table[name].to_pylist() == known_elsewhere.titles.keys.table[name].to_pylist()


def test_the_keys_that_ship_are_those_of_the_rules():
    """Rules that change need `train catalogue`."""
    films = app.catalogue()
    every = range(0, len(films), 500)
    worked_out = TitleKeys.of([films.films[number] for number in every])
    assert films.titles.keys.table.take(list(every)).to_pydict() == worked_out.table.to_pydict()


@pytest.mark.parametrize("text", ["a", "the", "heat", "star wars", "no film is called so"])
def test_a_search_takes_less_than_50_ms_over_all_films(text):
    films = app.catalogue()
    films.search("warm", 1)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        films.search(text, 12)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05
