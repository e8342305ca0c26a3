"""The notebook's demonstrations, to six decimals; and our rules for them, by hand."""

import json

import pandas as pd
import pytest
from rich.table import Table

from reelrec.evaluation.notebook import seed_demo

# What the notebook prints.
KNOWN = {1223: 4.061310, 1104: 4.049562, 318: 4.034565, 3468: 4.015110, 1248: 3.995758}
REFITTED = {3468: 4.640310, 2318: 4.618084, 898: 4.616641, 1262: 4.613325, 1283: 4.609720}
FALLBACK = [318, 260, 527, 296, 2571]


@pytest.fixture(scope="module")
def demonstrations() -> seed_demo.Report:
    return seed_demo.run()


@pytest.fixture
def report(notebooks_data, request) -> seed_demo.Report:
    return request.getfixturevalue("demonstrations")


@pytest.fixture
def content(report) -> dict:
    return json.loads(report.to_json())


def six_decimals(films: list[dict]) -> dict[int, float]:
    return {film["film_id"]: round(film["stars"], 6) for film in films}


@pytest.mark.train
def test_the_starter_films_are_the_notebooks(content):
    starters = content["starters"]
    assert len(starters) == 19
    assert (starters[0]["film_id"], starters[0]["n"]) == (356, 329)
    assert (starters[-1]["film_id"], starters[-1]["n"]) == (1198, 200)
    assert starters[0]["title"] == "Forrest Gump (1994)"
    assert round(starters[1]["mean"], 6) == 4.429022
    assert [film["n"] for film in starters] == sorted((film["n"] for film in starters), reverse=True)


@pytest.mark.train
def test_32_films_tie_for_the_best_of_person_599_and_the_json_names_none_of_them(content, report):
    assert content["best_rated"] == {"user": 599, "stars": 5.0, "films": 32}
    assert "32 films: they all tie" in report.notes[0]


@pytest.mark.train
def test_the_list_for_person_509_is_the_notebooks_to_six_decimals(content):
    assert content["known_user"]["user"] == 509
    stars_of = six_decimals(content["known_user"]["list"])
    assert (list(stars_of), stars_of) == (list(KNOWN), KNOWN)
    assert content["known_user"]["list"][0]["title"] == "Grand Day Out with Wallace and Gromit, A (1989)"


@pytest.mark.train
def test_the_list_for_new_person_611_is_the_notebooks_to_six_decimals(content):
    new = content["new_user"]
    assert new["user"] == 611
    assert six_decimals(new["ratings"]) == {1: 5.0, 2571: 4.5, 296: 4.0, 593: 4.5, 318: 5.0}
    stars_of = six_decimals(new["refitted"]["list"])
    assert (list(stars_of), stars_of) == (list(REFITTED), REFITTED)


@pytest.mark.train
def test_our_list_for_611_is_made_without_fitting_and_its_overlap_is_counted(content):
    new = content["new_user"]
    ours, theirs = (set(six_decimals(new[way]["list"])) for way in ("folded_in", "refitted"))
    assert len(ours) == 5
    assert not ours & {1, 2571, 296, 593, 318}
    assert new["overlap"] == len(ours & theirs) == 2
    assert 0 < new["folded_in"]["seconds"] < new["refitted"]["seconds"] / 10
    rows = {(row["model"], row["k"]): row["value"] for row in content["rows"]}
    assert rows["svd", 5] == pytest.approx(2 / 5)
    assert rows["svd", 10] == pytest.approx(5 / 10)
    assert {row["metric"] for row in content["rows"]} == {"overlap"}


@pytest.mark.train
def test_the_notebooks_list_for_611_hangs_on_its_seed(content):
    reseeded = {row["k"]: row["value"] for row in content["rows"] if row["model"] == "svd-reseeded"}
    assert set(reseeded) == {5, 10}
    assert max(reseeded.values()) < 0.6


@pytest.mark.train
def test_the_list_for_nobody_is_the_notebooks(content):
    assert [film["film_id"] for film in content["fallback"]] == FALLBACK


@pytest.mark.train
def test_the_json_has_the_keys_that_the_dashboards_read(content):
    assert set(content) == {
        "protocol", "dataset", "rows", "starters", "best_rated", "known_user", "new_user", "fallback", "seconds",
        "created",
    }  # fmt: skip
    assert content["protocol"] == "seed-demo"
    assert (content["dataset"]["people"], content["dataset"]["ratings"]) == (610, 100_836)
    assert set(content["new_user"]) == {"user", "ratings", "refitted", "folded_in", "overlap"}
    for film in (*content["starters"], *content["fallback"]):
        assert set(film) == {"film_id", "title", "n", "mean"}
    for film in (*content["known_user"]["list"], *content["new_user"]["folded_in"]["list"]):
        assert set(film) == {"film_id", "title", "stars"}


def cells(table: Table) -> list[tuple]:
    """The rows of a table."""
    return list(zip(*(column.cells for column in table.columns), strict=True))


@pytest.mark.train
def test_the_tables_print_titles_years_and_six_decimals(report):
    tables = {table.title: cells(table) for table in seed_demo.tables(report)[:7]}
    assert tables["list for person 509"][0] == ("1223", "Grand Day Out with Wallace and Gromit, A (1989)", "4.061310")
    assert len(tables["best-rated films of person 599"]) == 32
    assert len(tables["starter films"]) == 19


def test_the_fallback_takes_the_best_means_of_the_ten_most_rated_only():
    counts = [300 - film for film in range(12)]
    means = pd.Series([3.0, 3.1, 3.2, 3.3, 3.4, 3.9, 3.6, 3.7, 3.8, 3.5, 4.9, 5.0])
    famous = pd.DataFrame({"n": counts, "mean": means})
    assert seed_demo.fallback(famous).index.tolist() == [5, 8, 7, 6, 9]


def test_starters_of_one_count_are_ordered_by_mean(monkeypatch):
    monkeypatch.setattr(seed_demo, "STARTER_RATINGS", 2)
    rows = [(7, 3.0), (7, 3.0), (8, 4.0), (8, 5.0), (9, 1.0), (9, 1.0), (9, 1.0), (5, 5.0)]
    famous = seed_demo.starters(pd.DataFrame(rows, columns=["film_id", "rating"]))
    assert famous.index.tolist() == [9, 8, 7]
    assert famous["mean"].tolist() == [1.0, 4.5, 3.0]


def test_all_films_that_tie_for_somebodys_best_are_given(invented_movielens):
    mine = invented_movielens[invented_movielens["user_id"] == 3]
    expected = mine.loc[mine["rating"] == mine["rating"].max(), "film_id"]
    loved = seed_demo.best_rated(3)
    assert [film["film_id"] for film in loved] == sorted(expected)
    assert len(loved) > 1
    assert {film["stars"] for film in loved} == {mine["rating"].max()}
    assert all(film["title"].startswith(f"Film {film['film_id']:02d}") for film in loved)
