"""An export in the real format, with 1,700 ratings of films of the catalogue: how long it takes, how much is found."""

import time

import pytest

from reelrec import app
from reelrec.data.film import Film
from tests.fakes.exports import real_format


@pytest.fixture(scope="module")
def shown() -> list[Film]:
    app.warm_up()
    return [film for film in app.catalogue().films if film.same_as is None]


@pytest.mark.parametrize("with_codes", [True, False], ids=["with the catalogue's codes", "by title and year alone"])
def test_an_export_of_1700_ratings_is_read_matched_and_answered_in_under_three_seconds(shown, with_codes):
    data = real_format([(film.title, film.year, film.boxd_code if with_codes else None) for film in shown], 1_700)
    began = time.process_time()
    taken = app.read_export([("letterboxd-alice-2026-10-01-08-09-utc.zip", data)])
    shelf = app.recommend(taken.profile, 24)
    assert time.process_time() - began < 3.0
    assert len(shelf.picks) == 24
    assert not {pick.film.number for pick in shelf.picks} & taken.profile.watched
    assert taken.matched >= 0.97 * len(taken.log.films)
    assert len(taken.profile.ratings) >= 0.97 * 1_700
    lost = {film.place for film in taken.unmatched}
    named = {(film.title, film.year) for place, film in enumerate(taken.log.films) if place not in lost}
    films = app.catalogue().films
    found = {(films[number].title, films[number].year) for number in taken.profile.watched | taken.profile.watchlist}
    assert named == found  # every film was found as itself
