"""What `bench models` measures: the right films, each model asked in its own way, and the manifest's costs."""

import json

import numpy as np
import pytest

from reelrec import app, bench
from reelrec.artifacts.store import shipped_store
from reelrec.bench import models, serve
from reelrec.models.stack import MEMBERS, Stack
from reelrec.visitor.profile import Profile
from tests.fakes import corrections
from tests.fakes.unsure import Unsure

KEYS = [
    "model", "p50_20_ms", "p95_20_ms", "p50_300_ms", "p95_300_ms", "whole_ms", "train_seconds", "megabytes",
    "megabytes_with_parts",
]  # fmt: skip


@pytest.fixture
def quick(tiny_artifacts, monkeypatch):
    """Visitors with few ratings over the fourteen films, measured once, on whatever core."""
    monkeypatch.setattr(models, "one_core", lambda: None)
    monkeypatch.setattr(serve, "REPEATS", 2)
    monkeypatch.setattr(serve, "WARM_UP", 0)
    some = {20: 2, 300: 5}
    monkeypatch.setattr(models, "visitor", lambda size, rng: Profile(ratings=dict.fromkeys(range(some[size]), 4.0)))


@pytest.mark.usefixtures("quick")
def test_every_shipped_model_is_a_row_with_times_and_costs(told):
    made = bench.run("models")
    assert [row["model"] for row in made.rows] == shipped_store().models()
    for row in made.rows:
        assert list(row) == KEYS
        assert 0 < row["p50_20_ms"] <= row["p95_20_ms"]
        assert 0 < row["p50_300_ms"] <= row["p95_300_ms"]
        assert row["whole_ms"] > 0
        assert row["train_seconds"] == 1
    assert set(told) >= set(shipped_store().models())
    assert json.loads(made.to_json())["left_out"] == []


@pytest.mark.usefixtures("quick")
def test_what_a_model_builds_on_is_kept_with_it_once():
    sizes = {name: entry["bytes"] / 1e6 for name, entry in shipped_store().manifest().content["models"].items()}
    costs = {name: models.storage(name) for name in sizes}
    assert costs["svd"]["megabytes"] == costs["svd"]["megabytes_with_parts"] == pytest.approx(sizes["svd"])
    assert costs["gpt"]["megabytes_with_parts"] == pytest.approx(sizes["gpt"] + sizes["bmf"])
    together = sum(sizes[name] for name in ("stack", "bmf", "knn", "deepfm", "gpt"))
    assert costs["stack"]["megabytes"] == pytest.approx(sizes["stack"])
    assert costs["stack"]["megabytes_with_parts"] == pytest.approx(together)


@pytest.mark.usefixtures("quick")
def test_models_that_build_on_others_share_them(monkeypatch):
    loaded, times = [], {"p50_20_ms": 1.0, "p50_300_ms": 1.0}
    monkeypatch.setattr(models, "times", lambda model, visitors: loaded.append(model) or times)
    models.models()
    by_name = {model.name: model for model in loaded}
    assert by_name["stack"].gpt is by_name["gpt"]
    assert by_name["stack"].bmf is by_name["gpt"].bmf is by_name["bmf"]


@pytest.mark.usefixtures("quick")
def test_the_films_are_those_the_ranker_puts_first(monkeypatch):
    monkeypatch.setattr(models, "CANDIDATES", 3)
    _, history, items = models.invented(20, np.random.default_rng(1))
    score = shipped_store().load("ranker").score(history)
    shown = app.catalogue().shown.copy()
    shown[history.items] = False
    best = np.flatnonzero(shown)[np.argsort(-score[shown], kind="stable")][:3]
    assert list(items) == list(best)


def test_a_model_that_knows_its_error_is_asked_for_the_films_alone_and_any_other_for_all(tiny, monkeypatch):
    svd, history = tiny.model("svd"), Profile(ratings={0: 4.0}).history(14)
    items = np.array([5, 2])
    asked = []
    unsure = Unsure(svd)
    predict = unsure.predict
    monkeypatch.setattr(unsure, "predict", lambda history, items=None: asked.append(items) or predict(history, items))
    assert list(models.scores(unsure, history, items)) == list(models.scores(svd, history, items))
    assert list(models.scores(unsure, history, None)) == list(svd.score(history))
    assert asked[0] is items
    assert asked[1] is None


def test_the_members_a_blend_gives_no_weight_are_named():
    base = corrections.random_bmf(6)
    stack = Stack(base, None, corrections.random_deepfm(base), corrections.random_gpt(base))
    weights = np.array([[0.5, 0.0, 0.5, 0.0], [0.4, 0.2, 0.4, 0.0]])
    stack.keep(sizes=np.array([0, 10]), weights=weights, scales=np.ones(2), costs=np.zeros((len(MEMBERS), 2)))
    assert models.without_weight(stack) == ["gpt"]
    assert models.without_weight(base) == []
    assert models.blend(base) == {}
    weights = models.blend(stack)["blend"]
    assert weights["ratings"] == [0, 10]
    assert weights["weights"] == {"bmf": [0.5, 0.4], "knn": [0.0, 0.2], "deepfm": [0.5, 0.4], "gpt": [0.0, 0.0]}
    assert weights["costs"]["bmf"] == [0.0, 0.0]
    row = {"model": "stack", "p50_20_ms": 8.0, "p50_300_ms": 9.0}
    assert models.verdict([row], ["gpt"])[1] == "stack gives no weight to gpt."


@pytest.mark.parametrize(("slow", "says"), [(50.0, "within the 50 ms"), (50.1, "above the 50 ms")])
def test_the_blend_is_held_against_its_bound_at_both_visitors(slow, says):
    (sentence,) = models.verdict([{"model": "stack", "p50_20_ms": 8.0, "p50_300_ms": slow}], [])
    assert f"8.0 ms with 20 ratings and {slow} ms with 300 ratings" in sentence
    assert says in sentence
    assert "not shipped" in models.verdict([{"model": "bmf"}], [])[0]


@pytest.mark.usefixtures("quick")
def test_the_terminal_shows_whole_names_and_the_file_has_every_figure(command, tmp_path):
    path = tmp_path / "cost.json"
    code, out, err = command("bench", "models", "--json", path)
    assert code == 0
    assert all(name in out for name in shipped_store().models())
    assert "it may take" in " ".join(err.split())
    written = json.loads(path.read_text())
    assert written["bench"] == "models"
    assert [list(row) for row in written["rows"]] == [KEYS] * len(shipped_store().models())
