"""The belief about the list is what the network makes of the same history."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.interview.belief import NOBODY
from reelrec.interview.list_belief import ListBelief
from reelrec.models.lists.dae import DAE
from tests.fakes import list_models

ITEMS = np.array([[7, 3, NOBODY], [NOBODY] * 3, [1, NOBODY, NOBODY]])
RATINGS = np.array([[4.5, 0.5, 0.0], [0.0] * 3, [3.0, 0.0, 0.0]])
UNSEEN = np.array([[NOBODY, 12], [5, 6], [NOBODY, NOBODY]])


@pytest.fixture
def lister() -> DAE:
    return list_models.random_dae(20)


@pytest.fixture
def histories() -> list[History]:
    """The same answers, one person each."""
    return [
        History.of([7, 3], [4.5, 0.5]).with_marks([], [12]),
        History.empty().with_marks([], [5, 6]),
        History.of([1], [3.0]),
    ]


def test_people_together_are_what_the_network_says_of_each(lister, histories):
    found = ListBelief.after(lister, ITEMS, RATINGS, UNSEEN)
    assert (found.n.tolist(), found.m.tolist()) == ([2, 0, 1], [3, 2, 1])
    for row, history in enumerate(histories):
        alone = ListBelief.of(lister, history)
        for part, same in zip(found, alone, strict=True):
            np.testing.assert_allclose(part[row], same[0], rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(lister.scores(found.hidden)[row], lister.score(history), rtol=1e-4, atol=1e-5)


def test_nobody_has_answered_anything(lister):
    nothing = np.empty((2, 0), dtype=np.int64)
    found = ListBelief.after(lister, nothing, nothing.astype(float), nothing)
    np.testing.assert_allclose(lister.scores(found.hidden), [lister.score(History.empty())] * 2, rtol=1e-5)


def test_one_more_rating_is_the_belief_after_it(lister):
    found = ListBelief.after(lister, ITEMS, RATINGS, UNSEEN)
    entered = lister.entering(np.array([[8, 8], [8, 8], [9, 8]]), np.array([[0, 9], [0, 9], [4, 9]]))
    after = found.supposing(lister, entered)
    assert after.shape == (3, 2, lister.embedding_dim)
    more = History.of([7, 3, 8], [4.5, 0.5, 5.0]).with_marks([], [12])
    np.testing.assert_allclose(after[0, 1], lister.hidden_of(more)[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(after[2, 0], lister.hidden_of(History.of([1, 9], [3.0, 2.5]))[0], rtol=1e-4, atol=1e-5)


def test_people_are_taken_in_the_order_that_is_asked_for(lister):
    found = ListBelief.after(lister, ITEMS, RATINGS, UNSEEN)
    for part, taken in zip(found, found.take(np.array([2, 0, 0])), strict=True):
        np.testing.assert_array_equal(taken, part[[2, 0, 0]])
