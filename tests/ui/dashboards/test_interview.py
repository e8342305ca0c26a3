"""What the page says of who asks newcomers, from invented measurements."""

import json

import pytest

from reelrec import app
from reelrec.ui.dashboards.interview import answers, areas, both, learning, pareto, policies, promises
from reelrec.ui.dashboards.parts import labels
from reelrec.ui.dashboards.parts.figures import CLEAR
from tests.fakes import interviews
from tests.ui.dashboards.words import markdown, words

HOSTILE = "<img src=x onerror=alert(1)> **M*A*S*H** [a](http://evil.example)"
BUILDS = {
    "answers": answers.by_answers, "screens": lambda report: answers.by_screens(report, "Log loss"),
    "pareto": pareto.front, "areas": areas.held_against, "meter": promises.kept,
    "both": both.gained,
}  # fmt: skip


@pytest.fixture
def told() -> dict:
    return interviews.interview()


@pytest.fixture
def trained() -> dict:
    return interviews.policy()


def values(figure: dict) -> dict[str, list[float]]:
    return {trace["name"]: trace["y"] for trace in figure["data"] if "name" in trace}


def row(report: dict, model: str, metric: str, k: int | None) -> dict:
    return next(one for one in report["rows"] if (one["model"], one["metric"], one["k"]) == (model, metric, k))


def test_every_way_of_asking_has_a_look_of_its_own_and_every_ablation_is_explained():
    assert set(policies.WAYS) == {policy.name for policy in app.policies(every=True)}
    assert policies.ABLATIONS.keys() == policies.LEFT_OUT.keys()
    looks = [*policies.WAYS.values(), *policies.ABLATIONS.values()]
    assert len({look.name for look in looks}) == len(looks)
    assert len({(look.colour, look.marker, look.dash) for look in looks}) == len(looks)


def test_the_default_s_answers_stand_against_popularity_s_ten(told):
    drawing = answers.by_answers(told)
    said = words(drawing)
    assert (
        "A-optimal, the default, needs 7 answers to reach what popularity reaches with 10. That is an RMSE of 0.835"
        in said
    )
    assert "(difference -0.0020, -0.0050 to +0.0010)" in said
    (chart,), (table,) = drawing.parts, drawing.numbers
    assert list(values(chart.figure)) == ["Popularity", "Random", "A-optimal", "Learned policy"]
    needs = {cells[0]: cells[-1] for cells in table.rows}
    assert needs["Random"] == "over 10"
    assert [cells[2] for cells in table.rows] == sorted(cells[2] for cells in table.rows)
    assert not any("seed" in cells[0] or "start" in cells[0] for cells in table.rows)


def test_one_answer_is_no_answers(told):
    next(one for one in told["needed"] if one["policy"] == "a-optimal")["answers"] = 1
    assert "needs 1 answer to reach" in words(answers.by_answers(told))
    next(one for one in told["needed"] if one["policy"] == "a-optimal")["answers"] = None
    assert "needs over 10 answers to reach" in words(answers.by_answers(told))


def test_the_learned_policy_is_the_default_where_the_verdict_says_so(told):
    told["verdict"]["default"] = "policy"
    next(one for one in told["needed"] if one["policy"] == "policy")["answers"] = 5
    assert "Learned policy, the default, needs 5 answers" in words(answers.by_answers(told))
    assert "Along the slider the films that Learned policy shows" in words(pareto.front(told))


@pytest.mark.parametrize(
    ("measure", "best"),
    [
        ("Log loss", "Learned policy with 1.698, against 1.700 for A-optimal and 1.740 for popularity."),
        ("Recall, as shown", "Popularity with 26.5%, against 12.5% for A-optimal and 11.8% for the learned policy."),
    ],
)
def test_the_best_is_told_beside_what_the_section_is_about(told, measure, best):
    assert f"Best after 5 screens: {best}" in words(answers.by_screens(told, measure))


def test_what_is_answered_learned_and_shown_stands_after_three_screens(told):
    drawing = answers.by_screens(told, "RMSE")
    assert "Of 36 films A-optimal gets stars for 13.1, popularity for 13.4." in words(drawing)
    (table,) = drawing.numbers
    assert table.columns == ("Asked by", "Seen, of 36", "RMSE", "Their stars")
    assert table.rows[0] == ("Learned policy", "13.1", "0.859", "3.50")


def test_lists_are_compared_both_ways(told):
    said = words(answers.by_screens(told, "Log loss"))
    assert (
        "As a page would show them, where films that were seen and not asked about take places: the first 20 hold "
        "12.5% of the hidden films that were liked after A-optimal’s answers and 26.5% after popularity’s, the most."
    ) in said
    assert "Without any film that the person has seen: the first 20 hold 37.5%" in said
    row(told, "a-optimal", "screens_recall20", 5)["value"] = 0.5
    assert "hold 50.0% of the hidden films that were liked after A-optimal’s answers, the most." in words(
        answers.by_screens(told, "Log loss")
    )
    told["rows"] = [row for row in told["rows"] if row["metric"] != "screens_new_recall20"]
    assert "Without any film" not in words(answers.by_screens(told, "Log loss"))  # measured before there was that way


def test_more_learned_is_further_up_and_more_enjoyed_further_right(told):
    drawing = pareto.front(told)
    layout = drawing.parts[0].figure["layout"]
    assert layout["yaxis"]["range"][0] > layout["yaxis"]["range"][1]
    assert layout["xaxis"]["range"][0] < layout["xaxis"]["range"][1]
    said = words(drawing)
    assert "from 3.50 to 4.10 stars, and the log loss from 1.700 to 1.740" in said
    assert "Of the 3 others, 3 are beaten in both at once" in said
    row(told, "greedy", "screens_stars", 5)["value"] = 4.5
    assert "Of the 3 others, 2 are beaten" in words(pareto.front(told))


def test_single_points_are_labelled_and_ablations_are_left_out(told):
    data = pareto.front(told).parts[0].figure["data"]
    assert {trace["text"][0] for trace in data if "text" in trace} == {
        "learn", "enjoy", "Random", "Popularity", "Greedy",
    }  # fmt: skip
    assert [trace["name"] for trace in data if "name" in trace] == ["A-optimal", "Learned policy"]


def test_labels_of_neighbours_do_not_cover_each_other_and_stay_in_the_picture():
    places = {"One label": (100.0, 100.0), "Another": (104.0, 100.0), "At the edge": (298.0, 50.0)}
    found = labels.sides(places, list(places.values()), 300, 200)
    assert found["One label"] != found["Another"]
    assert found["At the edge"] == "middle left"


def test_differences_are_best_first_and_filled_only_where_they_stand_after_holm(told):
    drawing = areas.held_against(told)
    assert "A-optimal’s is 1.7200" in words(drawing)
    assert "3 of 7 differences to A-optimal stand" in words(drawing)
    (chart,), (table,) = drawing.parts, drawing.numbers
    differences = [trace["x"][0] for trace in chart.figure["data"]]
    assert differences == sorted(differences)
    assert sum(trace["marker"]["color"] != CLEAR for trace in chart.figure["data"]) == 3
    assert [cells[0] for cells in table.rows] == [
        "Learned policy", "Learned, second seed", "Learned from a random start", "A\\-optimal without P\\(seen\\)",
    ]  # fmt: skip
    assert table.rows[0][1:] == ("1.7180", "-0.0020 (-0.0050 to +0.0010)", "0.300")


def test_who_is_better_by_more_than_chance_is_named(told):
    assert "better than A-optimal" not in words(areas.held_against(told))
    next(one for one in told["areas"]["a-optimal"] if one["model"] == "policy").update(stands=True, p_holm=0.01)
    drawing = areas.held_against(told)
    assert "4 of 7 differences to A-optimal stand; better than A-optimal: Learned policy." in words(drawing)
    assert drawing.numbers[0].rows[0][-1] == "0.010, stands"


def test_the_meter_s_words_stand_beside_what_it_was(told):
    drawing = promises.kept(told)
    assert "After 5 screens by A-optimal it said 0.61 stars, and it was 0.63." in words(drawing)
    assert drawing.parts[0].rows[0] == ("1", "0.600", "0.610", "0.630")
    assert len(drawing.parts[0].rows) == 5


def test_answers_are_worth_something_for_stars_and_for_the_list(told):
    drawing = both.gained(told)
    said = words(drawing)
    assert (
        "A-optimal, the default, gains 98% of the most for stars and 90% of the most for the list. No answer is 0"
        in said
    )
    (chart,), (table,) = drawing.parts, drawing.numbers
    assert [cells[0] for cells in table.rows[:2]] == ["A\\-optimal", "Learned policy"]  # equal ones keep their order
    assert table.rows[0] == ("A\\-optimal", "0.98", "0.90", "0.940 (0.920 to 0.970)")
    assert [cells[3] for cells in table.rows] == sorted((cells[3] for cells in table.rows), reverse=True)
    points = {trace["name"]: (trace["x"][0], trace["y"][0], trace["mode"]) for trace in chart.figure["data"]}
    assert points["Greedy"] == (0.5, 1.0, "markers+text")
    assert points["Learned, second seed"] == (0.97, 0.89, "markers")
    for axis, values in (("xaxis", [0.4, 1.0]), ("yaxis", [0.7, 1.0])):
        low, high = chart.figure["layout"][axis]["range"]
        assert low < values[0] < values[1] < high


def test_a_learned_default_is_held_against_the_best_that_learned_nothing(told):
    told["verdict"]["default"] = "policy"
    said = words(both.gained(told))
    assert "Learned policy, the default, gains 100% of the most for stars and 88% of the most for the list" in said
    assert "A-optimal, the best of those that learned nothing, gains 98% of the most for stars and 90%" in said


def test_every_seed_is_held_against_a_optimal(trained):
    drawing = learning.curves(trained)
    said = words(drawing)
    assert "After 240 updates the learned policy is worth 1.070, 1.050 and 0.990 times A-optimal." in said
    assert "From a random start it came from 0.300 to 0.950." in said
    assert "The trainings took 402, 401, 403 and 401 seconds." in said
    worth, taught = (values(part.figure) for part in drawing.parts)
    assert worth["Learned policy"][0] == worth["Learned, third seed"][0] == 1.0
    assert worth["Learned from a random start"][0] == pytest.approx(0.3)
    assert len(taught["Learned policy"]) == 12  # nothing was drawn before the first look


def test_a_random_start_that_never_comes_near_is_told_and_not_drawn(trained):
    cold = next(one for one in trained["curves"] if one["policy"] == "policy-cold")
    for look in cold["looks"]:
        look["utility"] -= 0.25
    drawing = learning.curves(trained)
    assert "came from 0.050 to 0.700." in words(drawing)
    assert "Learned from a random start" not in values(drawing.parts[0].figure)


@pytest.mark.parametrize("curves", [None, [], [{}], [{"policy": "policy", "seed": 1, "seconds": 1, "looks": []}]])
def test_a_training_of_another_shape_is_refused(curves):
    with pytest.raises((LookupError, TypeError, ValueError)):
        learning.curves({"rows": [], "curves": curves})


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("answers", "needed"), ("answers", "verdict"), ("screens", "rows"), ("screens", "verdict"),
        ("pareto", "pareto"), ("pareto", "verdict"), ("areas", "areas"), ("meter", "meter"), ("meter", "verdict"),
        ("both", "verdict"),
    ],
)  # fmt: skip
def test_a_report_without_its_parts_is_refused(told, name, key):
    for spoilt in (None, [], {}, 7):
        with pytest.raises((LookupError, TypeError, ValueError, AttributeError)):
            BUILDS[name](told | {key: spoilt})


@pytest.mark.parametrize("name", BUILDS)
def test_an_unknown_way_of_asking_is_text_under_its_own_name(told, name):
    written = json.dumps(told).replace('"greedy"', json.dumps(HOSTILE))
    drawing = BUILDS[name](json.loads(written))
    figures = [part.figure for part in drawing.parts if hasattr(part, "figure")]
    tables = [part.rows for part in (*drawing.parts, *drawing.numbers) if hasattr(part, "rows")]
    assert "<img" not in json.dumps(figures)
    assert "**M*A" not in json.dumps(tables) + markdown(drawing)
