"""Each section of the Models page by itself: over the shipped measurements, and over missing, broken, hostile ones."""

import pytest

from reelrec.ui.dashboards.parts import frame
from tests.fakes.measurements import put
from tests.pages.sections import SECTIONS

HOSTILE = "<script>alert(1)</script> **M*A*S*H** [a](http://evil.example) ![](http://evil.example/p.png) :smile:"
BROKEN = (None, "{", "[]", '{"rows": []}', '{"rows": [{}]}', '{"rows": [7], "dataset": 5, "grid": "x"}')
WRITTEN = {"seed-demo", "interview"}  # the others have the renamed models in figures only
NO_NUMBERS = (None, "0.9", "NaN", [], {}, True)


@pytest.mark.parametrize("drawn", SECTIONS, ids=lambda drawn: drawn.draws)
def test_every_figure_has_its_command_and_says_who_can_run_it_in_a_fold(section, drawn):
    shown = section(drawn.draws)
    assert shown.subjects() == list(drawn.commands)
    assert not shown.marks()
    shown.unfold()
    for (subject, command), mark in zip(drawn.commands.items(), shown.marks(), strict=True):
        assert f"python -m reelrec {command}`" in mark, subject
        assert (frame.CLOSED if drawn.is_closed(subject) else frame.RERUN) in mark, subject
    assert not shown.at.info


@pytest.mark.parametrize(
    ("drawn", "name"),
    [(drawn, name) for drawn in SECTIONS for name in drawn.pictures],
    ids=lambda part: part if isinstance(part, str) else part.draws,
)
def test_a_missing_or_broken_measurement_is_a_sentence_with_its_command(section, metrics, drawn, name):
    for content in BROKEN:
        put(metrics, name, content)
        shown = section(drawn.draws)
        assert len(shown.at.info) == drawn.pictures[name], content
        assert all("This makes it: `python -m reelrec" in part.value for part in shown.at.info)
        assert shown.subjects() == list(drawn.commands)


@pytest.mark.parametrize(
    ("drawn_by", "name"),
    [
        ("glance.section.draw", "top-n"),
        ("history.notebook.draw", "seed-svd"),
        ("stars.new_users.draw", "new-users"),
        ("stars.when.draw", "new-users"),
        ("sure.doubt.draw", "new-users"),
        ("lists.shelves.draw", "top-n"),
        ("lists.shelves.draw", "dial"),
        ("interview.section.verdict", "interview"),
        ("interview.section.after_answers", "interview"),
    ],
)
def test_a_value_that_is_no_number_is_not_drawn(section, change, drawn_by, name):
    def spoil(content: dict) -> None:
        for row in content["rows"]:
            row["value"] = float("nan") if value == "NaN" else value
        for difference in content.get("differences", ()):
            difference["value"] = value
        for band in content.get("by_popularity", ()):
            band["rmse"] = value
        for bin_of_chances in content.get("calibration", {}).get("reliability", ()):
            bin_of_chances["liked"] = value
        for reading in content.get("meter", ()):
            reading["said"] = value
        for worth in content.get("verdict", {}).get("utility", ()):
            worth["stars"] = value
        content["first_better"] = value

    (expected,) = (drawn.pictures[name] for drawn in SECTIONS if drawn.draws == drawn_by)
    for value in NO_NUMBERS:
        change(name, spoil)
        assert len(section(drawn_by).at.info) == expected, value


def rename_films(content: dict) -> None:
    for films in (content["starters"], content["known_user"]["list"], content["fallback"]):
        films[0]["title"] = HOSTILE


def rename_models(content: dict, *models: str) -> None:
    for row in content["rows"]:
        row["model"] = HOSTILE if row["model"] in (models or ("ease", "svd")) else row["model"]


def rename_policy(content: dict) -> None:
    for row in [*content["rows"], *content["areas"]["a-optimal"]]:
        row["model"] = HOSTILE if row["model"] == "greedy" else row["model"]
    against = content["verdict"]["against"]["policy"]
    for entry, key in [(one, "policy") for one in content["verdict"]["utility"]] + [(one, "model") for one in against]:
        entry[key] = HOSTILE if entry[key] == "a-optimal" else entry[key]


@pytest.mark.parametrize(
    ("drawn_by", "name", "rename"),
    [
        ("history.demonstrations.draw", "seed-demo", rename_films),
        ("stars.new_users.draw", "new-users", rename_models),
        ("stars.when.draw", "new-users", rename_models),
        ("lists.shelves.draw", "top-n", rename_models),
        ("interview.section.verdict", "interview", rename_policy),
    ],
)
def test_hostile_names_are_shown_as_text(section, change, drawn_by, name, rename):
    change(name, rename)
    shown = section(drawn_by)
    shown.unfold()
    assert not shown.at.info
    written = shown.words() + "".join(str(table.value.to_dict()) for table in shown.at.table)
    drawn = "".join(chart.proto.spec for chart in shown.at.get("plotly_chart"))
    assert "**M*A*S*H**" not in written
    assert "](http" not in written
    assert "&lt;script&gt;" in drawn or drawn_by == "history.demonstrations.draw"  # which has bars, and these take text
    assert "<script>" not in drawn
    if name in WRITTEN:
        assert "\\*\\*M\\*A\\*S\\*H\\*\\*" in written


def test_a_model_that_does_not_ship_is_left_out_of_the_first_screen_whatever_its_name(section, change):
    named = section("glance.section.draw").headings()[0]
    change("top-n", lambda content: rename_models(content, "dae"))
    shown = section("glance.section.draw")
    assert shown.headings()[0] != named
    assert "M*A*S*H" not in shown.words().replace("\\", "")


def test_a_sentence_follows_its_measurement(section, change):
    assert "a 32-way tie at 5.0 stars" in section("history.demonstrations.draw").words()
    change("seed-demo", lambda content: content["best_rated"].update(films=7))
    assert "a 7-way tie at 5.0 stars" in section("history.demonstrations.draw").words()


def test_an_unknown_model_is_drawn_under_its_own_name(section, change):
    def add(content: dict) -> None:
        content["rows"] += [row | {"model": "brand-new"} for row in content["rows"] if row["model"] == "svd"]

    change("new-users", add)
    assert "brand-new" in {trace["name"] for trace in section("stars.new_users.draw").figure("new-people-0")["data"]}


def test_the_verdict_is_what_was_measured_and_without_one_the_rule_still_stands(section, metrics, change):
    gap = {"model": "a-optimal", "value": -0.1, "low": -0.12, "high": -0.08}
    against = {"policy": [gap], "policy-2": [gap]}
    change("interview", lambda content: content["verdict"].update(helps=True, won=["policy"], against=against))
    shown = section("interview.section.verdict")
    shown.unfold()
    assert (
        "**RL helps: the learned policy beats every policy that learned nothing in 1 of 2 trainings;" in shown.words()
    )
    assert "a difference of +0.100 (95% interval +0.080 to +0.120), so it asks by default.**" in shown.words()
    change("interview", lambda content: content["verdict"].update(helps=False, won=[]))
    shown = section("interview.section.verdict")
    shown.unfold()
    assert "**RL does not help here: " in shown.words()
    assert "so A\\-optimal asks by default and the learned policy can be chosen.**" in shown.words()
    assert "The rule was fixed before the results." in shown.words()
    put(metrics, "interview", None)
    shown = section("interview.section.verdict")
    shown.unfold()
    assert "so it was measured" not in shown.words()
    assert "The rule was fixed before the results." in shown.words()
