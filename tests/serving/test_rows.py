"""The rows of For you, over the fourteen films with small models."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.errors import OptionError
from reelrec.serving import engine, rows
from reelrec.serving.engine import Engine
from reelrec.serving.filters import EVERYTHING, Filters
from reelrec.visitor.profile import Profile

LIKES = Profile(ratings={1: 5.0, 3: 4.5, 6: 2.0}, watchlist=frozenset({0, 2, 4, 7, 8}), set_aside=frozenset({5}))


def numbers(row: rows.Row) -> list[int]:
    return [pick.film.number for pick in row.picks]


def free(served: Engine, profile: Profile = LIKES) -> np.ndarray:
    return engine.allowed(served, profile, EVERYTHING)


@pytest.fixture
def many(make_film, small_models) -> Engine:
    """Two hundred films: every fourth of the last year, every third an hour long, the second half hardly known."""
    films = Catalogue(
        make_film(i, n_ratings=4000 - 20 * i, year=2026 if i % 4 == 0 else 1990, runtime=60 if i % 3 == 0 else 120)
        for i in range(200)
    )
    models = {model.name: model for model in small_models(films)[1]}
    return Engine(films, models.__getitem__)


def test_no_film_is_in_two_rows_and_none_that_was_seen_or_set_aside(many):
    made = rows.rows(many, LIKES, 6)
    shown = [number for row in made for number in numbers(row)]
    assert len(made) >= 4
    assert len(shown) == len(set(shown))
    assert not {1, 3, 5, 6} & set(shown)
    assert all(rows.LEAST_FILMS <= len(row.picks) <= 6 for row in made)


def test_the_first_row_is_the_safe_end_of_the_dial(many):
    first = rows.rows(many, LIKES, 6)[0]
    assert first.kind == "likely"
    assert numbers(first) == [pick.film.number for pick in engine.recommend(many, LIKES, 6, dial=0.0)[1]]


def test_each_row_has_only_films_of_its_kind(many):
    among = free(many)
    assert {many.films.films[film].year for film in numbers(rows.new(many, LIKES, among, 9))} == {2026}
    assert {many.films.films[film].runtime for film in numbers(rows.short(many, LIKES, among, 9))} == {60}
    assert set(numbers(rows.watchlist(many, LIKES, among, 9))) == LIKES.watchlist


def test_gems_are_little_known_and_their_whole_range_is_liked(many):
    generous = Profile(ratings=dict.fromkeys(range(0, 60, 2), 5.0))
    found = rows.gems(many, generous, free(many, generous), 9)
    assert found.picks
    assert all(pick.film.n_ratings < rows.GEM_RATINGS for pick in found.picks)
    assert all(pick.low >= 3.5 for pick in found.picks)
    harsh = Profile(ratings=dict.fromkeys(range(0, 60, 2), 0.5))
    assert rows.gems(many, harsh, free(many, harsh), 9).picks == ()


def test_a_loved_film_has_a_row_of_its_own_that_names_it(many):
    film = many.films.films[1]
    row = rows.loved(many, LIKES, free(many), 6, film)
    assert row.loved == film
    assert all([reason.film for reason in pick.because] == [film] for pick in row.picks)
    assert all(pick.chance >= rows.LIKELY for pick in row.picks)
    assert 1 not in numbers(row)


def test_the_loved_films_are_those_with_most_stars_and_of_equals_the_newest(many):
    profile = Profile(ratings={1: 4.5, 3: 5.0, 6: 4.0, 8: 5.0, 9: 4.5})
    assert [film.number for film in rows.loved_films(many, profile)] == [8, 3]
    assert rows.loved_films(many, Profile(ratings={6: 4.0})) == []


def test_a_row_with_too_few_films_is_left_out(many):
    without = replace(LIKES, watchlist=frozenset({0, 2}))
    assert "watchlist" not in {row.kind for row in rows.rows(many, without, 6)}


def test_filters_hold_for_every_row(many):
    made = rows.rows(many, LIKES, 6, Filters(years=(2026, 2026)))
    assert {pick.film.year for row in made for pick in row.picks} == {2026}


def test_rows_without_films_cannot_be_made(many):
    with pytest.raises(OptionError, match="0 films"):
        rows.rows(many, LIKES, 0)
