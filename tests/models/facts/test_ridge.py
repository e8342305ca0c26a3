import numpy as np
import pytest
from scipy.sparse import csr_array

from reelrec.models.facts.ridge import Ridge


@pytest.fixture
def problem():
    rng = np.random.default_rng(3)
    design = rng.normal(size=(60, 12)) * (rng.random((60, 12)) < 0.4)
    return design, rng.random(60), rng.normal(size=(60, 3))


def test_it_solves_the_normal_equations(problem):
    design, weights, targets = problem
    expected = np.linalg.solve(
        design.T @ (design * weights[:, None]) + np.eye(12), design.T @ (targets * weights[:, None])
    )
    solved = Ridge(csr_array(design), weights).solve(targets)
    assert solved.dtype == np.float32
    np.testing.assert_allclose(solved, expected, atol=2e-3)


def test_a_row_without_weight_counts_for_nothing(problem):
    design, weights, targets = problem
    weights[:10] = 0
    moved = targets.copy()
    moved[:10] += 100
    ridge = Ridge(csr_array(design), weights)
    np.testing.assert_array_equal(ridge.solve(moved), ridge.solve(targets))


def test_targets_of_zero_need_no_weights(problem):
    design, weights, targets = problem
    assert not Ridge(csr_array(design), weights).solve(np.zeros_like(targets)).any()


def test_one_film_by_hand():
    """(2 * 3 * 4) / (2 * 3 * 3 + 1): a word of strength 3 in one film that counts 2 and is 4 above the mean."""
    assert Ridge(csr_array([[3.0]]), np.array([2.0])).solve(np.array([[4.0]]))[0, 0] == pytest.approx(24 / 19)
