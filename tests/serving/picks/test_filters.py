from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.errors import OptionError
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks.filters import Filters
from reelrec.visitor.profile import Profile


def numbers(found) -> list[int]:
    return [pick.film.number for pick in found[1]]


def test_the_watchlist_is_shown_among_the_others_or_hidden_or_all_there_is(tiny):
    profile = Profile(ratings={1: 5.0}, watchlist=frozenset({0, 8}))
    everything = numbers(engine.recommend(tiny, profile, 99))
    assert {0, 8} < set(everything)
    without = numbers(engine.recommend(tiny, profile, 99, filters=Filters(watchlist="hidden")))
    assert without == [number for number in everything if number not in {0, 8}]
    ranked = numbers(engine.recommend(tiny, profile, 99, filters=Filters(watchlist="only")))
    assert ranked == [number for number in everything if number in {0, 8}]


def test_an_unknown_way_with_the_watchlist_is_refused(tiny):
    with pytest.raises(OptionError, match="shown, hidden, only"):
        engine.recommend(tiny, Profile(), 3, filters=Filters(watchlist="first"))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(genres=frozenset({"Horror"})), {1, 2}),
        (Filters(genres=frozenset({"Horror", "Western"})), {1, 2, 4}),
        (Filters(genres=frozenset({"Horror"}), without_genres=frozenset({"Thriller"})), {2}),
        (Filters(without_genres=frozenset({"Drama", "Horror"})), {4, 5, 7, 8, 10, 11, 12, 13}),
        (Filters(years=(1988, 1992)), {3, 4, 12, 13}),
        (Filters(years=(2016, 2016)), {10}),
        (Filters(runtime=(60, 90)), {2, 7, 13}),
        (Filters(languages=frozenset({"fr", "da"})), {5, 10}),
        (Filters(languages=frozenset({"de"}), years=(1900, 1990)), {12}),
    ],
)
def test_a_filter_lets_through_what_it_says(tiny, filters, expected):
    assert set(numbers(engine.recommend(tiny, Profile(), 99, filters=filters))) == expected


UNKNOWN = [Filters(runtime=(60, 240)), Filters(years=(1900, 2100)), Filters(years=(1900, 2100), runtime=(1, 90))]


@pytest.mark.parametrize("filters", UNKNOWN)
def test_a_film_of_unknown_year_or_length_passes_if_it_is_asked_for_and_is_counted(tiny, filters):
    """Film 11 has neither."""
    assert 11 not in numbers(engine.recommend(tiny, Profile(), 99, filters=filters))
    assert 11 in numbers(engine.recommend(tiny, Profile(), 99, filters=replace(filters, unknown=True)))
    assert engine.narrowed(tiny, Profile(), filters).unknown >= 1
    assert engine.narrowed(tiny, Profile(ratings={11: 4.0}), filters).unknown == (
        engine.narrowed(tiny, Profile(), filters).unknown - 1
    )
    assert engine.narrowed(tiny, Profile(), replace(filters, unknown=True)).unknown == 0


def test_without_a_filter_nothing_is_left_out(tiny):
    assert engine.narrowed(tiny, Profile(), Filters()) == engine.Narrowed(unknown=0, looser={})


def test_a_film_of_unknown_language_passes_only_without_that_filter(tiny):
    assert 11 not in numbers(engine.recommend(tiny, Profile(), 99, filters=Filters(languages=frozenset({"en"}))))
    assert 11 in numbers(engine.recommend(tiny, Profile(), 99))


def test_each_filter_says_how_many_films_it_costs(tiny):
    filters = Filters(
        genres=frozenset({"Horror"}), without_genres=frozenset({"Thriller", "Western"}), years=(1970, 1985),
        least_ratings=400,
    )  # fmt: skip
    found = engine.narrowed(tiny, Profile(), filters).looser
    now = len(numbers(engine.recommend(tiny, Profile(), 99, filters=filters)))
    looser = filters.looser()
    assert looser.keys() == {"genres", "years", "least_ratings", "without Thriller", "without Western"}
    for name, other in looser.items():
        more = len(numbers(engine.recommend(tiny, Profile(), 99, filters=other))) - now
        assert found.get(name, 0) == more
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert "without Western" not in found  # no western would pass the others


def test_a_genre_that_is_asked_for_and_left_out_is_a_contradiction():
    both = Filters(genres=frozenset({"Horror", "Drama"}), without_genres=frozenset({"Drama", "Western"}))
    assert both.contradictions() == ("Drama is asked for and left out.",)
    assert Filters(genres=frozenset({"Horror"})).contradictions() == ()


def test_series_in_any_order_leave_no_film_out_and_are_no_filter_to_loosen(tiny, films):
    freely = Filters(in_order=False)
    np.testing.assert_array_equal(freely.mask(films), Filters().mask(films))
    assert freely != Filters()
    assert freely.looser() == {}
    assert engine.narrowed(tiny, Profile(), freely) == engine.Narrowed(unknown=0, looser={})
    horror = Filters(genres=frozenset({"Horror"}), in_order=False)
    assert horror.looser() == {"genres": freely}  # what is loosened keeps its order
    assert dict(engine.narrowed(tiny, Profile(), horror).looser) == dict(
        engine.narrowed(tiny, Profile(), replace(horror, in_order=True)).looser
    )


@pytest.fixture
def saga(written, make_film) -> Engine:
    """A list that begins with the third film of a series and ends with the first."""
    titles = ("Saga III", "Lone a", "Saga II", "Lone b", "Saga")
    return written([make_film(i, title=title, year=2010 - i) for i, title in enumerate(titles)])


def test_a_series_stands_from_its_beginning_unless_any_order_will_do(saga):
    seen = Profile(ratings={3: 4.0})
    assert numbers(engine.recommend(saga, seen, 9)) == [4, 1, 2, 0]
    assert numbers(engine.recommend(saga, seen, 9, filters=Filters(in_order=False))) == [0, 1, 2, 4]


def test_a_sequel_waits_for_a_film_that_the_filters_leave_out_or_that_was_set_aside(saga):
    late = Filters(years=(2007, 2030))
    seen = Profile(ratings={3: 4.0})
    assert numbers(engine.recommend(saga, seen, 9, filters=late)) == [1]
    assert numbers(engine.recommend(saga, seen, 9, filters=replace(late, in_order=False))) == [0, 1, 2]
    assert numbers(engine.recommend(saga, replace(seen, set_aside=frozenset({4})), 9)) == [1]
    assert numbers(engine.recommend(saga, replace(seen, seen=frozenset({4})), 9, filters=late)) == [2, 1, 0]


def test_a_sequel_waits_for_no_film_that_a_list_cannot_have_unless_it_was_asked_for(saga, written):
    films = list(saga.films.films)
    films[4] = replace(films[4], kind="special")
    apart, seen = written(films), Profile(ratings={3: 4.0})
    assert numbers(engine.recommend(apart, seen, 9)) == [2, 1, 0]
    pair = [("Before Sunset", 2004, "film"), ("Lone a", 2000, "film"), ("Before Sunrise", 1995, "special")]
    made = [replace(films[i], title=title, year=year, kind=kind) for i, (title, year, kind) in enumerate(pair)]
    before, asked = written([*made, films[3]]), Filters(kinds=frozenset({"film", "special"}))
    assert numbers(engine.recommend(before, seen, 9)) == [0, 1]
    assert numbers(engine.recommend(before, seen, 9, filters=asked)) == [2, 1, 0]


def test_countries_and_fame_are_filters_too(tiny, films, make_film):
    found = numbers(engine.recommend(tiny, Profile(), 99, filters=Filters(least_ratings=500)))
    assert set(found) == set(np.flatnonzero(films.shown & (films.n_ratings >= 500)).tolist())
    places = [("France", "Italy"), ("Italy",), (), ("Japan",)]
    made = Catalogue(make_film(i, countries=countries) for i, countries in enumerate(places))
    assert Filters(countries=frozenset({"Italy", "Japan"})).mask(made).tolist() == [True, True, False, True]
    with pytest.raises(OptionError, match="no country called 'Atlantis'"):
        Filters(countries=frozenset({"Atlantis"})).mask(made)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(genres=frozenset({"Musicals"})), r"no genre called 'Musicals'. Known: Drama"),
        (Filters(without_genres=frozenset({"horor"})), r"no genre called 'horor'. Did you mean 'Horror'\?"),
        (Filters(kinds=frozenset({"shot"})), r"no kind called 'shot'. Did you mean 'short'\?"),
        (Filters(languages=frozenset({"xx"})), "no language called 'xx'"),
        (Filters(years=(1999, 1980)), "years 1999 to 1980 are upside down"),
        (Filters(runtime=(120, 90)), "runtime 120 to 90 are upside down"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(tiny, filters, words):
    with pytest.raises(OptionError, match=words):
        engine.recommend(tiny, Profile(), 5, filters=filters)
