from dataclasses import replace

import numpy as np
import pandas as pd

from reelrec.data.film_features import film_features
from reelrec.data.ratings.dataset import Dataset


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
