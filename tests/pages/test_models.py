"""The Models page over the shipped measurements, and over missing, broken and hostile ones."""

import pytest

from reelrec.ui.dashboards.parts import frame
from tests.fakes.measurements import put

HOSTILE = "<script>alert(1)</script> **M*A*S*H** [a](http://evil.example) ![](http://evil.example/p.png) :smile:"
COMMANDS = {
    "Five models, two measures": "evaluate seed-svd",
    "The same in bars": "evaluate seed-svd",
    "The search behind the tuned SVD": "evaluate seed-svd --search",
    "Films to ask a newcomer about": "evaluate seed-demo",
    "A list for somebody known": "evaluate seed-demo",
    "A list for nobody": "evaluate seed-demo",
    "Somebody’s favourites": "evaluate seed-demo",
    "A list for somebody new": "evaluate seed-demo",
    "Learned by heart": "evaluate seed-deepfm",
    "The talk’s table, there and here": "evaluate seed-deepfm",
    "Five causes, one at a time": "evaluate seed-deepfm",
    "The same question to ReelRec": "evaluate seed-deepfm",
    "Liked or not, after so many films": "evaluate seed-gpt",
    "Which of it is no accident?": "evaluate seed-gpt",
    "What shared windows do": "evaluate seed-gpt",
    "Stars predicted and stars given": "evaluate seed-gpt",
    "Why the talk’s way fell short": "evaluate seed-gpt",
    "Two sets of ratings": "data describe letterboxd",
    "MovieLens’ stars, as the notebook drew them": "data describe ml-latest-small",
    "The stars of both": "data describe letterboxd",
    "Ratings per person and per film": "data describe letterboxd",
    "What each further rating brings": "evaluate new-users",
    "Which differences are real?": "evaluate new-users",
    "From when on does a model pay?": "evaluate new-users",
    "How far apart they are": "evaluate new-users",
    "Who speaks in the blend": "bench models --json artifacts/metrics/cost.json",
    "What it costs": "bench models --json artifacts/metrics/cost.json",
    "Do the ranges hold what they say?": "evaluate new-users",
    "You’ll like it: how often is it true?": "evaluate new-users",
    "What is its doubt worth?": "evaluate new-users",
    "Well-known films and obscure ones": "evaluate new-users",
    "The notebook’s split, with what came since": "evaluate seed-svd",
    "Does the order of the models hold?": "evaluate splits",
    "The benchmark of the papers: ml-100k": "evaluate ml-100k",
    "A film that nobody has rated": "evaluate new-films",
    "Hits near the top": "evaluate top-n",
    "Lists for somebody who told less": "evaluate top-n",
    "Which of these differences are real?": "evaluate top-n",
    "What the lists draw on": "evaluate top-n",
    "The price of the dial": "evaluate dial",
    "The words of a stranger": "evaluate reviews",
    "What words add to ratings": "evaluate reviews",
    "Is that more than chance?": "evaluate reviews",
    "What training taught it": "train policy",
    "After so many films they had seen": "evaluate interview",
    "After so many screens": "evaluate interview",
    "To learn, or to enjoy?": "evaluate interview",
    "What each part is worth": "evaluate interview",
    "Does the meter tell the truth?": "evaluate interview",
    "Time against ratings": "bench train --json artifacts/metrics/train.json",
    "The same from a known library": "bench train --json artifacts/metrics/train.json",
}  # fmt: skip
LETTERBOXDS = (
    *(f"evaluate {name}" for name in ("new-", "top-n", "dial", "reviews", "seed-gpt", "seed-deepfm", "interview")),
    "train policy",
)
CLOSED = {"Two sets of ratings", "The stars of both", "Ratings per person and per film", "Time against ratings"} | {
    heading for heading, command in COMMANDS.items() if command.startswith(LETTERBOXDS)
}
PICTURES = {
    "seed-svd": 3, "seed-svd-grid": 1, "seed-demo": 5, "data-ml-latest-small": 4, "data-letterboxd": 3, "new-users": 9,
    "top-n": 4, "dial": 1, "new-users-ml-latest-small": 0, "top-n-ml-latest-small": 0, "splits": 1, "ml-100k": 1,
    "new-films": 1, "reviews": 3, "seed-gpt": 5, "seed-deepfm": 4, "train": 2, "cost": 2,
    "interview": 5, "policy": 1,
}  # fmt: skip
CHARTS = 38


def test_every_section_is_there_in_its_order(visit, metrics):
    page = visit("models")
    assert [part.value for part in page.at.title] == ["Models"]
    assert [part.value for part in page.at.header] == list(frame.SECTIONS.values())
    assert [part.value for part in page.at.subheader] == ["The models", *COMMANDS]
    assert not page.at.info
    assert len(page.at.get("plotly_chart")) == CHARTS


def test_every_section_can_be_jumped_to(visit, metrics):
    page = visit("models")
    links = next(part.value for part in page.at.markdown if "](#" in part.value)
    assert [f"#{part.proto.anchor}" for part in page.at.header] == [
        link.split("(")[1].rstrip(")") for link in links.split(" · ")
    ]


def test_every_picture_has_its_command_and_says_who_can_run_it(visit, metrics):
    for (heading, command), mark in zip(COMMANDS.items(), visit("models").marks(), strict=True):
        assert f"python -m reelrec {command}`" in mark, heading
        assert (frame.CLOSED if heading in CLOSED else frame.RERUN) in mark, heading


def test_every_chart_and_table_says_what_it_shows(visit, metrics):
    page = visit("models")
    assert all(len(part.proto.alt) > 10 for part in [*page.at.get("plotly_chart"), *page.at.table])


def test_every_measurement_is_drawn(metrics):
    assert {path.stem for path in metrics.glob("*.json")} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"rows": []}', '{"rows": [{}]}', '{"rows": [7], "dataset": 5, "grid": "x"}']
)
def test_a_missing_or_broken_measurement_is_a_sentence_with_its_command(visit, metrics, name, content):
    page = visit()
    put(metrics, name, content)
    page.open("models")
    assert len(page.at.info) == PICTURES[name]
    assert all("This makes it: `python -m reelrec" in part.value for part in page.at.info)
    assert len(page.marks()) == len(COMMANDS)


@pytest.mark.parametrize("value", [None, "0.9", "NaN", [], {}, True])
def test_a_value_that_is_no_number_is_not_drawn(visit, change, value):
    def spoil(content: dict) -> None:
        for row in content["rows"]:
            row["value"] = float("nan") if value == "NaN" else value
        for difference in content.get("differences", ()):
            difference["value"] = value
        for band in content.get("by_popularity", ()):
            band["rmse"] = value
        for bin_of_chances in content.get("calibration", {}).get("reliability", ()):
            bin_of_chances["liked"] = value
        for told in content.get("meter", ()):
            told["said"] = value
        content["first_better"] = value

    page = visit()
    names = ("seed-svd", "new-users", "top-n", "dial", "interview")
    for name in names:
        change(name, spoil)
    page.open("models")
    assert len(page.at.info) == sum(PICTURES[name] for name in names)
    assert [part.value for part in page.at.metric] == ["–"] * 4


def test_without_any_measurement_the_page_still_stands(visit, metrics):
    for name in PICTURES:
        put(metrics, name, None)
    page = visit("models")
    assert len(page.at.info) == len(COMMANDS)
    assert [part.value for part in page.at.header] == list(frame.SECTIONS.values())


def test_hostile_names_are_shown_as_text(visit, change):
    def rename_film(content: dict) -> None:
        for films in (content["starters"], content["known_user"]["list"], content["fallback"]):
            films[0]["title"] = HOSTILE

    def rename_model(content: dict) -> None:
        for row in content["rows"]:
            row["model"] = HOSTILE if row["model"] in ("ease", "svd") else row["model"]

    def rename_asker(content: dict) -> None:
        for row in [*content["rows"], *content["areas"]["a-optimal"]]:
            row["model"] = HOSTILE if row["model"] == "greedy" else row["model"]
        content["verdict"]["sentence"] = HOSTILE

    change("seed-demo", rename_film)
    change("new-users", rename_model)
    change("top-n", rename_model)
    change("interview", rename_asker)
    page = visit("models")
    assert not page.at.info
    written = page.words() + "".join(str(table.value.to_dict()) for table in page.at.table)
    written += "".join(str(part.label) for part in page.at.metric)
    assert "\\*\\*M\\*A\\*S\\*H\\*\\*" in written
    assert "**M*A*S*H**" not in written
    assert "](http" not in written
    drawn = "".join(chart.proto.spec for chart in page.at.get("plotly_chart"))
    assert "&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_the_headlines_are_the_measured_numbers(visit, change):
    def better(content: dict) -> None:
        for row in content["rows"]:
            if (row["model"], row["metric"], row["k"]) == ("ease", "ndcg", 10):
                row["value"] = 0.777

    change("top-n", better)
    page = visit("models")
    assert page.at.metric[0].value == "0.777"
    assert "NDCG of the first 10 films is best for EASE: 0.777" in page.words()


def test_a_sentence_follows_its_measurement(visit, change):
    assert "a 32-way tie at 5.0 stars" in visit("models").words()
    change("seed-demo", lambda content: content["best_rated"].update(films=7))
    assert "a 7-way tie at 5.0 stars" in visit("models").words()


def test_an_unknown_model_is_drawn_under_its_own_name(visit, change):
    def add(content: dict) -> None:
        content["rows"] += [row | {"model": "brand-new"} for row in content["rows"] if row["model"] == "svd"]

    change("new-users", add)
    page = visit("models")
    assert "brand-new" in {trace["name"] for trace in page.figure("new-people-0")["data"]}


def test_the_verdict_is_what_was_measured_and_without_one_the_rule_still_stands(visit, metrics, change):
    change("interview", lambda content: content["verdict"].update(sentence="RL helps: so it was measured."))
    said = visit("models").words()
    assert "**RL helps\\: so it was measured\\.**" in said
    assert "The rule was fixed before the results." in said
    put(metrics, "interview", None)
    said = visit("models").words()
    assert "so it was measured" not in said
    assert "The rule was fixed before the results." in said


def test_the_measure_of_the_screens_can_be_chosen(visit, metrics):
    page = visit("models")
    assert "%" not in page.figure("interview-screens-0")["data"][0]["hovertext"][0]
    page.at.segmented_control(key="interview-measure").set_value("Recall")
    page.run()
    assert "%" in page.figure("interview-screens-0")["data"][0]["hovertext"][0]
