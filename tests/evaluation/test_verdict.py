"""The rule by which a visitor is asked by the learned policy or not, what a policy is worth, and Holm's correction."""

from types import SimpleNamespace

import numpy as np
import pytest

from reelrec.evaluation import verdict
from reelrec.evaluation.report import DRAWS, Sums
from reelrec.evaluation.verdict import LESS_IS_BETTER, MORE_IS_BETTER, Gained

N = 50  # people
BASE = np.random.default_rng(1).normal(30, 5, N)


def area(model: str, off: np.ndarray | float = 0.0) -> Sums:
    """Of fifty people with twenty hidden ratings each."""
    return Sums(model=model, metric="area", k=None, sums=BASE + off, counts=np.full(N, 20.0))


def gain(model: str, stars: np.ndarray | float, lists: np.ndarray | float) -> Gained:
    """What a policy gained for each of fifty people, who differ a little."""
    each = np.random.default_rng(2).normal(0, 0.02, N)
    of_stars = Sums(model=model, metric="gained_nll", k=None, sums=20 * (each + stars), counts=np.full(N, 20.0))
    of_lists = Sums(model=model, metric="gained_new_ndcg100", k=None, sums=each + lists, counts=np.ones(N))
    return Gained(stars=of_stars, lists=of_lists)


def spread(size: float) -> np.ndarray:
    """(N,) one person in two better, the others worse."""
    return size * np.where(np.arange(N) % 2, 1.0, -1.0)


OTHERS = (gain("a-optimal", 1.0, 0.5), gain("popularity", 0.4, 0.3), gain("list-gain", 0.8, 0.6))


def test_what_screens_gain_is_the_area_less_the_start():
    start, one, two = area("", 0.0), area("x", -4.0), area("x", -8.0)
    less = verdict.gained(start, [one, two], LESS_IS_BETTER)
    assert (less.model, less.metric, less.k) == ("x", "gained_area", None)
    np.testing.assert_allclose(less.sums, 6.0)
    assert less.value == pytest.approx(6 / 20)
    np.testing.assert_allclose(verdict.gained(start, [one, two], MORE_IS_BETTER).sums, -6.0)


def test_the_utility_by_hand():
    """The best for stars is a-optimal, the best for lists is list-gain."""
    found = {utility.model: utility for utility in verdict.utilities(OTHERS)}
    assert list(found) == ["a-optimal", "list-gain", "popularity"]
    for name, stars, lists in (("a-optimal", 1.0, 0.5), ("popularity", 0.4, 0.3), ("list-gain", 0.8, 0.6)):
        assert found[name].stars == pytest.approx(stars, rel=0.02)
        assert found[name].lists == pytest.approx(lists / 0.6, rel=0.02)
        assert found[name].value == pytest.approx((found[name].stars + found[name].lists) / 2)
        assert found[name].drawn.mean() == pytest.approx(found[name].value, rel=0.02)


@pytest.mark.parametrize(
    ("seeds", "default", "says"),
    [
        ((1.2, 1.2, 1.2), "policy", ("RL helps: ", "in 3 of 3 trainings", "it asks by default.")),
        ((1.2, 1.2, 0.5), "policy", ("RL helps: ", "in 2 of 3 trainings")),
        ((1.2, 0.5, 0.5), "a-optimal", ("RL does not help here: ", "in 1 of 3", "the learned policy can be chosen.")),
        ((1.0 + spread(9.0), 1.2 + spread(9.0), 1.2), "a-optimal", ("RL does not help here: ", "in 1 of 3")),
        ((0.5, 0.5, 0.5), "a-optimal", ("RL does not help here: ", "in 0 of 3", "a-optimal asks by default")),
    ],
    ids=["all", "two", "one", "by chance", "none"],
)
def test_the_learned_policy_asks_by_default_only_where_two_seeds_beat_all_others_beyond_chance(seeds, default, says):
    gains = [gain(name, stars, 0.58) for name, stars in zip(verdict.SEEDS, seeds, strict=True)]
    outcome = verdict.verdict([*OTHERS, *gains])
    assert outcome["default"] == default
    assert outcome["helps"] is (default == "policy") is (len(outcome["won"]) >= 2)
    for part in says:
        assert part in outcome["sentence"]
    assert {row["policy"] for row in outcome["utility"]} == {*verdict.SEEDS, "a-optimal", "popularity", "list-gain"}
    assert [row["utility"] for row in outcome["utility"]] == sorted(
        (row["utility"] for row in outcome["utility"]), reverse=True
    )
    for seed, rows in outcome["against"].items():
        assert {(row["model"], row["than"]) for row in rows} == {
            (name, seed) for name in ("a-optimal", "popularity", "list-gain")
        }


def test_to_beat_the_best_of_the_others_only_is_not_enough():
    """Two policies that learned nothing are as good as each other; the seeds beat one and tie with the other."""
    erratic = gain("erratic", 0.99 + spread(9.0), 0.5)
    outcome = verdict.verdict([*OTHERS, erratic, *(gain(name, 1.1, 0.58) for name in verdict.SEEDS)])
    assert (outcome["won"], outcome["default"]) == ([], "a-optimal")


def test_where_the_design_is_not_the_best_of_the_others_the_best_asks():
    outcome = verdict.verdict([*OTHERS, gain("entropy", 1.0, 0.6), gain("policy", 0.5, 0.5)])
    assert outcome["default"] == "entropy"
    assert "entropy asks by default" in outcome["sentence"]


@pytest.mark.parametrize("names", [(), ("policy",), ("a-optimal", "popularity"), ("policy", "policy-3")])
def test_without_a_seed_or_a_rival_there_is_no_verdict(names):
    assert verdict.verdict([gain(name, 1.0, 1.0) for name in names]) is None


def test_without_a_list_there_is_no_verdict():
    nobody = [Gained(stars=one.stars, lists=area(one.model)) for one in OTHERS]
    for one in nobody:
        one.lists.counts[:] = 0
    assert verdict.verdict([*nobody]) is None


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
