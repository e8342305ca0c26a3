"""What the dashboards say of the talk's GPT-2, from invented measurements."""

import pytest

from reelrec import translation
from reelrec.evaluation.talk import seed_gpt
from reelrec.ui.dashboards.history import gpt, gpt_causes, gpt_stars
from tests.fakes import measurements
from tests.texts.bracketed import LEFT, Bracketed
from tests.ui.dashboards.words import words


@pytest.fixture
def report() -> dict:
    return measurements.seed_gpt()


def change(report: dict, model: str, than: str, value: float, spread: float = 0.003) -> None:
    for one in report["differences"]:
        if (one["model"], one["than"]) == (model, than):
            one |= {"value": value, "low": value - spread, "high": value + spread}


def test_the_rows_are_the_evaluation_s():
    assert (gpt.SEEN, gpt.HONEST, gpt.BAR) == (seed_gpt.SEEN, seed_gpt.HONEST, seed_gpt.BAR)
    assert {gpt.WEIGHTED, gpt.UNWEIGHTED} == set(seed_gpt.TALK)
    assert (gpt.METRIC, gpt.WINDOWS) == (seed_gpt.METRIC, seed_gpt.overlap.METRIC)
    assert gpt_stars.OURS[0] == seed_gpt.OURS
    assert {gpt.APART, gpt.SHARED} == {seed_gpt.overlap.APART, seed_gpt.overlap.SHARED}


def test_ours_stands_beside_the_talk_s_way_and_the_honest_bars(report):
    drawing = gpt.curves(report)
    assert (
        "guesses right for 72.7%, GPT rater for 77.2%. All of people never seen. With rare stars weighted it is 66.8%"
        in words(drawing)
    )
    assert "the film’s mean gets 74.0%, film and person bias 76.1%" in words(drawing)
    assert "bring GPT rater +2.7 points (+2.4 to +3.0)" in words(drawing)
    names = [trace["name"] for trace in drawing.parts[0].figure["data"]]
    assert names == [
        "Film mean", "The talk’s way, weighted", "The talk’s way", "Film and person bias", "GPT rater",
        "The talk’s figures, weighted", "The talk’s figures",
    ]  # fmt: skip
    printed = drawing.parts[0].figure["data"][-1]
    assert printed["line"]["dash"] == "dash"
    assert printed["y"][9] == 0.8
    assert set(printed["error_y"]["array"]) == {0.0}


def test_jumps_are_held_against_chance(report):
    """From .70 to .80; the mean is .72, so 2 x .72 x .28 x (2 / .1)² windows have twice that as their sd."""
    said = words(gpt.curves(report))
    assert "jump by up to 10.0 points when one film more is told; on 1,234 ratings the same recipe moves by 0.3" in said
    assert "fewer than about 161 windows" in said


def test_before_the_gpt_rater_ships_bayesian_mf_stands_for_ours(report):
    report["rows"] = [row for row in report["rows"] if row["model"] != "gpt"]
    report["scatter"] = [one for one in report["scatter"] if one["model"] != "gpt"]
    assert "Bayesian MF for 77.1%" in words(gpt.curves(report))
    assert "Bayesian MF expects" in words(gpt_stars.scatter(report, "Ours"))
    report["scatter"] = [one for one in report["scatter"] if one["model"] != "bmf"]
    with pytest.raises(LookupError):
        gpt.curves(report)


@pytest.mark.parametrize(
    ("value", "verdict"), [(0.005, "above it"), (-0.005, "below it"), (0.001, "which may be an accident")]
)
def test_whether_ours_beats_two_averages_is_said_either_way(report, value, verdict):
    change(report, "gpt", "baseline", value)
    drawing = gpt.held_against(report)
    assert f"After 9 films GPT rater is {100 * value:+.1f} points" in words(drawing)
    assert f") from film and person bias, {verdict}" in words(drawing)
    cells = {row[0]: row[1:] for row in drawing.parts[0].rows}
    assert f"no accident of who was asked: {5 if 'accident' in verdict else 6} of 6" in words(drawing)
    assert cells["GPT rater"][-1].startswith(f"{100 * value:+.1f} (")
    assert cells["Film and person bias"] == ("74.3%", "76.1%", "–")
    assert cells["The film’s likes, answers seen"][:2] == ("76.0%", "76.0%")


def test_memory_is_what_shared_windows_add(report):
    drawing = gpt.windows(report, gpt.UNWEIGHTED)
    assert "85.0% with windows shared, 65.0% with windows apart" in words(drawing)
    assert "+20.0 points (+17.0 to +23.0) of memory, not taste" in words(drawing)
    assert "guesses 84.0% of what it learned from right, and 66.0% for people" in words(drawing)
    assert [trace["name"] for trace in drawing.parts[0].figure["data"]][-1] == "The talk’s figures"


def test_stars_are_drawn_for_three_lengths_with_their_quartiles(report):
    drawing = gpt_stars.scatter(report, "Weighted")
    assert [part.title for part in drawing.parts] == ["Nothing told", "3 films told", "9 films told"]
    dots = drawing.parts[2].figure["data"][1]
    assert dots["x"][0] == 0.5
    assert dots["y"][0] == 3.0
    assert dots["error_y"]["array"][0] == pytest.approx(0.3)
    assert "expects 3.0 stars on average where half a star came, and 3.9 where five came. " in words(drawing)


def test_stars_that_nobody_gave_have_no_dot(report):
    for one in report["scatter"]:
        one["n"][1] = 0
        for of in ("mean", "low", "middle", "high"):
            one[of] = [None if place == 1 else value for place, value in enumerate(one[of])]
    assert 1.0 not in gpt_stars.scatter(report, "Ours").parts[0].figure["data"][1]["x"]


def test_only_what_costs_is_called_a_cause(report):
    drawing = gpt_causes.causes(report)
    assert "What costs the talk’s way: rare stars weighted and words for films." in words(drawing)
    assert [row[2] for row in drawing.parts[0].rows][:3] == [
        "+20.0 (+17.0 to +23.0)", "-6.0 (-6.3 to -5.7)", "-4.0 (-4.3 to -3.7)",
    ]  # fmt: skip
    change(report, "talk-weighted", "talk-unweighted", 0.01)
    assert "What costs the talk’s way: words for films." in words(gpt_causes.causes(report))
    change(report, "talk-unweighted", "film-mean", 0.01)
    assert "Neither weights nor words cost it anything here." in words(gpt_causes.causes(report))


def test_every_line_has_its_name_in_the_visitor_s_language(report, monkeypatch):
    monkeypatch.setattr(translation, "catalogue", lambda language: Bracketed())
    for drawing in (gpt.curves(report), gpt.windows(report, gpt.WEIGHTED)):
        names = [trace["name"] for trace in drawing.parts[0].figure["data"]]
        assert [name for name in names if not name.startswith(LEFT)] == []
    for way in gpt_stars.WAYS:
        assert gpt_stars.scatter(report, way).parts[0].alt.startswith(LEFT * 2)
