import pandas as pd
import pytest

from reelrec.sources.movielens import dataset as movielens

MOVIES = """movieId,title,genres
1,Plain Title (1995),Adventure|Comedy
7,"Comma, The (Komma, Das) (2003)",Drama
9,No Year,(no genres listed)
10,A Series (2006–2007),Documentary
11,Running Since (2011-),Drama
12,  Spaces  (1960)  ,IMAX
13,1984 (1984),Drama|Sci-Fi
"""
RATINGS = "userId,movieId,rating,timestamp\n2,7,4.5,300\n1,1,3.0,200\n2,1,0.5,100\n"
TAGS = "userId,movieId,tag,timestamp\n2,7,null,300\n1,1,Sea  Story,200\n"


@pytest.fixture
def movielens_folder(copies):
    folder = copies / "ml-latest-small"
    folder.mkdir(parents=True)
    for name, text in {"movies.csv": MOVIES, "ratings.csv": RATINGS, "links.csv": "a\n", "tags.csv": TAGS}.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("movielens_folder")
def test_a_title_gives_up_its_year():
    films = movielens.read_films().set_index("film_id")
    assert films.loc[1, "title"] == "Plain Title"
    assert films.loc[7, "title"] == "Comma, The (Komma, Das)"
    assert films.loc[9, "title"] == "No Year"
    assert films.loc[10, "title"] == "A Series"
    assert films.loc[12, "title"] == "Spaces"
    assert films.loc[13, "title"] == "1984"
    assert films["year"].tolist() == [1995, 2003, pd.NA, 2006, 2011, 1960, 1984]
    assert films["year"].dtype == "Int64"


@pytest.mark.usefixtures("movielens_folder")
def test_genres_are_lists_and_none_is_empty():
    genres = movielens.read_films().set_index("film_id")["genres"]
    assert genres[1] == ["Adventure", "Comedy"]
    assert genres[9] == []


@pytest.mark.usefixtures("movielens_folder")
def test_ratings_keep_the_files_order_and_get_our_names():
    ratings = movielens.read_ratings()
    assert list(ratings.columns) == ["user_id", "film_id", "rating", "timestamp"]
    assert ratings["timestamp"].tolist() == [300, 200, 100]


@pytest.mark.usefixtures("movielens_folder")
def test_tags_are_text_as_it_was_typed_whatever_it_looks_like():
    tags = movielens.read_tags()
    assert list(tags.columns) == ["user_id", "film_id", "tag", "timestamp"]
    assert tags["tag"].tolist() == ["null", "Sea  Story"]
