"""The learned policy as it serves, without torch: its numbers, its features and its file."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE, Policies, SetPolicy, features
from reelrec.interview.policies import a_optimal, screen
from reelrec.interview.relevance import Relevance
from reelrec.interview.state import State

FACTORS = 2  # of `random_bmf`: the entries of a film's vector
FEATURES, WIDTH = OF_FILMS + OF_PEOPLE + FACTORS, 6
STARS = np.array([[4.0, 2.5, np.nan, 5.0], [1.0, np.nan, np.nan, 3.5], [np.nan] * 4])
PARTS = (
    "index", "seen", "gain", "stars", "information", "fame", "doubt", "noise", "far", "listed", "usual", "moved",
    "first", "second",
)  # fmt: skip


def lots(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def random_policy(seed: int = 2, **given: np.ndarray) -> SetPolicy:
    rng = np.random.default_rng(seed)
    shapes = {"scale": (), "linear": FEATURES, "first_weight": (WIDTH, FEATURES), "first_bias": WIDTH}
    weights = {name: rng.normal(0, 1, shape) for name, shape in (shapes | {"second_weight": WIDTH}).items()}
    return SetPolicy({name: np.float32(weights[name]) for name in ARRAYS} | given)


@pytest.fixture
def state(interviewer) -> State:
    """Three people after a screen of four films, of which the last had seen none; each enjoys it differently."""
    begun = interviewer.begin(3, np.array([0.0, 0.3, 1.0]))
    return interviewer.after_screen(begun, np.array([[0, 7, 9, 30], [5, 1, 2, 3], [4, 8, 16, 32]]), STARS)


def named(state: State, n: int = 12) -> dict[str, np.ndarray]:
    """The features of the films by name, (B, K) each."""
    return dict(zip(PARTS, np.moveaxis(features(state, n)[1][..., :-OF_PEOPLE], 2, 0), strict=True))


def test_its_numbers_by_hand():
    """Two films, two features, a network of two: 3 index + x . (1, -1) + relu(2 x1 - 1) - 4 relu(x2 + .5)."""
    weights = (3.0, [1.0, -1.0], [[2.0, 0.0], [0.0, 1.0]], [-1.0, 0.5], [1.0, -4.0])
    policy = SetPolicy({name: np.array(part) for name, part in zip(ARRAYS, weights, strict=True)})
    x = np.array([[[1.0, 2.0], [0.25, -1.0]]])
    for enjoyment in (0.0, 0.75, 1.0):
        expected = np.array([1.5, -6]) + (1 - enjoyment) * np.array([-1 + 1 - 10, 1.25 + 0 - 0])
        found = policy.values(np.array([[0.5, -2.0]]), x, np.array([enjoyment]))
        np.testing.assert_allclose(found, [expected])


@pytest.mark.parametrize("enjoyment", [None, 0.0, 0.4, 1.0])
@pytest.mark.parametrize("n", [1, 5, 12])
def test_before_it_has_learned_anything_it_shows_the_films_of_a_optimal(state, enjoyment, n):
    nothing = random_policy(scale=np.float32(4), linear=np.zeros(FEATURES), second_weight=np.zeros(WIDTH))
    asked = state if enjoyment is None else replace(state, enjoyment=np.full(3, enjoyment))
    shown, found = a_optimal(asked, n, lots()), nothing(asked, n, lots())
    # in another order where a film that was supposed to be answered made the next one tell more
    assert np.sort(found, axis=1).tolist() == np.sort(shown, axis=1).tolist()
    assert found[:, 0].tolist() == shown[:, 0].tolist()
    if enjoyment == 1.0:  # enjoyment is no matter of learning
        assert random_policy(scale=np.float32(2))(asked, n, lots()).tolist() == found.tolist()
    else:
        assert (np.sort(random_policy()(asked, n, lots()), axis=1) != np.sort(shown, axis=1)).any()


def test_films_in_another_order_are_the_same_choice(interviewer, state):
    order = np.random.default_rng(4).permutation(40)
    seen = interviewer.seen._replace(
        mean=interviewer.seen.mean[order], covariance=interviewer.seen.covariance[np.ix_(order, order)]
    )
    moments = (part[np.ix_(order, order)] for part in (interviewer.relevance.covariance, interviewer.relevance.aim))
    other = replace(interviewer, pool=interviewer.pool.at(order), relevance=Relevance(*moments), seen=seen)
    place = np.argsort(order)
    moved = other.after_screen(other.begin(3, state.enjoyment), place[state.asked], STARS)
    policy = random_policy()
    here, there = policy(state, 12, lots()), policy(moved, 12, lots())
    assert order[there].tolist() == here.tolist()
    assert there.tolist() != here.tolist()
    np.testing.assert_allclose(features(moved, 12)[1][:, place], features(state, 12)[1], rtol=1e-3, atol=1e-4)


def test_whoever_else_is_asked_says_nothing_of_a_person(interviewer, state):
    together = random_policy()(state, 12, lots())
    for row in range(3):
        part = slice(row, row + 1)
        alone = interviewer.after_screen(interviewer.begin(1, state.enjoyment[part]), state.asked[part], STARS[part])
        assert random_policy()(alone, 12, lots()).tolist() == [together[row].tolist()]


def test_what_it_sees_of_films_is_finite_and_standardised_over_those_that_are_free(state):
    closed = replace(state, free=state.free & (np.arange(40) % 3 > 0))
    for asked in (state, closed):
        index, x = features(asked, 12)
        assert (index.shape, x.shape, x.dtype) == ((3, 40), (3, 40, FEATURES), np.float32)
        assert np.isfinite(x).all()
        for row in range(3):
            films = x[row, asked.free[row], :-OF_PEOPLE]
            np.testing.assert_allclose(films.mean(axis=0), 0, atol=1e-5)
            np.testing.assert_allclose(films.std(axis=0), 1, rtol=1e-4)


def test_what_is_the_same_for_all_films_says_nothing(interviewer, state):
    alike = replace(state, chances=np.ones((3, 40)), pool=replace(interviewer.pool, doubt=np.full(40, 2.1)))
    for name in ("seen", "doubt"):
        np.testing.assert_allclose(named(alike)[name], 0, atol=1e-6)


def test_each_feature_is_what_it_is_called(state):
    """Each goes in the order of what it stands for."""
    expected, pool = state.expected(), state.pool
    stand_for = {"index": screen(state, 12)[1], "seen": state.chances, "stars": expected, "fame": [pool.fame] * 3}
    stand_for |= {"doubt": [pool.doubt] * 3, "noise": [pool.noise] * 3}
    stand_for["far"] = np.abs(expected - expected.mean(axis=1, keepdims=True))
    listed, usual = state.lister.scores(state.list_belief.hidden)[:, pool.items], state.lister.bias(pool.items)
    moved = listed - usual
    stand_for |= {"listed": listed, "usual": [usual] * 3, "first": [pool.centres[:, 1]] * 3}
    stand_for |= {"moved": np.abs(moved - moved.mean(axis=1, keepdims=True)), "second": [pool.centres[:, 2]] * 3}
    found = named(state)
    for name, values in stand_for.items():
        assert np.argsort(found[name]).tolist() == np.argsort(np.float32(values)).tolist(), name
    loud = replace(state, pool=replace(pool, noise=pool.noise * np.where(np.arange(40) == 11, 50, 1)))
    for name in ("gain", "information"):  # a film whose ratings are mostly noise tells least
        assert (named(loud)[name].argmin(axis=1) == 11).all()


def test_of_people_it_sees_screens_answers_and_how_steady_they_are(interviewer, state):
    x = features(state, 12)[1][..., -OF_PEOPLE:]
    assert (x == x[:, :1]).all()  # the same beside every film
    steady = state.belief.steadiness - 1
    np.testing.assert_allclose(x[:, 0], np.column_stack([[0.2] * 3, [0.3, 0.2, 0], steady]), rtol=1e-6)
    later = interviewer.after_screen(state, np.array([[10], [10], [10]]), np.array([[3.0], [np.nan], [3.0]]))
    np.testing.assert_allclose(features(later, 12)[1][:, 0, -OF_PEOPLE:-1].T, [[0.4] * 3, [0.4, 0.2, 0.1]])
    assert len(set(steady)) == 3


def test_a_visitor_is_seen_as_somebody_who_answered_the_same(interviewer, state):
    met = interviewer.meet(History.of([0, 7, 30], [4.0, 2.5, 5.0]), {9}, (), 0.0, 1)
    for part, same in zip(features(met, 12), features(state, 12), strict=True):
        np.testing.assert_allclose(part[0], same[0], rtol=1e-3, atol=1e-4)
    assert random_policy()(met, 12, lots()).tolist() == random_policy()(state, 12, lots())[:1].tolist()


def test_nobody_is_asked_about_a_film_twice_or_about_a_closed_one(interviewer, state):
    state = replace(state, free=state.free & (np.arange(40) != 6))
    for n in (1, 12, 35):
        for row, asked in zip(random_policy()(state, n, lots()).tolist(), state.asked.tolist(), strict=True):
            assert len(set(row)) == n
            assert not set(row) & {*asked, 6}
    again = interviewer.begin(3)
    for _ in range(4):
        places = random_policy()(again, 10, lots())
        again = interviewer.after_screen(again, places, np.full((3, 10), np.nan))
    assert np.sort(again.asked, axis=1).tolist() == [[*range(40)]] * 3


def test_a_state_is_left_as_it_was_and_no_lots_are_drawn(state):
    before = state.free.copy(), state.chances.copy(), state.belief.covariance.copy()
    shown = random_policy()(state, 5, lots())
    for part, kept in zip((state.free, state.chances, state.belief.covariance), before, strict=True):
        np.testing.assert_array_equal(part, kept)
    assert random_policy()(state, 5, None).tolist() == shown.tolist()


def test_the_last_free_film_is_asked_about(interviewer):
    last = interviewer.meet(History.of([*range(39)], [3.5] * 39), (), (), 0.0)
    assert random_policy()(last, 1, lots()).tolist() == [[39]]


def test_where_no_film_is_left_the_screen_is_empty(interviewer):
    nobody = interviewer.meet(History.of([*range(40)], [3.5] * 40), (), (), 0.0)
    assert random_policy()(nobody, 0, lots()).shape == (1, 0)


def test_what_was_saved_is_what_is_loaded_by_name(state, tmp_path):
    made = {name: random_policy(seed) for seed, name in enumerate(("policy", "policy-2", "policy-blind"))}
    Policies(made, 240).save(tmp_path / "policy.npz")
    found = Policies.load(tmp_path / "policy.npz").policies_
    assert found.keys() == made.keys()
    for name, policy in found.items():
        for part in ARRAYS:
            np.testing.assert_array_equal(policy.weights_[part], made[name].weights_[part])
            assert policy.weights_[part].dtype == np.float32
        assert policy(state, 12, lots()).tolist() == made[name](state, 12, lots()).tolist()


class Trap:
    """Unpickling it is an alarm that no test can miss."""

    def __reduce__(self):
        return (pytest.exit, ("a file was unpickled",))


def test_nothing_is_ever_unpickled(tmp_path):
    path = tmp_path / "policy.npz"
    Policies({"policy": random_policy()}, 240).save(path)
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    assert arrays.keys() == {"settings", "names", *ARRAYS}
    for name in arrays:
        np.savez(path, **arrays | {name: np.array([Trap()], dtype=object)})
        with pytest.raises(ArtifactError, match="damaged"):
            Policies.load(path)
