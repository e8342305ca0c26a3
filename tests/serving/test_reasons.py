import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.base import ExplainingRecommender
from reelrec.models.lists.popularity import Popularity
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.reasons import LEAST_SHARE, reasons
from reelrec.visitor.profile import Profile


def test_reasons_are_liked_films_and_the_strongest_first(tiny):
    profile = Profile(ratings={1: 5.0, 3: 3.5, 6: 2.0, 12: 4.5}, liked=frozenset({7}), seen=frozenset({13}))
    history = profile.history(14)
    blend, places = tiny.model("blend"), np.arange(len(history))
    given = set()
    for pick in engine.recommend(tiny, profile, 99)[1]:
        lost = blend.contributions(history, np.array([pick.film.number]), places)[:, 0]
        parts = dict(zip(history.items.tolist(), lost.tolist(), strict=True))
        reasons = [reason.film.number for reason in pick.because]
        best = sorted((i for i in (1, 3, 7, 12) if parts[i] > 0), key=lambda i: -parts[i])[:2]
        assert reasons == [film for film in best if parts[film] >= LEAST_SHARE * parts[best[0]]]
        assert [reason.strength for reason in pick.because] == pytest.approx([parts[film] for film in reasons])
        given |= set(reasons)
    assert len(given) > 2  # and not one film speaks for all


def test_a_liked_film_that_speaks_against_a_pick_is_no_reason_for_it(tiny):
    profile = Profile(ratings={5: 5.0})
    parts = tiny.model("blend").contributions(profile.history(14), np.arange(14), np.array([0]))[0]
    picks = engine.recommend(tiny, profile, 99)[1]
    assert {bool(pick.because) for pick in picks} == {True, False}
    for pick in picks:
        assert [reason.film.number for reason in pick.because] == ([5] if parts[pick.film.number] > 0 else [])


class ByHand(Popularity):
    """Explains its scores by a table. parts: (n_films, n_films) what a film of the history adds to another."""

    def __init__(self, parts: np.ndarray) -> None:
        self.parts = parts

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        return self.parts[history.items[places]][:, items]


def test_reasons_by_hand(films):
    parts = np.zeros((14, 14), dtype=np.float32)
    parts[[1, 3, 6, 7, 9], 2] = (0.2, 0.5, 0.4, -1.0, 9.0)  # of the three that add something the strongest two
    parts[3, 5] = 0.1
    parts[[1, 3], 8] = (1.0, 0.39)  # too little beside the first
    history = History.of([1, 3, 6, 7, 9], [5.0, 4.0, 3.5, 5.0, 3.0])  # the last is not liked
    found = reasons(ByHand(parts).contributions, films, history, np.array([2, 5, 8, 10]))
    assert [[reason.film.number for reason in row] for row in found] == [[3, 6], [3], [1], []]
    assert found[0][0].strength == pytest.approx(0.5)


def test_models_that_explain_their_scores_are_known_by_their_method(tiny):
    explaining = {
        name
        for name in ("blend", "dae", "ranker", "ease", "svd", "knn")
        if isinstance(tiny.model(name), ExplainingRecommender)
    }
    assert explaining == {"blend", "dae", "ranker", "ease"}


def test_a_list_model_that_explains_nothing_gives_no_reasons_and_no_similar_films(tiny, films):
    lists = (engine.LIST_MODEL, engine.SIMILAR_MODEL)
    silent = Engine(films, lambda name: tiny.model("popularity" if name in lists else name))
    profile = Profile(ratings={1: 5.0, 3: 4.0})
    assert {pick.because for pick in engine.recommend(silent, profile, 5)[1]} == {()}
    assert engine.similar(silent, films.films[2], 5) == ()
