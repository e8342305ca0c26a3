"""How two people agree."""

import numpy as np
import pytest

from reelrec import app
from reelrec.serving.together import agreement
from reelrec.serving.together.agreement import LEAST_SHARED, agreements, likeness
from reelrec.serving.together.outlook import Outlook
from reelrec.serving.together.people import Person
from reelrec.visitor.profile import Profile


def test_likeness_by_hand():
    one = np.array([1.0, -1.0, 1.0, -1.0, np.nan, 0.0])
    assert likeness(one, one) == pytest.approx(1.0)
    assert likeness(one, -2 * one) == pytest.approx(-1.0)
    assert likeness(one, np.array([1.0, 1.0, -1.0, -1.0, 3.0, 0.0])) == pytest.approx(0.0)


def test_likeness_is_not_said_of_few_films_nor_of_who_gives_all_the_same():
    few = np.arange(LEAST_SHARED - 1.0)
    assert likeness(few, few) is None
    assert likeness(np.arange(9.0), np.full(9, 0.5)) is None


def test_likeness_is_of_what_two_people_give_beyond_everybody(tiny, monkeypatch):
    """Both give more to films that everybody gives more, and still they want the opposite."""

    def opposite(served, people, items):
        means = np.array([served.films.films[item].mean for item in items.tolist()])
        own = np.tile([0.1, -0.1], len(items))[: len(items)]
        nothing = np.full((2, len(items)), np.nan)
        no = np.zeros(nothing.shape, dtype=bool)
        return Outlook(items, np.vstack([means + own, means - own]), nothing, nothing, no, no)

    monkeypatch.setattr(agreement, "outlook", opposite)
    (made,) = agreements(tiny, [Person("A", Profile(ratings={0: 5.0})), Person("B", Profile(ratings={1: 5.0}))])
    assert made.likeness == pytest.approx(-1.0)


def test_what_both_rated_by_hand(tiny):
    one = Person("A", Profile(ratings={0: 5.0, 1: 4.0, 2: 1.0, 3: 3.5, 5: 2.0, 6: 4.0}))
    other = Person("B", Profile(ratings={0: 4.5, 1: 1.0, 2: 1.0, 3: 3.0, 5: 2.5, 8: 5.0}))
    (made,) = agreements(tiny, [one, other])
    assert (made.first, made.second, made.shared) == (0, 1, 5)
    assert made.apart == pytest.approx((0.5 + 3 + 0 + 0.5 + 0.5) / 5)
    assert made.same_side == pytest.approx(3 / 5)
    assert made.joins[0].film.number == 0
    assert made.divides[0].film.number == 1
    assert made.divides[0].first.stars == 4.0
    assert made.divides[0].second.given


def test_few_films_in_common_are_too_few_to_say(tiny):
    (made,) = agreements(tiny, [Person("A", Profile(ratings={0: 5.0})), Person("B", Profile(ratings={1: 5.0}))])
    assert (made.shared, made.apart, made.same_side) == (0, None, None)


def test_the_same_ratings_are_the_same_taste_and_who_is_most_alike_comes_first():
    people = [Person(name, app.sample_profile(name)) for name in ("horror", "world-cinema", "horror")]
    made = app.together.agreements(people)
    assert len(made) == 3
    assert (made[0].first, made[0].second) == (0, 2)
    assert made[0].likeness == pytest.approx(1.0)
    assert made[0].divides == ()
    assert made[1].likeness < 0.9
    assert all(min(film.first.stars, film.second.stars) >= 4.0 for pair in made for film in pair.joins)
    assert all(abs(film.first.stars - film.second.stars) >= 1.0 for pair in made for film in pair.divides)


def test_set_aside_ratings_say_nothing(tiny):
    rated = {film: 4.0 for film in range(6)}
    other = Profile(ratings=rated, set_aside=frozenset({0, 1}))
    (made,) = agreements(tiny, [Person("A", Profile(ratings=rated)), Person("B", other)])
    assert made.shared == 4
    assert made.apart is None
