"""What the first tab of Models says to anybody, from invented measurements."""

import json

import pytest

from reelrec import app
from reelrec.serving.choices import Option
from reelrec.ui.dashboards.glance import errors, leaderboard, verdict
from tests.fakes import measurements
from tests.fakes.measured import difference, report, row
from tests.ui.dashboards.words import markdown, words

HOSTILE = "<img src=x onerror=alert(1)> **M*A*S*H** [a](http://evil.example)"
FOUND = {"svd": 0.02, "blend": 0.095, "dae": 0.1, "popularity": 0.08}


@pytest.fixture
def lists() -> dict:
    found = [row(model, "recall20", 10, value) for model, value in FOUND.items()]
    elsewhere = [row(model, "recall20", 50, 1 - value) for model, value in FOUND.items()]
    known = {"svd": 2000, "blend": 9000, "dae": 12_000, "popularity": 16_000}
    fame = [row(model, "fame10", 10, value) for model, value in known.items()]
    return report(*found, *elsewhere, *fame, differences=[difference("blend", "dae", "recall20", 10, -0.005)])


@pytest.fixture
def stars() -> dict:
    starts = {"film-mean": 0.65, "svd": 0.66, "stack": 0.64}
    falls = {"film-mean": 0.0, "svd": 0.06, "stack": 0.07}
    rows = [
        row(model, "mae", k, start - falls[model] * place)
        for model, start in starts.items()
        for place, k in enumerate((0, 10, "all"))
    ]
    return report(*rows)


def found(lists: dict, model: str) -> dict:
    return next(one for one in lists["rows"] if (one["model"], one["metric"], one["k"]) == (model, "recall20", 10))


def test_the_sentence_says_which_list_is_best_after_ten_ratings_and_by_how_much(lists):
    headline, rest = verdict.sentences(lists)
    assert headline == (
        "After 10 ratings the best list is Network: its first 20 films hold 25% more of the films that people went on "
        "to love than the most popular films do"
    )
    assert rest == (
        "The app’s own list, **ReelRec’s picks**, holds 19% more than the most popular films and 5% less than the "
        "best. Its films are 25% less known. Measured on 1,234 people whose ratings no model had seen."
    )
    found(lists, "svd")["value"] = 0.16
    assert "the best list is SVD: its first 20 films hold 100% more" in verdict.sentences(lists)[0]


def test_a_lead_that_may_be_chance_is_called_so(lists):
    assert "chance" not in verdict.sentences(lists)[1]
    lists["differences"][0] |= {"low": -0.011, "high": 0.001}
    assert "5% less than the best, which may be chance. Its" in verdict.sentences(lists)[1]
    lists["differences"] = []
    assert "5% less than the best, which may be chance. Its" in verdict.sentences(lists)[1]


def test_where_the_list_of_for_you_is_best_it_is_not_held_against_itself(lists):
    found(lists, app.DEFAULT_MODEL)["value"] = 0.12
    headline, rest = verdict.sentences(lists)
    assert "the best list is ReelRec’s picks: its first 20 films hold 50% more" in headline
    assert rest.startswith("It is the app’s own list. Measured on")


def test_where_nothing_beats_popular_films_it_says_so(lists):
    found(lists, "popularity")["value"] = 0.5
    assert verdict.sentences(lists)[0] == "After 10 ratings no list is better than the most popular films"


def test_the_bars_go_from_the_best_to_the_worst(lists):
    drawing = verdict.bars(lists)
    assert drawing.finding == "Network finds 10.0% of the loved films, the most popular films 8.0%, SVD 2.0%"
    (bars,) = drawing.parts
    assert [group.label for group in bars.groups] == ["Network", "ReelRec’s picks", "Popularity", "SVD"]
    assert [bar.row.value for bar in bars.bars()] == [0.1, 0.095, 0.08, 0.02]
    assert drawing.numbers[0].rows[0] == ("Network", r"10\.0%", "9.6% to 10.4%")


def test_three_lines_tell_the_story_of_the_stars(stars):
    drawing = errors.curves(stars)
    assert drawing.finding == (
        "After 10 ratings predicted stars are off by 0.57 on average, everybody’s average of a film by 0.65"
    )
    assert drawing.note.startswith("With all ratings known they are off by 0.50. Stack gives the stars")
    assert [trace["name"] for trace in drawing.parts[0].figure["data"]] == ["Film mean", "SVD", "Stack"]


@pytest.fixture
def shipped(monkeypatch) -> None:
    names = ("blend", "dae", "svd", "popularity", "stack", "film-mean")
    monkeypatch.setattr(app, "models", lambda: tuple(Option(name, name, "") for name in names))


def test_the_leaderboard_has_every_shipped_model_with_what_was_measured_of_it(lists, stars, shipped):
    lists["rows"].append(row("ease-whole", "recall20", 10, 0.2))
    cost = measurements.cost()
    drawing = leaderboard.table(lists, stars, cost)
    assert drawing.finding == "6 models: lists find 2.0% to 10.0% of the loved films, and stars are off by 0.57 to 0.65"
    (table,) = drawing.parts
    assert [tuple(cells) for cells in table.rows] == [
        ("Network", "10.0%", "–", "–", "–"),
        ("**ReelRec’s picks**", "9.5%", "–", "–", "–"),
        ("Popularity", "8.0%", "–", "0.1", "<0.1"),
        ("SVD", "2.0%", "0.600", "–", "–"),
        ("**Stack**", "–", "0.570", "42", "20.2"),
        ("Film mean", "–", "0.650", "–", "–"),
    ]


@pytest.mark.parametrize("spoilt", [{"rows": []}, {"rows": None}, {"rows": [{"metric": "recall20"}]}])
def test_a_report_of_another_shape_is_refused(lists, stars, shipped, spoilt):
    for build in (
        lambda: verdict.sentences(lists | spoilt),
        lambda: verdict.bars(lists | spoilt),
        lambda: errors.curves(stars | spoilt),
        lambda: leaderboard.table(lists, stars | spoilt, measurements.cost()),
        lambda: leaderboard.table(lists, stars, spoilt),
    ):
        with pytest.raises((LookupError, TypeError, ValueError)):
            build()


def test_without_popular_films_there_is_nothing_to_compare_with(lists):
    lists["rows"] = [one for one in lists["rows"] if one["model"] != "popularity"]
    with pytest.raises(LookupError):
        verdict.sentences(lists)


def test_names_from_the_file_are_text(lists, stars, monkeypatch):
    lists, stars = (json.loads(json.dumps(of).replace('"svd"', json.dumps(HOSTILE))) for of in (lists, stars))
    found(lists, HOSTILE)["value"] = 0.9
    monkeypatch.setattr(app, "models", lambda: [Option(name, name, "") for name in (HOSTILE, "stack", "popularity")])
    drawn = verdict.bars(lists)
    written = "".join((*verdict.sentences(lists), markdown(drawn), str(drawn.numbers[0].rows)))
    written += str(leaderboard.table(lists, stars, measurements.cost()).parts[0].rows)
    assert "M*A*S*H" in words(drawn)
    assert "**M*A*S*H**" not in written
    assert "](http" not in written
