from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.models.lists.ease import EASE
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks.filters import Filters
from reelrec.visitor.profile import Profile

LIKES = Profile(ratings={1: 5.0, 3: 4.0, 6: 2.0})


def numbers(found) -> list[int]:
    return [pick.film.number for pick in found[1]]


def test_every_film_that_may_be_shown_is_in_a_long_list_once(tiny):
    assert sorted(numbers(engine.recommend(tiny, LIKES, 99))) == [0, 2, 4, 5, 7, 8, 10, 11, 12, 13]


@pytest.mark.parametrize(
    "model", ["blend", "dae", "ranker", "ease", "svd", "knn", "baseline", "film-mean", "popularity"]
)
def test_films_that_were_seen_in_any_way_or_set_aside_are_never_shown(tiny, model):
    profile = Profile(
        ratings={1: 5.0}, seen=frozenset({2}), liked=frozenset({3}), set_aside=frozenset({4}), unseen=frozenset({5})
    )
    shown = numbers(engine.recommend(tiny, profile, 99, model))
    assert not {1, 2, 3, 4} & set(shown)
    assert 5 in shown  # "haven't seen" is no reason to hide a film


@pytest.mark.parametrize("seen", [0, 9])
def test_neither_a_seen_film_nor_its_twin_is_shown(tiny, seen):
    profile = Profile(ratings={seen: 4.0}).joined(tiny.films.canonical)  # as every door to the app does it
    assert not {0, 9} & set(numbers(engine.recommend(tiny, profile, 99)))


def test_a_twin_is_never_shown(tiny):
    assert 9 not in numbers(engine.recommend(tiny, Profile(), 99))


@pytest.mark.parametrize("dial", [-0.1, 1.01, float("nan"), float("inf")])
def test_the_dial_goes_from_0_to_1(tiny, dial):
    with pytest.raises(OptionError, match="dial goes from 0"):
        engine.recommend(tiny, LIKES, 5, dial=dial)


def test_an_empty_profile_gets_popularity_and_a_first_rating_the_list_model(tiny):
    name, picks = engine.recommend(tiny, Profile(), 3)
    assert name == "popularity"
    assert [pick.because for pick in picks] == [(), (), ()]
    assert engine.recommend(tiny, Profile(watchlist=frozenset({1})), 3)[0] == "popularity"
    assert engine.recommend(tiny, Profile(liked=frozenset({1})), 3)[0] == "blend"
    assert engine.recommend(tiny, LIKES, 3, "baseline")[0] == "baseline"


def test_a_list_is_in_the_order_of_its_models_scores(tiny):
    for model in ("ranker", "ease", "svd", "popularity"):
        picks = engine.recommend(tiny, LIKES, 99, model)[1]
        score = tiny.model(model).score(LIKES.history(14))
        assert [pick.score for pick in picks] == sorted((pick.score for pick in picks), reverse=True)
        assert all(pick.score == pytest.approx(score[pick.film.number]) for pick in picks)


def test_a_shorter_list_is_the_head_of_a_longer_one(tiny):
    assert numbers(engine.recommend(tiny, LIKES, 4)) == numbers(engine.recommend(tiny, LIKES, 9))[:4]


def test_stars_come_from_the_stars_model_and_stay_on_the_scale(tiny):
    furious = Profile(ratings=dict.fromkeys(range(8), 0.5))
    for profile in (LIKES, furious):
        stars = np.clip(tiny.model(engine.STARS_MODEL).score(profile.history(14)), 0.5, 5.0)
        for pick in engine.recommend(tiny, profile, 99)[1]:
            assert pick.stars == pytest.approx(stars[pick.film.number])
            assert 0.5 <= pick.stars <= 5.0
    own = tiny.model("baseline").score(LIKES.history(14))
    for pick in engine.recommend(tiny, LIKES, 99, "baseline")[1]:
        assert pick.stars == pytest.approx(own[pick.film.number])


def test_predict_ignores_what_was_given_to_the_film_itself(tiny, films):
    loved, hated, silent = (
        engine.predict(tiny, Profile(ratings={1: 5.0, 3: 4.0} | own), films.films[2])
        for own in ({2: 5.0}, {2: 0.5}, {})
    )
    assert loved == hated == silent
    assert films.films[2] not in loved.because


def test_predict_depends_on_the_other_ratings(tiny, films):
    low, high = (engine.predict(tiny, Profile(ratings=dict.fromkeys((1, 3, 6), s)), films.films[2]) for s in (1.0, 5.0))
    assert low.stars < high.stars


def test_similar_films_hold_neither_the_film_nor_a_second_row(films):
    ease = EASE(floor=0.0)
    columns = np.tile([9, 1], (14, 1))  # the second row of film 0 is nearest to every film
    ease.keep(columns=columns, weights=np.tile(np.float16([0.9, 0.5]), (14, 1)))
    found = engine.similar(Engine(films, {engine.SIMILAR_MODEL: ease}.__getitem__), films.films[0], 5)
    assert [film.number for film in found] == [1]


def test_films_without_ratings_are_neither_compared_nor_scored(films, tiny):
    wider = Engine(
        Catalogue([*films.films, replace(films.films[1], number=14, slug="new", n_ratings=0)], 14), tiny.model
    )
    assert engine.similar(wider, wider.films.films[14], 5) == ()
    seen = Profile(ratings=dict(LIKES.ratings) | {14: 5.0})
    assert numbers(engine.recommend(wider, seen, 99)) == numbers(engine.recommend(wider, LIKES, 99))


def test_shorts_series_and_specials_are_listed_only_when_asked_for(films, tiny):
    rows = [replace(film, kind="short" if film.number == 2 else film.kind) for film in films.films]
    apart = Engine(Catalogue(rows), tiny.model)
    assert 2 not in numbers(engine.recommend(apart, Profile(), 99))
    asked = Filters(kinds=frozenset({"short"}))
    assert numbers(engine.recommend(apart, Profile(), 99, filters=asked)) == [2]
    with pytest.raises(OptionError, match="opera"):
        engine.recommend(apart, Profile(), 9, filters=Filters(kinds=frozenset({"opera"})))


def test_similar_films_are_neither_the_film_nor_its_twin_and_add_something(tiny, films):
    score = tiny.model("ranker").score(History.of([0], [5.0])) / np.maximum(tiny.films.n_ratings, 1) ** 0.2
    found = [film.number for film in engine.similar(tiny, films.films[0], 99)]
    assert found == sorted((i for i in range(14) if score[i] > 0 and i not in {0, 9}), key=lambda i: -score[i])
    assert found
    assert len(engine.similar(tiny, films.films[0], 1)) == 1


def test_the_engine_changes_nothing_it_was_given(tiny):
    before = tiny.model("popularity").score(History.empty())
    engine.recommend(tiny, LIKES, 5, dial=0.7, filters=Filters(without_genres=frozenset({"Drama"})))
    np.testing.assert_array_equal(tiny.model("popularity").score(History.empty()), before)
    assert tiny.films.shown.sum() == 13
    assert LIKES.ratings == {1: 5.0, 3: 4.0, 6: 2.0}
