from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.interview.belief import Belief
from reelrec.interview.gains import Gains
from reelrec.interview.interviewer import FAME, Interviewer, target
from reelrec.interview.list_belief import ListBelief
from reelrec.interview.pool import Pool
from reelrec.interview.relevance import Relevance
from reelrec.interview.state import State
from tests.fakes import corrections, list_models

STEADY = 1e9  # degrees of freedom with which nobody is unlike another
SINGLE = 1e-4  # what the gains' single precision may be off
ONE = np.ones(1)


def state(films, covariance, aim, noise, steadiness=1.0, unclear=None) -> State:
    """One person, and films that the draws agree on, nothing asked. films: (K, d). noise: (K,)."""
    films, covariance = np.asarray(films, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    n, d = films.shape
    unclear = np.zeros((n, d, d)) if unclear is None else np.asarray(unclear)
    zeros, none = np.zeros((1, n)), np.empty((1, 0), dtype=np.int64)
    noise, aim = np.asarray(noise, dtype=np.float64), np.asarray(aim, dtype=np.float64)
    pool = Pool(
        items=np.arange(n), centres=films, draws=films[None], levels=zeros, noise=noise, unclear=unclear,
        fame=zeros[0], doubt=zeros[0],
    )  # fmt: skip
    belief = Belief(np.zeros((1, 1, d)), covariance[None], np.array([steadiness]))
    lister = list_models.cold_dae(n)  # the gains do not read it
    list_belief = ListBelief.after(lister, none, none, none)
    free = np.ones((1, n), dtype=bool)
    return State(
        pool=pool, aim=aim, lister=lister, relevance=None, belief=belief, list_belief=list_belief,
        chances=np.ones((1, n)), free=free, asked=none, had=none, items=none, ratings=none, enjoyment=np.zeros(1),
        screens=0,
    )  # fmt: skip


def alike(found: Gains, expected: Gains, places: slice | list[int] = slice(None)) -> None:
    """places: of the films compared, among those expected."""
    np.testing.assert_allclose(found.a_optimal(), expected.a_optimal()[:, places], rtol=SINGLE)
    np.testing.assert_allclose(found.information(), expected.information()[:, places], rtol=SINGLE)
    np.testing.assert_allclose(found.left(), expected.left(), rtol=SINGLE)


@pytest.fixture
def plane() -> State:
    """Five films in three dimensions, nothing special about any."""
    rng = np.random.default_rng(4)
    roots = rng.normal(0, 1, (2, 3, 3))
    aim, covariance = np.linalg.cholesky(roots[0] @ roots[0].T), roots[1] @ roots[1].T
    return state(rng.normal(0, 1, (5, 3)), covariance, aim, rng.uniform(0.5, 2.0, 5))


def test_both_gains_by_hand():
    # z = 1, 2; C = 4; W = 3 * 3; s = 1, 2: z'Cz = 4, 16; z'CWCz = 144, 576
    found = Gains(state([[1], [2]], [[4]], [[3]], [1, 2]))
    np.testing.assert_allclose(found.a_optimal(), [[144 / 5, 576 / 18]])
    np.testing.assert_allclose(found.information(), [[0.5 * np.log(5), 0.5 * np.log(9)]], rtol=SINGLE)
    np.testing.assert_allclose(found.left(), [36])


def test_an_erratic_person_and_an_uncertain_film_are_noise():
    # s = 1 / 0.5 + 4 * 0.25 = 3
    found = Gains(state([[1]], [[4]], [[3]], [1], steadiness=0.5, unclear=[[[0.25]]]))
    np.testing.assert_allclose(found.a_optimal(), [[144 / 7]])
    np.testing.assert_allclose(found.information(), [[0.5 * np.log(1 + 4 / 3)]])
    np.testing.assert_allclose(found.left(), [36])


def test_the_gain_is_by_how_much_the_famous_films_variance_falls_once_it_is_answered(make_film, people):
    model = corrections.random_bmf(people.n_items)
    model.freedom_ = STEADY
    films = Catalogue(make_film(i) for i in range(people.n_items))
    pool = Pool.of(model, films, np.array([3, 30, 12]))
    aim, noise = target(model, people.counts())
    lister, relevance = list_models.cold_dae(40), Relevance.fit(people, pool.items)
    changed = Interviewer(model=model, lister=lister, pool=pool, aim=aim, noise=noise, relevance=relevance, seen=None)
    weights, vectors = people.counts() ** FAME, model.vectors(np.arange(len(films)))[0]
    weights = weights / weights.sum()

    def variance(belief: Belief) -> float:
        return float(weights @ np.einsum("nd,de,ne->n", vectors, belief.covariance[0], vectors))

    begun = changed.begin(1)
    before, gains = variance(begun.belief), Gains(begun).a_optimal()[0]
    np.testing.assert_allclose(Gains(begun).left(), before, rtol=1e-5)
    for place in range(3):
        after = changed.after_screen(begun, np.array([[place]]), np.array([[4.5]]))
        np.testing.assert_allclose(gains[place], before - variance(after.belief), rtol=1e-4)


def test_to_suppose_an_answer_is_to_condition_on_it(plane):
    found, covariance = Gains(plane), plane.belief.covariance[0]
    for place in (3, 1):
        gain, left = found.a_optimal()[0, place], found.left().copy()
        found.suppose(np.array([place]), ONE)
        film = plane.pool.centres[place]
        covariance = np.linalg.inv(np.linalg.inv(covariance) + np.outer(film, film) / plane.pool.noise[place])
        expected = Gains(replace(plane, belief=plane.belief._replace(covariance=covariance[None])))
        alike(found, expected)
        np.testing.assert_allclose(left - found.left(), gain, rtol=SINGLE)


def test_an_answer_that_may_not_come_is_supposed_in_its_share():
    # at a chance of a half C = 4 falls to 4 - 16 / (1 / 0.5 + 4) = 4/3, of which W makes 12
    found = Gains(state([[1], [2]], [[4]], [[3]], [1, 2]))
    found.suppose(np.array([0]), np.array([0.5]))
    np.testing.assert_allclose(found.left(), [12])
    np.testing.assert_allclose(found.information(), 0.5 * np.log1p([[4 / 3, 16 / 3 / 2]]))


def test_what_is_supposed_of_one_person_is_of_no_other(plane):
    two = replace(plane, belief=plane.belief.take(np.array([0, 0])), chances=np.ones((2, 5)))
    found = Gains(two)
    found.suppose(np.array([3, 0]), np.ones(2))
    for row, place in enumerate((3, 0)):
        alone = Gains(plane)
        alone.suppose(np.array([place]), ONE)
        np.testing.assert_allclose(found.a_optimal()[row], alone.a_optimal()[0], rtol=SINGLE)
        np.testing.assert_allclose(found.left()[row], alone.left()[0], rtol=SINGLE)
