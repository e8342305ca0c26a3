"""BLAS uses one thread where the app runs, and the app says so where it cannot."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from reelrec.errors import ReelRecError
from reelrec.ui.frame import threads


@pytest.fixture(autouse=True)
def fresh():
    """Nothing is remembered, and the limits are put back."""
    threads.hold_blas_to_one.cache_clear()
    with threadpool_limits():
        yield
    threads.hold_blas_to_one.cache_clear()


def blas() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_a_blas_that_was_loaded_with_more_threads_is_held_to_one():
    threadpool_limits(2, user_api="blas")
    assert blas() == {2}
    threads.hold_blas_to_one()
    assert blas() == {1}


def test_a_blas_that_keeps_more_threads_is_an_error_that_says_what_to_do(monkeypatch):
    stubborn = [{"user_api": "blas", "internal_api": "mkl", "num_threads": 8}]
    monkeypatch.setattr(threads, "threadpool_info", lambda: stubborn)
    with pytest.raises(ReelRecError, match=r"^mkl uses 8 threads .* Start ReelRec with OPENBLAS_NUM_THREADS=1 "):
        threads.hold_blas_to_one()
