"""Three films for this evening, over films whose stars are written down."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reelrec import app
from reelrec.data.film import Film
from reelrec.errors import OptionError
from reelrec.serving.engine import Engine
from reelrec.serving.page.tonight import EVENING_MINUTES, Choice, tonight
from reelrec.serving.picks.filters import Filters
from reelrec.visitor.profile import Profile

WANTS = Profile(ratings={59: 4.0}, watchlist=frozenset({30, 31, 32}))


def chosen(choices: tuple[Choice, ...]) -> dict[str, int]:
    return {choice.kind: choice.pick.film.number for choice in choices}


@pytest.fixture
def make(written, make_film) -> Callable[..., Engine]:
    """Sixty films of no series: the first thirty famous, the others hardly known. changes: facts by number."""

    def build(changes: dict[int, dict] | None = None, stars: dict[int, float] | None = None) -> Engine:
        films: list[Film] = []
        for i in range(60):
            title = "Lone " + "".join("abcdefgh"[int(digit)] for digit in f"{i:o}")
            films.append(make_film(i, title=title, n_ratings=5000 if i < 30 else 500, genres=("Drama",)))
        for number, facts in (changes or {}).items():
            films[number] = replace(films[number], **facts)
        return written(films, [(stars or {}).get(i, 4.0) for i in range(60)])

    return build


def test_each_film_is_of_another_kind(make):
    found = tonight(make(), WANTS)
    assert [choice.kind for choice in found] == ["safe", "stretch", "watchlist"]
    assert chosen(found) == {"safe": 0, "stretch": 58, "watchlist": 30}  # 59 was seen
    assert all(choice.pick.film.runtime for choice in found)


def test_without_a_watchlist_the_third_is_short(make):
    served = make({5: {"runtime": 99}, 6: {"runtime": 60}})
    assert chosen(tonight(served, Profile(ratings={59: 4.0}))) == {"safe": 0, "stretch": 58}  # the safe ones go first
    far = make({i: {"runtime": 99} for i in (54, 55)}, stars={54: 3.3, 55: 3.3})
    assert chosen(tonight(far, Profile(ratings={59: 4.0}, seen=frozenset(range(56, 59)))))["safe"] == 0


def test_a_short_film_comes_when_the_watchlist_is_used_up(make):
    short = {i: {"runtime": 90, "n_ratings": 50} for i in range(45, 59)}
    served = make(short)
    gone: set[int] = set()
    for number in (30, 31, 32):
        assert chosen(tonight(served, WANTS, gone))["watchlist"] == number
        gone.add(number)
    before, after = tonight(served, WANTS, {30, 31}), tonight(served, WANTS, gone)
    assert [choice.kind for choice in after] == ["safe", "stretch", "short"]
    assert after[2].pick.film.runtime == 90
    assert after[:2] == before[:2]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_swap_changes_no_other_choice_and_what_is_gone_stays_gone(make, place):
    served = make({i: {"genres": ("Horror",)} for i in range(50, 57)})
    gone: set[int] = set()
    before = tonight(served, WANTS)
    for _ in range(3):
        if len(before) <= place:
            break
        gone.add(before[place].pick.film.number)
        after = tonight(served, WANTS, gone)
        assert not gone & set(chosen(after).values())
        kinds = set(chosen(before)) - {before[place].kind}
        assert {choice for choice in before if choice.kind in kinds} == {
            choice for choice in after if choice.kind in kinds
        }
        before = after


def test_the_likeliest_of_the_safe_ones_comes_first(make):
    assert chosen(tonight(make(stars={3: 4.8}), WANTS))["safe"] == 3
    assert chosen(tonight(make(stars=dict.fromkeys(range(60), 4.7) | {3: 4.9}), WANTS))["safe"] == 0  # hardly likelier


def test_a_stretch_is_hardly_known_and_likely_liked(make):
    served = make({58: {"n_ratings": 2000}, 57: {"n_ratings": 99}}, stars={56: 3.25, 55: 3.24})
    assert chosen(tonight(served, WANTS))["stretch"] == 56
    assert chosen(tonight(served, WANTS, {56}))["stretch"] == 54


def test_a_stretch_is_of_another_genre_than_the_safe_film_where_one_of_the_first_is(make):
    assert chosen(tonight(make({55: {"genres": ("Horror", "Drama")}}), WANTS))["stretch"] == 55
    assert chosen(tonight(make({40: {"genres": ("Horror",)}}), WANTS))["stretch"] == 58
    assert chosen(tonight(make({55: {"genres": ("Documentary",)}}), WANTS))["stretch"] == 58


def test_no_two_are_of_one_series_or_by_one_director(make):
    saga = {0: {"title": "Heat"}, 58: {"title": "Heat: The Fire"}}
    assert chosen(tonight(make(saga), WANTS))["stretch"] == 57
    moss = {30: {"director": "Ada Moss"}, 0: {"director": "Ada Moss"}, 58: {"director": "ada moss"}}
    assert chosen(tonight(make(moss), WANTS)) == {"watchlist": 30, "safe": 1, "stretch": 57}


@pytest.mark.parametrize("minutes", [None, EVENING_MINUTES + 1])
def test_films_of_unknown_length_or_of_a_whole_night_are_not_offered(make, minutes):
    served = make({number: {"runtime": minutes} for number in (0, 58, 30)})
    assert chosen(tonight(served, WANTS)) == {"safe": 1, "stretch": 57, "watchlist": 31}


def test_nothing_under_the_cut_is_offered(make):
    low = {number: 3.2 for number in range(60)} | {3: 3.3}
    assert chosen(tonight(make(stars=low), WANTS)) == {"safe": 3}


def test_who_likes_little_is_offered_the_likeliest_all_the_same(make):
    served = make(stars=dict.fromkeys(range(60), 2.0) | {3: 2.5, 30: 1.0})
    harsh = Profile(ratings=dict.fromkeys(range(10, 20), 0.5), watchlist=frozenset({30}))
    found = tonight(served, harsh)
    assert chosen(found) == {"safe": 3}  # no film is more likely liked than not
    assert found[0].pick.chance < 0.5


def test_a_sequel_waits_for_what_it_follows(make):
    saga = {0: {"title": "Heat II", "year": 2001}, 1: {"title": "Heat", "year": 2000}}
    served = make(saga)
    assert chosen(tonight(served, WANTS))["safe"] == 1
    assert chosen(tonight(served, WANTS, {1}))["safe"] == 2
    assert chosen(tonight(served, replace(WANTS, seen=frozenset({1}))))["safe"] == 0
    assert chosen(tonight(served, replace(WANTS, set_aside=frozenset({1}))))["safe"] == 2
    assert chosen(tonight(served, WANTS, filters=Filters(in_order=False)))["safe"] == 0


def test_filters_hold_and_may_leave_nothing(make):
    served = make({4: {"genres": ("Western",)}})
    assert chosen(tonight(served, WANTS, filters=Filters(genres=frozenset({"Western"})))) == {"safe": 4}
    assert tonight(served, replace(WANTS, seen=frozenset(range(60)))) == ()
    with pytest.raises(OptionError, match="no genre"):
        tonight(served, WANTS, filters=Filters(genres=frozenset({"x"})))


def test_the_app_has_films_for_this_evening(tiny_artifacts):
    profile = Profile(ratings={1: 5.0, 3: 4.0})
    first = app.tonight(profile)
    assert first
    assert first[0].kind == "safe"
    number = first[0].pick.film.number
    assert number not in {choice.pick.film.number for choice in app.tonight(profile, {number})}
