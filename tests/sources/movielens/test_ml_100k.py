import pandas as pd
import pytest

from reelrec.errors import SourceError
from reelrec.sources.describe import describe
from reelrec.sources.movielens import ml_100k

GENRES = "unknown|0\nAction|1\nChildren's|2\n\n"
ITEMS = (
    "1|Plain Title (1995)|01-Jan-1995||http://site/one|0|1|1\n"
    '2|"Quoted" Café, The (1960)|01-Jan-1960||http://site/two|0|0|1\n'
    "3|unknown||||1|0|0\n"
)


@pytest.fixture
def folder(copies):
    folder = copies / "ml-100k"
    folder.mkdir(parents=True)
    (folder / "u.genre").write_text(GENRES, encoding="latin-1")
    (folder / "u.item").write_text(ITEMS, encoding="latin-1")
    for fold in ml_100k.FOLDS:
        (folder / f"u{fold}.base").write_text(f"1\t{fold}\t5\t874965758\n1\t2\t3\t874965758\n")
        (folder / f"u{fold}.test").write_text("2\t3\t1\t876893171\n")
    return folder


@pytest.mark.usefixtures("folder")
def test_a_fold_is_its_training_and_its_test_ratings_without_dates():
    training, test = ml_100k.read_fold(4)
    assert list(training.columns) == list(test.columns) == ["user_id", "film_id", "rating"]
    assert training.to_numpy().tolist() == [[1, 4, 5.0], [1, 2, 3.0]]
    assert test.to_numpy().tolist() == [[2, 3, 1.0]]


@pytest.mark.usefixtures("folder")
def test_films_have_their_genres_and_the_year_of_their_title():
    films = ml_100k.read_films()
    assert films["title"].tolist() == ["Plain Title", '"Quoted" Café, The', "unknown"]
    assert films["year"].tolist() == [1995, 1960, pd.NA]
    assert films["genres"].tolist() == [["Action", "Children's"], ["Children's"], []]


@pytest.mark.usefixtures("folder")
def test_the_set_can_be_described():
    found = describe("ml-100k")
    assert (found["dataset"]["people"], found["dataset"]["ratings"], found["rated_films"]) == (2, 3, 3)
    assert [each["file"] for each in found["files"]] == ["u1.base", "u1.test", "u.item"]


@pytest.mark.usefixtures("copies")
def test_a_missing_set_names_the_command_that_fetches_it():
    with pytest.raises(SourceError, match="data get ml-100k"):
        ml_100k.read_fold(1)
