"""The Models page as a whole: its sections in their order, over all measurements and over none."""

import pytest

from reelrec.ui.dashboards.parts import frame
from tests.fakes.measurements import put
from tests.pages.sections import SECTIONS

HEADINGS = [heading for section in SECTIONS for heading in section.commands]
CHARTS = 38


def test_the_whole_page_has_every_section_and_every_picture(visit, metrics):
    page = visit("models")
    assert [part.value for part in page.at.title] == ["Models"]
    assert page.headings() == ["The models", *frame.SECTIONS.values()]
    assert [part.value for part in page.at.subheader] == HEADINGS
    assert not page.at.info
    assert len(page.at.get("plotly_chart")) == CHARTS
    assert all(len(part.proto.alt) > 10 for part in [*page.at.get("plotly_chart"), *page.at.table])
    links = next(part.value for part in page.at.markdown if "](#" in part.value)
    assert [f"#{part.proto.anchor}" for part in page.at.header[1:]] == [
        link.split("(")[1].rstrip(")") for link in links.split(" · ")
    ]


def test_without_any_measurement_the_page_still_stands(visit, metrics):
    for path in list(metrics.glob("*.json")):
        put(metrics, path.stem, None)
    page = visit("models")
    assert len(page.at.info) == len(HEADINGS)
    assert page.headings() == ["The models", *frame.SECTIONS.values()]


def test_every_measurement_is_drawn_in_some_section(metrics):
    drawn = {name for section in SECTIONS for name in section.pictures}
    twins = {"new-users-ml-latest-small", "top-n-ml-latest-small"}  # one switch away
    assert {path.stem for path in metrics.glob("*.json")} == drawn | twins


@pytest.mark.parametrize("value", [None, "0.9", "NaN", True])
def test_the_headlines_of_values_that_are_no_numbers_are_dashes(section, change, value):
    def spoil(content: dict) -> None:
        for row in content["rows"]:
            row["value"] = float("nan") if value == "NaN" else value

    for name in ("seed-svd", "new-users", "top-n", "interview"):
        change(name, spoil)
    assert [part.value for part in section("opening").at.metric] == ["–"] * 4


def test_a_headline_is_the_measured_number(section, change):
    def better(content: dict) -> None:
        for row in content["rows"]:
            if (row["model"], row["metric"], row["k"]) == ("ease", "ndcg", 10):
                row["value"] = 0.777

    change("top-n", better)
    assert section("opening").at.metric[0].value == "0.777"
    assert "NDCG of the first 10 films is best for EASE: 0.777" in section("lists.shelves").words()
