"""The rule by which a visitor is asked by the learned policy or not, and Holm's correction."""

from types import SimpleNamespace

import numpy as np
import pytest

from reelrec.evaluation import verdict
from reelrec.evaluation.report import DRAWS, Sums

N = 50  # people
BASE = np.random.default_rng(1).normal(30, 5, N)


def area(model: str, off: np.ndarray | float = 0.0) -> Sums:
    """Of fifty people with twenty hidden ratings each."""
    return Sums(model=model, metric="area", k=None, sums=BASE + off, counts=np.full(N, 20.0))


def spread(size: float) -> np.ndarray:
    """(N,) one person in two better, the others worse."""
    return size * np.where(np.arange(N) % 2, 1.0, -1.0)


@pytest.mark.parametrize(
    ("off", "default", "says"),
    [
        (-0.2, "policy", ("RL helps: ", "beats the A-optimal", "it asks by default.")),
        (-0.2 + spread(0.1), "policy", ("RL helps: ", "beats")),
        (-0.2 + spread(9.0), "a-optimal", ("RL does not help here: ", "ties with", "the design asks by default and")),
        (0.0, "a-optimal", ("RL does not help here: ", "ties with", "the learned policy can be chosen.")),
        (0.2 + spread(9.0), "a-optimal", ("ties with",)),
        (0.2, "a-optimal", ("RL does not help here: ", "loses to", "the design asks by default and")),
    ],
    ids=["better", "mostly better", "better by chance", "the same", "worse by chance", "worse"],
)
def test_the_learned_policy_asks_by_default_only_where_it_is_better_beyond_chance(off, default, says):
    outcome = verdict.verdict([area("popularity", 9.0), area("a-optimal"), area("policy", off), area("policy-2", -9.0)])
    assert outcome["default"] == default
    assert outcome["beats"] is (default == "policy")
    for part in says:
        assert part in outcome["sentence"]
    difference = outcome["difference"]
    assert (difference["model"], difference["than"]) == ("policy", "a-optimal")
    assert difference["value"] == pytest.approx(np.mean(off) / 20)
    value, low, high = (difference[key] for key in ("value", "low", "high"))
    assert f"{value:+.4f}, 95 % interval {low:+.4f} to {high:+.4f}" in outcome["sentence"]
    assert (difference["high"] < 0) is outcome["beats"]


@pytest.mark.parametrize("names", [(), ("policy",), ("a-optimal", "popularity"), ("a-optimal", "policy-2")])
def test_without_one_of_the_two_there_is_no_verdict(names):
    assert verdict.verdict([area(name) for name in names]) is None


def test_holms_procedure_on_a_worked_example(monkeypatch):
    """.005 x 4, .01 x 3, .03 x 2, and .04 x 1, which may not be below the one before it."""
    chances = {"b": 0.01, "c": 0.04, "d": 0.03, "e": 0.005}
    monkeypatch.setattr(verdict, "p_value", lambda one, other: chances[one.model])
    rows = {row["model"]: row for row in verdict.holm([area(name) for name in "abcde"], area("a"))}
    assert list(rows) == ["b", "c", "d", "e"]
    assert {name: row["p"] for name, row in rows.items()} == chances
    corrected = {name: row["p_holm"] for name, row in rows.items()}
    assert corrected == pytest.approx({"e": 0.02, "b": 0.03, "d": 0.06, "c": 0.06})
    assert {name for name, row in rows.items() if row["stands"]} == {"e", "b"}


def test_holms_chances_are_no_more_than_one(monkeypatch):
    monkeypatch.setattr(verdict, "p_value", lambda one, other: 0.7)
    rows = verdict.holm([area(name) for name in "abc"], area("a"))
    assert [row["p_holm"] for row in rows] == [1.0, 1.0]
    assert verdict.holm([area("a")], area("a")) == []


def test_a_difference_is_told_with_its_chance():
    (row,) = verdict.holm([area("a"), area("b", -0.2)], area("a"))
    assert (row["model"], row["than"], row["metric"], row["different"], row["stands"]) == ("b", "a", "area", True, True)
    assert row["value"] == pytest.approx(-0.01)
    assert row["p"] == row["p_holm"] == pytest.approx(2 / (DRAWS + 1))


@pytest.mark.parametrize(
    ("beyond", "chance"), [(0, 2 / 1001), (10, 22 / 1001), (500, 1.0), (990, 22 / 1001), (1000, 2 / 1001)]
)
def test_a_chance_is_that_of_both_sides_and_never_nothing(beyond, chance):
    drawn = SimpleNamespace(drawn=np.r_[np.full(beyond, 0.3), np.full(1000 - beyond, -0.1)])
    assert verdict.p_value(drawn, SimpleNamespace(drawn=np.zeros(1000))) == pytest.approx(chance)
    assert verdict.p_value(SimpleNamespace(drawn=np.zeros(1000)), drawn) == pytest.approx(chance)


def test_what_is_the_same_is_different_by_chance_alone():
    assert verdict.p_value(area("a"), area("b")) == 1.0
    assert verdict.p_value(area("a"), area("b", spread(9.0))) > 0.2
