import numpy as np
import pandas as pd
import pytest

from reelrec.errors import OptionError, SourceError
from reelrec.sources import registry
from reelrec.sources.describe import describe
from reelrec.sources.letterboxd import dataset as letterboxd


@pytest.fixture
def facts(copies):
    """Write a films.parquet of these rows (what is not given is missing) and read it as the app does."""

    def read(*rows: dict) -> pd.DataFrame:
        folder = copies / "letterboxd"
        folder.mkdir(parents=True)
        frame = pd.DataFrame([dict.fromkeys(letterboxd.FACTS) | row for row in rows], columns=list(letterboxd.FACTS))
        numbers = {name: "float64" for name in ("year", "runtime", "tmdb_id", "imdb_id", "movielens_id")}
        texts = {name: "str" for name in ("director", "boxd_id", "countries", "actors", "title", "content_type")}
        frame.astype(numbers | texts).to_parquet(folder / "films.parquet")
        pd.DataFrame({"user_id": [1], "film_id": ["a"], "rating": [3.0]}).to_parquet(folder / "ratings.parquet")
        return letterboxd.read_films().set_index("film_id")

    return read


def test_only_television_is_left_out_and_an_empty_kind_is_a_film(facts):
    films = facts(
        {"film_id": "a", "title": "A", "content_type": "movie"},
        {"film_id": "b", "title": "B", "content_type": "tv"},
        {"film_id": "c", "title": "C"},
    )
    assert list(films.index) == ["a", "c"]


def test_facts_are_cleaned(facts):
    films = facts(
        {
            "film_id": "a",
            "title": "  Two   Spaces ",
            "year": 1999.0,
            "runtime": 0,
            "countries": "France, Italy , ",
            "boxd_id": "https://boxd.it/2aBc",
            "actors": "One, Two, Three, Four, Five, Six",
            "genres": np.array(["Drama", "TV Movie"]),
            "tmdb_id": 7.0,
        },
        {"film_id": "b", "title": "B", "runtime": 89.6},
    )
    film, bare = films.loc["a"], films.loc["b"]
    assert (film["title"], film["year"], film["boxd_code"], film["tmdb_id"]) == ("Two Spaces", 1999, "2aBc", 7)
    assert film["countries"] == ["France", "Italy"]
    assert film["cast"] == ["One", "Two", "Three", "Four", "Five"]
    assert film["genres"] == ["Drama"]
    assert pd.isna(film["runtime"])  # nought minutes are an unknown length
    assert bare["runtime"] == 90
    assert (bare["genres"], bare["countries"], bare["cast"]) == ([], [], [])
    assert pd.isna(bare["year"])
    assert pd.isna(bare["boxd_code"])


def test_the_five_named_actors_win_over_the_long_list(facts):
    films = facts({"film_id": "a", "title": "A", "cast_top5": np.array(["X", "Y"]), "actors": "One, Two"})
    assert list(films.loc["a", "cast"]) == ["X", "Y"]


def test_the_real_files_hold_what_their_guide_says():
    if registry.source("letterboxd").folder is None:
        pytest.skip("The Letterboxd files are not on this machine.")
    films, ratings = letterboxd.read_films(), letterboxd.read_ratings()
    rated = ratings["film_id"].cat.remove_unused_categories().cat.categories
    assert (len(ratings), ratings["user_id"].nunique(), len(rated)) == (17_126_545, 44_447, 13_290)
    assert films["film_id"].isin(rated).sum() == 13_011  # without television
    assert films["film_id"].is_unique
    assert films["title"].str.len().min() > 0
    assert films["runtime"].min() > 0
    assert not films["genres"].map(lambda names: "TV Movie" in names).any()


def test_overviews_are_those_that_are_told(copies):
    folder = copies / "letterboxd"
    folder.mkdir(parents=True)
    told = {"film_id": ["a", "b", "a"], "overview": ["Ships sail.", None, "Again."]}
    pd.DataFrame(told).to_parquet(folder / "films.parquet")
    pd.DataFrame({"user_id": [1], "film_id": ["a"], "rating": [3.0]}).to_parquet(folder / "ratings.parquet")
    assert letterboxd.read_overviews() == {"a": "Ships sail."}


def test_reviews_lie_beside_the_ratings_and_those_without_stars_are_left_out(copies):
    folder = copies / "letterboxd"
    folder.mkdir(parents=True)
    rows = [(7, "A", 1999, 3.5, "Fine.", "x"), (8, "B", 2001, float("nan"), "No stars.", "x")]
    frame = pd.DataFrame(rows, columns=["author", "title", "year", "rating", "text", "source"])
    frame.to_parquet(folder / "reviews.parquet")
    found = letterboxd.read_reviews()
    assert found.to_dict("records") == [{"author": 7, "title": "A", "year": 1999, "rating": 3.5, "text": "Fine."}]
    assert registry.source("letterboxd-reviews").folder == folder


def test_reviews_that_are_not_here_name_the_command_that_fetches_them(copies):
    with pytest.raises(SourceError, match="python -m reelrec data get letterboxd-reviews --from FOLDER"):
        letterboxd.read_reviews()


def test_texts_are_not_described():
    with pytest.raises(OptionError, match="letterboxd-reviews is texts"):
        describe("letterboxd-reviews")
