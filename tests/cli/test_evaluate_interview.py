"""`train interview`, from train users alone, and `evaluate interview`, of users whom no model has seen."""

import json
import shutil
from dataclasses import replace

import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.interview.policies import POLICIES
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training import fitting, interview, trainers


@pytest.fixture
def folder(tiny_artifacts, use_artifacts, tmp_path):
    """The fourteen films with small models, to write into."""
    return use_artifacts(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))


@pytest.fixture
def trained(monkeypatch) -> list:
    """The folders into which the interview was trained, in no time."""
    folders = []
    instead(monkeypatch, "interview", lambda store, workers: folders.append(store.folder) or 3.0)
    return folders


def instead(monkeypatch, name: str, run) -> None:
    """Train an artifact in this way."""
    monkeypatch.setitem(trainers.OTHERS, name, replace(trainers.OTHERS[name], run=run))


def test_it_is_trained_where_it_is_told_or_among_the_artifacts(command, folder, trained, tmp_path):
    code, out, _ = command("train", "interview")
    assert (code, out) == (0, "interview: trained in 3 s.\n")
    assert command("train", "interview", "--out", tmp_path / "mine")[0] == 0
    assert trained == [folder, tmp_path / "mine"]


def test_it_is_trained_after_what_was_named_before_it(command, folder, trained, monkeypatch):
    order = []
    monkeypatch.setattr(fitting, "train", lambda name, *_, **more: order.append(name) or 1.0)
    for name in ("reviews", "interview"):
        instead(monkeypatch, name, lambda store, *_, name=name: order.append(name) or 1.0)
    assert command("train", "popularity", "interview", "reviews", "film-mean")[0] == 0
    assert order == ["popularity", "interview", "reviews", "film-mean"]


def test_what_an_artifact_builds_on_is_trained_before_it(command, folder, trained, monkeypatch):
    order = []
    monkeypatch.setattr(fitting, "train", lambda name, *_, **more: order.append(name) or 1.0)
    assert command("train", "stack", "gpt", "bmf", "knn")[0] == 0
    assert order == ["bmf", "knn", "gpt", "stack"]


@pytest.mark.parametrize("option", ["ratings", "log"])
def test_it_learns_from_train_users_alone(command, folder, trained, tmp_path, option):
    code, _, err = command("train", "popularity", "interview", f"--{option}", tmp_path / "some.csv")
    assert code == 2
    sentence = f"interview learns from what train users have seen and liked: leave out --{option}."
    assert sentence in " ".join(err.split())
    assert trained == []


def test_a_name_that_nobody_knows_is_said_before_anything_is_trained(command, folder, trained):
    assert command("train", "interview", "interviews")[0] == 2
    assert trained == []


def test_what_was_trained_is_what_is_loaded(command, folder, films, small_models, monkeypatch):
    monkeypatch.setattr(interview, "letterboxd_users", lambda films, role: small_models(films)[0])
    before = json.loads((folder / "manifest.json").read_text())
    (folder / "interview.npz").unlink()
    assert command("train", "interview")[0] == 0
    after = ArtifactStore(folder).manifest().content
    assert after["interview"].keys() == before["interview"].keys()
    assert after["models"] == before["models"]
    asker = ArtifactStore(folder).load("interview")
    assert len(asker.pool.items) == 13


def test_without_the_model_that_it_believes_in_the_command_for_that_is_told(command, folder, tmp_path):
    content = ArtifactStore(folder).manifest().content
    del content["models"]["bmf"]
    (folder / "manifest.json").write_text(json.dumps(content))
    code, _, err = command("train", "interview")
    assert code == 1
    assert "python -m reelrec train bmf" in " ".join(err.split())


@pytest.fixture(scope="module")
def _many(artifact_folder, many_films):
    return artifact_folder(many_films)


@pytest.fixture
def many(use_artifacts, _many, tmp_path):
    """The 240 films with small models: enough for five screens. To write into."""
    return use_artifacts(shutil.copytree(_many, tmp_path / "artifacts"))


@pytest.fixture
def ratings(make_people, many_films):
    return make_people(20, [film.slug for film in many_films.films], 61)


@pytest.fixture
def asked(ratings, tmp_path):
    """A file of eight people."""
    ratings[ratings["user_id"] < 8].to_parquet(tmp_path / "people.parquet")
    return tmp_path / "people.parquet"


def test_the_people_of_a_file_are_asked_by_the_policies_that_are_named(command, many, asked, tmp_path):
    words = ("--ratings", asked, "--people", 5, "--models", "popularity, a-optimal", "--json", tmp_path / "out.json")
    code, out, _ = command("evaluate", "interview", *words)
    assert code == 0
    assert "5 people" in out
    content = json.loads((tmp_path / "out.json").read_text())
    assert (content["protocol"], content["dataset"]["people"]) == ("interview", 5)
    assert {row["model"] for row in content["rows"]} == {"popularity", "a-optimal"}
    assert {(entry["model"], entry["than"]) for entry in content["differences"]} == {("a-optimal", "popularity")}
    assert not (many / "metrics").exists()


def test_a_part_of_a_run_leaves_the_dashboards_alone(command, many, asked, ratings, monkeypatch):
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    for words in (("--ratings", asked), ("--people", 2), ()):
        assert command("evaluate", "interview", *words, "--models", "popularity")[0] == 0
    assert not (many / "metrics").exists()


def test_a_whole_run_asks_people_9_by_every_policy_and_goes_to_the_dashboards(command, many, ratings, monkeypatch):
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    before = (many / "manifest.json").read_bytes()
    assert command("evaluate", "interview")[0] == 0
    content = json.loads((many / "metrics" / "interview.json").read_text())
    assert (content["dataset"]["name"], content["dataset"]["people"]) == ("letterboxd test users", 2)
    assert {row["model"] for row in content["rows"]} == {*POLICIES, "a-optimal-blind", "a-optimal-one"}
    assert content["verdict"] is None  # nothing learned is among these artifacts
    assert (many / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--data", "ml-latest-small"), "interview takes --models, --ratings, --people and --json: leave out --data."),
        (("--models", "popularity,best"), "There is no policy called 'best'."),
        (("--log", "events.jsonl"), "leave out --log."),
        (("--search",), "leave out --search."),
    ],
)
@pytest.mark.usefixtures("many")
def test_a_mistake_is_one_line_and_exit_code_2(command, asked, words, says):
    given = () if "--data" in words else ("--ratings", asked)
    code, out, err = command("evaluate", "interview", *words, *given)
    assert (code, out) == (2, "")
    assert says in " ".join(err.split())
