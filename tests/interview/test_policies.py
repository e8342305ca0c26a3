from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.interview import policies
from reelrec.interview.gains import Gains
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import FONDNESS, POLICIES, WIDTH, screen
from reelrec.interview.seen import Seen
from reelrec.interview.state import State
from tests.fakes import corrections, list_models

DRAWING_LOTS = ["random", "thompson", "lints"]
STARS = np.array([[4.0, 2.5, np.nan, 5.0], [1.0, np.nan, np.nan, 3.5], [np.nan] * 4])


def lots(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture
def films(make_film) -> Catalogue:
    """Forty films, less and less known, on which people agree more or less."""
    histograms = np.random.default_rng(3).integers(1, 60, (40, 10)).tolist()
    return Catalogue(make_film(i, n_ratings=1000 - 20 * i, histogram=tuple(histograms[i])) for i in range(40))


@pytest.fixture
def interviewer(films, people) -> Interviewer:
    model = corrections.random_bmf(40)
    away = np.random.default_rng(6).normal(0, 0.2, (2, 40, 2))  # the draws do not agree
    model._items = model._items + np.concatenate([np.zeros((2, 40, 1)), away], axis=2, dtype=np.float32)
    return Interviewer.fit(people, model, list_models.random_dae(40), films)


@pytest.fixture
def state(interviewer) -> State:
    """Three people after a screen of four films, of which the last had seen none."""
    return interviewer.after_screen(
        interviewer.begin(3), np.array([[0, 7, 9, 30], [5, 1, 2, 3], [4, 8, 16, 32]]), STARS
    )


@pytest.mark.parametrize("name", POLICIES)
def test_everybody_is_shown_other_films_than_they_were_asked_about_each_once(state, name):
    closed = replace(state, free=state.free & (np.arange(40) != 6))
    for n in (1, 12, 35):
        found = POLICIES[name](closed, n, lots())
        assert found.shape == (3, n)
        for row, asked in zip(found.tolist(), state.asked.tolist(), strict=True):
            assert len(set(row)) == n
            assert not set(row) & {*asked, 6}


@pytest.mark.parametrize("name", POLICIES)
def test_a_state_is_left_as_it_was(state, name):
    before = state.free.copy(), state.chances.copy(), state.belief.covariance.copy()
    POLICIES[name](state, 5, lots())
    for part, kept in zip((state.free, state.chances, state.belief.covariance), before, strict=True):
        np.testing.assert_array_equal(part, kept)


@pytest.mark.parametrize("name", [name for name in POLICIES if name not in DRAWING_LOTS])
def test_whoever_else_is_asked_says_nothing_of_a_person(interviewer, state, name):
    together = POLICIES[name](state, 12, lots())
    for row in range(3):
        alone = interviewer.after_screen(interviewer.begin(1), state.asked[row : row + 1], STARS[row : row + 1])
        assert POLICIES[name](alone, 12, lots(9)).tolist() == [together[row].tolist()]


@pytest.mark.parametrize("name", DRAWING_LOTS)
def test_lots_are_the_same_for_a_seed_and_others_for_another(state, name):
    first = POLICIES[name](state, 12, lots()).tolist()
    assert POLICIES[name](state, 12, lots()).tolist() == first
    assert POLICIES[name](state, 12, lots(2)).tolist() != first


def test_the_most_rated_free_films_are_popular(state):
    assert policies.popularity(state, 4, lots()).tolist() == [[1, 2, 3, 4], [0, 4, 6, 7], [0, 1, 2, 3]]


def test_a_film_that_divides_goes_before_a_better_known_one_that_does_not(make_film, people):
    alike, apart = (0, 0, 0, 0, 0, 0, 9, 0, 0, 0), (5, 0, 0, 0, 0, 0, 0, 0, 0, 5)
    shapes = [(9999, alike), (999, apart), (99, (5, 0, 0, 0, 5, 0, 0, 0, 0, 5)), (4, (1,) * 10), *[(1, alike)] * 36]
    films = Catalogue(make_film(i, n_ratings=n, histogram=shape) for i, (n, shape) in enumerate(shapes))
    changed = Interviewer.fit(people, corrections.random_bmf(40), list_models.random_dae(40), films)
    # ln 1000 ln 2 = 4.8, ln 100 ln 3 = 5.1, ln 5 ln 10 = 3.7, and nothing where all agree
    assert policies.entropy(changed.begin(1), 3, lots()).tolist() == [[2, 1, 3]]


def test_greedy_shows_the_highest_expected_stars(interviewer, state):
    model, items = interviewer.model, interviewer.pool.items
    model._unknown = np.full(40, np.inf)  # what raters hope for is no part of the expected stars
    for row, shown in enumerate(policies.greedy(state, 6, lots())):
        rated = state.items[row] >= 0
        history = History.of(state.items[row][rated], state.ratings[row][rated])
        mean = model.expected(model.fold_in(history), items).mean
        np.testing.assert_allclose(state.expected()[row], mean, rtol=1e-5)
        free = np.where(state.free[row], mean, -np.inf)
        assert shown.tolist() == np.argsort(-free, kind="stable")[:6].tolist()


def test_thompsons_draws_spread_as_the_belief_does(interviewer):
    one = interviewer.begin(1)
    many = interviewer.begin(4000)
    pool = one.pool.at(np.array([3, 20]))
    few = replace(many, pool=pool, free=many.free[:, :2], chances=many.chances[:, :2])
    away = pool.centres[0] - pool.centres[1]
    gap = one.expected()[0, 3] - one.expected()[0, 20]
    sd = np.sqrt(away @ one.belief.covariance[0] @ away)
    share = (policies.thompson(few, 1, lots())[:, 0] == 0).mean()
    hoped = (lots().normal(gap, sd, 10**6) > 0).mean()
    assert 0.05 < hoped < 0.95
    assert abs(share - hoped) < 0.03


def test_the_bandit_is_a_ridge_regression_on_the_films_of_the_pool(films, people):
    model = corrections.random_bmf(40)
    fitted = Interviewer.fit(people, model, list_models.random_dae(40), films)
    changed = replace(fitted, model=model, pool=fitted.pool.at(np.arange(1, 40)), seen=None)  # all but film 0
    state = changed.meet(History.of([0, 8, 31, 5], [5.0, 2.0, 4.5, 3.0]), (), (), 0.0)
    theta, inverse = policies._regression(state)
    rated = np.array([8, 31, 5])
    design = model.vectors(rated).mean(axis=0)
    expected = np.linalg.inv(np.eye(3) + sum(np.outer(film, film) for film in design))
    np.testing.assert_allclose(inverse, [expected], atol=1e-12)
    moment = design.T @ (np.array([2.0, 4.5, 3.0]) - model.levels(rated).mean(axis=0))
    np.testing.assert_allclose(theta, [expected @ moment], rtol=1e-6)
    spread = np.sqrt(np.einsum("kd,de,ke->k", state.pool.centres, expected, state.pool.centres))
    hope = state.pool.centres @ theta[0] + state.pool.levels.mean(axis=0) + WIDTH * spread
    order = np.argsort(-np.where(state.free[0], hope, -np.inf))
    assert policies.linucb(state, 36, lots()).tolist() == [order[:36].tolist()]


def test_people_with_fewer_answers_have_a_bandit_of_their_own(interviewer, state):
    inverse = policies._regression(state)[1]
    np.testing.assert_array_equal(inverse[2], np.eye(3))  # had seen nothing
    design = interviewer.pool.centres[[5, 3]]
    np.testing.assert_allclose(inverse[1], np.linalg.inv(np.eye(3) + design.T @ design), atol=1e-12)


def test_information_is_asked_for_in_the_share_that_has_seen_a_film(state):
    index = np.where(state.free, state.chances * Gains(state).information(), -np.inf)
    assert policies.information_gain(state, 5, lots()).tolist() == np.argsort(-index, axis=1)[:, :5].tolist()


def test_where_all_is_learning_the_first_film_has_the_highest_chance_times_gain(state):
    index = np.where(state.free, state.chances * Gains(state).a_optimal(), -np.inf)
    assert policies.a_optimal(state, 12, lots())[:, 0].tolist() == index.argmax(axis=1).tolist()


def test_where_all_is_enjoyment_stars_and_the_chance_of_having_seen_decide(state):
    index = np.log(state.chances) + FONDNESS * state.expected()
    order = np.argsort(-np.where(state.free, index, -np.inf), axis=1)[:, :12]
    assert policies.a_optimal(replace(state, enjoyment=np.ones(3)), 12, lots()).tolist() == order.tolist()


def test_the_more_enjoyment_the_more_stars_are_expected_of_a_screen(state):
    stars = []
    for enjoyment in (0.0, 0.5, 1.0):
        shown = policies.a_optimal(replace(state, enjoyment=np.full(3, enjoyment)), 8, lots())
        stars.append(np.take_along_axis(state.expected(), shown, axis=1).mean())
    assert stars[0] < stars[1] < stars[2]


def test_a_film_that_tells_the_same_as_one_already_chosen_gives_way(make_film, people):
    factors = np.random.default_rng(8).normal(0.3, 0.4, (40, 2))
    factors[:2] = [1.8, 1.5]  # the two films that tell most are the same
    films = Catalogue(make_film(i, n_ratings=99 - i) for i in range(40))
    fitted = Interviewer.fit(people, corrections.bmf(np.zeros(40), factors), list_models.random_dae(40), films)
    changed = replace(fitted, seen=None)
    begun = changed.begin(1)
    alone = np.argsort(-Gains(begun).a_optimal()[0], kind="stable")
    assert alone[:2].tolist() == [0, 1]
    shown = policies.a_optimal(begun, 3, lots())[0]
    assert shown[0] == 0
    assert shown[1] not in (0, 1)
    rare = replace(changed.begin(1), chances=np.full((1, 40), 0.02))  # nearly nobody answers: the runner-up is as good
    assert policies.a_optimal(rare, 3, lots())[0, :2].tolist() == [0, 1]


def test_a_screen_is_chosen_film_by_film_each_after_those_before(state):
    shown, index = screen(state, 3)
    gains, free = Gains(state), state.free.copy()
    for place in range(3):
        now = np.where(free, np.log(state.chances) + np.log(gains.a_optimal()), -np.inf)
        assert shown[:, place].tolist() == now.argmax(axis=1).tolist()
        for row, film in enumerate(shown[:, place]):
            assert index[row, film] == pytest.approx(now[row, film])
            free[row, film] = False
        last = now
        gains.suppose(shown[:, place], state.chances[np.arange(3), shown[:, place]])
    np.testing.assert_allclose(index[free], last[free])


def test_a_chance_of_nothing_asked_is_the_share_that_has_seen_it(interviewer):
    shares = np.linspace(0.9, 0.1, 40)
    changed = replace(interviewer, seen=Seen(shares, np.eye(40)))
    np.testing.assert_allclose(changed.begin(2).chances, [shares] * 2)
