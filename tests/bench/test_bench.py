import json
from types import SimpleNamespace

import numpy as np
import pytest

from reelrec import bench
from reelrec.bench import result, serve, train
from reelrec.cluster.memory import peak_bytes
from reelrec.data.film_features import film_features
from reelrec.evaluation.held_out import Split
from reelrec.models.baseline import Baseline
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA


def only(monkeypatch, data: str) -> None:
    """No other source is on this machine."""
    monkeypatch.setattr(train, "source", lambda name: SimpleNamespace(folder="here" if name == data else None))


@pytest.fixture
def letterboxd(monkeypatch, people):
    """The invented people as those who train, in a model that learns at once and in this process."""
    only(monkeypatch, "letterboxd")
    monkeypatch.setattr(train, "letterboxd_users", lambda films, role: people)
    monkeypatch.setattr(fitting, "new_model", lambda name: Baseline())
    monkeypatch.setattr(train, "in_own_process", lambda work, ratings: work(ratings))


@pytest.fixture
def split(make_people) -> Split:
    """80 people and 40 films with a genre and a year; the last 5 ratings of each person's 25 are held out."""
    slugs = [f"film-{i}" for i in range(40)]
    ratings = make_people(80, slugs, 25)
    last = ratings.groupby("user_id").cumcount() >= 20
    features = film_features(genres=[("Drama",) if i % 2 else ("War",) for i in range(40)], years=[2000] * 40)
    return Split.of_frames("invented", ratings[~last], ratings[last], item_ids=slugs, features=features)


def test_a_sample_has_whole_people_and_no_more_ratings_than_asked(people):
    some = train.sample(people, 260)
    assert some.n_users == 10  # of 25 ratings each
    assert set(some.user_ids) < set(people.user_ids)
    assert list(some.user_ids) == list(train.sample(people, 260).user_ids)
    assert train.sample(people, 10**9).n_users == people.n_users
    assert train.sample(people, 3).n_users == 1


def test_a_larger_sample_has_the_people_of_a_smaller_one(people):
    assert set(train.sample(people, 200).user_ids) < set(train.sample(people, 400).user_ids)


def test_another_process_answers_with_its_own_peak_of_memory():
    held = np.ones(40_000_000)  # 320 MB that are ours alone
    peak = train.in_own_process(own_peak, 0)["peak"]
    assert 5e6 < peak < peak_bytes() - 0.5 * held.nbytes


def own_peak(ratings: int) -> dict:
    return {"peak": peak_bytes()}


@pytest.mark.usefixtures("letterboxd", "tiny_artifacts")
def test_every_size_is_a_row_smallest_first_with_seconds_and_memory(monkeypatch, told):
    monkeypatch.setattr(train, "has_myfm", lambda: False)
    made = bench.run("train", [0.001, 0.0005])
    assert [row["ratings"] for row in made.rows] == [500, 1000]
    assert [row["people"] for row in made.rows] == [20, 40]
    for row in made.rows:
        assert row["model"] == "bmf"
        assert row["seconds"] > 0
        assert row["peak_gb"] > 0.05
    assert told == ["bmf on 0.0005 million ratings", "bmf on 0.001 million ratings"]


def test_without_data_and_without_its_peer_the_bench_says_what_to_run(monkeypatch):
    monkeypatch.setattr(train, "has_myfm", lambda: False)
    for data, note in (("nothing", "data get ml-latest-small"), ("ml-latest-small", train.INSTALL)):
        only(monkeypatch, data)
        made = train.train()
        assert not made.rows
        assert "Letterboxd ratings are not on this machine" in made.notes[0]
        assert note in made.notes[1]
        assert "peer" not in json.loads(made.to_json())


@pytest.mark.train
def test_ours_and_myfm_learn_from_the_same_and_are_equally_far_off(split, monkeypatch):
    pytest.importorskip("torch")
    if not train.has_myfm():
        pytest.skip("myfm is not installed")
    small = {"embedding_dim": 4, "components": 8, "samples": 10, "burn_in": 20, "thin": 2}
    monkeypatch.setitem(SMALL_DATA, "bmf", small)
    our, their = train.ours(split), train.theirs(split)
    assert our["ratings"] == their["ratings"] == 1600
    spread = np.concatenate([user.ratings for user in split.held_out]).std()
    assert our["rmse"] < 0.75 * spread
    assert our["rmse"] == pytest.approx(their["rmse"], abs=0.03)


def test_the_verdict_says_who_is_nearer_and_how_much_slower():
    ours, theirs = {"rmse": 0.81, "seconds": 30.0}, {"rmse": 0.8125, "seconds": 12.0}
    assert "RMSE 0.0025 below its own, in 2.50 times its time" in train.verdict(ours, theirs)
    assert "RMSE 0.0025 above its own, in 0.40 times its time" in train.verdict(theirs, ours)


def test_serving_shows_lists_and_stars_by_history_size(tiny_artifacts, monkeypatch):
    monkeypatch.setattr(serve, "one_core", lambda: None)
    monkeypatch.setattr(serve, "notebook_refit_seconds", lambda: 1.0)
    monkeypatch.setattr(serve, "SIZES", (1, 5))
    monkeypatch.setattr(serve, "visitor", lambda size, rng: serve.Profile(ratings=dict.fromkeys(range(size), 4.0)))
    made = bench.run("serve")
    assert [row["ratings"] for row in made.rows] == [1, 5]
    for row in made.rows:
        assert list(row) == [
            "ratings", "p50_ms", "p95_ms", "predict_p50_ms", "predict_p95_ms", "refit_ms", "ratio",
        ]  # fmt: skip
        assert 0 < row["p50_ms"] <= row["p95_ms"]
        assert 0 < row["predict_p50_ms"] <= row["predict_p95_ms"]
        assert row["ratio"] == pytest.approx(row["refit_ms"] / row["p50_ms"])


def test_cells_have_as_many_digits_as_their_number_needs():
    row = {"model": "bmf", "ratings": 1_000_000, "seconds": 1234.567, "rmse": 0.81234}
    assert result.cells([row]) == [["bmf", "1,000,000", "1,234.57", "0.8123"]]


@pytest.mark.parametrize("text", ["many", "1,,3", "0", "-1", "inf", "nan"])
def test_sizes_that_are_no_numbers_are_a_mistake(command, text):
    code, _, err = command("bench", "train", "--millions", text)
    assert code == 2
    assert "millions of ratings" in err


def test_sizes_belong_to_training(command):
    code, _, err = command("bench", "serve", "--millions", "1")
    assert code == 2
    assert "bench train" in " ".join(err.split())


def test_both_tables_and_the_notes_are_printed_and_written(command, monkeypatch, tmp_path):
    rows, peer = ({"model": "bmf", "ratings": 7, "seconds": 2.5},), ({"model": "myFM", "rmse": 0.8},)
    made = result.Bench(name="train", rows=rows, notes=("Said beside.",), peer=peer, machine={"cores": 2, "gpu": None})
    asked = []
    monkeypatch.setattr(bench, "run", lambda *words: asked.append(words) or made)
    path = tmp_path / "train.json"
    code, out, err = command("bench", "train", "--millions", "0.2,1", "--json", path)
    assert code == 0
    assert asked == [("train", [0.2, 1.0], None, ())]
    assert "2.50" in out
    assert "0.8000" in out
    assert "Said beside." in err
    written = json.loads(path.read_text())
    assert written["rows"] == list(rows)
    assert written["peer"] == list(peer)
    assert written["machine"] == {"cores": 2, "gpu": None}
