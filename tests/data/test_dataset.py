from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reelrec.data.dataset import Dataset
from reelrec.data.film_features import film_features
from reelrec.data.half_stars import half_star
from reelrec.data.history import History
from reelrec.errors import RatingError
from reelrec.visitor.profile import Profile


@pytest.mark.parametrize("rating", [0, 0.25, 3.3, 5.5, -1, float("nan"), float("inf")])
def test_what_is_no_half_star_is_refused_with_its_value(rating):
    with pytest.raises(RatingError, match=f"^{rating:g} is not a rating"):
        half_star(rating)


def test_every_half_star_is_accepted():
    assert [half_star(half / 2) for half in range(1, 11)] == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]


@pytest.mark.parametrize("rating", [0.0, 5.5, 3.3])
def test_a_history_refuses_a_rating_that_is_no_half_star(rating):
    with pytest.raises(RatingError, match="not a rating"):
        History.of([1, 2], [3.0, rating])


def test_a_history_refuses_infinite_stars():
    with pytest.raises(RatingError, match="not a rating"):
        History.of([1], [float("inf")])


def test_a_history_takes_films_without_stars():
    history = History.of([3, 1], [np.nan, 4.5], [True, False])
    items, ratings = history.stars()
    assert (items.tolist(), ratings.tolist()) == ([1], [4.5])
    assert history.liked.tolist() == [True, False]
    assert (history.items.dtype, history.ratings.dtype) == (np.int64, np.float32)


def test_a_history_refuses_a_film_twice():
    with pytest.raises(RatingError, match="twice"):
        History.of([1, 2, 1], [3.0, 3.0, 4.0])


def test_a_history_refuses_lists_of_different_lengths():
    with pytest.raises(ValueError, match="do not go together"):
        History.of([1, 2], [3.0])


def test_a_history_cannot_be_changed():
    history = History.of([1], [3.0])
    with pytest.raises(ValueError, match="read-only"):
        history.ratings[0] = 5.0


def test_the_head_of_a_history_is_its_first_films():
    history = History.of([5, 6, 7], [1.0, np.nan, 3.0], [False, True, False]).head(2)
    assert history.items.tolist() == [5, 6]
    assert history.liked.tolist() == [False, True]
    assert len(history) == 2


def test_a_profiles_history_goes_by_date_and_undated_films_come_first():
    profile = Profile(
        ratings={7: 4.0, 2: 3.0, 5: 1.0},
        seen=frozenset({9}),
        liked=frozenset({2, 8}),
        watchlist=frozenset({1}),
        set_aside=frozenset({3}),
        unseen=frozenset({4}),
        dates={7: "2024-05-01", 9: "2023-01-31"},
    )
    history = profile.history()
    assert history.items.tolist() == [2, 5, 8, 9, 7]
    np.testing.assert_array_equal(history.ratings, np.float32([3.0, 1.0, np.nan, np.nan, 4.0]))
    assert history.liked.tolist() == [True, False, True, False, False]
    assert profile.watched == {2, 5, 7, 8, 9}


def frame(*rows, columns=("user_id", "film_id", "rating")):
    return pd.DataFrame(rows, columns=list(columns))


def test_a_dataset_drops_films_it_does_not_know():
    dataset = Dataset.from_frame("x", frame((1, "a", 3.0), (1, "z", 5.0), (2, "b", 4.0), (3, "z", 1.0)), ["b", "a"])
    assert dataset.user_ids.tolist() == [1, 2]  # nothing is left of person 3
    assert dataset.items.tolist() == [1, 0]
    assert dataset.ratings.tolist() == [3.0, 4.0]
    assert (dataset.n_users, dataset.n_items) == (2, 2)


def test_a_persons_ratings_go_by_timestamp_and_equal_times_keep_the_files_order():
    rows = ((2, "a", 1.0, 50), (1, "c", 2.0, 30), (1, "a", 3.0, 10), (1, "b", 4.0, 10), (2, "b", 5.0, 40))
    dataset = Dataset.from_frame("x", frame(*rows, columns=("user_id", "film_id", "rating", "timestamp")), list("abc"))
    assert dataset.history(0).items.tolist() == [0, 1, 2]
    assert dataset.history(1).ratings.tolist() == [5.0, 1.0]
    assert dataset.users.tolist() == [0, 0, 0, 1, 1]


def test_a_dataset_reads_categories_as_it_reads_text():
    rows = frame((1, "a", 3.0), (1, "z", 5.0), (2, "b", 4.0))
    as_categories = rows.astype({"film_id": pd.CategoricalDtype(["z", "b", "a", "never"])})
    one, other = (Dataset.from_frame("x", each, ["a", "b"]) for each in (rows, as_categories))
    assert one.items.tolist() == other.items.tolist() == [0, 1]
    assert one.sha256 == other.sha256


def test_a_missing_category_is_no_film():
    rows = frame((1, "a", 3.0), (1, None, 5.0)).astype({"film_id": pd.CategoricalDtype(["a", "b"])})
    assert Dataset.from_frame("x", rows, ["a", "b"]).items.tolist() == [0]


def test_only_keeps_the_films_and_the_people_of_the_mask(people):
    mask = np.zeros(people.n_users, dtype=bool)
    mask[[3, 17]] = True
    part = people.only(mask)
    assert part.user_ids.tolist() == people.user_ids[[3, 17]].tolist()
    assert part.n_items == people.n_items
    for new, old in enumerate((3, 17)):
        np.testing.assert_array_equal(part.history(new).items, people.history(old).items)
        np.testing.assert_array_equal(part.history(new).ratings, people.history(old).ratings)


def test_what_is_known_of_the_films_stays_when_people_are_left_out(people):
    known = replace(people, features=film_features(years=range(1980, 2020)))
    part = known.only(np.arange(people.n_users) < 5)
    assert part.features["year"].shape == (40, 14)
    assert known.sha256 == people.sha256  # which are the ratings


def test_counts_and_sums_are_those_of_each_film():
    dataset = Dataset.from_frame("x", frame((1, "a", 3.0), (2, "a", 0.5), (2, "c", 4.0)), list("abc"))
    assert dataset.counts().tolist() == [2, 0, 1]
    assert dataset.sums().tolist() == [3.5, 0.0, 4.0]


def test_the_digest_changes_with_any_rating(people):
    changed = people.ratings.copy()
    changed[100] = 0.5 if changed[100] != 0.5 else 1.0
    other = Dataset(people.name, people.user_ids, people.item_ids, people.start, people.items, changed)
    assert other.sha256 != people.sha256
    assert people.only(np.ones(people.n_users, dtype=bool)).sha256 == people.sha256


def test_a_history_without_films_keeps_the_others_whole():
    history = History.of([4, 2, 9], [1.0, 2.0, np.nan], [False, False, True])
    left = history.without([2])
    assert (left.items.tolist(), left.liked.tolist()) == ([4, 9], [False, True])
