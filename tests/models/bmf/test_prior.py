"""The prior of the sampler: its side information, and the conditional that it is drawn from."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from reelrec.data.ratings.workers import ALONE

torch = pytest.importorskip("torch")
from reelrec.models.bmf.noise import Noise  # noqa: E402 -- these import torch
from reelrec.models.bmf.prior import Prior  # noqa: E402
from reelrec.models.bmf.side_information import SideInformation  # noqa: E402

pytestmark = pytest.mark.train
N, D = 1500, 3
CPU = torch.device("cpu")
RNG = np.random.default_rng(0)
DENSE = RNG.normal(size=(N, 2)).astype(np.float32)
MARKS = csr_array((RNG.random((N, 4)) < 0.3).astype(np.float32))
WHOLE = np.hstack([np.ones((N, 1)), DENSE, MARKS.toarray()]).astype(np.float64)


@pytest.fixture
def sides():
    empty = csr_array((N, 0))
    return SideInformation(N, [DENSE, np.zeros((N, 0), dtype=np.float32)], [empty, MARKS], CPU)


def test_products_are_those_of_all_columns_together(sides):
    values, weights = RNG.normal(size=(N, 5)), RNG.normal(size=(7, D))
    assert sides.widths == [1, 2, 4]
    np.testing.assert_allclose(sides.products(torch.from_numpy(values)).numpy(), WHOLE.T @ values, atol=1e-9)
    np.testing.assert_allclose(sides.times(torch.from_numpy(weights)).numpy(), WHOLE @ weights, atol=1e-9)
    np.testing.assert_allclose(sides.gram().numpy(), WHOLE.T @ WHOLE, atol=1e-9)


def test_a_dense_block_alone_needs_no_sparse_one():
    alone = SideInformation(N, [DENSE], [], CPU)
    total = alone.products(torch.ones(N, 1, dtype=torch.float64)).numpy().ravel()
    np.testing.assert_allclose(total, WHOLE[:, :3].sum(axis=0))


def test_the_weights_are_drawn_around_the_ridge_regression_with_the_covariance_of_the_formula(sides):
    """B | X, L ~ matrix normal: mean inv(C'C + R) C'X, row covariance inv(C'C + R), column covariance inv(L)."""
    prior = Prior(D, sides, ALONE)
    root = np.array([[2.0, 0, 0], [0.5, 1, 0], [0, -0.3, 3]])
    vectors = WHOLE @ RNG.normal(size=(7, D)) + RNG.normal(size=(N, D))
    precision = torch.from_numpy(root @ root.T)
    drawn = []
    for sweep in range(3000):
        prior.precision = precision.float()
        prior.draw(torch.from_numpy(vectors).float(), False, Noise((7, sweep)))
        drawn.append(np.linalg.lstsq(WHOLE[:300], prior.mean[:300].double().numpy(), rcond=None)[0])
    ridge = np.diag([1e-3] + [3.0] * 6)
    rows, columns = np.linalg.inv(WHOLE.T @ WHOLE + ridge), np.linalg.inv(root @ root.T)
    errors = np.stack(drawn) - rows @ WHOLE.T @ vectors
    sd = np.sqrt(np.outer(np.diag(rows), np.diag(columns)))
    assert np.abs(errors.mean(axis=0) / sd).max() < 0.1  # four standard errors are .073
    covariance = np.cov(errors.reshape(3000, -1).T)
    np.testing.assert_allclose(covariance / np.outer(sd, sd), np.kron(rows, columns) / np.outer(sd, sd), atol=0.1)


def test_the_precision_follows_what_the_mean_leaves(sides):
    """With many rows it is that of the errors: 4 along the first column, 1/4 along the second."""
    errors = RNG.normal(size=(N, D)) * np.array([0.5, 2.0, 1.0])
    vectors = torch.from_numpy(WHOLE @ RNG.normal(size=(7, D)) + errors).float()
    prior, drawn = Prior(D, sides, ALONE), []
    for sweep in range(200):
        prior.draw(vectors, False, Noise((1, sweep)))
        drawn.append(prior.precision.double().numpy())
    np.testing.assert_allclose(np.mean(drawn[20:], axis=0), np.diag([4.0, 0.25, 1.0]), atol=0.4)
