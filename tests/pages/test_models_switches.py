"""What a visitor of the Models page can switch, and what it changes."""

import pytest

from reelrec import app
from reelrec.ui.dashboards.parts import frame


def test_the_switch_changes_the_axes_and_the_sentence(section):
    page = section("history.notebook.draw")
    assert page.figure("notebook-bars-0")["layout"]["yaxis"]["range"][0] > 0.5
    assert "The axes do not begin at zero" in page.words()
    page.at.segmented_control(key="notebook-axes").set_value("From zero")
    page.run()
    assert page.figure("notebook-bars-0")["layout"]["yaxis"]["range"] == [0, 1]
    assert "The axes do not begin at zero" not in page.words()


@pytest.mark.parametrize(
    ("drawn_by", "people"),
    [
        ("stars.new_users.draw", "new-people-set"),
        ("lists.shelves.draw", "hits-set"),
        ("lists.shelves.draw", "trade-set"),
    ],
)
def test_the_twin_anyone_can_re_run_is_one_switch_away(section, drawn_by, people):
    page = section(drawn_by)
    page.unfold()
    before = page.marks()
    page.at.segmented_control(key=people).set_value("MovieLens")
    page.run()
    changed = [mark for mark, old in zip(page.marks(), before, strict=True) if mark != old]
    assert len(changed) == 1
    assert frame.RERUN in changed[0]
    assert "--data ml-latest-small`" in changed[0]


@pytest.mark.parametrize(
    ("drawn_by", "key", "measure", "alt"),
    [
        ("stars.new_users.draw", "new-people-measure", "MAE", "MAE in stars"),
        ("stars.new_users.draw", "new-people-measure", "Liked or not", "guessed right"),
        ("stars.new_users.draw", "new-people-measure", "Loved", "4 stars or more: guessed right"),
        ("lists.shelves.draw", "hits-measure", "Precision", "Precision of the first 10"),
        ("lists.shelves.draw", "hits-measure", "Recall", "Recall of the first 10"),
        (
            "lists.shelves.draw",
            "told-less-measure",
            "Stars they got",
            "stars of hidden films in the first ten by films shown",
        ),
    ],
)
def test_the_measure_can_be_chosen(section, drawn_by, key, measure, alt):
    page = section(drawn_by)
    page.at.segmented_control(key=key).set_value(measure)
    page.run()
    assert any(alt in said for said in page.alts())


def test_the_measure_of_the_screens_can_be_chosen(section):
    page = section("interview.section.after_answers")
    assert "%" not in page.figure("interview-screens-0")["data"][0]["hovertext"][0]
    page.at.segmented_control(key="interview-measure").set_value("Recall, as shown")
    page.run()
    assert "%" in page.figure("interview-screens-0")["data"][0]["hovertext"][0]


def test_the_differences_follow_the_ratings_known(section, change):
    def nearer(content: dict) -> None:
        for entry in content["differences"]:
            if entry["k"] == 20:
                entry.update(value=-0.0077, different=False)

    change("new-users", nearer)
    page = section("stars.new_users.draw")
    page.at.segmented_control(key="apart-known").set_value("20")
    page.run()
    tables = [part.value for part in page.at.table if "Different?" in part.value.columns]
    (table,) = (table for table in tables if all(cell.startswith("-0.0077 ") for cell in table.iloc[:, 1]))
    assert set(table["Different?"]) == {"cannot be told"}


def test_models_far_from_the_others_are_one_switch_away(section):
    page = section("stars.when.draw")
    assert "Film mean" not in {trace["name"] for trace in page.figure("when-0")["data"]}
    page.at.segmented_control(key="when-shown").set_value("Every model")
    page.run()
    assert "Film mean" in {trace["name"] for trace in page.figure("when-0")["data"]}


def test_titles_of_the_tie_are_read_only_when_asked_for(section, monkeypatch):
    asked = []
    monkeypatch.setattr(app, "best_rated", lambda user: asked.append(user))
    page = section("history.demonstrations.draw")
    assert not asked
    page.at.session_state["demo-titles"] = True
    page.run()
    assert asked == [599]
    assert "not on this machine. `python -m reelrec data get ml-latest-small`" in page.words()
    monkeypatch.setattr(app, "best_rated", lambda user: [{"title": "Heat (1995)"}, {"title": "M*A*S*H (1970)"}])
    page.run()
    assert [part.value for part in page.at.text if "Heat" in part.value] == ["Heat (1995) · M*A*S*H (1970)"]
