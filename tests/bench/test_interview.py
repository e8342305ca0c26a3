"""What `bench interview` measures: the next screen, by every policy, for visitors with few and with many ratings."""

import json

import pytest

from reelrec import app, bench
from reelrec.bench import interview, serve
from reelrec.visitor.profile import Profile

KEYS = ["policy", "p50_0_ms", "p95_0_ms", "p50_20_ms", "p95_20_ms", "p50_300_ms", "p95_300_ms"]


@pytest.fixture
def quick(tiny_artifacts, monkeypatch):
    """Visitors with few ratings over the fourteen films, measured twice, on whatever core."""
    monkeypatch.setattr(interview, "one_core", lambda: None)
    monkeypatch.setattr(serve, "REPEATS", 2)
    monkeypatch.setattr(serve, "WARM_UP", 0)
    some = {0: 0, 20: 2, 300: 5}
    monkeypatch.setattr(interview, "visitor", lambda size, rng: Profile(ratings=dict.fromkeys(range(some[size]), 4.0)))


@pytest.mark.usefixtures("quick")
def test_every_policy_is_a_row_the_default_first(told):
    made = bench.run("interview")
    names = [choice.name for choice in app.policies()]
    assert [row["policy"] for row in made.rows] == names
    assert names[0] == app.policies()[0].name
    for row in made.rows:
        assert list(row) == KEYS
        assert all(0 < row[f"p50_{size}_ms"] <= row[f"p95_{size}_ms"] for size in interview.SIZES)
    assert told[-len(names) :] == names  # after what is loaded for them
    assert "from 13 of 14, for visitors with 0, 20 and 300 ratings" in made.notes[0]


@pytest.mark.usefixtures("quick")
def test_what_is_timed_is_the_screen_that_a_page_shows(monkeypatch):
    asked = []
    monkeypatch.setattr(app, "ask", lambda profile, policy: asked.append((len(profile.ratings), policy)))
    interview.interview()
    each = [(ratings, choice.name) for choice in app.policies() for ratings in (0, 2, 5)]
    assert asked == [call for call in each for _ in range(2)]


@pytest.mark.parametrize(("slow", "says"), [(150.0, "within the 150 ms"), (150.1, "above the 150 ms")])
def test_the_default_is_held_against_its_bound_at_its_slowest(slow, says):
    fast = dict.fromkeys(KEYS[1:], 1.0)
    default = {"policy": app.policies()[0].name} | fast | {"p95_20_ms": slow, "p50_300_ms": 999.0}
    other = {"policy": "random"} | dict.fromkeys(KEYS[1:], 500.0)
    sentence = interview.verdict([other, default])
    assert f"worst p95 is {slow} ms ({app.policies()[0].name})" in sentence
    assert says in sentence


@pytest.mark.usefixtures("quick")
def test_the_terminal_shows_whole_names_and_the_file_has_every_figure(command, tmp_path):
    path = tmp_path / "asking.json"
    code, out, err = command("bench", "interview", "--json", path)
    assert code == 0
    names = [choice.name for choice in app.policies()]
    assert all(name in out for name in names)
    assert "it may take" in " ".join(err.split())
    written = json.loads(path.read_text())
    assert written["bench"] == "interview"
    assert [list(row) for row in written["rows"]] == [KEYS] * len(names)


def test_how_many_millions_is_no_question_here(command):
    code, _, err = command("bench", "interview", "--millions", 1)
    assert code == 2
    assert "bench train" in " ".join(err.split())
