"""The Gaussian of relevance against the textbook: conditional covariances, and greedy SLIM by least squares."""

import numpy as np
import pandas as pd
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.interview import relevance
from reelrec.interview.relevance import Relevance
from tests.fakes.workers import together

K, N = 6, 9  # films of the pool, and all
POOL = np.array([4, 0, 7, 2, 8, 5])


@pytest.fixture
def crowd() -> Dataset:
    """Sixty people who rate films of two kinds."""
    rng, rows = np.random.default_rng(1), []
    for user in range(60):
        likes_first = user % 2
        rows += [
            (user, film, 4.5 if (film < 5) == likes_first and rng.random() < 0.8 else 2.0)
            for film in rng.permutation(N)[: rng.integers(4, N + 1)]
        ]
    return Dataset.from_frame("crowd", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(N))


@pytest.fixture
def moments(crowd) -> Relevance:
    return Relevance.fit(crowd, POOL)


def test_workers_find_together_what_one_finds_alone(crowd, moments):
    for found in together(3, crowd, lambda share: Relevance.fit(share, POOL)):
        np.testing.assert_array_equal(found.covariance, moments.covariance)
        np.testing.assert_array_equal(found.aim, moments.aim)


def x(crowd: Dataset) -> np.ndarray:
    """(60, N) 1 where a film is relevant, less its mean."""
    made = np.zeros((crowd.n_users, N))
    for user, history in enumerate(crowd.histories()):
        made[user, history.items[history.ratings >= 4]] = 1.0
    return made - made.mean(axis=0)


def variances(crowd: Dataset, answered: dict[int, float]) -> np.ndarray:
    """(N,) of all films given noisy answers: place in the pool to the noise."""
    covariance = np.cov(x(crowd).T, bias=True)
    asked = POOL[[*answered]]
    among = covariance[np.ix_(asked, asked)] + np.diag([*answered.values()])
    return np.diag(covariance - covariance[:, asked] @ np.linalg.inv(among) @ covariance[asked])


def weighed(crowd: Dataset, answered: dict[int, float]) -> float:
    """The variances added up, each divided by the film's number of ratings."""
    counts = crowd.counts()
    return float((variances(crowd, answered) / (counts / counts.mean())).sum())


def test_a_gain_is_by_how_much_the_variance_of_all_films_falls(crowd, moments):
    gains = moments.gains(np.ones(K))
    expected = [weighed(crowd, {}) - weighed(crowd, {place: relevance.REG}) for place in range(K)]
    np.testing.assert_allclose(gains, expected, rtol=1e-3)


def test_after_answers_it_falls_from_there(crowd, moments):
    after = moments.after(np.array([[1, 3], [0, 5]]), np.array([[1.0, 0.5], [1.0, 1.0]]))
    for row, answered in enumerate(({1: 0.1, 3: 0.2}, {0: 0.1, 5: 0.1})):
        for place in {*range(K)} - {*answered}:
            expected = weighed(crowd, answered) - weighed(crowd, answered | {place: 0.4})
            assert after.gains(np.full((2, K), 0.25))[row, place] == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_to_suppose_an_answer_is_to_have_it(moments):
    chances = np.array([[0.3], [1.0]])
    one = moments.after(np.array([[2], [4]]), chances)
    nothing = moments.after(np.empty((2, 0), dtype=np.int64), np.empty((2, 0)))
    other = nothing.supposing(np.array([2, 4]), chances[:, 0])
    np.testing.assert_allclose(other.covariance, one.covariance, atol=1e-6)
    np.testing.assert_allclose(other.aim, one.aim, atol=1e-5)


def test_the_order_is_that_of_the_least_squares_error(crowd, moments):
    """Greedy SLIM: each film in its turn leaves least of everybody's relevance unexplained."""
    everything, weights = x(crowd), np.sqrt(crowd.counts().mean() / crowd.counts())
    chosen: list[int] = []
    for _ in range(4):
        left = {}
        for place in {*range(K)} - {*chosen}:
            asked = everything[:, POOL[[*chosen, place]]]
            ridge = relevance.REG * len(everything) * np.eye(asked.shape[1])
            fitted = np.linalg.solve(asked.T @ asked + ridge, asked.T @ everything)
            error = ((everything - asked @ fitted) * weights) ** 2
            left[place] = error.sum() + ((fitted * weights) ** 2).sum() * relevance.REG * len(everything)
        chosen.append(min(left, key=lambda place: left[place]))
    assert moments.order[:4].tolist() == chosen
    assert sorted(moments.order.tolist()) == [*range(K)]
    with pytest.raises(ValueError, match="read-only"):
        moments.order[0] = 1
