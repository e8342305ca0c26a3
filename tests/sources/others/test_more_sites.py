"""Criticker, Simkl, TV Time, FilmAffinity and Filmweb: 200 rows each of their real shape, and files that are wrong."""

from __future__ import annotations

import codecs
import gzip
from dataclasses import replace
from types import ModuleType

import pytest

from reelrec import app
from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export import Notes
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import Log
from reelrec.sources.others import criticker, filmaffinity, filmweb, simkl, tv_time
from reelrec.sources.others.site import Read
from reelrec.visitor.intake import take_in
from tests.fakes.more_cases import BY_NAME, SITES, films
from tests.fakes.more_sites import BAD, FEW, GOOD, ROWS


def read(site: ModuleType, name: str, data: bytes) -> tuple[Read, list[str]]:
    notes: list[str] = []
    return site.read(Part(name, data=data), Budget(), Notes("", notes)), notes


def starred(found: Read) -> Log:
    """The log of what was read, with stars by the scale that the reader gave."""
    logged = [replace(film, stars=found.scale.stars(film.rating) if found.scale else None) for film in found.films]
    return Log("export", "", tuple(logged))


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_of_200_rows_each_is_read_or_told(site, name, make, out_of):
    found, notes = read(site, name, make())
    rated = [film for film in found.films if film.rating and film.rating != BAD and not film.television]
    assert len(rated) == GOOD
    assert len([film for film in found.films if film.rating == BAD]) == FEW
    untitled = [note for note in notes if "no title" in note or "without a title" in note]
    assert len(untitled) in (1, FEW)
    series = [film for film in found.films if film.television]
    assert len(series) == (0 if site in (filmweb, tv_time) else FEW)  # Filmweb's have none, and TV Time's are episodes
    assert found.rows == (ROWS - FEW if site is tv_time else ROWS)
    assert len(found.films) == ROWS - FEW - (FEW if site is tv_time else 0)


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_stars_are_exact(site, name, make, out_of):
    found, _ = read(site, name, make())
    given = {one.title: int(one.rating) for one in films(5 if out_of == 5 else 10)}
    stars = {film.title: film.stars for film in starred(found).films if film.title in given}
    assert stars == {title: rating if out_of == 5 else rating / 2 for title, rating in given.items()}
    odd = [film for film in starred(found).films if film.rating == BAD]
    assert len(odd) == FEW
    assert all(film.stars is None and film.seen for film in odd)


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_all_films_of_the_catalogue_are_matched(site, name, make, out_of):
    found, _ = read(site, name, make())
    taken = take_in(starred(found), app.catalogue())
    assert len(taken.profile.ratings) == GOOD
    assert taken.matched == GOOD
    assert {one.why for one in taken.unmatched} <= {"television", "unknown"}
    assert len(taken.unmatched) == len(found.films) - GOOD


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_a_file_is_taken_by_its_content_and_by_one_reader_alone(site, name, make, out_of):
    part = Part("my file.bin", data=make())
    assert [one.NAME for one in SITES if one.recognises(part)] == [site.NAME]


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_it_is_read_in_the_encodings_of_spreadsheets(site, name, make, out_of):
    data = make()
    if b"encoding=" in data[:60]:
        data = data.decode("latin-1").replace("iso-8859-1", "utf-8").encode()
    plain, _ = read(site, name, data)
    for spoiled in (
        codecs.BOM_UTF8 + data,
        codecs.BOM_UTF16_LE + data.decode().encode("utf-16-le"),
        data.replace(b"\n", b"\r\n"),
    ):
        part = Part(name, data=spoiled)
        assert site.recognises(part)
        assert [film.title for film in read(site, name, spoiled)[0].films] == [film.title for film in plain.films]


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_a_cut_file_gives_what_it_holds_or_one_sentence(site, name, make, out_of):
    data = make()
    cut = data[: len(data) // 2]
    if name.endswith((".json", ".xml")):
        with pytest.raises(ExportError, match="it is damaged"):
            read(site, name, cut)
    else:
        assert GOOD // 3 < len(read(site, name, cut)[0].films) < GOOD


FOREIGN = (
    b"", b"\n\n", b"   ", b"{}", b"[]", b"null", b"<a/>", b"<html><body>Sign in</body></html>", b"%PDF-1.7\n%",
    b"PK\x03\x04\x00\x00", gzip.compress(b"x" * 900, mtime=0), b"\x89PNG\r\n\x1a\n", b"\x00" * 4_000,
    bytes(range(256)) * 40,
    b"[" * 100_000, b'{"a":' * 50_000, b"," * 100_000, b'"' * 99, b"Name,Year\nHeat,1995\n",
    b"Const,Your Rating,Date Rated,Title\ntt1,7,2020-01-01,Heat\n", b"userId,movieId,rating,timestamp\n1,1,4.0,964\n",
    b'[{"rating":8,"type":"movie","movie":{"title":"Heat","ids":{"trakt":1,"tmdb":949}}}]',
)  # fmt: skip


@pytest.mark.parametrize("data", FOREIGN, ids=range(len(FOREIGN)))
def test_a_foreign_file_is_taken_by_none(data):
    assert not [site.NAME for site in SITES if site.recognises(Part("x.csv", data=data))]


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_a_header_alone_has_no_films(site, name, make, out_of):
    data = make()
    if name.endswith(("json", "xml")):
        data = b'{"movies":[],"shows":[],"anime":[]}' if name.endswith("json") else b"<recentrankings></recentrankings>"
    else:
        data = data.splitlines()[0] + b"\n"
    found, _ = read(site, name.replace("movies_rated", "movies_watchlist"), data)
    assert (list(found.films), found.scale, found.rows) == ([], None, 0)


@pytest.mark.parametrize(
    ("site", "name", "data"),
    [
        (criticker, "r.xml", b"<recentrankings>" + b"<film><score>5</score></film>" * 400_000 + b"</recentrankings>"),
        (simkl, "s.json", b'{"movies":[' + b'{"movie":{"ids":{"simkl":1}}},' * 300_000 + b"{}]}"),
        (filmweb, "f.json", b"[" + b'{"pl_title":"a","original_title":"b"},' * 450_000 + b"{}]"),
    ],
    ids=["Criticker", "Simkl", "Filmweb"],
)
def test_a_file_of_far_too_many_parts_is_refused_unparsed(site, name, data):
    with pytest.raises(ExportError, match="more parts"):
        read(site, name, data)


def test_of_a_table_without_end_the_first_rows_are_read_and_the_rest_is_told():
    data = "titulo,año,mi_votacion\n".encode() + b"Heat,1995,7\n" * 60_000
    notes: list[str] = []
    found = filmaffinity.read(Part("v.csv", data=data), Budget(60), Notes("", notes))
    assert len(found.films) == 50_000
    assert notes == ["it has more than 50,000 rows; those after it were left out."]
