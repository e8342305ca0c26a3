"""Criticker, Simkl, FilmAffinity and Filmweb: what is asked, what is known, and what a row says."""

from __future__ import annotations

import json

import pytest

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export import Notes
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.others import criticker, filmaffinity, filmweb, simkl
from reelrec.sources.others.rows import elements
from reelrec.sources.others.site import Read
from tests.fakes import more_sites as fakes
from tests.fakes.more_sites import Seen, table

SCORES = ("Score", " Film Name", " Year", " Date Rated", " Mini Review", " URL", " IMDB ID")


def read(site, name: str, data: bytes) -> tuple[Read, list[str]]:
    notes: list[str] = []
    return site.read(Part(name, data=data), Budget(), Notes("", notes)), notes


def criticker_scale(*scores: object):
    rows = [(score, f"Film {n}", 2000, "", "", "", "") for n, score in enumerate(scores)]
    return read(criticker, "r.csv", table(SCORES, rows))[0].scale


@pytest.mark.parametrize(
    ("scores", "out_of"),
    [
        ((1, 3, 5), 5),
        ((1, 5, 10), 10),
        ((0, 5, 100), 100),
        ((0, 0), 100),
        ((7,), 10),
        (("A", "B+"), 0),
        (("x", "y"), 100),
    ],
)
def test_criticker_never_knows_its_scale(scores, out_of):
    scale = criticker_scale(*scores)
    assert not scale.certain
    assert scale.out_of == out_of


def test_criticker_without_a_score_has_nothing_to_ask():
    assert criticker_scale("", "") is None


def test_a_score_of_0_at_criticker_is_the_worst_and_at_the_others_none():
    assert criticker_scale(0, 50, 100).stars("0") == 0.5
    rows = [("Drama", "Heat", "", 1995, "US", vote, "7,1", 1, "M") for vote in ("0", "--", "", "10")]
    header = (
        "genre",
        "title",
        "original title",
        "year",
        "country",
        "user score",
        "FA score",
        "FA movie ID",
        "directors",
    )
    found, _ = read(filmaffinity, "watched.csv", table(header, rows, ";"))
    assert [film.rating for film in found.films] == ["", "", "", "10"]


def test_scales_are_certain_only_where_the_file_is_the_sites_own():
    one = [Seen("Heat", 1995, 949, 113277, "8", "2020-01-01")]
    certain = {
        "simkl": read(simkl, "s.csv", fakes.simkl_csv(one))[0].scale,
        "backup": read(filmaffinity, "w.csv", fakes.filmaffinity_backup(one))[0].scale,
        "scraper": read(filmaffinity, "v.csv", fakes.filmaffinity_scraper(one))[0].scale,
        "export": read(filmweb, "w.csv", fakes.filmweb_export_csv(one))[0].scale,
        "exporter": read(filmweb, "w.csv", fakes.filmweb_exporter(one))[0].scale,
    }
    assert {name: (scale.out_of, scale.certain) for name, scale in certain.items()} == dict.fromkeys(
        certain, (10, True)
    )
    renefs = table(
        ("Title", "Year", "UserRating", "AvgRating", "Directors", "Actors"), [("Heat", 1995, 8, 7.1, "", "")]
    )
    unclear = (
        read(filmaffinity, "r.csv", renefs)[0].scale,
        read(filmweb, "movies_rated.csv", fakes.filmweb_csv(one))[0].scale,
        read(criticker, "r.xml", fakes.criticker_xml(one))[0].scale,
    )
    assert not any(scale.certain for scale in unclear)


@pytest.mark.parametrize("vote", ["11", "100", "-3", "seven", "7 of 10?", "★"])
def test_a_rating_off_a_known_scale_gives_no_stars(vote):
    found, _ = read(
        filmaffinity, "v.csv", table(("titulo", "año", "mi_votacion"), [("Heat", 1995, vote), ("Ran", 1985, 9)])
    )
    stars = [found.scale.stars(film.rating) for film in found.films]
    assert stars == ([None, 4.5] if vote != "★" else [1.0, 4.5])  # a drawn star names its own scale


def test_the_states_of_simkl():
    def entry(title: str, status: str, rating: int | None = None, **more: object) -> dict:
        film = {"title": title, "year": 2000, "ids": {"simkl": 1}}
        return {
            "status": status,
            "user_rating": rating,
            "last_watched_at": "2020-02-03T10:00:00Z",
            "movie": film,
        } | more

    movies = [
        entry("Seen", "completed"), entry("Wanted", "plantowatch"), entry("Rated", "plantowatch", 7),
        entry("Left", "dropped", 2), entry("No", "notinteresting"), entry("Again", "completed", is_rewatch=True),
        entry("Long ago", "completed", last_watched_at="1970-01-01T00:00:01Z"),
    ]  # fmt: skip
    found, notes = read(simkl, "s.json", json.dumps({"movies": movies}).encode())
    facts = {film.title: (film.seen, film.watchlist, film.rating, film.date, film.rewatched) for film in found.films}
    assert facts == {
        "Seen": (True, False, "", "2020-02-03", False), "Wanted": (False, True, "", None, False),
        "Rated": (True, False, "7", "2020-02-03", False), "Left": (True, False, "2", "2020-02-03", False),
        "Again": (True, False, "", "2020-02-03", True), "Long ago": (True, False, "", None, False),
    }  # fmt: skip
    assert notes == ["1 film that is not of interest was left out."]


def test_numbers_of_series_at_tmdb_are_no_films():
    rows = [(1, "Your Name.", "anime", 2016, "completed", "", "", "9", "", "", 1396, "tt5311514"),
            (2, "A Series", "anime", 2016, "completed", "s1e9", "", "9", "", "", 1396, "tt0903747")]  # fmt: skip
    found, notes = read(simkl, "s.csv", table(fakes.SIMKL, rows))
    facts = [(film.title, film.tmdb_id, film.imdb_id, film.television) for film in found.films]
    assert facts == [("Your Name.", None, 5311514, False), ("A Series", None, 903747, True)]
    assert notes == []


@pytest.mark.parametrize("head", ["", "<recentrankings>"])
def test_an_entity_of_xml_is_refused_unparsed(head):
    bomb = f'{head}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><recentrankings><film>&a;</film></recentrankings>'.encode()
    with pytest.raises(ExportError):
        list(elements(Part("r.xml", data=bomb), Budget()))
    with pytest.raises(ExportError):
        read(criticker, "r.xml", f"<recentrankings><film/>{bomb.decode()}".encode())


def test_a_list_of_filmaffinity_gives_only_films_with_a_vote():
    films = [Seen("Heat", 1995, None, None, "8", ""), Seen("Ran", 1985, None, None, "--", "")]
    found, notes = read(filmaffinity, "list - noir.csv", fakes.filmaffinity_backup(films, genre=False))
    assert [film.title for film in found.films if film.rating == "8"] == ["Heat"]
    assert "Ran" not in [film.title for film in found.films]
    assert "1 film of a list without a vote was left out." in notes


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Duel (TV)", "Duel"),
        ("La jetée (C)", "La jetée"),
        ("Heat", "Heat"),
        ("(Un)made", "(Un)made"),
        ("M (1931)", "M (1931)"),
    ],
)
def test_what_kind_a_film_is_comes_off_its_title(title, named):
    found, _ = read(filmaffinity, "v.csv", table(("titulo", "año", "mi_votacion"), [(title, 1971, 7)]))
    assert [film.title for film in found.films] == [named]


@pytest.mark.parametrize(
    "title", ["Dark (Serie de TV)", "Chernobyl (Miniserie de TV)", "Fargo (TV Series)", "Sherlock (TV Miniseries)"]
)
def test_series_of_filmaffinity_are_told_by_the_end_of_their_title(title):
    found, notes = read(filmaffinity, "v.csv", table(("titulo", "año", "mi_votacion"), [(title, 1971, 7)]))
    assert [(film.title, film.television) for film in found.films] == [(title.partition(" (")[0], True)]
    assert notes == []


def test_files_of_films_wanted_at_filmweb():
    header = ("movieId", "polishTitle", "originalTitle", "year", "fullRating", "voteCount")
    found, _ = read(filmweb, "x.csv", table(header, [(1, "Gorączka", "Heat", 1995, 7.9, 100)]))
    assert [(film.title, film.seen, film.watchlist, film.rating) for film in found.films] == [("Heat", False, True, "")]
    assert found.scale is None
    rust = table(
        ("title", "original_title", "year", "date", "rate"), [("Gorączka", "Heat", 1995, "2020-01-01", 0)], ";"
    )
    assert [film.watchlist for film in read(filmweb, "movies_watchlist.csv", rust)[0].films] == [True]
    assert [film.seen for film in read(filmweb, "movies_rated.csv", rust)[0].films] == [True]
    for name, why in (("x.csv", "Name it"), ("series_rated.csv", "not of films"), ("games_rated.csv", "not of films")):
        with pytest.raises(ExportError, match=why):
            read(filmweb, name, rust)


def test_a_favourite_of_filmweb_is_liked():
    one = [Seen("Heat", 1995, 949, 113277, "8", "2020-01-01")]
    for make in (fakes.filmweb_export_csv, fakes.filmweb_export_json, fakes.filmweb_exporter):
        found, _ = read(filmweb, "w.json", make(one))
        assert [film.title for film in found.films if film.liked] == ["Heat"]
