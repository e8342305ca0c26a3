"""What is known of films before anybody rates them."""

import numpy as np
import pandas as pd
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_features import bag, film_features, item_features, new_film_features, permuted


def test_a_films_genres_share_its_weight_and_a_film_without_has_an_empty_row():
    block = film_features(genres=[("Drama", "War"), (), ("War",)])["genre"]
    assert block.dtype == np.float32
    half = np.sqrt(0.5)
    np.testing.assert_allclose(block.toarray(), [[half, half], [0, 0], [0, 1]], rtol=1e-6)


def test_years_fall_in_bins_of_three():
    block = film_features(years=[1998, 2000, 2001, None])["year"].toarray()
    assert block.tolist() == [[1, 0], [1, 0], [0, 1], [0, 0]]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_what_is_unknown_is_an_empty_row_however_it_is_written(missing):
    blocks = film_features(years=[missing, 2000], runtimes=[missing, 90], languages=[missing, "en"])
    for block in blocks.values():
        assert np.diff(block.indptr).tolist() == [0, 1]


def test_runtimes_fall_in_six_bins_that_hold_their_lower_edge():
    minutes = [39, 40, 74, 75, 94, 95, 114, 115, 139, 140, 400]
    block = film_features(runtimes=minutes)["runtime"]
    assert block.indices.tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_director_of_fewer_than_three_films_is_nobody():
    block = film_features(directors=["Ada", "Ben", "Ada", None, "Ben", "Ada"])["director"]
    assert block.toarray().ravel().tolist() == [1, 0, 1, 0, 0, 1]


def test_a_tag_counts_once_a_film_whatever_its_case_and_rare_ones_not_at_all():
    tags = [["Noir", "noir ", "odd"], ["NOIR"], ["noir"], ["noir"], ["noir", "slow"], ["slow"], ["slow"], ["slow"]]
    block = film_features(tags=[*tags, ["slow"]])["tag"].toarray()
    assert block.shape == (9, 2)
    assert block[0].tolist() == [1, 0]  # the rare tag takes no weight from the other
    np.testing.assert_allclose(block[4], [np.sqrt(0.5)] * 2, rtol=1e-6)


def test_every_known_row_has_length_one():
    block = bag([["a", "b", "c"], ["a"], [], ["b", "c"]])
    np.testing.assert_allclose((block.toarray() ** 2).sum(axis=1), [1, 1, 0, 1], rtol=1e-6)


def test_the_catalogue_gives_a_row_a_film_and_knows_nothing_of_its_ratings(films, make_film):
    blocks = item_features(films)
    assert list(blocks) == ["genre", "year", "language", "runtime", "director", "actor"]
    assert {block.shape[0] for block in blocks.values()} == {len(films)}
    drama, horror = blocks["genre"][0].toarray(), blocks["genre"][1].toarray()
    assert drama.sum() == 1
    assert not (drama * horror).any()
    assert all(block.indptr[11] == block.indptr[12] for block in blocks.values())  # of film 11 nothing is known


def test_more_rows_at_the_end_change_no_column():
    items = bag([["a", "b"], ["b"], ["b", "c"]], 2)
    more = bag([["a", "b"], ["b"], ["b", "c"], ["b", "c"], ["c"], ["d"]], 2, n_items=3)
    assert (items.shape, more.shape) == ((3, 1), (6, 1))
    np.testing.assert_array_equal(more.toarray()[:3], items.toarray())
    assert more.toarray()[3:].ravel().tolist() == [1, 0, 0]


def test_of_films_that_nobody_rated_rarer_names_count_and_each_director_alone(make_film):
    rows = [
        make_film(0, director="Ada Moss, Ben Hale", cast=("Cy", "Di"), countries=("France",)),
        make_film(1, director="Ben Hale", cast=("Cy",), genres=("Drama",)),
    ]
    blocks = new_film_features(Catalogue(rows))
    np.testing.assert_allclose(blocks["director"].toarray(), [[np.sqrt(0.5)] * 2, [0, 1]], rtol=1e-6)
    assert blocks["actor"].toarray().tolist() == [[1], [1]]
    assert blocks["country"].toarray().tolist() == [[1], [0]]
    assert {block.shape[0] for block in blocks.values()} == {2}


def test_permuted_facts_are_the_same_rows_moved_together():
    blocks = film_features(genres=[[f"genre {i}"] for i in range(30)], years=range(1900, 1990, 3))
    moved = permuted(blocks)
    where = moved["genre"].indices
    assert sorted(where) == sorted(blocks["genre"].indices)
    order = np.argsort(blocks["genre"].indices)[where]  # the film whose facts each one got
    assert (order != np.arange(30)).sum() > 20
    np.testing.assert_array_equal(moved["year"].toarray(), blocks["year"].toarray()[order])
    assert (permuted(blocks, seed=1)["genre"].indices != where).any()
    assert permuted({}) == {}
