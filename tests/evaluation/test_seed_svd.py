"""The notebook's numbers, on its own split. The hold-out only: the cross-validation takes minutes."""

import numpy as np
import pytest

from reelrec.evaluation import seed_svd
from reelrec.sources import registry


@pytest.fixture
def _notebooks_data():
    pytest.importorskip("surprise")
    pytest.importorskip("sklearn")
    if registry.source("ml-latest-small").folder is None:
        pytest.skip("MovieLens latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")


@pytest.mark.train
@pytest.mark.usefixtures("_notebooks_data")
@pytest.mark.parametrize(("name", "rmse", "mae"), [("svd", 0.8754, 0.6700), ("knn", 0.8592, 0.6527)])
def test_the_hold_out_gives_the_notebooks_errors_to_four_decimals(name, rmse, mae):
    error = seed_svd.hold_out(name)["error"]
    assert len(error) == 20_168
    assert round(float(np.sqrt((error**2).mean())), 4) == rmse
    assert round(float(error.abs().mean()), 4) == mae


@pytest.mark.train
@pytest.mark.usefixtures("_notebooks_data")
def test_no_test_rating_is_a_training_rating():
    training, test = seed_svd.split()
    seen = {(user, film) for user, film, *_ in training.raw_ratings}
    assert len(seen) == 80_668
    assert len(test) == 20_168
    assert not seen & {(user, film) for user, film, _ in test}
