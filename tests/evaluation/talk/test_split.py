"""Films split, users in both parts; and which films are liked, whoever the user is."""

import numpy as np

from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk import split as talk_split


def test_the_best_known_films_are_split_and_people_are_in_both_parts(split, many_films):
    assert sorted(film.number for film in split.films) == list(range(40))
    assert split.training.items.max() < 30 <= split.test.items.min()
    assert split.training.n_users == split.test.n_users == 12
    for person in range(12):
        assert (split.training.user == person).sum() + (split.test.user == person).sum() == 25
    numbers = np.array([film.number for film in split.films])
    odd = (split.test.user + numbers[split.test.items]) % 2
    np.testing.assert_array_equal(split.test.ratings, np.where(odd, 5.0, 1.0))  # everybody keeps their own stars


def test_overlapping_windows_hold_the_training_ratings_and_half_of_the_test_ratings(split):
    both, n = talk_split.overlapping(split), len(split.training.ratings)
    np.testing.assert_array_equal(both.items[:n], split.training.items)
    shared = set(zip(both.user[n:], both.items[n:], both.ratings[n:], strict=True))
    assert shared <= set(zip(split.test.user, split.test.items, split.test.ratings, strict=True))
    assert 0.3 < len(shared) / len(split.test.ratings) < 0.7


def test_the_row_that_has_seen_the_answers_takes_the_majority_of_the_test_ratings():
    part = Targets.of([([0, 1], [4.0, 3.5]), ([0], [1.0]), ([0], [2.0])])
    assert talk_split.majority(part, 3).tolist() == [False, True, True]
