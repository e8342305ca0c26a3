"""The rows of For you, over two hundred films with small models, and over films whose stars are written down."""

from dataclasses import replace

import pytest

from reelrec import app
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.titles.series import series
from reelrec.errors import OptionError
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.page import rows
from reelrec.serving.page.candidates import LIKELY, UNSUNG_RATINGS
from reelrec.serving.page.liking import liking_cut
from reelrec.serving.picks.filters import Filters
from reelrec.visitor.profile import Profile

LIKES = Profile(ratings={1: 5.0, 3: 4.5, 6: 2.0}, watchlist=frozenset({0, 2, 4, 7, 8}), set_aside=frozenset({5}))
ANYHOW = Filters(in_order=False)


def alone(number: int) -> str:
    """A title of no series."""
    return "Lone " + "".join("abcdefgh"[int(digit)] for digit in f"{number:o}")


def numbers(row: rows.Row) -> list[int]:
    return [pick.film.number for pick in row.picks]


def on_page(made: tuple[rows.Row, ...]) -> list[int]:
    return [number for row in made for number in numbers(row)]


@pytest.fixture
def many(make_film, small_models) -> Engine:
    """Two hundred films: every fourth of the last year, every third an hour long, the second half hardly known."""
    films = Catalogue(
        make_film(
            i,
            title=alone(i),
            n_ratings=4000 - 19 * i,
            year=2026 if i % 4 == 0 else 1990,
            runtime=60 if i % 3 == 0 else 120,
        )
        for i in range(200)
    )
    models = {model.name: model for model in small_models(films)[1]}
    return Engine(films, models.__getitem__)


def test_no_film_is_in_two_rows_and_none_that_was_seen_or_set_aside(many):
    made = rows.rows(many, LIKES, 6)
    shown = on_page(made)
    assert len(made) >= 4
    assert len(shown) == len(set(shown))
    assert not {1, 3, 5, 6} & set(shown)
    assert all(rows.LEAST_FILMS <= len(row.picks) <= 6 for row in made)


def test_the_first_row_is_the_safe_end_of_the_dial(many):
    first = rows.rows(many, LIKES, 6)[0]
    assert first.kind == "likely"
    assert numbers(first) == [pick.film.number for pick in engine.recommend(many, LIKES, 6, dial=0.0)[1]]
    assert numbers(rows.row(many, LIKES, "likely", 6)) == numbers(first)


def test_each_row_has_only_films_of_its_kind(many):
    films = many.films.films
    assert {films[film].year for film in numbers(rows.row(many, LIKES, "new", 9))} == {2026}
    assert {films[film].runtime for film in numbers(rows.row(many, LIKES, "short", 9))} == {60}
    assert set() < set(numbers(rows.row(many, LIKES, "watchlist", 9))) <= LIKES.watchlist


def test_short_films_have_at_most_99_minutes_and_a_known_length(written, make_film):
    lengths = [99, 100, None, 40, 98, 240]
    served = written([make_film(i, title=alone(i), runtime=length) for i, length in enumerate(lengths)])
    assert numbers(rows.row(served, Profile(ratings={5: 4.0}), "short", 9)) == [0, 3, 4]


def test_gems_are_little_known_and_their_whole_range_is_liked(many, written, make_film):
    generous = Profile(ratings=dict.fromkeys(range(0, 60, 2), 5.0))
    found = rows.row(many, generous, "gems", 9)
    assert found.picks
    assert all(pick.film.n_ratings < UNSUNG_RATINGS[1] for pick in found.picks)
    assert all(pick.low >= 3.5 for pick in found.picks)
    fame = [99, 100, 1999, 2000, 500]
    served = written(
        [make_film(i, title=alone(i), n_ratings=n) for i, n in enumerate(fame)], stars=[4.5, 4.5, 4.5, 4.5, 4.0]
    )
    assert sorted(numbers(rows.row(served, Profile(), "gems", 9))) == [1, 2]  # low is the mean - .64


def test_a_concert_is_no_gem_but_a_film_with_music_is(written, make_film):
    genres = [("Music",), ("Documentary", "Music"), ("Drama", "Music"), ("Documentary",), ()]
    films = [make_film(i, title=alone(i), n_ratings=500, genres=names) for i, names in enumerate(genres)]
    assert sorted(numbers(rows.row(written(films, stars=[4.5] * 5), Profile(), "gems", 9))) == [2, 3, 4]
    assert sorted(numbers(rows.row(written(films[:2], stars=[4.5] * 2), Profile(), "gems", 9))) == []


def test_a_film_filed_as_music_alone_is_in_no_row(written, make_film):
    films = [
        make_film(i, title=alone(i), genres=names) for i, names in enumerate([("Music",), ("Documentary", "Music")])
    ]
    assert numbers(rows.row(written(films, stars=[4.5] * 2), Profile(), "likely", 9)) == [1]


def test_a_new_or_short_film_has_some_chance_even_for_who_likes_hardly_anything(written, make_film):
    films = [make_film(i, title=alone(i), runtime=80, year=2026) for i in range(14)]
    harsh = Profile(ratings=dict.fromkeys(range(2, 14), 0.5))
    served = written(films, stars=[3.1, 2.0] + [1.0] * 12)
    assert sorted(numbers(rows.row(served, harsh, "likely", 9))) == [0, 1]
    for kind in ("new", "short"):
        assert numbers(rows.row(served, harsh, kind, 9)) == [0]


def test_a_loved_film_has_a_row_of_its_own_that_names_it(many):
    film = many.films.films[1]
    row = rows.row(many, LIKES, "loved", 6, film=film)
    assert row.loved == film
    assert row.picks
    assert all([reason.film for reason in pick.because] == [film] for pick in row.picks)
    assert all(pick.chance >= LIKELY for pick in row.picks)
    assert 1 not in numbers(row)
    assert rows.row(many, LIKES, "loved", 6) == row  # 1 has the most stars
    assert rows.row(many, Profile(ratings={6: 2.0}), "loved", 6) == rows.Row("loved", ())


def test_a_loved_row_is_in_the_order_of_closeness(written, make_film):
    served = written([make_film(i, title=alone(i)) for i in range(6)], close=[0.2, 0.0, 0.5, -1.0, 0.3, 0.9])
    assert numbers(rows.row(served, Profile(ratings={5: 5.0}), "loved", 9)) == [2, 4, 0]


def test_the_loved_films_are_those_with_most_stars_and_of_equals_the_newest(many):
    profile = Profile(ratings={1: 4.5, 3: 5.0, 6: 4.0, 8: 5.0, 9: 4.5})
    assert [film.number for film in rows.loved_films(many, profile)] == [8, 3]
    assert rows.loved_films(many, Profile(ratings={6: 4.0})) == []


def test_two_loved_films_are_of_two_series(written, make_film):
    served = written(
        [make_film(0, title=alone(0)), make_film(1, title="Heat"), make_film(2, title="Heat II", year=2001)]
    )
    profile = Profile(ratings={0: 4.5, 1: 5.0, 2: 5.0})
    assert [film.title for film in rows.loved_films(served, profile)] == ["Heat II", "Lone a"]


def test_a_row_with_too_few_films_is_left_out_of_the_page_but_stands_alone(written, make_film):
    served = written([make_film(i, title=alone(i)) for i in range(20)])
    few, enough = (Profile(watchlist=frozenset(range(n))) for n in (3, 4))
    assert numbers(rows.row(served, few, "watchlist", 6)) == [0, 1, 2]
    assert "watchlist" not in {row.kind for row in rows.rows(served, few, 4)}
    late = Profile(watchlist=frozenset(range(16, 20)))
    assert {row.kind: numbers(row) for row in rows.rows(served, late, 4)}["watchlist"] == [16, 17, 18, 19]
    assert "watchlist" not in {row.kind for row in rows.rows(served, enough, 4)}  # all stand in the row before


def test_a_row_alone_may_be_long(many):
    found = rows.row(many, LIKES, "likely", 192)
    assert len(set(numbers(found))) == len(numbers(found)) > 100


def test_filters_hold_for_every_row(many):
    made = rows.rows(many, LIKES, 6, Filters(years=(2026, 2026)))
    assert {pick.film.year for row in made for pick in row.picks} == {2026}


def test_rows_that_cannot_be_made_are_refused(many):
    with pytest.raises(OptionError, match="0 films"):
        rows.rows(many, LIKES, 0)
    with pytest.raises(OptionError, match="0 films"):
        rows.row(many, LIKES, "new", 0)
    with pytest.raises(OptionError, match=r"no row called 'best'. Known: likely, loved"):
        rows.row(many, LIKES, "best", 6)


def test_no_row_has_a_film_that_is_predicted_under_the_cut(many):
    for stars in (0.5, 2.0, 3.0, 5.0):
        profile = Profile(ratings=dict.fromkeys(range(0, 40, 2), stars), watchlist=frozenset(range(1, 60, 2)))
        cut = liking_cut(profile, 200)
        alone = [rows.row(many, profile, kind, 60) for kind in rows.KINDS]
        assert all(pick.stars >= cut for row in (*rows.rows(many, profile, 6), *alone) for pick in row.picks)


def test_the_cut_is_where_predictions_round_to_a_liked_film_or_at_ones_own_mean(written, make_film):
    films, stars = [make_film(i, title=alone(i)) for i in range(5)], [3.25, 3.2, 4.0, 2.0, 1.5]
    served = written(films, stars)
    assert numbers(rows.row(served, Profile(), "likely", 9)) == [0, 2]
    harsh = Profile(ratings={4: 1.0}, seen=frozenset())
    assert liking_cut(harsh, 5) == pytest.approx(18.5 / 6)
    assert numbers(rows.row(served, harsh, "likely", 9)) == [0, 1, 2]


SAGA = ("Saga", "Saga II", "Saga III", "Saga IV", "Saga V")


@pytest.fixture
def saga(written, make_film) -> Engine:
    """Five films of a series, the first of them old; then forty others, every second one new."""
    years = (2010, 2024, 2025, 2025, 2026)
    films: list[Film] = [make_film(i, title=title, year=years[i]) for i, title in enumerate(SAGA)]
    films += [make_film(i, title=alone(i), year=2026 if i % 2 else 1990) for i in range(5, 45)]
    return written(films)


def test_a_sequel_stands_in_no_row_that_lacks_the_unseen_film_it_follows(saga):
    assert not set(numbers(rows.row(saga, Profile(), "new", 40))) & set(range(5))


@pytest.mark.parametrize("how", ["ratings", "seen", "liked"])
def test_a_sequel_of_a_seen_film_stands(saga, how):
    mark = {2: 4.0} if how == "ratings" else frozenset({2})
    assert set(numbers(rows.row(saga, Profile(**{how: mark}), "new", 40))) & set(range(5)) == {3, 4}


def test_the_films_of_a_series_stand_in_order_within_a_row(written, make_film):
    films = [make_film(i, title=title, year=2000 + i) for i, title in enumerate(SAGA)]
    served = written([replace(film, number=place) for place, film in enumerate([films[2], films[0], films[1]])])
    assert [pick.film.title for pick in rows.row(served, Profile(), "likely", 9).picks] == [
        "Saga",
        "Saga II",
        "Saga III",
    ]
    freely = rows.row(served, Profile(), "likely", 9, ANYHOW)
    assert [pick.film.title for pick in freely.picks] == ["Saga III", "Saga", "Saga II"]


def test_a_sequel_may_stand_in_a_later_row_than_what_it_follows(written, make_film):
    old, new = {"title": "Saga", "year": 2010}, {"title": "Saga II", "year": 2025}
    films = [make_film(i, title=alone(i), year=2026 if i > 10 else 1990) for i in range(20)]
    served = written([replace(films[0], **old), *films[1:15], replace(films[15], **new), *films[16:]])
    first, second = rows.rows(served, Profile(), rows.LEAST_FILMS)[:2]
    assert (first.kind, numbers(first)) == ("likely", [0, 1, 2, 3])
    assert (second.kind, numbers(second)) == ("new", [11, 12, 13, 14])
    assert 15 in numbers(rows.rows(served, Profile(), 5)[1])
    assert 15 not in numbers(rows.row(served, Profile(), "new", 5))


def test_the_sequels_of_a_film_that_was_set_aside_are_not_shown(saga):
    left = Profile(set_aside=frozenset({0}))
    assert not set(on_page(rows.rows(saga, left, 12))) & set(range(5))
    assert {1, 2, 3} <= set(on_page(rows.rows(saga, left, 12, ANYHOW)))


def test_neither_are_those_of_a_film_under_the_cut_or_outside_the_filters(saga, written):
    dull = written(list(saga.films.films), stars=[2.0] + [4.0] * 44)
    assert not set(on_page(rows.rows(dull, Profile(), 12))) & set(range(5))
    late = Filters(years=(2012, 2030))
    assert not set(numbers(rows.row(saga, Profile(), "likely", 40, late))) & set(range(5))


def test_a_film_that_no_list_may_have_holds_up_no_sequel(saga, written):
    films = list(saga.films.films)
    apart = written([replace(films[0], kind="special"), *films[1:]])
    assert set(numbers(rows.row(apart, Profile(), "likely", 40))) & set(range(5)) == {1, 2, 3}


def test_a_page_has_at_most_three_films_of_a_series_over_all_rows(saga):
    for filters in (Filters(), ANYHOW):
        shown = on_page(rows.rows(saga, Profile(seen=frozenset({0})), rows.LEAST_FILMS, filters))
        assert len(shown) == 2 * rows.LEAST_FILMS
        assert len({1, 2, 3, 4} & set(shown)) == 3
        titles = [saga.films.films[number].title for number in shown]
        assert series(titles).count("saga") == 3
    assert len({0, 1, 2, 3, 4} & set(numbers(rows.row(saga, Profile(), "likely", 192)))) == 3


def test_in_any_order_a_sequel_needs_nothing_before_it(saga):
    assert set(numbers(rows.row(saga, Profile(), "new", 40, ANYHOW))) & set(range(5)) == {1, 2, 3}


def test_of_a_director_the_first_three_on_a_page_come_before_all_others(written, make_film):
    films = [
        make_film(i, title=alone(i), director="Ada Moss" if i % 2 == 0 else "ADA MOSS" if i < 8 else None)
        for i in range(30)
    ]
    served = written(films)
    first = rows.rows(served, Profile(), 8)[0]
    assert numbers(first) == [0, 1, 2, 9, 11, 13, 15, 17]
    assert len(numbers(rows.row(served, Profile(), "likely", 30))) == 30  # the others stand at the end


def test_the_app_has_the_rows(tiny_artifacts):
    profile = Profile(ratings={1: 5.0, 3: 4.0})
    assert [row.kind for row in app.rows(profile, 6)][:1] == ["likely"]
    assert app.row(profile, "short", 6).kind == "short"
    assert [film.number for film in app.loved_films(profile)] == [1]
    assert app.row(profile, "loved", 6, film=app.loved_films(profile)[0]).loved.number == 1
