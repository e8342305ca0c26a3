"""Films that lose their ratings, and what can be said of them."""

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.data.film_features import film_features
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.evaluation import report
from reelrec.evaluation.protocols import new_films
from reelrec.sources.letterboxd import dataset as letterboxd

TAKEN = np.array([False, True, False, False, True])


def dataset_of(*rows) -> Dataset:
    return Dataset.from_frame("x", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(5))


@pytest.fixture
def split():
    knowers = dataset_of((1, 0, 3.0), (1, 1, 5.0), (2, 1, 4.0), (3, 4, 2.0), (3, 3, 1.0))
    newcomers = dataset_of((9, 0, 3.5), (9, 1, 5.0), (9, 4, 1.0), (19, 2, 2.0), (29, 4, 4.0))
    return new_films.of_films(knowers, newcomers, TAKEN)


def test_no_rating_of_a_film_taken_out_is_left_in_training(split):
    histories = list(split.training.histories())
    assert [history.items.tolist() for history in histories] == [[0], [], [3]]
    assert [history.ratings.tolist() for history in histories] == [[3.0], [], [1.0]]


def test_people_show_their_other_films_and_are_asked_for_those_taken_out(split):
    assert split.user_ids.tolist() == [9, 29]  # 19 has rated none of them
    known, items, stars = split.held_out[0]
    assert (known.items.tolist(), items.tolist(), stars.tolist()) == ([0], [1, 4], [5.0, 1.0])
    assert len(split.held_out[1][0]) == 0


def test_a_twentieth_of_the_films_is_taken_out_always_the_same():
    taken = new_films.taken_out(1000)
    assert taken.sum() == 50
    np.testing.assert_array_equal(taken, new_films.taken_out(1000))


def test_a_film_gets_the_mean_of_its_genres_and_without_one_the_mean_of_all():
    films = film_features(genres=[["War"], ["Drama", "War"], ["Drama"], ["Odd"], []])
    dataset = dataset_of((1, 0, 5.0), (2, 0, 4.0), (1, 2, 1.0), (2, 4, 2.0))
    dataset = Dataset("x", dataset.user_ids, dataset.item_ids, dataset.start, dataset.items, dataset.ratings, films)
    model = new_films.GenreMean().fit(dataset)
    assert model.score(History.empty()).tolist() == [4.5, 2.75, 1.0, 3.0, 3.0]  # nobody has rated an Odd film
    assert new_films.GlobalMean().fit(dataset).score(History.empty()).tolist() == [3.0] * 5


@pytest.fixture
def invented_letterboxd(make_people, many_films, artifact_folder, use_artifacts, monkeypatch):
    """60 people with 70 ratings each of the 240 films, in the place of Letterboxd's."""
    use_artifacts(artifact_folder(many_films))
    ratings = make_people(60, [film.slug for film in many_films.films], 70)
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    return ratings


@pytest.mark.usefixtures("invented_letterboxd")
def test_people_nine_are_asked_and_a_sample_of_people_0_to_7_trains(many_films, monkeypatch):
    monkeypatch.setattr(new_films, "TRAIN_USERS", 20)
    measured = new_films.run("letterboxd", ("chance", "global-mean", "baseline"))
    assert measured.dataset["name"] == "letterboxd test users"
    assert measured.dataset["people"] == 6
    assert "the ratings of 20 people" in measured.notes[0]
    assert [(row.model, row.metric, row.k) for row in measured.rows] == [
        *((("chance"), metric, 10) for metric in ("ndcg", "recall")),
        *(
            (model, metric, k)
            for model in ("global-mean", "baseline")
            for metric, k in (("rmse", None), ("ndcg", 10), ("recall", 10))
        ),
    ]
    assert new_films.run("letterboxd", ("baseline",), people=2).dataset["people"] == 2


@pytest.mark.usefixtures("invented_movielens")
def test_movielens_people_8_and_9_are_asked_and_the_command_writes_a_whole_run_only(
    command, tmp_path, use_artifacts, monkeypatch
):
    folder = use_artifacts(tmp_path / "shipped")
    words = ("evaluate", "new-films", "--data", "ml-latest-small")
    code, out, _ = command(*words, "--models", "global-mean,genre-mean")
    assert code == 0
    assert "4 people were asked" in " ".join(out.split())
    assert not folder.exists()
    monkeypatch.setattr(new_films, "MODELS", ("global-mean",))
    assert command(*words, "--people", 5)[0] == 0
    assert not folder.exists()
    assert command(*words)[0] == 0
    assert json.loads((folder / "metrics" / "new-films-ml-latest-small.json").read_text())["dataset"]["people"] == 6


class Seer:
    """Knows what each of the films taken out is worth: film 4 more than film 1."""

    name, unit = "seer", "stars"

    def score(self, history: History) -> np.ndarray:
        return np.float32([0, 1, 0, 0, 4])


def test_a_list_of_the_films_taken_out_is_judged_by_the_relevant_ones_for_users_who_have_any(split):
    sums = {entry.metric: entry for entry in new_films.measured("seer", Seer(), split, np.array([1, 4]))}
    assert set(sums) == {"rmse", "ndcg", "recall"}  # it has no range
    assert sums["rmse"].value == pytest.approx(np.sqrt((4.0**2 + 3.0**2 + 0.0) / 3))
    # User 9 finds film 1 relevant, which comes second; user 29 film 4, which comes first.
    assert sums["ndcg"].sums == pytest.approx([1 / np.log2(3), 1.0])
    assert sums["recall"].value == 1.0


def test_equal_scores_are_ordered_by_chance_and_not_by_fame(split):
    """The best known film has the lowest number."""
    mean = new_films.GlobalMean().fit(split.training)
    sums = {entry.metric: entry for entry in new_films.measured("x", mean, split, np.array([4, 1]))}
    assert sums["ndcg"].sums == pytest.approx([1 / np.log2(3), 1.0])  # as the films came


def test_facts_are_compared_with_chance_and_the_genre_mean_too():
    def sums(model, value):
        return [report.Sums(model=model, metric="rmse", k=None, sums=np.full(3, value), counts=np.ones(3))]

    by_model = {name: sums(name, value) for name, value in (("genre-mean", 2.0), ("bmf", 1.5), ("facts", 1.0))}
    (difference,) = new_films._from_yardsticks(by_model)
    assert (difference.model, difference.than, difference.value) == ("facts", "genre-mean", -1.0)
    assert new_films._from_yardsticks({"bmf": by_model["bmf"]}) == []


@pytest.mark.train
@pytest.mark.usefixtures("invented_letterboxd")
def test_facts_and_what_they_build_on_are_fitted_once_and_measured(monkeypatch):
    pytest.importorskip("torch")
    small = {"embedding_dim": 2, "components": 4, "burn_in": 2, "samples": 2, "thin": 1}
    monkeypatch.setattr(new_films, "SETTINGS", {"bmf": small, "ranker": {"reg": 50.0}})
    measured = new_films.run("letterboxd", ("bmf", "facts"))
    metrics = {row.metric for row in measured.rows if row.model == "facts"}
    assert metrics == {"rmse", "coverage50", "coverage80", "coverage90", "ndcg", "recall"}
    assert {(entry.model, entry.than) for entry in measured.differences} == {("facts", "bmf")}


def test_other_data_is_unknown_and_so_is_another_model():
    with pytest.raises(OptionError, match=r"'nope'. Known: letterboxd, ml-latest-small"):
        new_films.run("nope", ("baseline",))
    with pytest.raises(OptionError, match="no model called 'nope'"):
        new_films.run("ml-latest-small", ("nope",))
