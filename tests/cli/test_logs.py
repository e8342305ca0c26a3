"""What a log of events is good for in the terminal: `evaluate ab`, `evaluate ope`, `train --log`."""

import json

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.ratings.roles import Role
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.telemetry.events import RATED, SEEN, SET_ASIDE, TAKEN_BACK, Event
from reelrec.training import visits
from reelrec.training.users import letterboxd_users
from tests.evaluation.protocols.test_ope import CHANCES, LIKING
from tests.fakes import event_logs

SLUGS = ("the-lantern", "night-ferry", "the-harbour", "star-quay", "grey-dawn", "salt-and-smoke")


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def rated(number: int, *stars: float) -> list[Event]:
    """A visit that rates the first films so."""
    given = zip(SLUGS, stars, strict=False)
    return [Event(event_logs.visit(number), RATED, film=slug, stars=value) for slug, value in given]


def test_ab_prints_rates_differences_intervals_and_visits_needed(command, tmp_path):
    events = event_logs.arms(3, 400, "list:ranker,ease", (0.2, 0.4), (2.0, 2.0))
    path = event_logs.write(tmp_path / "events.log", events)
    code, out, err = command("evaluate", "ab", "--log", path, "--json", tmp_path / "ab.json")
    assert code == 0
    assert "list:ranker,ease" in out
    assert "opened a film" in out
    content = json.loads((tmp_path / "ab.json").read_text())
    opened = next(entry for entry in content["differences"] if entry["metric"] == "opened")
    assert opened["low"] > 0
    assert f"{opened['value']:+.3f}" in out
    assert f"{opened['low']:+.3f}" in out
    assert "look once" in " ".join(err.split())


def test_ope_prints_each_policy_and_names_the_refused(command, tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.surprises(1, 130, 1, CHANCES, LIKING))
    code, out, err = command("evaluate", "ope", "--log", path, "--json", tmp_path / "ope.json")
    assert code == 0
    content = json.loads((tmp_path / "ope.json").read_text())
    assert {entry["policy"]: entry["refused"] for entry in content["policies"]}["greedy"]
    assert "greedy" not in {row["model"] for row in content["rows"]}
    assert "refused" in out
    assert "fewer than 100" in " ".join(err.split())


def test_ope_refuses_fewer_than_100_surprises_with_exit_code_2(command, tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.surprises(1, 99, 1, CHANCES, LIKING))
    code, out, err = command("evaluate", "ope", "--log", path)
    assert (code, out) == (2, "")
    assert "holds 99 surprises" in err


def test_lines_that_are_no_events_are_told(command, tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.surprises(1, 130, 1, CHANCES, LIKING))
    path.write_text(path.read_text() + "nonsense\n")
    assert "1 lines of the log are no events" in " ".join(command("evaluate", "ope", "--log", path)[2].split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("evaluate", "ab"), "give it with --log"),
        (("evaluate", "ope"), "give it with --log"),
        (("evaluate", "ope", "--log", "no-such.log"), "There is no file no-such.log"),
        (("evaluate", "ab", "--log", "no-such.log", "--models", "svd"), "leave out --models"),
        (("evaluate", "top-n", "--log", "no-such.log"), "leave out --log"),
        (("train", "popularity", "--log", "no-such.log"), "There is no file no-such.log"),
        (("train", "popularity", "--log", "no-such.log", "--ratings", "a.csv"), "give one of them"),
        (("train", "review-text", "--log", "no-such.log"), "leave out --log"),
        (("train", "stack", "--log", "no-such.log"), "stack learns from tune users: leave out --log"),
        (("train", "catalogue", "--log", "no-such.log"), "leave out --log"),
    ],
)
@pytest.mark.usefixtures("_people")
def test_a_mistake_is_one_line_and_exit_code_2(command, words, says):
    if "review-text" in words:
        words = tuple("reviews" if word == "review-text" else word for word in words)
    code, _, err = command(*words)
    assert code == 2
    assert says in " ".join(err.split())


@pytest.fixture
def _people(monkeypatch, make_people, films):
    """Thirty people of our own in the place of Letterboxd's."""
    frame = make_people(30, [film.slug for film in films.films], 6)
    frame = frame.astype({"film_id": "category", "rating": "float32", "user_id": "int32"})
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: frame.copy())


@pytest.mark.usefixtures("_people")
def test_visits_train_beside_people_0_to_7_and_the_manifest_says_so(command, films, tmp_path):
    events = [*rated(1, 5, 4, 3, 2, 1), *rated(2, 5, 4, 3, 2), *rated(3, 1, 2, 3, 4, 5, 4.5)]
    path, out = event_logs.write(tmp_path / "events.log", events), tmp_path / "out"
    assert command("train", "popularity", "--out", out)[0] == 0
    alone = ArtifactStore(out).manifest().content["models"]["popularity"]["data"]
    before = ArtifactStore(out).load("popularity").counts_
    code, _, err = command("train", "popularity", "--log", path, "--out", out)
    assert code == 0, err
    data = ArtifactStore(out).manifest().content["models"]["popularity"]["data"]
    assert data["name"] == "letterboxd train users and 2 visits"  # the visit with four ratings is no person
    assert (data["people"], data["ratings"]) == (alone["people"] + 2, alone["ratings"] + 11)
    assert data["sha256"] != alone["sha256"]
    more = ArtifactStore(out).load("popularity").counts_ - before
    assert more[[films.number(slug) for slug in SLUGS]].tolist() == [2, 2, 2, 2, 2, 1]


@pytest.mark.usefixtures("_people")
def test_the_last_answer_about_a_film_counts(films, tmp_path):
    def later(kind: str, slug: str, stars: float | None = None) -> Event:
        return Event(event_logs.visit(1), kind, film=slug, stars=stars)

    events = [*rated(1, 5, 4, 3, 2, 1, 3), later(RATED, "the-lantern", 0.5), later(RATED, "elodie-a-paris", 4.0)]
    events += [later(TAKEN_BACK, "night-ferry"), later(SEEN, "the-harbour"), later(RATED, "the-harbour", 2.5)]
    events += [later(RATED, "twin-rivers", 5.0), later(SET_ASIDE, "twin-rivers"), later(RATED, "no-such-film", 5.0)]
    people = letterboxd_users(films, Role.TRAIN)
    dataset = visits.with_visits(people, event_logs.write(tmp_path / "events.log", events))
    history = dataset.history(dataset.n_users - 1)
    ratings = {films.films[i].slug: stars for i, stars in zip(history.items, history.ratings.tolist(), strict=True)}
    assert ratings == {
        "the-lantern": 0.5, "the-harbour": 2.5, "star-quay": 2, "grey-dawn": 1, "salt-and-smoke": 3,
        "elodie-a-paris": 4,
    }  # fmt: skip


@pytest.mark.usefixtures("_people")
def test_visits_stand_after_all_people_who_stay_as_they_were(films, tmp_path):
    people = letterboxd_users(films, Role.TRAIN)
    path = event_logs.write(tmp_path / "events.log", [*rated(7, 5, 4, 3, 2, 1), *rated(3, 1, 1, 1, 1, 2)])
    dataset = visits.with_visits(people, path)
    assert (np.diff(dataset.user_ids) > 0).all()
    assert dataset.start[-1] == len(dataset.items) == len(dataset.ratings) == len(people.items) + 10
    for user in range(people.n_users):
        assert dataset.history(user).ratings.tolist() == people.history(user).ratings.tolist()
    assert dataset.features is people.features


@pytest.mark.usefixtures("_people")
def test_a_log_without_a_visit_of_five_ratings_trains_nothing(command, tmp_path):
    path = event_logs.write(tmp_path / "events.log", rated(1, 5, 4, 3, 2))
    code, _, err = command("train", "popularity", "--log", path, "--out", tmp_path / "out")
    assert code == 2
    assert "No visit in events.log rated 5 films" in err
    assert not (tmp_path / "out").exists()
