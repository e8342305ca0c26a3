import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.interview.belief import NOBODY, Belief
from reelrec.models.bmf.model import BMF
from tests.fakes import corrections

ITEMS, D = 50, 3


@pytest.fixture
def model() -> BMF:
    """Films that the draws see differently, and priors that go with what was seen; in double precision throughout."""
    rng = np.random.default_rng(2)
    made = corrections.random_bmf(ITEMS)
    made._items = made._items + np.r_["2", np.zeros((2, ITEMS, 1)), rng.normal(0, 0.2, (2, ITEMS, D - 1))]
    made._biases = made._biases.astype(np.float64)
    made.precisions_ = rng.uniform(0.5, 3.0, ITEMS)
    made.seen_ = rng.integers(-20, 21, (ITEMS, D)) / 32  # of which sums are exact
    made.prior_sizes_ = np.array([0, 5, 60])
    made.prior_weights_ = rng.normal(0, 0.3, (3, 1 + D, D))
    made.prior_covariances_ = np.array([scale * np.eye(D) + 0.1 for scale in (0.9, 0.6, 0.3)])
    return made


def answered(n: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.permutation(ITEMS)[:n], rng.integers(1, 11, n) / 2


def alike(one: Belief, other: Belief) -> None:
    for part, same in zip(one, other, strict=True):
        assert part.shape == same.shape
        np.testing.assert_allclose(part, same, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("n", [0, 1, 7, 40])
def test_it_is_what_folding_in_gives(model, n):
    items, ratings = answered(n)
    alike(Belief.after(model, items[None], ratings[None]), Belief.of(model, History.of(items, ratings)))


def test_people_with_fewer_answers_are_believed_of_as_if_alone(model):
    people = [answered(n, seed=n) for n in (7, 0, 40, 1)]
    items, ratings = np.full((4, 40), NOBODY), np.full((4, 40), np.nan)
    for row, (chosen, stars) in enumerate(people):
        items[row, : len(chosen)], ratings[row, : len(stars)] = chosen, stars
    together = Belief.after(model, items, ratings)
    for row, (chosen, stars) in enumerate(people):
        alike(together.at(row), Belief.of(model, History.of(chosen, stars)))


def test_the_order_of_answers_says_nothing_nor_where_a_row_is_filled_up(model):
    items, ratings = answered(7)
    one = Belief.after(model, items[None], ratings[None])
    alike(Belief.after(model, items[::-1][None], ratings[::-1][None]), one)
    spread = np.insert(items, [0, 3, 7], NOBODY), np.insert(ratings, [0, 3, 7], 5.0)
    alike(Belief.after(model, spread[0][None], spread[1][None]), one)


def test_of_nobody_the_prior_is_believed(model):
    found = Belief.after(model, np.empty((2, 0), dtype=np.int64), np.empty((2, 0)))
    centre, covariance = model.prior(np.empty(0, dtype=np.int64))
    np.testing.assert_allclose(found.vectors, np.tile(centre, (2, 2, 1)))
    np.testing.assert_allclose(found.covariance, [covariance] * 2)
    assert found.steadiness.tolist() == [1.0, 1.0]


def test_answers_make_surer_and_contradictions_less_steady(model):
    items, ratings = answered(7)
    model.seen_ = np.zeros((ITEMS, D))
    model.prior_covariances_ = model.prior_covariances_[:1].repeat(3, axis=0)
    before, after = Belief.of(model, History.empty()), Belief.after(model, items[None], ratings[None])
    assert (np.linalg.eigvalsh(before.covariance - after.covariance) > -1e-12).all()
    wild = Belief.after(model, items[None], np.array([[0.5, 5.0, 0.5, 5.0, 0.5, 5.0, 0.5]]))
    assert wild.steadiness[0] < after.steadiness[0]
