"""`recommend --data`: lists for people of a MovieLens set."""

import json
import sys

import numpy as np
import pandas as pd
import pytest

from reelrec.evaluation.notebook import movielens_lists, recipe

PICK_KEYS = {"title", "year", "tmdb_id", "stars", "low", "high", "score", "because"}  # DESIGN.md, section 4
DATA = ("recommend", "--data", "ml-latest-small")


@pytest.mark.train
@pytest.mark.usefixtures("notebooks_data")
def test_person_509_gets_the_notebooks_list_by_default(command):
    code, out, _ = command(*DATA, "--user", 509, "-n", 5, "--json")
    assert code == 0
    content = json.loads(out)
    assert content["model"] == "svd"
    assert [film["stars"] for film in content["films"]] == [4.061310, 4.049562, 4.034565, 4.015110, 3.995758]
    assert content["films"][2] | {"score": 0} == {
        "title": "Shawshank Redemption, The", "year": 1994, "tmdb_id": 278, "stars": 4.034565, "low": None,
        "high": None, "score": 0, "because": [],
    }  # fmt: skip
    assert command(*DATA, "--user", 509, "-n", 5, "--json", "--model", "svd")[1] == out
    code, out, _ = command(*DATA, "--user", 509, "-n", 1)
    assert "4.061310" in out
    assert "1223" in out


@pytest.mark.train
def test_the_trained_scores_are_what_surprise_predicts(invented_movielens):
    pytest.importorskip("surprise")
    fitted = recipe.tuned(invented_movielens[["user_id", "film_id", "rating"]])
    scores = movielens_lists.scores_of(fitted, 3)
    assert len(scores) == 40
    for film_id, score in scores.items():
        assert fitted.predict(3, film_id, clip=False).est == pytest.approx(score, abs=1e-9)


def test_popularity_ranks_what_the_person_has_not_rated_and_gives_no_stars(command, invented_movielens):
    code, out, _ = command(*DATA, "--user", 3, "--model", "popularity", "-n", 40, "--json")
    assert code == 0
    content = json.loads(out)
    mine = set(invented_movielens.loc[invented_movielens["user_id"] == 3, "film_id"])
    titles = [film["title"] for film in content["films"]]
    assert set(titles) == {f"Film {i:02d}" for i in range(41) if i not in mine}
    counts = invented_movielens["film_id"].value_counts()
    first = counts.drop(list(mine)).max()
    assert counts[int(titles[0].removeprefix("Film "))] == first
    assert all(set(film) == PICK_KEYS and film["stars"] is None for film in content["films"])


def test_years_and_tmdb_ids_that_are_not_known_are_null(command, invented_movielens):
    people = [
        next(
            u for u in range(30) if i not in set(invented_movielens.loc[invented_movielens["user_id"] == u, "film_id"])
        )
        for i in (0, 1)
    ]
    for film, person in enumerate(people):
        films = json.loads(command(*DATA, "--user", person, "--model", "film-mean", "-n", 40, "--json")[1])["films"]
        by_title = {entry["title"]: entry for entry in films}
        entry = by_title[f"Film {film:02d}"]
        assert (entry["year"], entry["tmdb_id"]) == ((1980, None), (None, 501))[film]
        assert entry["stars"] == round(entry["stars"], 6)
        assert 0.5 <= entry["stars"] <= 5.0


@pytest.mark.usefixtures("invented_movielens")
@pytest.mark.parametrize("model", ["film-mean", "baseline", "ease"])
def test_our_models_are_fitted_on_the_spot(command, model):
    code, out, _ = command(*DATA, "--user", 3, "--model", model, "-n", 3)
    assert code == 0
    assert out.count("Film ") == 3


def test_a_list_of_equals_is_in_the_order_of_film_ids():
    scores = pd.Series([1.0, 2.0, 2.0, 2.0], index=[4, 9, 3, 7])
    assert movielens_lists.best(scores, [7, 99], 2).index.tolist() == [3, 9]


def test_two_films_above_five_stars_do_not_tie(invented_movielens, monkeypatch):
    high = pd.Series(np.linspace(5.5, 6.5, 40), index=range(40))
    monkeypatch.setattr(movielens_lists, "trained_scores", lambda data, person: high)
    films = movielens_lists.recommend("ml-latest-small", "3", 3)
    rated = set(invented_movielens.loc[invented_movielens["user_id"] == 3, "film_id"])
    assert [film.film_id for film in films] == [i for i in reversed(range(40)) if i not in rated][:3]
    assert {film.stars for film in films} == {5.0}


@pytest.mark.usefixtures("invented_movielens")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--data", "ml-latest-small", "--user", "611"), "nobody with the id '611'. Its 30 ids go from 0 to 29"),
        (("--data", "ml-latest-small", "--user", "ann"), "nobody with the id 'ann'"),
        (("--data", "ml-latest-small"), "Say whose list is wanted: --user"),
        (("--data", "letterboxd", "--user", "3"), "no MovieLens set called 'letterboxd'. Known: ml-latest-small"),
        (("--data", "nope", "--user", "3"), "no MovieLens set called 'nope'"),
        (("--data", "ml-latest-small", "--user", "3", "--model", "nope"), "no model called 'nope'"),
        (("--data", "ml-latest-small", "--user", "3", "--rate", "Heat (1995)=5"), "--rate and --data are several"),
        (("--data", "ml-latest-small", "--user", "3", "--ratings", "some.csv"), "--ratings and --data are several"),
        (("--data", "ml-latest-small", "--all"), "--all --data FOLDER writes a folder"),
        (("--data", "ml-latest-small", "--user", "3", "--csv", "out.csv"), "--data goes with"),
        (("--data", "ml-latest-small", "--user", "3", "--genre", "Drama"), "--data goes with"),
        (("--data", "ml-latest-small", "--user", "3", "--dial", "0.5"), "--data goes with"),
    ],
)
def test_a_mistake_is_one_line_on_stderr_and_exit_code_2(command, words, says):
    code, out, err = command("recommend", *words)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("invented_movielens")
@pytest.mark.parametrize("model", ["svd", "knn"])
def test_without_surprise_a_sentence_says_what_to_install(command, monkeypatch, model):
    monkeypatch.setitem(sys.modules, "surprise", None)
    code, _, err = command(*DATA, "--user", 3, "--model", model)
    assert code == 2
    assert "pip install -r requirements-train.txt" in err
