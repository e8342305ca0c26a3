"""Exports of other sites, with 200 rows each and among the catalogue's films: what is read, found and left out.

docs/imports.md has the same counts in its table, and is held to them here.
"""

import re
from pathlib import Path

import pytest

from reelrec import app
from reelrec.visitor.intake import Intake
from tests.fakes import other_sites
from tests.fakes.other_sites import SAMPLES, Sample

DOCS = Path("docs/imports.md")


@pytest.fixture(scope="module")
def films():
    return app.catalogue().films


def counts(taken: Intake) -> tuple[int, int, int, int, int]:
    """Rows, films found, with stars, not found, rows left out."""
    log = taken.log
    return log.rows, taken.matched, len(taken.profile.ratings), len(taken.unmatched), log.rows - len(log.films)


def taken(sample: Sample) -> Intake:
    found = app.history.read([(sample.name, sample.data)]).intake
    assert found is not None
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_each_film_gets_exactly_its_stars_and_each_row_is_accounted_for(films, name):
    sample = SAMPLES[name](films)
    read = taken(sample)
    assert read.log.rows == 200
    assert dict(read.profile.ratings) == sample.stars
    assert len(read.profile.seen) + len(read.profile.watchlist) == sample.seen
    assert (len(read.unmatched), read.log.rows - len(read.log.films)) == (sample.lost, sample.out)
    assert read.matched + sample.lost + sample.out == 200
    assert (read.log.asks, read.log.scales, len(read.log.told)) == (None, (), 1)
    assert sum("left out" in fault for fault in read.log.faults) == (1 if name == "MovieLens" else 2)
    assert {lost.why for lost in read.unmatched} <= {"unknown", "television"}


def test_a_table_is_read_once_its_columns_and_its_scale_are_named(films):
    sample = other_sites.table(films)
    table = app.history.read([(sample.name, sample.data)]).table
    assert table is not None
    assert (table.n_rows, table.guess) == (200, {"title": 1, "year": 2, "rating": 3})
    asked = app.history.of_table(table, table.guess, None)
    assert not asked.profile.ratings
    read = app.history.of_table(table, {**table.guess, "date": 4}, 100)
    assert dict(read.profile.ratings) == sample.stars == dict(app.history.on_scale(asked, 100).profile.ratings)
    assert len(read.profile.dates) == read.matched == 196
    assert (len(read.unmatched), len(read.profile.seen)) == (sample.lost, sample.seen)


def test_a_film_is_found_by_the_number_of_movielens_alone(films):
    film = next(film for film in films if film.movielens_id)
    data = f"userId,movieId,rating,timestamp\n7,{film.movielens_id},3.5,964982703\n".encode()
    read = app.history.read([("ratings.csv", data)]).intake
    assert read is not None
    assert dict(read.profile.ratings) == {film.number: 3.5}


def test_the_origin_of_a_film_is_its_site(films):
    read = taken(SAMPLES["IMDb"](films))
    assert set(read.profile.origin.values()) == {"IMDb"}


def test_the_documents_have_the_counts_of_each_format(films):
    measured = {name: counts(taken(make(films))) for name, make in SAMPLES.items()}
    sample = other_sites.table(films)
    table = app.history.read([(sample.name, sample.data)]).table
    assert table is not None
    measured["any table"] = counts(app.history.of_table(table, table.guess, 100))
    lines = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", DOCS.read_text(), re.MULTILINE)
    written = {name: tuple(map(int, numbers)) for name, *numbers in lines}
    assert measured.items() <= written.items()
