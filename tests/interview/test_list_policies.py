"""The policies that ask for the sake of the list."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.half_stars import half_star_places
from reelrec.interview import list_policies
from reelrec.interview.list_policies import ALIKE, NEVER, NODES, WEIGHTS, expected_gains
from reelrec.interview.policies import LIST_POLICIES
from reelrec.interview.state import State

STARS = np.array([[4.0, 2.5, np.nan, 5.0], [1.0, np.nan, np.nan, 3.5], [np.nan] * 4])


@pytest.fixture
def state(interviewer) -> State:
    """Three people after a screen of four films, of which the last had seen none."""
    places = np.array([[0, 7, 9, 30], [5, 1, 2, 3], [4, 8, 16, 32]])
    return interviewer.after_screen(interviewer.begin(3), places, STARS)


def test_greedy_slim_goes_down_one_order_whatever_was_answered(interviewer, state):
    order = interviewer.relevance.order.tolist()
    for row, shown in enumerate(list_policies.greedy_slim(state, 5, None).tolist()):
        assert shown == [place for place in order if place not in state.asked[row]][:5]


def test_a_screen_for_the_list_is_chosen_film_by_film_each_after_those_before(state):
    shown = list_policies.list_a_optimal(state, 4, None)
    for row in range(3):
        places, chances = state.asked[row].tolist(), np.where(state.had[row], 1.0, NEVER).tolist()
        for film in shown[row].tolist():
            left = state.relevance.after(np.array([places]), np.array([chances]))
            gains = state.chances[row] * left.gains(np.ones((1, 40)))[0]
            gains[places] = -np.inf
            assert gains[film] == pytest.approx(gains.max(), rel=1e-4)
            places.append(film)
            chances.append(state.chances[row, film])


def test_the_expected_gain_by_hand(state):
    """The mutual information of the stars of film 11 and the next item of the first person's list."""
    gains, person, film = expected_gains(state), 0, 11
    pool, belief, lister = state.pool, state.belief, state.lister
    variance = pool.centres[film] @ belief.covariance[person] @ pool.centres[film]
    sd = np.sqrt(variance + pool.noise[film] / belief.steadiness[person])
    stars = np.round(2 * np.clip(state.expected()[person, film] + NODES * sd, 0.5, 5.0)) / 2
    lists = []
    for star in stars:
        entered = lister.entering(pool.items[film], half_star_places(star)) + belief_of(state, person)
        n, m = (part[person] + 1 for part in (state.list_belief.n, state.list_belief.m))
        scores = lister.scores(lister.hidden(entered[None], n, m))[0]
        lists.append(np.exp(scores) / np.exp(scores).sum())
    mean = WEIGHTS @ np.array(lists)
    expected = WEIGHTS @ [(chances * np.log(chances / mean)).sum() for chances in lists]
    assert gains[person, film] == pytest.approx(expected, rel=1e-3)
    assert (gains > -1e-6).all()


def belief_of(state: State, person: int) -> np.ndarray:
    return state.list_belief.entered[person]


def test_a_film_whose_stars_change_nothing_gains_nothing(state):
    gates = state.lister.weights_["gates"].copy()
    gates[:10] = gates[4]  # all stars are the same
    weights = state.lister.weights_ | {"gates": gates}
    state.lister.keep(**weights)
    np.testing.assert_allclose(expected_gains(state), 0.0, atol=1e-5)


def test_a_film_like_one_on_the_screen_gives_way(state):
    gains = state.chances * expected_gains(state)
    vectors = state.lister.vectors(state.pool.items)
    shown = list_policies.list_gain(state, 3, None)
    for row in range(3):
        chosen: list[int] = []
        for film in shown[row].tolist():
            near = np.max([np.zeros(40), *(np.maximum(vectors @ vectors[other], 0) for other in chosen)], axis=0)
            left = np.where(state.free[row], gains[row] * (1 - ALIKE * near), -np.inf)
            left[chosen] = -np.inf
            assert left[film] == pytest.approx(left.max())
            chosen.append(film)


@pytest.mark.parametrize("name", ["greedy-slim", "list-a-optimal"])
def test_a_pool_without_moments_is_refused(state, name):
    with pytest.raises(ValueError, match="no moments of relevance"):
        LIST_POLICIES[name](replace(state, relevance=None), 3, np.random.default_rng(0))
