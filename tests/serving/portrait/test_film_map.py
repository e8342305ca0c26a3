"""The map as one visitor sees it. Films lie side by side by decade, and each decade is a region."""

from __future__ import annotations

import json

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.serving.engine import Engine
from reelrec.serving.portrait import film_map, regions
from reelrec.visitor.profile import Profile
from tests.fakes.film_maps import by_decade

N = 3_000


@pytest.fixture(scope="module")
def served(written, make_film):
    """3,000 films that models know, five decades of 600 each, and 20 more; the list has them in their order.

    Film 2999 is a second row of film 0.
    """
    twin = {N - 1: 0}
    rows = [
        make_film(i, title=f"Film {i:04d}", year=1970 + i // 600 * 10, n_ratings=9_000 - i, same_as=twin.get(i))
        for i in range(N + 20)
    ]
    return Engine(Catalogue(rows, n_items=N), written(rows[:N]).model)


@pytest.fixture(scope="module")
def the_map(served):
    return by_decade(served.films)


@pytest.fixture
def view(served, the_map):
    return lambda profile: film_map.view(served, the_map, profile)


def named(spots) -> dict:
    """Stars by film number."""
    return dict(zip(spots.numbers, spots.stars, strict=True))


def test_own_films_have_their_stars_and_lie_at_their_places_and_no_other_film_is_theirs(view, the_map):
    seen = view(Profile(ratings={7: 4.5, 1800: 1.0}, liked=frozenset({7, 12})))
    assert named(seen.own) == {7: 4.5, 1800: 1.0, 12: None}
    assert seen.own.numbers[0] == 1800  # loved ones last, so that they are drawn on top
    for number, place in zip(seen.own.numbers, seen.own.places, strict=True):
        assert place == tuple(the_map.places[number].tolist())
    assert not set(seen.others.numbers) & {7, 12, 1800}
    assert set(seen.others.stars) == {None}
    assert seen.loved == 2


def test_the_others_are_films_of_the_list_the_next_ones_to_loved_films_and_the_best_known(view):
    others = view(Profile(ratings={2_500: 5.0, 30: 2.0})).others
    assert len(others) == film_map.OTHERS
    assert {2_499, 2_501} <= set(others.numbers)  # beside the loved film
    assert set(range(30)) | set(range(31, 250)) <= set(others.numbers)
    assert list(others.numbers) == sorted(others.numbers)  # the best known first
    assert N - 1 not in others.numbers


def test_a_film_that_does_not_count_is_not_on_the_map_as_theirs(view):
    profile = Profile(ratings={7: 4.5, 9: 5.0}).not_counted(9)
    seen = view(profile)
    assert named(seen.own) == {7: 4.5}
    assert seen.loved == 1


def test_films_that_no_model_knows_are_counted_and_left_out(view):
    seen = view(Profile(ratings={7: 4.5, N + 5: 5.0}, liked=frozenset({N + 9, N + 5}), seen=frozenset({N + 11})))
    assert seen.off_map == 2
    assert set(seen.own.numbers) == {7}


@pytest.mark.parametrize(
    "profile",
    [
        Profile(ratings={7: 4.0}),
        Profile(ratings={i: 2.0 for i in range(20)}),
        Profile(ratings={i: 3.0 for i in range(20)}),
        Profile(liked=frozenset(range(40))),
        Profile(seen=frozenset(range(40))),
        Profile(ratings={N + 1: 5.0}),
        Profile(ratings={i: 0.5 + i % 10 / 2 for i in range(N - 1)}),
        Profile(),
    ],
    ids=["one film", "none liked", "all alike", "hearts only", "seen only", "in no model", "all films", "nothing"],
)
def test_odd_profiles_have_a_map_with_a_window_in_it(view, profile):
    seen = view(profile)
    left, bottom, right, top = seen.window
    assert -200 < left < right < 200
    assert -200 < bottom < top < 200
    assert len(seen.own) <= film_map.MOST_OWN
    assert sum(region.loved for region in seen.regions) == seen.loved
    assert sum(region.films for region in seen.regions) == N


def test_of_more_films_than_can_be_drawn_the_last_ones_are(view):
    ratings = {i: 4.0 for i in range(2_500)}
    seen = view(Profile(ratings=ratings))
    assert seen.left_out == 500
    assert set(seen.own.numbers) == set(range(500, 2_500))
    assert seen.loved == 2_500


def test_the_window_lies_around_the_films_that_are_loved(view, the_map):
    loved = {i: 5.0 for i in range(600, 640)}
    left, bottom, right, top = view(Profile(ratings=loved | {2_900: 1.0})).window
    inside = (the_map.places[list(loved)] > [left, bottom]) & (the_map.places[list(loved)] < [right, top])
    assert inside.all()
    assert top - bottom < 80


def test_at_home_is_where_more_is_loved_than_everybody_watches_and_its_dearest_films_are_named(view):
    loved = dict.fromkeys(range(600, 620), 4.0) | {610: 5.0, 615: 4.5} | {5: 5.0}
    seen = view(Profile(ratings=loved, liked=frozenset({601})))
    assert [part.region.name for part in seen.at_home] == ["The 1980s"]
    assert [film.number for film in seen.at_home[0].films] == [610, 601, 615]
    (home,) = (region for region in seen.regions if region.name == "The 1980s")
    assert (home.loved, home.rated, home.seen, home.films) == (20, 20, 20, 600)


def test_the_region_with_the_largest_part_comes_first(view):
    few, many = dict.fromkeys(range(700, 710), 4.0), dict.fromkeys(range(2_000, 2_030), 4.0)
    assert [part.region.name for part in view(Profile(ratings=few | many)).at_home] == ["The 2000s", "The 1980s"]


def test_new_ground_is_where_the_list_has_films_and_hardly_any_were_seen(view):
    seen = view(Profile(ratings=dict.fromkeys(range(1_200, 1_260), 4.0)))
    assert [part.region.name for part in seen.new] == ["The 1970s"]  # the list begins with these films
    assert [film.number for film in seen.new[0].films] == [0, 1, 2]
    assert seen.new[0].region.seen == 0
    assert seen.new[0].region.usual == pytest.approx(60 * 0.232, abs=0.2)  # 600 of 9,000 to 8,401 ratings, of all
    often = view(Profile(ratings=dict.fromkeys([*range(1_200, 1_260), *range(300, 330)], 4.0)))
    assert not often.new


def test_hard_to_please_is_where_their_stars_are_lowest(view):
    ratings = dict.fromkeys(range(40), 4.5) | dict.fromkeys(range(700, 710), 2.0) | {705: 0.5, 2_000: 1.0}
    (part,) = view(Profile(ratings=ratings)).hard
    assert part.region.name == "The 1980s"  # one film of the 2000s says nothing
    assert part.region.mean == pytest.approx(1.85)
    assert part.films[0].number == 705
    assert view(Profile(ratings=dict.fromkeys(range(60), 2.0))).hard == ()


def test_parts_are_the_divergence_worked_by_hand():
    p, q = np.array([(6 + 10 * 0.25) / 18, (2 + 10 * 0.75) / 18]), np.array([0.25 + 0.05, 0.75 + 0.05]) / 1.1
    np.testing.assert_allclose(regions.divergence([6, 2], [0.25, 0.75]), p * np.log(p / q))
    np.testing.assert_allclose(regions.divergence([0, 0], [0.5, 0.5]), 0, atol=1e-12)


def test_a_film_is_placed_in_its_region_and_one_that_no_model_knows_nowhere(served, the_map, make_film):
    place = film_map.place_of(the_map, served.films.films[610])
    assert place.region == "The 1980s"
    assert (place.x, place.y) == tuple(the_map.places[610].tolist())
    assert film_map.place_of(the_map, make_film(N)) is None


def test_what_is_sent_stays_small(view):
    seen = view(Profile(ratings={i: 4.0 for i in range(2_000)}))
    sent = [[spots.numbers, spots.titles, spots.years, spots.stars, spots.places] for spots in (seen.own, seen.others)]
    assert len(json.dumps(sent)) < 250_000
