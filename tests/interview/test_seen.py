import numpy as np
import pandas as pd
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.interview.seen import LEAST, MOST, REG, Seen
from tests.fakes.workers import together

NOTHING = np.empty((1, 0), dtype=np.int64), np.empty((1, 0), dtype=bool)
ROWS = {"a": (0, 1), "b": (0, 1, 3), "c": (2,), "d": (0, 1, 2)}  # who has seen which of the films 0-3


@pytest.fixture
def dataset() -> Dataset:
    rows = [(user, item, 3.0) for user, items in ROWS.items() for item in items]
    return Dataset.from_frame("four people", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(4))


@pytest.fixture
def tied() -> Seen:
    """Six films with ties of every kind."""
    factors = np.random.default_rng(1).normal(0, 0.2, (6, 3))
    return Seen(np.linspace(0.2, 0.6, 6), factors @ factors.T + 0.05 * np.eye(6))


def test_shares_and_covariances_by_hand_in_the_order_asked_for(dataset):
    found = Seen.fit(dataset, np.array([2, 0, 1]))
    np.testing.assert_allclose(found.mean, [0.5, 0.75, 0.75])
    together = np.array([[0.5, 0.25, 0.25], [0.25, 0.75, 0.75], [0.25, 0.75, 0.75]])  # share that has seen both
    np.testing.assert_allclose(found.covariance, together - np.outer(found.mean, found.mean))


def test_workers_find_together_what_one_finds_alone(dataset):
    def fit(share: Dataset) -> Seen:
        return Seen.fit(share, np.array([2, 0, 1]))

    for found in together(2, dataset, fit):
        for part, alone in zip(found, fit(dataset), strict=True):
            np.testing.assert_array_equal(part, alone)


def test_of_somebody_who_was_asked_nothing_the_shares_are_told(tied):
    np.testing.assert_allclose(tied.chances(*NOTHING), [tied.mean])


def test_of_films_that_have_nothing_to_do_with_each_other_an_answer_tells_nothing():
    seen = Seen(np.array([0.3, 0.5, 0.7]), np.diag([0.21, 0.25, 0.21]))
    for had in (True, False):
        np.testing.assert_allclose(seen.chances(np.array([[1]]), np.array([[had]]))[0, [0, 2]], [0.3, 0.7])


def test_of_two_films_always_seen_together_one_tells_of_the_other(dataset):
    seen = Seen.fit(dataset, np.arange(4))
    yes, no = (seen.chances(np.array([[0]]), np.array([[had]]))[0] for had in (True, False))
    assert yes[1] > seen.mean[1] > no[1]
    assert yes[2] < seen.mean[2] < no[2]  # film 2 is for others
    # 0.75 + 3/16 / (3/16 + REG) * (1 - 0.75), and the same down from 0.75
    share = 0.1875 / (0.1875 + REG)
    np.testing.assert_allclose([yes[1], no[1]], [0.75 + 0.25 * share, 0.75 - 0.75 * share])


def test_the_chances_are_the_best_linear_prediction(tied):
    places, had = np.array([[4, 1, 0], [2, 3, 5]]), np.array([[True, False, True], [True, True, False]])
    found = tied.chances(places, had)
    for row, asked in enumerate(places):
        inverse = np.linalg.inv(tied.covariance[np.ix_(asked, asked)] + REG * np.eye(3))
        expected = tied.mean + tied.covariance[:, asked] @ inverse @ (had[row] - tied.mean[asked])
        np.testing.assert_allclose(found[row], np.clip(expected, LEAST, MOST))
        assert not np.allclose(found[row], tied.mean)


def test_the_order_of_questions_says_nothing(tied):
    places, had = np.array([[4, 1, 0]]), np.array([[True, False, True]])
    np.testing.assert_allclose(tied.chances(places[:, ::-1], had[:, ::-1]), tied.chances(places, had))


def test_nothing_is_ever_certain():
    seen = Seen(np.array([0.5, 0.9, 0.1]), np.array([[0.25, 0.5, -0.5], [0.5, 1.0, 0.0], [-0.5, 0.0, 1.0]]))
    for had, others in ((True, [MOST, LEAST]), (False, [0.9 - 0.25 / 0.45, 0.1 + 0.25 / 0.45])):
        np.testing.assert_allclose(seen.chances(np.array([[0]]), np.array([[had]]))[0, 1:], others)
