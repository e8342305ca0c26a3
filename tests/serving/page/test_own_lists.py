"""Films that a visitor chose, best first, over films whose stars are written down and over the shipped models."""

from dataclasses import replace

import pytest

from reelrec import app
from reelrec.serving.page import own_lists
from reelrec.visitor.profile import Profile

MINE = Profile(ratings={59: 4.0})
LETTERS = [f"{one}{two}" for one in "bdfgk" for two in "aeiouylmnprst"]  # no numbers, which would make a series


@pytest.fixture
def make(written, make_film):
    """Sixty films in the order of the list. changes: facts by number. stars: of some films, 4 by default."""

    def build(changes=None, stars=None):
        films = [make_film(i, **{"title": f"Lone {LETTERS[i]}"} | (changes or {}).get(i, {})) for i in range(60)]
        return written(films, [(stars or {}).get(i, 4.0) for i in range(60)])

    return build


def order(served, profile, numbers):
    return [pick.film.number for pick in own_lists.best_first(served, None, profile, numbers).shelf.picks]


def test_films_stand_in_the_order_of_the_list_and_none_is_lost(make):
    assert order(make(), MINE, [40, 3, 17, 3]) == [3, 17, 40]
    series = make({i: {"title": f"Saga {i}"} for i in range(50)}, stars=dict.fromkeys(range(50), 1.0))
    assert order(series, MINE, range(50)) == list(range(50))  # however many of one series, and however bad


def test_what_was_seen_comes_last_by_the_stars_it_got_and_is_not_predicted(make):
    profile = Profile(ratings={5: 2.0, 6: 4.5}, seen=frozenset({7}))
    found = own_lists.best_first(make(), None, profile, [7, 5, 6, 8])
    assert [film.number for film in found.seen] == [6, 5, 7]
    assert found.numbers == (8, 6, 5, 7)


def test_a_list_of_nothing_is_empty(make):
    found = own_lists.best_first(make(), None, MINE, [])
    assert (found.numbers, found.shelf.picks) == ((), ())


def test_films_are_regretted_where_a_low_rating_is_more_likely_than_not(make):
    served = make(stars={1: 1.0, 2: 2.0, 3: 2.9, 4: 3.0})
    picks = own_lists.best_first(served, None, MINE, range(5)).shelf.picks
    assert [pick.film.number for pick in own_lists.regrets(picks)] == [1, 2]
    chances = {pick.film.number: own_lists.regret(pick) for pick in picks}
    assert chances[1] > chances[2] > 0.5 > chances[3] > chances[0] > 0
    assert own_lists.regret(replace(picks[0], distribution=None)) is None
    assert own_lists.regrets([replace(pick, distribution=None) for pick in picks]) == ()


def test_the_chance_of_a_regret_is_that_of_two_and_a_half_stars_and_fewer(make):
    (pick,) = own_lists.best_first(make(), None, MINE, [4]).shelf.picks
    known = replace(pick, distribution=(0.1, 0.1, 0.1, 0.1, 0.15, 0.45, 0.0, 0.0, 0.0, 0.0))
    assert own_lists.regret(known) == pytest.approx(0.55)


def test_for_tonight_is_the_best_that_is_short_enough_and_pleases(make):
    served = make({0: {"runtime": 211}, 1: {"runtime": None}, 3: {"runtime": 210}}, stars={2: 2.0})
    picks = own_lists.best_first(served, None, MINE, range(5)).shelf.picks
    chosen = [own_lists.for_tonight(served, MINE, picks, gone) for gone in ((), {3}, {3, 4})]
    assert [pick and pick.film.number for pick in chosen] == [3, 4, None]


def test_a_sequel_is_not_for_tonight_before_what_it_follows():
    films = app.catalogue()
    first, second = app.film("the-godfather").number, app.film("the-godfather-part-ii").number
    assert films.predecessors[second] == first
    mine = app.sample_profile("horror")
    picks = app.lists.best_first(mine, [second]).shelf.picks
    assert app.lists.for_tonight(mine, picks) is None
    seen = mine.rated(first, 4.5)
    assert app.lists.for_tonight(seen, app.lists.best_first(seen, [second]).shelf.picks).film.number == second


def test_films_that_no_model_knows_are_guessed_by_facts_and_the_least_known_come_last():
    films, mine = app.catalogue(), app.sample_profile("world-cinema")
    wanted = [film.number for film in films.films[:: len(films) // 300] if film.same_as is None]
    found = app.lists.best_first(mine, wanted)
    assert found.shelf.picks
    assert found.by_facts
    assert found.unknown
    assert sorted(found.numbers) == sorted(wanted)
    assert all(pick.film.number >= films.n_items and pick.stars for pick in found.by_facts)
    for film in found.unknown:
        assert app.predict(mine, film) is None
    pick = found.by_facts[0]
    assert pick.stars == pytest.approx(app.predict(mine, pick.film).stars)


def test_stars_are_those_that_the_films_page_shows_and_reasons_come_when_they_are_asked_for():
    mine = app.sample_profile("horror")
    picks = app.lists.best_first(mine, range(0, 400, 20)).shelf.picks
    assert not any(pick.because for pick in picks)
    for pick in app.lists.with_reasons(mine, picks)[:4]:
        assert pick.stars == pytest.approx(app.predict(mine, pick.film).stars, abs=0.02)
    assert any(pick.because for pick in app.lists.with_reasons(mine, picks))
    assert app.lists.with_reasons(Profile(), picks) == picks


def test_without_a_history_it_is_the_most_watched_first_with_a_newcomers_stars():
    found = app.lists.best_first(Profile(watchlist=frozenset({3})), [9, 500, 40])
    assert found.shelf.model == "popularity"
    assert not found.shelf.stars_are_theirs
    counts = [pick.film.n_ratings for pick in found.shelf.picks]
    assert counts == sorted(counts, reverse=True)
