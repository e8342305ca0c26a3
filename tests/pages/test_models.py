"""The Models page as a whole: its tabs and their parts, over all measurements and over none."""

import pytest

from reelrec.ui.dashboards import tabs
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.tabs import TABS, Parts
from tests.fakes.measurements import put
from tests.pages.sections import SECTIONS, Section

PLACES = [
    place
    for tab, shown in TABS.items()
    for place in ([(tab, part) for part in shown.draws] if isinstance(shown, Parts) else [(tab,)])
]
CHARTS = 38  # in all tabs
TITLE, NOTE = 140, 225  # characters; a note has two lines of a wide window

each_section = pytest.mark.parametrize("drawn", SECTIONS, ids=lambda drawn: drawn.module)


def test_every_part_of_every_tab_is_a_section():
    assert [section.place for section in SECTIONS] == PLACES


@each_section
def test_an_address_opens_a_tab_with_its_section_and_all_its_figures_and_no_other(visit, metrics, drawn: Section):
    page = visit("models", **drawn.address)
    assert [part.value for part in page.at.title] == ["Models"]
    (heading,) = page.headings()
    assert drawn.heading in (None, heading)
    assert page.subjects() == list(drawn.commands)
    assert not page.at.info
    assert all(len(part.proto.alt) > 10 for part in [*page.at.get("plotly_chart"), *page.at.table])


@each_section
def test_a_figure_has_a_sentence_as_its_title_and_two_lines_at_most(section, monkeypatch, drawn: Section):
    drawings = []
    monkeypatch.setattr(frame, "draw", lambda key, build, *more: drawings.append(build()))
    section(drawn.module)
    assert len(drawings) == len(drawn.commands)
    for drawing in drawings:
        finding, note = (text.replace("\\", "") for text in (drawing.finding, drawing.note))
        assert " " in finding
        assert not finding.endswith(".")
        assert len(finding) <= TITLE
        assert len(note) <= NOTE


def test_no_figure_was_lost(visit, metrics):
    drawn = [len(visit("models", **section.address).at.get("plotly_chart")) for section in SECTIONS]
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
    assert {path.stem for path in metrics.glob("*.json")} == drawn | twins


def test_the_first_sentence_follows_its_measurement(visit, change):
    def better(content: dict) -> None:
        for row in content["rows"]:
            if (row["model"], row["metric"], row["k"]) == ("ease", "recall20", 10):
                row["value"] = 10 * row["value"]

    change("top-n", better)
    assert visit("models").headings()[0].startswith("After 10 ratings the best list is EASE: its first 20 films hold")


def test_the_names_in_the_address_are_those_of_the_tabs():
    assert tabs.KEY == "tab"
    assert {tab.lower() for tab, shown in TABS.items() if isinstance(shown, Parts)} == {
        shown.key for shown in TABS.values() if isinstance(shown, Parts)
    }
