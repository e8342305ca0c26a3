"""What the dashboards say of doubt, differences and other ways to ask, from invented measurements."""

import pytest

from reelrec import app
from reelrec.ui.dashboards.cost import speed
from reelrec.ui.dashboards.lists import short_history
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.stars import new_users, splits
from reelrec.ui.dashboards.sure import doubt, fame
from tests.fakes import measurements
from tests.ui.dashboards.words import words


@pytest.fixture
def told() -> dict:
    return measurements.new_users()


@pytest.fixture
def lists() -> dict:
    return measurements.top_n()


def test_a_difference_whose_interval_holds_0_cannot_be_told(told):
    drawing = differences(told, "rmse", 10, "RMSE")
    verdicts = {row[0]: row[-1] for row in drawing.parts[0].rows}
    assert verdicts == {
        "Bayesian MF against Film and person bias": "yes",
        "Film and person bias against Film mean": "cannot be told",
    }
    assert "It cannot be told for Film and person bias and Film mean." in words(drawing)
    assert drawing.parts[0].rows[0][1] == "-0.0200 (-0.0230 to -0.0170)"


def test_without_differences_of_that_kind_there_is_nothing_to_draw(told):
    with pytest.raises(LookupError, match="at 7"):
        differences(told, "rmse", 7, "RMSE")


def test_ranges_are_held_against_what_they_promise(told):
    drawing = doubt.ranges(told)
    assert "80% ranges held 81.0% to 81.0% of the ratings" in words(drawing)
    assert "Nowhere is that more than 1.0 points from what was said" in words(drawing)
    assert [shape["y0"] for shape in drawing.parts[0].figure["layout"]["shapes"]] == [0.5, 0.8, 0.9]
    for row in told["rows"]:
        if (row["metric"], row["k"]) == ("coverage90", 0):
            row["value"] = 0.8
    assert "At worst that is 10.0 points from what was said" in words(doubt.ranges(told))


def test_doubt_is_worth_what_it_takes_off_the_log_loss(told):
    said = words(doubt.worth(told))
    assert "After 10 ratings Bayesian MF has a log loss of 1.620" in said
    assert "have 1.660." in said


def test_chances_are_held_against_what_was_liked(told):
    drawing = doubt.chances(told)
    assert "2.0 points off on average." in words(drawing)
    diagonal, some, whole = drawing.parts[0].figure["data"]
    assert diagonal["x"] == diagonal["y"] == [0, 1]
    assert (some["name"], whole["name"]) == ("20 ratings known", "all ratings known")
    assert some["y"][0] == pytest.approx(0.03)


def test_errors_are_told_for_obscure_and_for_known_films(told):
    drawing = fame.by_fame(told, "20")
    assert "Bayesian MF is off least for obscure films (0.900), and for the best known (0.810)" in words(drawing)
    assert drawing.numbers[1].rows[0][1:] == ("48.0%", "78.0%", "88.0%")


def test_the_first_to_beat_two_averages_is_named(told):
    drawing = new_users.first_better(told)
    assert "Bayesian MF from 3 ratings on" in words(drawing)
    assert drawing.parts[0].rows == [("Film mean", "never"), ("SVD", "all of them"), ("Bayesian MF", "3")]
    told["first_better"] = {"svd": None}
    assert "none at any small number of ratings" in words(new_users.first_better(told))


def test_controls_stand_beside_our_model_on_the_notebooks_split():
    report = measurements.seed_svd()
    drawing = splits.since(report)
    assert "off by 0.8050, the notebook’s tuned SVD by 0.8754" in words(drawing)
    assert words(drawing).endswith("so what they bring is real.")
    assert [row[0] for row in drawing.parts[0].rows][:2] == ["SVD", "Bayesian MF, told of other films"]
    for row in report["rows"]:
        row["value"] -= 0.1 * (row["model"] == "bmf-plain")
    assert words(splits.since(report)).endswith("so they bring nothing.")


def test_the_ways_to_ask_are_counted_in_which_a_model_is_ahead():
    report = measurements.splits()
    assert "Bayesian MF is off least in 4 of 4 ways of asking. Hardest is “People never seen”" in words(
        splits.ways(report)
    )
    for row in report["rows"]:
        row["value"] += 0.2 * (row["model"] == "bmf" and row["k"] == "seed")
    assert "Bayesian MF is off least in 3 of 4 ways of asking." in words(splits.ways(report))


def test_papers_figures_stand_beside_the_folds():
    ours, printed = splits.folds(measurements.ml_100k()).parts
    assert ours.columns == ("Fold", "SVD", "Bayesian MF")
    assert ours.rows[0] == ("u1", 0.92, 0.885)
    assert ("GLocal-K", ".8889") in printed.rows
    assert ("myFM, without it", ".8847 to .8871") in printed.rows


def test_films_without_ratings_are_held_against_the_mean():
    drawing = splits.new_films(measurements.new_films())
    assert "off by 0.850 for films that nobody rated, 10.5% less than the 0.950" in words(drawing)
    assert drawing.parts[0].groups[0].label == "Bayesian MF"


def test_a_list_is_held_against_the_row_above_at_every_size(lists):
    for one in lists["differences"]:
        one["model"] = app.DEFAULT_MODEL
    said = words(short_history.by_length(lists, "Films found"))
    assert "EASE is ahead after 5 films (0.300), and after all of them (0.380)." in said
    assert f"{called(app.DEFAULT_MODEL)} is above Popularity at 4 of 5 sizes and below at 0" in said
    for one in lists["differences"]:
        one["value"] *= -1
    assert "at 0 of 5 sizes and below at 4" in words(short_history.by_length(lists, "Films found"))


def test_training_time_is_told_with_how_it_grows():
    drawing = speed.training(measurements.train())
    assert "Bayesian MF learns from 10,000,000 ratings in 25.0 minutes." in words(drawing)
    assert "With 125 times the ratings it takes 50 times as long" in words(drawing)
    assert "At its peak it holds 6.2 GB." in words(drawing)
    (ours,) = drawing.parts[0].figure["data"]
    assert ours["x"] == [80_000, 1_000_000, 10_000_000]


def test_training_time_names_the_gpu_it_was_measured_on():
    report = measurements.train()
    report["machine"]["gpu"] = "Some *GPU*"
    assert r"On 2 cores and a GPU (Some \*GPU\*)" in speed.training(report).note


def test_our_sampler_stands_beside_its_peer():
    drawing = speed.beside(measurements.train())
    assert "Bayesian MF is off by 0.0012 stars more than myFM, in 2.5 times its time." in words(drawing)
    assert drawing.parts[0].rows == [("Bayesian MF", 0.8112, "50.0"), ("myFM", 0.81, "20.0")]
