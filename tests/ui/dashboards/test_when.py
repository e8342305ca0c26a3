"""What the page says of which model is best when, and of what it costs, from invented measurements."""

import pytest

from reelrec.ui.dashboards.cost import price
from reelrec.ui.dashboards.parts.gaps import gaps
from reelrec.ui.dashboards.parts.reading import Row
from reelrec.ui.dashboards.stars import blend, when
from tests.fakes import measurements
from tests.fakes.measurements import KNOWN, difference, row
from tests.ui.dashboards.words import words


@pytest.fixture
def told() -> dict:
    return measurements.new_users()


@pytest.fixture
def cost() -> dict:
    return measurements.cost()


def held(*apart: dict, **more: object) -> dict:
    return {"differences": list(apart), **more}


def values(drawing) -> dict[str, list[float]]:
    return {trace["name"]: trace["y"] for trace in drawing.parts[0].figure["data"]}


def test_a_difference_is_known_in_both_directions_at_its_own_k():
    found = gaps(held(difference("svd", "knn", "rmse", 5, -0.02), difference("svd", "knn", "mae", 5, 9)), "rmse", 5)
    assert found["svd", "knn"] == Row(-0.02, pytest.approx(-0.023), pytest.approx(-0.017))
    assert found["knn", "svd"] == Row(0.02, pytest.approx(0.017), pytest.approx(0.023))
    assert gaps(held(difference("svd", "knn", "rmse", 5, -0.02)), "rmse", 10) == {}


def test_two_that_were_not_held_against_each_other_are_through_a_third_by_the_narrowest_way():
    chain = [("b", "a", 0.1, 0.01), ("c", "b", 0.2, 0.02), ("d", "c", -0.4, 0.03), ("d", "x", 0.0, 0.5)]
    chain += [("x", "a", -0.1, 0.5)]
    found = gaps(held(*(difference(m, than, "rmse", 5, v, spread) for m, than, v, spread in chain)), "rmse", 5)
    assert (found["c", "a"].value, found["c", "a"].low, found["c", "a"].high) == pytest.approx((0.3, 0.27, 0.33))
    assert (found["a", "d"].value, found["a", "d"].low, found["a", "d"].high) == pytest.approx((0.1, 0.04, 0.16))


def test_what_was_measured_stays_though_a_way_around_seems_narrower():
    direct = difference("c", "a", "rmse", 5, 0.3, 0.2)
    around = [difference("b", "a", "rmse", 5, 0.1, 0.01), difference("c", "b", "rmse", 5, 0.1, 0.01)]
    found = gaps(held(*around, beside_parts=[direct]), "rmse", 5)
    assert found["c", "a"].value == pytest.approx(0.3)
    assert found["c", "a"].high == pytest.approx(0.5)


def test_an_interval_that_holds_0_is_no_difference():
    assert Row(0.1, 0.01, 0.2).leaves_out_zero()
    assert Row(-0.1, -0.2, -0.01).leaves_out_zero()
    assert not Row(0.1, -0.01, 0.2).leaves_out_zero()
    assert not Row(0.0, 0.0, 0.0).leaves_out_zero()


def test_the_close_ones_are_drawn_as_differences_with_intervals_and_the_others_are_named(told):
    drawing = when.differences(told)
    assert values(drawing) == {
        "Film and person bias": pytest.approx([0.02] * 7), "Bayesian MF": [0.0] * 7,
        "DeepFM": pytest.approx([-0.002] * 7), "GPT rater": pytest.approx([-0.001] * 7),
        "Stack": pytest.approx([-0.004] * 7),
    }  # fmt: skip
    stack = drawing.parts[0].figure["data"][-1]["error_y"]
    assert stack["array"] == pytest.approx([0.0015] * 7)
    assert stack["arrayminus"] == pytest.approx([0.0015] * 7)
    assert "more than 0.02 stars away at some step: Film mean." in words(drawing)


def test_every_model_is_drawn_when_all_are_wanted(told):
    drawing = when.differences(told, when.EVERY)
    assert values(drawing)["Film mean"] == pytest.approx([0.021] * 7)  # 0.02 of the bias, and 0.001 above that
    assert "Not in this picture" not in words(drawing)
    assert "At all: Film mean +0.021; " in drawing.parts[0].alt


def test_who_is_ahead_is_told_with_the_step_it_begins_at(told):
    assert "Stack is off least, however many ratings are known." in words(when.differences(told))
    for one in told["rows"]:
        if one["model"] == "stack" and one["k"] in (0, 3):
            one["value"] += 0.01
        if one["model"] == "gpt" and one["k"] == "all":
            one["value"] -= 0.01
    assert (
        "Off least: DeepFM before any rating is known, Stack from 5 ratings on and GPT rater with all of them."
    ) in words(when.differences(told))


def test_a_lead_is_more_than_chance_only_where_its_interval_leaves_out_0(told):
    drawing = when.differences(told)
    assert "The lead over the next best may be chance at every step. With 20 known, Stack is ahead of DeepFM" in words(
        drawing
    )
    assert "by 0.0020 stars (-0.0010 to 0.0050)." in words(drawing)
    told["differences"] += [difference("stack", "deepfm", "rmse", k, -0.002, 0.001) for k in KNOWN[:-1]]
    said = words(when.differences(told))
    assert "more than chance at 0, 3, 5, 10, 20 and 50, and may be chance at all." in said
    assert "by 0.0020 stars (0.0010 to 0.0030)." in said
    told["differences"].append(difference("stack", "deepfm", "rmse", "all", -0.002, 0.001))
    assert "The lead over the next best is more than chance at every step." in words(when.differences(told))


def test_without_a_measured_difference_no_interval_is_drawn_and_no_lead_is_claimed(told):
    told["differences"], told["beside_parts"] = [], []
    drawing = when.differences(told)
    assert drawing.parts[0].figure["data"][-1]["error_y"]["array"] == [0.0] * 7
    assert "may be chance at every step. With 20 known, Stack is ahead of DeepFM by 0.0020 stars. " in words(drawing)


def test_further_ratings_stand_beside_a_better_model(told):
    assert (
        "To rate 10 more films, 20 instead of 10, brings 0.0200: 5.0 times what Stack brings over Bayesian MF."
    ) in words(when.differences(told))
    told["rows"] = [one for one in told["rows"] if one["model"] in ("bmf", "baseline")]
    assert "To rate" not in words(when.differences(told))


def test_without_the_model_of_the_zero_line_there_is_nothing_to_draw(told):
    told["rows"] = [one for one in told["rows"] if one["model"] != "bmf"]
    with pytest.raises(LookupError):
        when.differences(told)


def test_costs_stand_beside_errors_best_first_and_who_has_no_error_last(told, cost):
    good, dear = price.table(told, cost).parts
    cells = {name: (*others, *row[1:]) for (name, *others), row in zip(good.rows, dear.rows, strict=True)}
    assert [row[0] for row in good.rows] == [row[0] for row in dear.rows]
    assert list(cells)[:4] == ["Stack", "DeepFM", "GPT rater", "Bayesian MF"]
    assert list(cells)[-1] == "Popularity"
    assert cells["Stack"] == ("0.7460", "0.7060", "42", "0.5", "0.2\u00a0+\u00a020.0")
    assert cells["Bayesian MF"] == ("0.7500", "0.7100", "6.0", "10.0", "12.0")
    assert cells["Popularity"] == ("–", "–", "0.1", "<0.1", "<0.1")
    assert cells["GPT rater"][2:] == ("–", "–", "–")


def test_what_the_best_costs_is_told_beside_the_plain_model(told, cost):
    said = words(price.table(told, cost))
    assert (
        "With all ratings known Stack is off least, by 0.0040 stars less than Bayesian MF, and answers in 42\u00a0ms"
        in said
    )
    assert "instead of 6.0\u00a0ms. It keeps 20.2 MB instead of 12.0." in said
    assert "Of those within 0.01 stars of it, Bayesian MF answers soonest: in 6.0\u00a0ms." in said
    assert "one core (of 2)" in said


def test_where_the_plain_model_is_best_nothing_is_bought(told, cost):
    told["rows"].append(row("bmf", "rmse", "all", 0.5))
    said = words(price.table(told, cost))
    assert "With all ratings known Bayesian MF is off least, and answers in 6.0\u00a0ms. It keeps 12.0 MB." in said
    assert "soonest" not in said


def test_members_without_a_place_in_the_blend_are_named(told, cost):
    assert "In Stack’s blend GPT rater earned no place" in words(price.table(told, cost))
    cost["left_out"] = []
    assert "All models that Stack may blend earned a place in it." in words(price.table(told, cost))
    cost["rows"] = [one for one in cost["rows"] if one["model"] != "stack"]
    assert "blend" not in words(price.table(told, cost))


@pytest.mark.parametrize("spoilt", [{"rows": []}, {"left_out": None}, {"machine": {}}, {"rows": [{"model": "bmf"}]}])
def test_a_cost_of_another_shape_is_refused(told, cost, spoilt):
    with pytest.raises((LookupError, TypeError, ValueError)):
        price.table(told, cost | spoilt)


def test_the_blend_tells_who_leads_when_and_what_each_member_is_worth(cost):
    drawn = blend.drawing(cost)
    assert "Largest weight in the blend: Bayesian MF from 0 and DeepFM from 10." in words(drawn)
    assert "Without any: GPT rater." in words(drawn)
    (chart,), (table,) = drawn.parts, drawn.numbers
    assert [trace["name"] for trace in chart.figure["data"]] == ["Bayesian MF", "Item kNN", "DeepFM"]
    assert chart.figure["data"][2]["y"] == [0.0, 0.8, 0.6]
    assert [tuple(row) for row in table.rows] == [
        ("Bayesian MF", "100%", "0.0200 stars"), ("Item kNN", "20%", "0.0010 stars"),
        ("DeepFM", "80%", "0.0020 stars"), ("GPT rater", "0%", "0.0000 stars"),
    ]  # fmt: skip
    assert "missed most is Bayesian MF" in table.alt


@pytest.mark.parametrize("part", [None, {}, {"ratings": [0], "weights": {"bmf": []}, "costs": {}}])
def test_a_blend_of_another_shape_is_refused(cost, part):
    with pytest.raises((LookupError, TypeError, ValueError)):
        blend.drawing(cost | {"blend": part})
