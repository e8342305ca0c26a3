"""Ratings of two rows of one film are ratings of one film."""

import pandas as pd

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.roles import Role
from reelrec.training.users import catalogue_dataset, joined, letterboxd_users


def test_the_last_digit_of_the_id_decides_whose_ratings_are_read(sources, films):
    rows = [(user, "night-ferry", 3.0) for user in range(20, 40)] + [(28, "not-in-the-catalogue", 5.0)]
    sources({"night-ferry": {}}, rows)
    assert letterboxd_users(films, Role.TRAIN).user_ids.tolist() == [*range(20, 28), *range(30, 38)]
    tuning = letterboxd_users(films, Role.TUNE)
    assert tuning.user_ids.tolist() == [28, 38]
    assert len(tuning.items) == 2
    assert tuning.name == "letterboxd tune users"
    assert tuning.features["director"].shape[0] == len(films)  # what is known of the films comes along


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])


def test_a_rating_of_a_twin_moves_and_the_main_rows_own_rating_wins():
    ratings = table((1, "twin", 2.0), (1, "main", 4.0), (2, "twin", 3.0), (3, "twin", 1.0), (3, "other-twin", 5.0))
    found = joined(ratings, {"twin": "main", "other-twin": "main"})
    rows = [tuple(row) for row in found.itertuples(index=False)]
    assert rows == [(1, "main", 4.0), (2, "main", 3.0), (3, "main", 1.0)]


def test_without_twins_nothing_changes():
    ratings = table((1, "a", 2.0), (2, "b", 4.0))
    found = joined(ratings, {"c": "d"})
    assert [tuple(row) for row in found.itertuples(index=False)] == [(1, "a", 2.0), (2, "b", 4.0)]


def test_a_data_set_has_the_items_alone_and_no_rating_of_a_second_row(make_film):
    films = Catalogue(
        [make_film(0, slug="a"), make_film(1, slug="b", same_as=0), make_film(2, slug="series", kind="series")], 2
    )
    data = catalogue_dataset("people", table((1, "b", 2.0), (1, "series", 5.0), (2, "a", 4.0)), films)
    assert data.n_items == 2
    assert data.items.tolist() == [0, 0]
    assert data.features["genre"].shape[0] == 2
