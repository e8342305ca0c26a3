import csv

import pytest

from reelrec import app
from reelrec.cli import inputs
from reelrec.errors import AmbiguousFilmError, RatingError, UnknownFilmError
from reelrec.visitor.profile import Profile


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_ratings_are_read_from_words():
    profile = inputs.profile_of(["Night Ferry (1979)=4.5", "film/elodie-a-paris = 3"])
    assert profile == Profile(ratings={1: 4.5, 5: 3.0})


def test_of_one_film_named_twice_the_last_rating_counts():
    assert inputs.profile_of(["Night Ferry (1979)=1", "film/night-ferry=5"]).ratings == {1: 5.0}


@pytest.mark.parametrize("text", ["Night Ferry (1979)", "Night Ferry (1979)=", "Night Ferry (1979)=four", "=", ""])
def test_words_without_stars_are_no_rating(text):
    with pytest.raises(RatingError, match=r"is not a rating. Write the film"):
        inputs.profile_of([text])


@pytest.mark.parametrize("stars", ["6", "3.3", "0", "-1", "nan", "inf", "1e9"])
def test_stars_must_be_half_stars(stars):
    with pytest.raises(RatingError, match="is not a rating"):
        inputs.profile_of([f"Night Ferry (1979)={stars}"])


def test_films_must_be_known_and_named_in_full():
    with pytest.raises(UnknownFilmError):
        inputs.profile_of(["No Such Film (1999)=4"])
    with pytest.raises(AmbiguousFilmError):
        inputs.profile_of(["Night Ferry=4"])


@pytest.fixture
def two_people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "user_id,film_id,rating\nann,night-ferry,5\nann,the-harbour,4\n=cmd,elodie-a-paris,1\nann,lost,2\nzoe,lost,2\n"
    )
    return path


def test_a_file_is_read_into_a_profile_for_each_person_and_unknown_films_are_counted(two_people):
    people, dropped = inputs.profiles_of(two_people)
    assert people == {
        "ann": Profile(ratings={1: 5.0, 6: 4.0}),
        "=cmd": Profile(ratings={5: 1.0}),
        "zoe": Profile(),  # who rated only unknown films still gets a list
    }
    assert dropped == 2


def test_lists_for_many_are_a_row_for_each_person_and_pick(two_people, tmp_path):
    people, _ = inputs.profiles_of(two_people)
    steps = []
    inputs.write_lists(people, tmp_path / "out.csv", lambda profile: app.recommend(profile, 3), lambda: steps.append(1))
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == inputs.COLUMNS
    assert [(row["user_id"], row["rank"]) for row in rows[:4]] == [
        ("ann", "1"),
        ("ann", "2"),
        ("ann", "3"),
        ("'=cmd", "1"),
    ]
    assert len(rows) == 9
    assert len(steps) == 3
    expected = app.recommend(people["ann"], 3).picks[0]
    assert rows[0]["film_id"] == expected.film.slug
    assert rows[0]["stars"] == f"{expected.stars:.2f}"
    assert {row["model"] for row in rows if row["user_id"] == "zoe"} == {"popularity"}


def test_the_range_of_the_stars_stands_at_the_end_of_a_row_where_it_is_known(tmp_path):
    people = {"ann": Profile(ratings={1: 5.0, 6: 4.0})}
    for model in (None, "knn"):
        path = tmp_path / f"{model}.csv"
        inputs.write_lists(people, path, lambda profile, model=model: app.recommend(profile, 1, model), lambda: None)
    rows = [next(csv.DictReader((tmp_path / name).read_text().splitlines())) for name in ("None.csv", "knn.csv")]
    pick = app.recommend(people["ann"], 1).picks[0]
    assert [(row["low"], row["high"]) for row in rows] == [(f"{pick.low:.2f}", f"{pick.high:.2f}"), ("", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_that_a_spreadsheet_would_run_is_made_plain(text, tmp_path):
    inputs.write_lists({text: Profile()}, tmp_path / "out.csv", lambda profile: app.recommend(profile, 1), lambda: None)
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["user_id"] == f"'{text}"
