import pytest

from reelrec.errors import OptionError
from reelrec.serving import engine
from reelrec.serving.filters import Filters
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


def test_a_film_of_unknown_length_counts_as_one_of_usual_length(tiny):
    assert 11 in numbers(engine.recommend(tiny, Profile(), 99, filters=Filters(runtime=(60, 240))))
    assert 11 not in numbers(engine.recommend(tiny, Profile(), 99, filters=Filters(runtime=(1, 90))))


def test_a_film_of_unknown_year_or_language_passes_only_without_that_filter(tiny):
    for filters in (Filters(years=(1900, 2100)), Filters(languages=frozenset({"en"}))):
        assert 11 not in numbers(engine.recommend(tiny, Profile(), 99, filters=filters))
    assert 11 in numbers(engine.recommend(tiny, Profile(), 99))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(genres=frozenset({"Musicals"})), r"no genre called 'Musicals'. Known: Drama"),
        (Filters(without_genres=frozenset({"horror"})), "no genre called 'horror'"),
        (Filters(languages=frozenset({"xx"})), "no language called 'xx'"),
        (Filters(years=(1999, 1980)), "years 1999 to 1980 are upside down"),
        (Filters(runtime=(120, 90)), "runtime 120 to 90 are upside down"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(tiny, filters, words):
    with pytest.raises(OptionError, match=words):
        engine.recommend(tiny, Profile(), 5, filters=filters)
