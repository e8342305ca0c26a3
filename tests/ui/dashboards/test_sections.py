"""What the dashboards draw and say of people, lists and data, from small invented measurements."""

import json

import pytest
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from reelrec.ui.dashboards import datasets
from reelrec.ui.dashboards.lists import contrast, dial, shelves
from reelrec.ui.dashboards.parts import bars, figures, lines, reading
from reelrec.ui.dashboards.stars import new_users
from tests.ui.dashboards.words import words

HOSTILE = '<img src=x onerror="alert(1)"> **M*A*S*H** :smile: $x$ [a](http://evil)'


def row(model: str, metric: str, k: object, value: object, spread: float | None = 0.01) -> dict:
    low, high = (None, None) if spread is None else (value - spread, value + spread)
    return {"model": model, "metric": metric, "k": k, "value": value, "low": low, "high": high, "n": 1234}


def report(*rows: dict, **more: object) -> dict:
    return {"dataset": {"people": 77, "ratings": 5000}, "rows": list(rows), **more}


def described(ratings: int, shares: dict[str, float]) -> dict:
    spread = {"count": 9, "mean": 3.5, "sd": 1.0, "min": 1, "q25": 2, "q50": 3, "q75": 4, "max": 9}
    return {
        "dataset": {"people": 10, "ratings": ratings},
        "files": [{"file": "ratings.csv", "rows": ratings, "columns": 4}],
        "rated_films": 20, "stars": spread, "density": 0.25, "sparsity": 0.75, "shares": shares,
        "histogram": {"edges": [0.5, 1.0, 1.5], "counts": [4, 0]}, "per_person": spread, "per_film": spread,
    }  # fmt: skip


def test_rows_are_grouped_by_model_and_k():
    found = reading.rows(report(row("svd", "rmse", 0, 0.9), row("svd", "rmse", "all", 0.7, None)), "rmse")
    assert found["svd"]["all"] == reading.Row(0.7, 0.7, 0.7, 1234)
    assert list(found["svd"]) == [0, "all"]


@pytest.mark.parametrize("value", [None, "0.8", float("nan"), float("inf"), True, [1]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="is not a number"):
        reading.number(value)


def test_a_metric_without_rows_is_refused():
    with pytest.raises(LookupError, match="ndcg"):
        reading.rows(report(row("svd", "rmse", 0, 0.9)), "ndcg")


def test_all_comes_last():
    assert reading.in_order(["all", 10, 0, 2.5]) == [0, 2.5, 10, "all"]


def test_ink_is_what_streamlit_replaces_by_the_text_colour():
    assert figures.INK == GRAY_90


@pytest.mark.parametrize("page", ["#fcfaf6", "#14120f"])
def test_every_colour_stands_out_on_both_pages(page):
    for colour in (figures.QUIET, figures.SECOND, figures.OTHER, *(look.colour for look in figures.LOOKS.values())):
        brighter, darker = sorted((luminance(colour), luminance(page)), reverse=True)
        assert (brighter + 0.05) / (darker + 0.05) >= 3, colour


def test_no_two_models_look_the_same():
    assert len({(look.colour, look.marker, look.dash) for look in figures.LOOKS.values()}) == len(figures.LOOKS)
    assert len({look.colour for look in figures.LOOKS.values()}) == len(figures.LOOKS)


def test_an_unknown_model_keeps_its_raw_name():
    drawn = lines.lines([lines.Line("my-model", [reading.Row(1.0, 1.0, 1.0)])], ["0"], "x", "y", ".2f")
    assert drawn["data"][0]["name"] == "my-model"


def test_hostile_names_reach_plotly_as_text():
    line = lines.lines([lines.Line(HOSTILE, [reading.Row(1.0, 1.0, 1.0)])], ["0"], "x", "y", ".2f")
    assert "<img" not in json.dumps(line)
    assert "&lt;img" in json.dumps(line)


def test_bars_are_scaled_to_the_longest_with_room_for_the_words_at_their_ends(monkeypatch):
    drawn = {}
    monkeypatch.setattr(bars, "_component", lambda key, data: drawn.update(data))
    both = [bars.Bar(reading.Row(2.0, 1.0, 4.0), "2.0", "#fff"), bars.Bar(reading.Row.exact(1.0), "1.0 or so")]
    bars.Bars([bars.Group(HOSTILE, both)], "alt").draw("key")
    assert drawn["room"] == f"{9 * bars.ROOM + 0.5:.1f}em"
    (group,) = drawn["groups"]
    assert group["label"] == HOSTILE  # bars.js puts it in as text
    assert group["bars"][0] == {"value": 0.5, "low": 0.25, "high": 1.0, "colour": "#fff", "says": "2.0"}
    assert group["bars"][1]["low"] == group["bars"][1]["high"] == 0.25


def test_the_numbers_of_bars_are_text():
    table = bars.Bars([bars.Group(HOSTILE, [bars.Bar(reading.Row(1.0, 0.9, 1.1), "1 *x*")])], "alt").numbers(".1f")
    assert "**M*A*S*H**" not in table.rows[0][0]
    assert table.rows[0][1:] == (r"1 \*x\*", "0.9 to 1.1")


def test_without_a_bar_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="no bar"):
        bars.Bars([bars.Group("Label", [])], "alt")


def test_lines_of_one_step_do_not_lie_on_each_other():
    point = reading.Row(1.0, 0.9, 1.1)
    drawn = lines.lines([lines.Line(model, [point]) for model in figures.LOOKS], ["0"], "x", "y", ".2f")["data"]
    assert len({trace["x"][0] for trace in drawn}) == len(figures.LOOKS)
    assert all(abs(trace["x"][0]) < 0.5 for trace in drawn)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_sizes_are_compared():
    drawing = datasets.shapes(described(100, {}), described(1700, {}))
    assert "17 times the ratings" in words(drawing)
    assert ("Sparsity", "0.750000", "0.750000") in drawing.parts[0].rows
    assert ("`ratings.csv`", "1,700 × 4") in drawing.numbers[0].rows


def test_half_stars_are_counted_from_the_shares():
    drawing = datasets.shares(described(9, {"0.5": 0.25, "1.0": 0.75}), described(9, {"4.0": 0.6, "4.5": 0.4}))
    assert "On Letterboxd 40% of the ratings end in ½, on MovieLens 25%" in words(drawing)


def test_the_histogram_says_how_many_bins_are_empty():
    drawing = datasets.histogram(described(9, {"0.5": 0.25, "1.0": 0.75}))
    assert "75% of MovieLens’ ratings are whole. 1 of the 2 bins are empty" in words(drawing)
    assert drawing.parts[0].figure["data"][0]["x"] == [0.75, 1.25]


def test_the_talk_s_table_stands_beside_ours():
    drawing = datasets.spread(described(9, {}), described(9, {}))
    (person, film), (talk,) = drawing.parts, drawing.numbers
    assert person.rows[1] == film.rows[1] == ("Mean", "3.5", "3.5")
    assert talk.rows[-1] == ("Most", "1,208", "17,184")


@pytest.fixture
def told() -> dict:
    mean = [row("film-mean", "rmse", k, 0.84) for k in (0, 3, 10, "all")]
    svd = [row("svd", "rmse", k, value) for k, value in ((0, 0.85), (3, 0.82), (10, 0.78), ("all", 0.69))]
    return report(*mean, *svd)


def test_the_findings_are_the_numbers(told):
    assert words(new_users.curves(told, "RMSE")) == (
        "After 10 ratings SVD is ahead with 0.780 against 0.840 for everybody’s average. Below 3 ratings that average "
        "is as good a guess. With all their ratings SVD reaches 0.690. Measured on 77 people."
    )


def test_where_more_is_better_the_highest_is_ahead(told):
    for found in told["rows"]:
        found["metric"] = "like_accuracy"
    assert "After 10 ratings Film mean is ahead with 84.0%" in words(new_users.curves(told, "Liked or not"))


def test_it_says_when_the_intervals_overlap(told):
    for found in told["rows"]:
        found["low"] -= 0.05
    assert "everybody’s average. Their intervals overlap." in words(new_users.curves(told, "RMSE"))


def test_intervals_are_drawn(told):
    drawn = new_users.curves(told, "RMSE").parts[0].figure["data"]
    assert drawn[1]["error_y"]["array"] == pytest.approx([0.01] * 4)
    assert [trace["name"] for trace in drawn] == ["Film mean", "SVD"]


def test_a_model_without_all_steps_is_drawn_as_far_as_it_goes(told):
    told["rows"].append(row("gpt", "rmse", 10, 0.5))
    drawing = new_users.curves(told, "RMSE")
    assert len(drawing.parts[0].figure["data"][2]["x"]) == 1
    assert "SVD is ahead" in words(drawing)


@pytest.fixture
def ranked() -> dict:
    values = {"popularity": 0.1, "svd": 0.05, "ease": 0.3}
    return report(*(row(model, "ndcg", k, value) for model, value in values.items() for k in (5, 10)))


def test_the_best_is_held_against_popularity(ranked):
    assert words(shelves.hits(ranked, "NDCG")) == (
        "NDCG of the first 10 films is best for EASE: 0.300, 3.0 times the 0.100 of the same popular films for "
        "everybody. Ranking by predicted stars (SVD) is worse than popular films. Measured on 1,234 people."
    )


def test_a_list_whose_interval_meets_popularity_s_is_not_called_worse(ranked):
    for found in ranked["rows"]:
        found["high"] += 0.05 * (found["model"] == "svd")
    assert "worse" not in words(shelves.hits(ranked, "NDCG"))


def test_without_popularity_there_is_no_comparison(ranked):
    ranked["rows"] = [found for found in ranked["rows"] if found["model"] != "popularity"]
    assert "EASE: 0.300. Measured" in words(shelves.hits(ranked, "NDCG"))


def test_the_best_stands_first(ranked):
    groups = shelves.hits(ranked, "NDCG").parts[0].groups
    assert [group.label for group in groups] == ["EASE", "Popularity", "SVD"]


def test_the_trade_is_one_figure_a_measure():
    metrics = {"coverage": 0.084, "popularity": 10714.2, "overlap": 0.05}
    measured = report(*(row("ease", metric, 10, value, None) for metric, value in metrics.items()))
    assert [shelves.trade(measured, title).finding for title, _ in shelves.TRADE.values()] == [
        "Over all people, the first ten by EASE use 8.4% of the catalogue",
        "A film in the first ten by EASE has 10,714 ratings on average",
        "Two people’s first ten by EASE have 5% in common",
    ]


def test_the_dial_s_price_is_a_share_of_its_start():
    places = {0: (0.4, 10_000, 4.2), 0.5: (0.3, 5_000, 4.1), 1.0: (0.1, 2_000, 4.0)}
    metrics = ("ndcg", "popularity", "stars")
    rows = [
        row("ease", prefix + metric, k, of[n])
        for prefix in ("", "short_")
        for k, of in places.items()
        for n, metric in enumerate(metrics)
    ]
    drawing = dial.drawing(report(*rows))
    assert drawing.finding == (
        "From safe to specific, the films of a list go from 10,000 to 2,000 ratings, for 75% less NDCG"
    )
    assert "In the middle, where For you begins, a film has 5,000, for 25% less NDCG." in drawing.note
    assert "go from 4.20 to 4.00" in words(drawing)
    assert [part.figure["data"][0]["x"] for part in drawing.parts] == [[10_000, 5_000, 2_000]] * 2


def test_contrast_says_how_many_films_stay_when_only_the_stars_change():
    rows = [
        row(model, metric, 10, value)
        for model, values in {"ranker": (0.3, 0.7, 24.0), "blend": (0.01, 0.02, 0.1)}.items()
        for metric, value in zip(("turned10", "ones10", "ones_fives24"), values, strict=True)
    ]
    families = [{"model": model, "lowered": n, "families": 300} for model, n in (("ranker", 275), ("blend", 293))]
    drawing = contrast.drawing(report(*rows, families=families))
    assert "share 0.1 of 24 films, by Ranker 24.0" in words(drawing)
    assert "lowers the others in 293 of 300" in words(drawing)
    (table,) = drawing.parts
    assert table.rows[0][1:] == ("30%", "70%", "24.0", "92%")


def test_the_numbers_of_lines_stand_in_as_many_tables_as_a_phone_needs():
    line = lines.Line("svd", [reading.Row.exact(place / 10) for place in range(6)] + [None])
    first, second = lines.numbers([line], list("0123456"), ".1f", "alt", "Title")
    assert first.columns == ("", "0", "1", "2", "3")
    assert list(first.rows) == [("SVD", "0.0", "0.1", "0.2", "0.3")]
    assert list(second.rows) == [("SVD", "0.4", "0.5", "–")]
    assert (first.title, second.title) == ("Title", "")
