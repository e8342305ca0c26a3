"""The whole portrait of a visitor."""

import dataclasses

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.portrait import Portrait, portrait
from reelrec.visitor.profile import Profile

PEOPLE = {name: [-1 + place / 50 for place in range(101)] for name in ("generosity", "spread", "agreement")}


@pytest.fixture
def varied_films(make_film) -> Catalogue:
    """120 films that others like more and less, in three genres and by ten directors."""
    genres = ("Horror", "War", "Music")
    return Catalogue(
        make_film(n, mean=2 + n % 9 / 4, genres=(genres[n % 3],), director=f"D {n % 10}", year=1950 + n % 70)
        for n in range(120)
    )


def test_the_visitor_and_everybody_are_compared_on_the_same_films(make_film):
    films = Catalogue([
        make_film(0, mean=3.0, histogram=(0, 0, 0, 0, 0, 4, 0, 0, 0, 0)),
        make_film(1, mean=4.0, histogram=(0, 0, 0, 0, 0, 0, 0, 20, 0, 0)),
        make_film(2, mean=None, n_ratings=0),
    ])  # fmt: skip
    found = portrait(Profile(ratings={0: 3.5, 1: 4.5, 2: 0.5}), films)
    assert (found.n, found.compared) == (3, 2)
    assert (found.mean, found.crowd) == (4.0, 3.5)
    assert found.generosity == pytest.approx(1 / (2 + 5))
    assert found.histogram == (0, 0, 0, 0, 0, 0, 0.5, 0, 0.5, 0)
    assert found.crowd_histogram == (0, 0, 0, 0, 0, 0.5, 0, 0.5, 0, 0)


def test_films_that_nobody_else_rated_have_a_mean_and_nothing_to_compare(make_film):
    films = Catalogue([make_film(n, mean=None, n_ratings=0) for n in range(3)], n_items=0)
    found = portrait(Profile(ratings={0: 4.0, 1: 5.0, 2: 4.5}), films, PEOPLE)
    assert (found.n, found.compared, found.mean, found.crowd, found.generosity) == (3, 0, 4.5, None, None)
    assert not any(found.groups.values())
    assert found.loves == found.dislikes == found.by_year == found.against == ()
    assert sum(found.histogram) == pytest.approx(1)


def test_nothing_but_hearts_is_an_empty_portrait(films):
    found = portrait(Profile(liked=frozenset({1, 2})), films, PEOPLE)
    assert (found.n, found.mean, found.spread, found.more_generous_than) == (0, None, None, None)
    assert sum(found.histogram) == 0


def test_a_film_that_is_set_aside_does_not_count(films):
    profile = Profile(ratings={0: 5.0, 1: 1.0, 2: 3.0})
    assert portrait(profile.not_counted(1), films) == portrait(Profile(ratings={0: 5.0, 2: 3.0}), films)


def test_half_a_star_more_for_all_moves_generosity_and_no_lift(varied_films):
    stars = {number: 1 + (number * 7 % 8) / 2 for number in range(120)}
    before = portrait(Profile(ratings=stars), varied_films, PEOPLE)
    after = portrait(Profile(ratings={number: given + 0.5 for number, given in stars.items()}), varied_films, PEOPLE)
    assert after.generosity == pytest.approx(before.generosity + 0.5 * 120 / 125)
    assert after.more_generous_than > before.more_generous_than
    assert (after.spread, after.agreement) == (pytest.approx(before.spread), pytest.approx(before.agreement))
    lifts = [[group.lift for groups in found.groups.values() for group in groups] for found in (before, after)]
    assert lifts[0] == pytest.approx(lifts[1], abs=1e-9)
    assert len(lifts[0]) > 5


def test_twenty_equal_stars_have_no_agreement_and_are_set_beside_others(varied_films):
    found = portrait(Profile(ratings=dict.fromkeys(range(20), 3.0)), varied_films, PEOPLE)
    assert (found.spread, found.agreement, found.generosity) == (0.0, None, pytest.approx((3 - found.crowd) * 20 / 25))
    assert (found.more_spread_than, found.more_agreeing_than) == (pytest.approx(0.5), None)
    assert not any(group.stands_out for groups in found.groups.values() for group in groups)


def test_a_portrait_never_says_who_is_alike():
    fields = {field.name for field in dataclasses.fields(Portrait)}
    assert not any("twin" in name or "user" in name for name in fields)
