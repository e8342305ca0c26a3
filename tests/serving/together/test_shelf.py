"""The shelf for several people over fourteen films and over the shipped models."""

import itertools

import pytest

from reelrec import app
from reelrec.errors import ArtifactError, OptionError
from reelrec.serving.engine import Engine
from reelrec.serving.picks.filters import Filters
from reelrec.serving.together import outlook as module
from reelrec.serving.together.outlook import candidates, outlook
from reelrec.serving.together.people import Person
from reelrec.serving.together.shelf import ORDERS, shelf
from reelrec.visitor.profile import Profile

ANN = Person("Ann", Profile(ratings={1: 5.0, 3: 4.0, 6: 2.0}))
BEN = Person("Ben", Profile(ratings={0: 1.0, 5: 4.5}, set_aside=frozenset({12}), watchlist=frozenset({13, 4})))
TASTES = ("horror", "world-cinema", "family-night")


@pytest.fixture(scope="module")
def three() -> list[Person]:
    return [Person(name, app.sample_profile(name)) for name in TASTES]


def numbers(picks) -> set[int]:
    return {pick.film.number for pick in picks}


@pytest.mark.parametrize("order", ORDERS)
def test_nobody_has_seen_a_film_nor_set_it_aside_and_no_twin_is_shown(tiny, order):
    shown = numbers(shelf(tiny, [ANN, BEN], 99, order))
    assert shown
    assert not shown & {0, 1, 3, 5, 6, 9, 12}


def test_films_that_some_have_seen_come_if_asked_for_with_their_own_stars(tiny):
    picks = shelf(tiny, [ANN, BEN], 99, seen="not all")
    by_number = {pick.film.number: pick for pick in picks}
    assert {1, 3, 6} & by_number.keys()
    assert not {9, 12} & by_number.keys()
    pick = next(by_number[number] for number in (1, 3, 6) if number in by_number)
    assert pick.seen_by == ("Ann",)
    assert pick.stars[0] == (ANN.profile.ratings[pick.film.number], None, None, True)
    assert not pick.stars[1].given
    both = [ANN, Person("Cy", ANN.profile)]
    assert not numbers(shelf(tiny, both, 99, seen="not all")) & {1, 3, 6}


def test_films_that_few_know_come_only_where_somebody_wants_them(tiny, monkeypatch):
    monkeypatch.setattr(module, "KNOWN", 3)
    found = set(candidates(tiny, [ANN, BEN], Filters(), "nobody").tolist())
    assert {4, 13} <= found
    assert not {10, 11} & found
    only = set(candidates(tiny, [ANN, BEN], Filters(watchlist="only"), "nobody").tolist())
    assert only == {4, 13}
    assert not {4, 13} & set(candidates(tiny, [ANN, BEN], Filters(watchlist="hidden"), "nobody").tolist())


def test_a_range_is_around_the_stars_and_means_and_minima_are_of_them(three):
    for pick in app.together.shelf(three, 30):
        stars = [star.stars for star in pick.stars]
        assert pick.average == pytest.approx(sum(stars) / 3)
        assert pick.least == min(stars)
        assert all(star.low <= star.stars <= star.high and star.low < star.high for star in pick.stars)


def test_each_order_is_what_its_name_says(three):
    made = {order: app.together.shelf(three, 400, order) for order in ORDERS}
    falling = {
        "average": [pick.average for pick in made["average"]],
        "least misery": [pick.least for pick in made["least misery"]],
        "most loved": [max(star.stars for star in pick.stars) for pick in made["most loved"]],
    }
    for values in falling.values():
        assert all(one >= other - 1e-4 for one, other in itertools.pairwise(values))
    assert len(made["fair"]) == app.together.EVENINGS
    assert all(min(pick.short) >= 0 for pick in made["fair"])
    assert len({tuple(pick.film.number for pick in made[order][:5]) for order in ORDERS}) >= 3


def test_no_two_films_of_a_series_and_no_sequel_before_what_it_follows(three):
    films = app.catalogue()
    shown = app.together.shelf(three, 400)
    seen = {film for person in three for film in person.profile.watched}
    for pick in shown:
        before = int(films.predecessors[pick.film.number])
        assert before < 0 or before in seen or not films.listed[before]
    titles = [pick.film.title.partition(":")[0] for pick in shown]
    assert titles.count("The Lord of the Rings") <= 1


def test_two_people_of_one_film_each_and_none_in_common_get_a_shelf():
    heat, amelie = app.film("heat-1995").number, app.film("amelie").number
    two = [Person("A", Profile(ratings={heat: 4.0})), Person("B", Profile(liked=frozenset({amelie})))]
    assert len(app.together.shelf(two, 12)) == 12
    same = [Person("A", Profile(ratings={heat: 4.0})), Person("B", Profile(ratings={heat: 4.0}))]
    for pick in app.together.shelf(same, 12):
        assert pick.stars[0] == pick.stars[1]


@pytest.mark.parametrize("n", [0, 1, 7])
def test_it_is_for_two_to_six_people(tiny, n):
    with pytest.raises(OptionError, match=f"2 to 6 people, not for {n}"):
        shelf(tiny, [ANN] * n, 12)


def test_what_is_no_order_is_refused(tiny):
    with pytest.raises(OptionError, match="no order called 'fame'"):
        shelf(tiny, [ANN, BEN], 12, "fame")


def test_where_nothing_predicts_stars_it_says_so(tiny):
    def model(name: str):
        if name in ("blend", "stack", "bmf"):
            raise ArtifactError(f"{name} is missing")
        return tiny.model(name)

    blind = Engine(tiny.films, model)
    with pytest.raises(ArtifactError, match="no shelf for several"):
        shelf(blind, [ANN, BEN], 12)
    known = outlook(blind, [ANN, BEN], candidates(tiny, [ANN, BEN], Filters(), "nobody"))
    assert {known.star(0, place).stars for place in range(len(known.items))} == {None}
