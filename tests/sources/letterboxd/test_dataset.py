import numpy as np
import pandas as pd
import pytest

from reelrec.data.catalogue_check import contradictions
from reelrec.errors import OptionError, SourceError
from reelrec.sources import registry
from reelrec.sources.describe import describe
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training.casts import film_facts

LISTS = ("genres", "countries", "cast_top5", "other_titles", "other_years")


@pytest.fixture
def facts(copies, monkeypatch, tmp_path):
    """Write a films_v2.parquet of these rows (what is not given is missing) and read it as the app does."""

    def read(*rows: dict, corrections: str = "") -> pd.DataFrame:
        folder = copies / "letterboxd"
        folder.mkdir(parents=True)
        plain = dict.fromkeys(letterboxd.COLUMNS) | {"title": "A", "kind": "film"}
        frame = pd.DataFrame([plain | row for row in rows], columns=list(letterboxd.COLUMNS))
        frame = frame.astype({name: object for name in LISTS} | {"director": "str", "boxd_code": "str"})
        frame.to_parquet(folder / "films_v2.parquet")
        for name in ("ratings.parquet", "films.parquet"):
            pd.DataFrame({"user_id": [1], "film_id": ["a"], "rating": [3.0]}).to_parquet(folder / name)
        file = tmp_path / "corrections.csv"
        file.write_text("slug,field,value,reason\n" + corrections, encoding="utf-8")
        monkeypatch.setattr(letterboxd, "CORRECTIONS", file)
        return letterboxd.read_films().set_index("slug")

    return read


def test_series_are_films_of_their_kind(facts):
    films = facts({"film_id": "a"}, {"film_id": "b", "kind": "series"})
    assert films["kind"].to_dict() == {"a": "film", "b": "series"}


def test_facts_are_cleaned(facts):
    films = facts(
        {
            "film_id": "a",
            "title": "  Two  \u00a0 Spaces ",
            "year": 1999,
            "runtime": 0,
            "countries": np.array(["France", "USA", "United States", "[]"], dtype=object),
            "boxd_code": "2bg8",
            "letterboxd_film_id": 51994,
            "cast_top5": np.array(["One", "Two"], dtype=object),
            "genres": np.array(["Drama", "TV Movie", "Sci-Fi & Fantasy", "Musical", "Fantasy"], dtype=object),
            "other_titles": np.array(["Deux\u00a0Espaces"], dtype=object),
            "other_years": np.array([1998], dtype=object),
            "tmdb_id": 7,
        },
        {"film_id": "b", "runtime": 89},
    )
    film, bare = films.loc["a"], films.loc["b"]
    assert (film["title"], film["year"], film["boxd_code"], film["tmdb_id"]) == ("Two Spaces", 1999, "2bg8", 7)
    assert film["countries"] == ["France", "United States of America"]
    assert film["cast"] == ["One", "Two"]
    assert film["genres"] == ["Drama", "Science Fiction", "Fantasy", "Music"]
    assert (film["other_titles"], film["other_years"]) == (["Deux Espaces"], [1998])
    assert pd.isna(film["runtime"])  # nought minutes are an unknown length
    assert bare["runtime"] == 89
    assert (bare["genres"], bare["countries"], bare["cast"], bare["other_titles"]) == ([], [], [], [])
    assert pd.isna(bare["year"])
    assert pd.isna(bare["boxd_code"])


def test_corrections_by_hand_win_and_one_of_an_unknown_film_is_left_out(facts):
    said = 'a,year,1999,why\na,same_as,b,why\na,imdb_id,,why\nb,title,Bee,"why, so"\nzzz,year,1,why\n'
    films = facts({"film_id": "a", "year": 2031, "imdb_id": 5}, {"film_id": "b"}, corrections=said)
    assert (films.loc["a", "year"], films.loc["a", "same_as"], films.loc["b", "title"]) == (1999, "b", "Bee")
    assert pd.isna(films.loc["a", "imdb_id"])


def test_the_real_files_hold_what_their_guide_says():
    if registry.source("letterboxd").folder is None:
        pytest.skip("The Letterboxd files are not on this machine.")
    films, ratings = film_facts(), letterboxd.read_ratings()
    rated = ratings["film_id"].cat.remove_unused_categories().cat.categories
    assert (len(ratings), ratings["user_id"].nunique(), len(rated)) == (17_126_545, 44_447, 13_290)
    assert (films["slug"].isin(rated) & (films["kind"] != "series")).sum() == 13_011
    assert (len(films), int(films["same_as"].isna().sum())) == (53_818, 52_719)
    assert films["title"].str.len().min() > 0
    assert films["runtime"].min() > 0
    assert set(films["genres"].explode().dropna()) == set(letterboxd.GENRES)
    assert contradictions(films) == []


def test_overviews_are_those_that_are_told(copies):
    folder = copies / "letterboxd"
    folder.mkdir(parents=True)
    pd.DataFrame().to_parquet(folder / "films_v2.parquet")
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
