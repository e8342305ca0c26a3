"""What the dashboards say of review texts, from invented measurements."""

import pytest

from reelrec import translation
from reelrec.ui.dashboards.stars import reviews
from tests.fakes import measurements
from tests.texts.bracketed import Bracketed
from tests.ui.dashboards.words import words


@pytest.fixture
def told() -> dict:
    return measurements.reviews()


def test_the_words_of_strangers_are_held_against_the_median(told):
    drawing = reviews.strangers(told)
    assert "missed by 0.720 stars, 5.0% less" in words(drawing)
    assert "(the median) miss by 0.760" in words(drawing)
    assert "the gain is 4.0% to 6.0%" in words(drawing)
    assert "off by 0.700 against 0.740" in words(drawing)
    assert "hold 81.0%" in words(drawing)
    assert [bar.row.value for bar in drawing.parts[0].bars()] == [0.72, 0.74, 0.76]  # the best first


def test_long_accounts_stand_side_by_side(told):
    drawing = reviews.accounts(told)
    assert "Only 2 people" in words(drawing)
    assert "could read 100 of 900 and 95 of 100 of their reviews" in words(drawing)
    assert "so the app suggests both together" in words(drawing)
    table = drawing.parts[0]
    assert table.columns == ("From", "Account 1", "Account 2", "Together")
    assert [row[3] for row in table.rows] == [0.8, 0.75, 0.62, 0.6]
    assert table.rows[-1][1:3] == pytest.approx((0.5, 1.1))
    assert "The 80% ranges of both together hold 82.0% of the stars." in words(drawing)


def test_the_accounts_are_found_in_every_language(told, monkeypatch):
    english = reviews.accounts(told).parts[0]
    monkeypatch.setattr(translation, "catalogue", lambda language: Bracketed())
    (table,) = reviews.accounts(told).parts
    assert table.columns == ("‹From›", "‹account 1›", "‹account 2›", "‹Together›")
    assert [row[1:] for row in table.rows] == [row[1:] for row in english.rows]


def test_words_that_help_nothing_are_said_to_do_so(told):
    for row in told["rows"]:
        if (row["model"], row["metric"], row["k"]) == ("ratings-and-words", "mae", "all"):
            row["value"] = 0.65
    assert "so the words help nothing here" in words(reviews.accounts(told))


@pytest.mark.parametrize("key", ["gain", "accounts", "rows"])
def test_a_report_without_its_parts_is_refused(told, key):
    del told[key]
    with pytest.raises(LookupError):
        (reviews.strangers if key == "gain" else reviews.accounts)(told)
