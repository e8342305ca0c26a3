"""A list as a file: what Letterboxd imports is read again by our own importer, film for film."""

import csv
import io

import pytest

from reelrec import app
from reelrec.errors import ExportError
from reelrec.serving.picks.list_file import letterboxd_csv, plain_text
from tests.fakes.known_export import EXPORT


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_film_without_a_number_at_tmdb_is_named_by_its_address(make_film):
    known, coded = make_film(0, tmdb_id=5, letterboxd_id=242_235), make_film(1, letterboxd_id=242_235)
    bare = make_film(2, slug="lost-film")
    assert "LetterboxdURI" not in letterboxd_csv([known])
    addresses = [row["LetterboxdURI"] for row in rows(letterboxd_csv([known, coded, bare]))]
    assert addresses == ["", f"https://boxd.it/{coded.boxd_code}", "https://letterboxd.com/film/lost-film/"]


def test_a_list_has_its_order_and_a_title_is_no_formula(make_film):
    films = [make_film(0, title="=1+1"), make_film(1, title="B, or “C”", year=None), make_film(2, title="A")]
    assert [row["Title"] for row in rows(letterboxd_csv(films))] == ["'=1+1", "B, or “C”", "A"]
    assert rows(letterboxd_csv([])) == []


def test_as_text_the_films_are_numbered_below_the_name(make_film):
    films = [make_film(0, title="Heat", year=1995), make_film(1, title="Lost", year=None)]
    assert plain_text(films) == "1. Heat (1995)\n2. Lost"
    assert plain_text(films, "Two nights") == "Two nights\n\n1. Heat (1995)\n2. Lost"
    assert plain_text([]) == ""


def test_a_watchlist_of_an_export_goes_out_and_comes_back_film_for_film():
    came = app.read_export([("export.zip", EXPORT)]).profile
    assert came.watchlist
    films = [app.catalogue().films[number] for number in sorted(came.watchlist)]
    again = app.read_export([("watchlist.csv", letterboxd_csv(films).encode())])
    assert again.profile.watchlist == came.watchlist
    assert not again.unmatched


def test_films_of_every_kind_come_back_as_the_same_films():
    films = [film for film in app.catalogue().films[::40] if film.same_as is None and film.year]
    odd = {film.kind for film in films}
    assert {"film", "short", "series", "special", "unknown"} <= odd
    assert any(film.number >= app.catalogue().n_items for film in films)
    again = app.read_export([("watchlist.csv", letterboxd_csv(films).encode())])
    assert {film.number for film in films} == again.profile.watchlist


def test_two_films_of_one_title_and_year_come_back_as_two():
    films = [app.film(slug) for slug in ("beast-2022", "beast-2022-1")]
    assert len({film.name for film in films}) == 1
    for name in ("watchlist.csv", "watched.csv"):
        profile = app.read_export([(name, letterboxd_csv(films).encode())]).profile
        assert profile.watchlist | profile.seen == {film.number for film in films}
    diary = "Title,Year,tmdbID,WatchedDate,Rating\n" + "".join(
        f"Beast,2022,{film.tmdb_id},2024-01-0{day},{day}\n" for day, film in enumerate(films, start=1)
    )
    assert app.read_export([("diary.csv", diary.encode())]).profile.ratings == {
        films[0].number: 1.0,
        films[1].number: 2.0,
    }


def test_a_list_under_another_name_is_told_how_to_be_named():
    text = "LetterboxdURI,tmdbID,imdbID,Title,Year\nhttps://letterboxd.com/film/heat-1995/,,,Heat,1995\n"
    with pytest.raises(ExportError, match=r"Name it watched\.csv if you have seen these"):
        app.history.read([("reelrec-my-list.csv", text.encode())])
