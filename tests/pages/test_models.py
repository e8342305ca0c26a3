"""The Models page as a whole: its tabs and their parts, over all measurements and over none."""

import pytest

from reelrec.ui.dashboards import tabs
from reelrec.ui.dashboards.parts import frame
from tests.fakes.measurements import put
from tests.pages.sections import SECTIONS, Section

CHARTS = 42  # in all tabs
TITLE, NOTE = 140, 225  # characters; a note has two lines of a wide window

each_section = pytest.mark.parametrize("drawn", SECTIONS, ids=lambda drawn: drawn.draws)


def test_every_part_of_every_tab_is_a_section():
    assert [": ".join(section.place) for section in SECTIONS] == list(tabs.places())


@each_section
def test_an_address_opens_a_tab_with_its_section_and_all_its_figures_and_no_other(visit, metrics, drawn: Section):
    page = visit("models", **drawn.address)
    assert [part.value for part in page.at.title] == ["Models"]
    (heading,) = page.headings()
    assert drawn.heading in (None, heading)
    assert page.subjects() == list(drawn.commands)
    assert not page.at.info
    assert all(len(alt) > 10 for alt in [*page.alts(), *(table.proto.alt for table in page.at.table)])


@each_section
def test_a_figure_has_a_sentence_as_its_title_and_two_lines_at_most(section, monkeypatch, drawn: Section):
    drawings = []
    monkeypatch.setattr(frame, "draw", lambda key, build, *more: drawings.append(build()))
    section(drawn.draws)
    assert len(drawings) == len(drawn.commands)
    for drawing in drawings:
        finding, note = (text.replace("\\", "") for text in (drawing.finding, drawing.note))
        assert " " in finding
        assert not finding.endswith(".")
        assert len(finding) <= TITLE
        assert len(note) <= NOTE


def test_no_figure_was_lost(visit, metrics):
    drawn = [len(visit("models", **section.address).alts()) for section in SECTIONS]
    assert sum(drawn) == CHARTS


def test_it_opens_with_the_list_that_is_best_after_ten_ratings(visit, metrics):
    page = visit("models")
    assert page.headings()[0].startswith("After 10 ratings the best list is ")
    assert page.subjects() == list(SECTIONS[0].commands)


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ({"tab": "Nothing"}, SECTIONS[0]),
        ({"tab": "<b>"}, SECTIONS[0]),
        ({"tab": "Stars", "stars": "Nothing"}, SECTIONS[1]),
        ({"tab": "History", "stars": "Review text"}, next(one for one in SECTIONS if one.place[0] == "History")),
    ],
)
def test_an_address_of_no_tab_or_part_opens_the_first_one(visit, metrics, address, opened):
    page = visit("models", **address)
    assert page.subjects() == list(opened.commands)
    assert not page.at.error


@each_section
def test_without_any_measurement_every_tab_still_stands(visit, metrics, drawn: Section):
    for path in list(metrics.glob("*.json")):
        put(metrics, path.stem, None)
    page = visit("models", **drawn.address)
    sentences = drawn.heading is None  # it is a measurement too
    assert len(page.at.info) == len(drawn.commands) + sentences
    assert page.subjects() == list(drawn.commands)
    assert len(page.headings()) == 1


def test_every_measurement_is_drawn_in_some_section(metrics):
    drawn = {name for section in SECTIONS for name in section.pictures}
    twins = {"new-users-ml-latest-small", "top-n-ml-latest-small"}  # one switch away
    of_taste = {"habits"}  # beside which Taste sets a visitor
    of_hosts = {"memory", "workers"}  # in docs/scale.md
    assert {path.stem for path in metrics.glob("*.json")} == drawn | twins | of_taste | of_hosts


def test_the_first_sentence_follows_its_measurement(visit, change):
    def better(content: dict) -> None:
        for row in content["rows"]:
            if (row["model"], row["metric"], row["k"]) == ("ease", "recall20", 10):
                row["value"] = 10 * row["value"]

    change("top-n", better)
    assert visit("models").headings()[0].startswith("After 10 ratings the best list is EASE: its first 20 films hold")


def test_a_visit_s_first_run_has_all_but_plotly_s_chart(visit, metrics):
    page = visit("models", waits=True)
    assert page.headings()[0].startswith("After 10 ratings the best list is ")
    assert page.subjects() == list(SECTIONS[0].commands)
    assert len(page.alts()) == 1
    page.fire("address", "arrived", {})
    assert len(page.alts()) == 2
