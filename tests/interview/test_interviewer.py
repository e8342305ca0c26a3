from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.interview import interviewer as interviewers
from reelrec.interview.belief import NOBODY
from reelrec.interview.interviewer import FAME, HALF_NORMAL, KEPT, OFF, Interviewer, target
from reelrec.interview.list_belief import ListBelief
from reelrec.interview.state import State
from tests.fakes import corrections, list_models

NAN = np.nan
STEADY = 1e9  # degrees of freedom with which nobody is unlike another


@pytest.fixture
def films(make_film) -> Catalogue:
    return Catalogue(make_film(i, n_ratings=1000 - 20 * i) for i in range(40))


@pytest.fixture
def interviewer(films, people) -> Interviewer:
    return Interviewer.fit(people, corrections.random_bmf(40), list_models.random_dae(40), films)


@pytest.fixture
def state(interviewer) -> State:
    """Three people after a screen of four films."""
    places = np.array([[0, 7, 9, 30], [5, 1, 2, 3], [4, 8, 16, 32]])
    stars = np.array([[NAN, 4.0, 2.5, 5.0], [1.0, NAN, NAN, 3.5], [NAN] * 4])
    return interviewer.after_screen(interviewer.begin(3, 0.25), places, stars)


def weights_of(people: Dataset) -> np.ndarray:
    """(n_items,) of each film among those to be predicted."""
    counts = people.counts() ** FAME
    return counts / counts.sum()


def test_famous_films_weigh_more_in_what_is_to_be_known(monkeypatch):
    monkeypatch.setattr(interviewers, "FAME", 0.5)
    model = corrections.bmf(np.zeros(3), np.array([[1.0], [-2.0], [0.5]]))
    model.precisions_ = np.array([1.0, 2.0, 4.0])
    aim, noise = target(model, np.array([36, 9, 1]))
    np.testing.assert_allclose(aim @ aim.T, [[1.0, 0.05], [0.05, 1.825]], atol=1e-12)  # .6 - .6 + .05, .6 + 1.2 + .025
    assert (aim[0, 1], noise) == (0.0, pytest.approx(0.6 + 0.15 + 0.025))


def test_at_the_start_nothing_is_known_and_every_film_may_be_asked_about(interviewer):
    begun = interviewer.begin(2, np.array([0.0, 1.0]))
    assert begun.free.all()
    assert begun.free.shape == begun.chances.shape == (2, 40)
    assert (begun.asked.shape, begun.had.shape, begun.items.shape) == ((2, 0), (2, 0), (2, 0))
    assert (begun.screens, begun.enjoyment.tolist()) == (0, [0.0, 1.0])
    np.testing.assert_allclose(begun.chances, [interviewer.seen.mean] * 2)


def test_answers_are_kept_without_gaps_and_what_was_asked_in_its_order(state):
    assert state.items.tolist() == [[7, 9, 30], [5, 3, NOBODY], [NOBODY] * 3]
    assert np.where(state.items == NOBODY, 0, state.ratings).tolist() == [[4.0, 2.5, 5.0], [1.0, 3.5, 0], [0] * 3]
    assert state.asked.tolist() == [[0, 7, 9, 30], [5, 1, 2, 3], [4, 8, 16, 32]]
    assert state.had.tolist() == [[False, True, True, True], [True, False, False, True], [False] * 4]
    assert (state.screens, state.enjoyment.tolist()) == (1, [0.25] * 3)


def test_a_second_screen_comes_after_the_first(interviewer, state):
    stars = np.array([[NAN], [2.0], [4.5]])
    found = interviewer.after_screen(state, np.array([[1], [0], [0]]), stars)
    assert found.items.tolist() == [[7, 9, 30], [5, 3, 0], [0, NOBODY, NOBODY]]
    assert found.ratings[1].tolist() == [1.0, 3.5, 2.0]
    assert found.asked[:, 4].tolist() == [1, 0, 0]
    assert found.had[:, 4].tolist() == [False, True, True]
    assert found.screens == 2
    assert (~found.free).sum(axis=1).tolist() == [5, 5, 5]
    assert not found.free[1, [5, 1, 2, 3, 0]].any()


def test_a_visitor_is_met_as_somebody_who_answered_the_same(interviewer, state):
    met = interviewer.meet(History.of([7, 9, 30], [4.0, 2.5, 5.0]), {0}, (), 0.25, 1)
    for part, same in zip(met.belief, state.belief, strict=True):
        np.testing.assert_allclose(part[0], same[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(met.chances[0], state.chances[0])
    assert met.free[0].tolist() == state.free[0].tolist()
    assert (met.items.tolist(), met.ratings.tolist()) == ([[7, 9, 30]], [[4.0, 2.5, 5.0]])
    assert (met.screens, met.enjoyment.tolist()) == (1, [0.25])
    assert met.asked.tolist() == [[0, 7, 9, 30]]
    assert met.had.tolist() == [[False, True, True, True]]


def test_nobody_is_asked_about_films_seen_unseen_or_closed(interviewer):
    met = interviewer.meet(History.of([7, 9], [4.0, NAN]), {1, 2}, {3, 999}, 0.0)
    assert np.flatnonzero(~met.free[0]).tolist() == [1, 2, 3, 7, 9]
    assert met.items.tolist() == [[7]]  # 9 has no stars
    assert met.asked.tolist() == [[1, 2, 7, 9]]  # closed is no answer
    assert met.had.tolist() == [[False, False, True, True]]


def test_films_outside_the_pool_tell_of_tastes_and_of_nothing_else(interviewer):
    part = replace(interviewer, pool=interviewer.pool.at(np.arange(5, 40)), seen=None)
    met = part.meet(History.of([0, 6], [4.0, 2.0]), {1}, (), 0.0)
    assert met.items.tolist() == [[0, 6]]
    assert met.asked.tolist() == [[1]]  # the place of film 6
    assert np.flatnonzero(~met.free[0]).tolist() == [1]
    assert (met.chances == 1.0).all()


def test_the_error_of_nothing_known_by_hand(interviewer, people):
    vectors = interviewer.model.vectors(np.arange(40))[0]
    variance = weights_of(people) @ (0.5 * (vectors**2).sum(axis=1)) + 1 / 1.5  # the fake's prior and its noise
    error = OFF * HALF_NORMAL * np.sqrt(variance)
    np.testing.assert_allclose(interviewer.errors(interviewer.begin(2)), [error] * 2)


def test_a_screen_is_worth_something_and_more_films_or_likelier_ones_are_worth_more(interviewer):
    begun = interviewer.begin(1)
    now = interviewer.errors(begun)
    few, more = (interviewer.errors(begun, np.array([places])) for places in ([3], [3, 8, 20]))
    assert more < few < now
    np.testing.assert_array_equal(interviewer.errors(begun, np.empty((1, 0), dtype=np.int64)), now)
    assert interviewer.errors(replace(begun, chances=np.ones((1, 40))), np.array([[3]])) < few


def test_people_like_the_model_s_own_are_as_far_off_as_it_says_before_and_after_their_answers(
    interviewer, people, monkeypatch
):
    monkeypatch.setattr(ListBelief, "after", lambda *given: None)  # these stars are no half-stars
    model, n, rng = interviewer.model, 3000, np.random.default_rng(4)
    model.freedom_ = STEADY
    changed = replace(interviewer, model=model, seen=None)
    tastes = rng.normal(0, np.sqrt(0.5), (n, 3))
    levels, films = model.levels(np.arange(40)).mean(axis=0), model.vectors(np.arange(40))[0]
    expected = tastes @ films.T + levels
    given, later = (expected + rng.normal(0, np.sqrt(1 / 1.5), (n, 40)) for _ in range(2))

    def off(state: State) -> float:
        return float((np.abs(later - state.expected()) @ weights_of(people)).mean())

    begun, places = changed.begin(n), np.tile([3, 8, 20, 21, 22, 30], (n, 1))
    answered = changed.after_screen(begun, places, np.take_along_axis(given, places, axis=1))
    before, after = changed.errors(begun), changed.errors(answered)
    assert off(begun) == pytest.approx(before.mean() / OFF, rel=0.02)
    assert off(answered) == pytest.approx(after.mean() / OFF, rel=0.02)
    assert after.mean() < 0.9 * before.mean()
    np.testing.assert_allclose(changed.errors(begun, places), before - KEPT * (before - after), rtol=1e-3)


def test_erratic_answers_make_the_error_larger(interviewer):
    places = np.array([[3, 8, 20, 21, 22, 30]])
    begun = interviewer.begin(1)
    calm, wild = (
        interviewer.errors(interviewer.after_screen(begun, places, np.array([stars])))
        for stars in ([3.5] * 6, [0.5, 5.0, 0.5, 5.0, 0.5, 5.0])
    )
    assert calm < interviewer.errors(begun) < wild


def test_who_is_loaded_asks_like_who_was_saved(interviewer, films, tmp_path):
    interviewer.save(tmp_path / "interview.npz")
    again = Interviewer.load(tmp_path / "interview.npz", interviewer.model, interviewer.lister, films)
    assert again.pool.items.tolist() == interviewer.pool.items.tolist()
    np.testing.assert_array_equal(again.aim, interviewer.aim)
    assert again.noise == interviewer.noise
    history = History.of([7, 9, 30], [4.0, 2.5, 5.0])
    one, other = (each.meet(history, {0}, (), 0.0) for each in (interviewer, again))
    np.testing.assert_allclose(one.chances, other.chances, rtol=1e-5)
    np.testing.assert_allclose(again.errors(other), interviewer.errors(one))
    np.testing.assert_array_equal(one.expected(), other.expected())
    np.testing.assert_array_equal(one.list_belief.hidden, other.list_belief.hidden)
    for part in ("covariance", "aim"):
        np.testing.assert_allclose(getattr(again.relevance, part), getattr(interviewer.relevance, part), rtol=1e-5)


def test_with_fewer_draws_the_same_is_asked_about(interviewer):
    fewer = interviewer.thinned(2)
    begun, whole = fewer.begin(1), interviewer.begin(1)
    assert (begun.belief.vectors.shape, whole.belief.vectors.shape) == ((1, 1, 3), (1, 2, 3))
    assert begun.pool.items.tolist() == whole.pool.items.tolist()
    first = interviewer.model.levels(begun.pool.items)[0]  # of nobody, a film's own level
    np.testing.assert_allclose(begun.expected(), [first], rtol=1e-6)
    np.testing.assert_allclose(fewer.errors(begun), interviewer.errors(whole))  # draws differ in levels alone
